/** What is shown before a decision, and that nothing false is shown: the server is not believed. */
import { addressOf, connect, expect, test, verified, walletOf } from './support/test.ts'

const MISSION = 'mission-high-risk'

test('what was asked, files, work and reviews can be read in place', async ({ page, stack }) => {
  await page.goto(addressOf(stack, MISSION))
  await expect(page.locator('#asked')).toContainText('Compute the annual emissions report')
  await page.getByRole('button', { name: 'Read: plants.csv' }).first().click()
  const table = page.getByRole('table', { name: 'Table of plants.csv' })
  await expect(table.getByRole('columnheader').first()).toBeVisible()
  await expect(page.locator('#asked')).toContainText('Its bytes hash to this digest')
  await page.locator('#result').getByRole('button', { name: 'Read: report.json' }).click()
  await expect(page.locator('#result').getByRole('region', { name: 'Contents of report.json' })).toContainText('{')
  await expect(page.locator('#evidence')).toContainText('analysis.mjs')
  await expect(page.locator('#reviews')).toContainText('4 of 5 approve')
  await expect(page.locator('#reviews')).toContainText('2 methods')
})

test('dissent stands before everything else, with its reasons and what it points at', async ({ page, stack }) => {
  await page.goto(addressOf(stack, MISSION))
  await expect(page.getByText('1 of 5 reviewers does not approve')).toBeVisible()
  await expect(page.getByText(/counted twice/).first()).toBeVisible()
  const first = page.locator('#reviews').getByRole('article').first()
  await expect(first).toContainText('Rejects')
  await first.getByRole('button', { name: /plants\.csv at lines/ }).click()
  await expect(first.getByRole('table', { name: 'Table of plants.csv' })).toBeVisible()
})

test('the browser replays the ledger, compares it with the chain, and shows each step', async ({ page, stack }) => {
  await page.goto(addressOf(stack, MISSION))
  await verified(page)
  const steps = page.locator('#verification li')
  await expect(steps).toHaveCount(9)
  for (const step of await steps.all()) await expect(step).toHaveAttribute('data-state', 'holds')
})

test('bytes that are not those of the digest are not shown', async ({ page, stack }) => {
  await page.route('**/v1/artifacts/*', (route) => route.fulfill({ body: 'other bytes' }))
  await page.goto(addressOf(stack, MISSION))
  await page.locator('#result').getByRole('button', { name: 'Read: report.json' }).click()
  await expect(page.locator('#result')).toContainText('These are not the bytes that the mission names')
  await expect(page.locator('#result')).not.toContainText('other bytes')
})

test('a server that hides a dissent is found out, and nothing can be signed', async ({ page, stack }) => {
  await walletOf(page, stack, 'noor')
  await page.route(`**/v1/missions/${MISSION}`, async (route) => {
    const mission = await (await route.fetch()).text()
    await route.fulfill({ body: mission.replaceAll('"verdict":"reject"', '"verdict":"approve"') })
  })
  await page.goto(addressOf(stack, MISSION))
  await expect(page.locator('#reviews')).toContainText('5 of 5 approve')
  await connect(page)
  await verified(page)
  await expect(page.locator('#verification')).toContainText('otherwise than your own replay of the ledger')
  await page.getByRole('radio', { name: 'Approve' }).check()
  await expect(page.locator('#obstacles')).toContainText('otherwise than your own replay of the ledger')
  await expect(page.getByRole('button', { name: 'Sign the approval' })).toHaveAttribute('aria-disabled', 'true')
})

test('a server that names another contract is found out', async ({ page, stack }) => {
  await walletOf(page, stack, 'noor')
  await page.route('**/v1/deployment', async (route) => {
    const deployment = (await (await route.fetch()).json()) as { contracts: { final_gate: { address: string } } }
    deployment.contracts.final_gate.address = `0x${'ee'.repeat(20)}`
    await route.fulfill({ json: deployment })
  })
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await verified(page)
  await page.getByRole('radio', { name: 'Approve' }).check()
  await expect(page.locator('#obstacles')).toContainText('another contract than the genesis entry')
})

test('an archive of which one byte differs is not verified, the step is named, the button stays shut', async ({
  page,
  stack,
}) => {
  await walletOf(page, stack, 'noor')
  await page.route('**/v1/archive/epochs/**', async (route) => {
    const body = await (await route.fetch()).body()
    body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1
    await route.fulfill({ body })
  })
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await expect(page.locator('#verification')).toContainText('Not verified', { timeout: 60_000 })
  await page.getByRole('radio', { name: 'Approve' }).check()
  await expect(page.locator('#obstacles')).toContainText('This step of the verification is not green')
  await expect(page.getByRole('button', { name: 'Sign the approval' })).toHaveAttribute('aria-disabled', 'true')
})
