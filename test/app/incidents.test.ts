/** An incident, from its report to its resolution by somebody else; and trust with the entries that moved it. */
import { connect, expect, expectAccessible, expectFits, test, walletOf, type Page } from './support/test.ts'

const ACCOUNT = 'The table of contents was checked against another version.'

test('an incident is reported with facts, and resolved by a human who has nothing to do with it', async ({
  page,
  stack,
  browser,
}) => {
  test.setTimeout(120_000)
  await walletOf(page, stack, 'hua')
  await page.goto(`${stack.url}/#/me`)
  await keyOf(page)
  await page.getByRole('link', { name: 'Incidents' }).click()
  const report = page.locator('#report')
  const send = page.getByRole('button', { name: 'Report it' })
  await expect(report).toContainText('Name at least one fact in the ledger.')
  await page.getByRole('textbox', { name: 'Whom or what it concerns' }).fill('mission-low-risk')
  await page.getByRole('textbox', { name: 'What you saw' }).fill(ACCOUNT)
  await page.getByRole('textbox', { name: 'Facts in the ledger' }).fill('999999')
  await send.click()
  await expect(report.locator('[data-act="withheld"]')).toContainText('A stated ground is not in the ledger.')
  await expect(report).toContainText('Nothing was signed and nothing was sent.')
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Facts in the ledger' }).fill('20')
  await send.click()
  await expect(report.locator('[data-act="committed"]')).toContainText('Recorded')
  await report.getByRole('link', { name: /^Open incident-/ }).click()

  await expect(page.getByRole('button', { name: 'Resolve it' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.locator('#resolution'), 'the reporter is told why').toContainText('resolver-is-uninvolved')
  await expectAccessible(page)

  const other = await (await browser.newContext()).newPage()
  await walletOf(other, stack, 'ada')
  await other.goto(`${stack.url}/#/me`)
  await keyOf(other)
  await other.getByRole('link', { name: 'Waiting for me' }).click()
  await other.getByRole('link', { name: /^Open: Incident: resolve it/ }).click()
  await expect(other.locator('main')).toContainText(ACCOUNT)
  await other.getByRole('radio', { name: 'Dismiss: it did not' }).check()
  await other.getByRole('textbox', { name: 'Your reason' }).fill('The version is the one that the mission names.')
  await other.getByRole('button', { name: 'Resolve it' }).click()
  await expect(other.locator('#resolution')).toContainText('Resolved by ada')
  await other.context().close()
  await expect(page.locator('#resolution'), 'it arrives by itself').toContainText('Resolved by ada')
})

test('trust shows every movement with the entry that made it', async ({ page, stack }) => {
  await page.goto(stack.url)
  await page.getByRole('link', { name: 'Trust' }).click()
  await expect(page.getByRole('link', { name: 'reviewer-ts' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'reviewer-ts' }).click()
  const trust = page.locator('#trust')
  await expect(trust.getByRole('row').filter({ hasText: 'Registered' })).toContainText('Entry')
  await expect(page.locator('#life')).toContainText('Active')
  await page.getByRole('link', { name: 'eli' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('eli')
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 800 })
  await expectFits(page)
})

async function keyOf(page: Page): Promise<void> {
  await connect(page)
  await page.getByRole('button', { name: 'Make a key in this browser' }).click()
  await expect(page.locator('[data-standing]')).toHaveAttribute('data-standing', 'active')
}
