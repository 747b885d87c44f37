/** An appeal, from its filing to its end: both sides, the panel that hears it, and what time decides when one is silent. */
import { HOUR } from '../../protocol/wire/time.ts'
import { CITIZENS, withCitizens } from '../support/law/panels.ts'
import { accused, resolved } from '../support/law/lives.ts'
import { ADA, NOOR, OPERATORS, WORKER, type Person } from '../support/law/people.ts'
import { OVERTURN } from '../support/law/appeals.ts'
import { arrive, expect, expectAccessible, expectFits, test, type House, type Page } from './support/test.ts'
import type { Bench } from '../support/law/world.ts'

const hua = OPERATORS[6]
const STATEMENT = 'The files that were compared are of another version.'

/** Cem's machine was found to have forged evidence: Hua said so, Ada upheld it. */
function judged(bench: Bench): void {
  withCitizens(bench)
  accused(bench, 'incident-1', WORKER.id, hua)
  resolved(bench, 'incident-1', ADA, 'upheld')
}

async function filed(page: Page, house: House): Promise<void> {
  await arrive(page, house, 'cem')
  await page.getByRole('link', { name: 'Appeals' }).click()
  const file = page.locator('#file')
  await expect(file.getByRole('button', { name: 'File an appeal' })).toHaveAttribute('aria-disabled', 'true')
  await file.getByRole('combobox', { name: 'The decision' }).selectOption({ label: await incidentIn(file) })
  await file.getByRole('combobox', { name: 'Kind of reason' }).selectOption('Facts are wrong')
  await file.getByRole('textbox', { name: 'Your statement' }).fill(STATEMENT)
  await file.getByRole('textbox', { name: 'Facts in the ledger' }).fill('0')
  await file.getByRole('button', { name: 'File an appeal' }).click()
  await expect(file.locator('[data-act="committed"]')).toBeFocused()
  await file.getByRole('link', { name: /^Open appeal-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Against: An incident was resolved')
}

/** The machine's quarantine can be contested too; this is about the finding. */
async function incidentIn(file: ReturnType<Page['locator']>): Promise<string> {
  const options = await file.getByRole('combobox', { name: 'The decision' }).getByRole('option').allTextContents()
  return options.find((name) => name.startsWith('An incident was resolved')) ?? ''
}

test('an appeal is filed, answered by who decided, heard by five, and overturns the decision', async ({
  page,
  bench,
  browser,
}) => {
  test.setTimeout(180_000)
  const house = await bench(judged)
  await filed(page, house)
  await expect(page.locator('#sides')).toContainText(STATEMENT)
  await expectAccessible(page)
  const id = decodeURIComponent(page.url().split('/').at(-1) ?? '')
  await house.as(hua, 'appeal.respond', id, { statement: 'I compared what I was given.' })

  const other = await (await browser.newContext()).newPage()
  await arrive(other, house, 'ada')
  await other.getByRole('link', { name: 'Waiting for me' }).click()
  await other.getByRole('link', { name: /^Open: Appeal: answer it/ }).click()
  const respond = other.locator('#respond')
  await expect(respond.getByRole('button', { name: 'Answer the appeal' })).toHaveAttribute('aria-disabled', 'true')
  await respond.getByRole('textbox', { name: 'Your answer' }).fill('The report named this version.')
  await expectAccessible(other)
  await respond.getByRole('button', { name: 'Answer the appeal' }).click()
  await expect(other.locator('[data-act="committed"]'), 'said though the form has gone').toBeFocused()
  await expect(other.getByRole('article', { name: 'ada' })).toContainText('The report named this version.')
  await expect(page.getByRole('article', { name: 'ada' }), 'it arrives by itself').toContainText('named this version')

  await house.draw()
  await page.getByRole('link', { name: 'The panel that hears it' }).click()
  await expect(page.locator('[data-panel]')).toHaveAttribute('data-panel', 'voting')
  const { members } = await panelOf(house, id)
  const [first, ...others] = members
  expect(members).toHaveLength(5)
  for (const party of ['cem', 'hua', 'ada']) expect(members, 'no party judges').not.toContain(party)

  await other.context().close()
  const judge = await (await browser.newContext()).newPage()
  await arrive(judge, house, first ?? '')
  await judge.getByRole('link', { name: 'Waiting for me' }).click()
  await judge.getByRole('link', { name: /^Open: Panel: vote/ }).click()
  await judge.getByRole('link', { name: 'The appeal that it hears: both sides' }).click()
  await expect(judge.locator('#sides')).toContainText('The report named this version.')
  await judge.goBack()
  const vote = judge.locator('#vote')
  await vote.getByRole('radio', { name: 'Overturn the decision' }).check()
  await vote.getByRole('textbox', { name: 'Your reasons' }).fill('The versions differ by one line.')
  await expect(vote).toContainText('Write your attestation.')
  await vote.getByRole('combobox', { name: 'Kind of reason' }).selectOption('Facts are wrong')
  await vote.getByRole('textbox', { name: 'Your attestation' }).fill('I know none of them.')
  await judge.setViewportSize({ width: 360, height: 780 })
  await expectFits(judge)
  await expectAccessible(judge)
  await vote.getByRole('button', { name: 'Cast the vote' }).click()
  await expect(vote.locator('[data-act="committed"]'), 'said though the form has gone').toBeFocused()
  await expect(judge.getByRole('article', { name: first ?? '' })).toContainText('I know none of them.')
  await judge.context().close()

  const { id: panel } = await panelOf(house, id)
  for (const member of others.slice(0, 2)) await house.as(personOf(member), 'panel.vote', panel, OVERTURN)
  await expect(page.locator('#panel')).toContainText('Decided: Overturns')
  await page.getByRole('link', { name: 'The appeal that it hears: both sides' }).click()
  await expect(page.locator('main')).toContainText('The decision was overturned')
  await expectAccessible(page)
  expect((await house.get('/v1/incidents/incident-1'))['status']).toBe('dismissed')
})

test('whoever does not answer in 72 hours has had their time, and the appeal is heard without them', async ({
  page,
  bench,
}) => {
  const house = await bench(judged)
  await filed(page, house)
  await expect(page.locator('main')).toContainText('The other side may answer')
  house.wait(72 * HOUR + 1)
  await house.closeEpoch()
  await expect(page.locator('main')).toContainText('Before the panel')
  await expect(page.getByRole('link', { name: 'The panel that hears it' })).toBeVisible()
})

test('who was not affected by anything has nothing to contest, and is told so', async ({ page, bench }) => {
  const house = await bench(judged)
  await arrive(page, house, 'gus')
  await page.getByRole('link', { name: 'Appeals' }).click()
  await expect(page.locator('#file')).toContainText('There is no decision that you could contest now.')
})

async function panelOf(house: House, appeal: string): Promise<{ readonly id: string; readonly members: string[] }> {
  const { panels } = (await house.get('/v1/panels')) as unknown as {
    readonly panels: readonly { readonly id: string; readonly appeal: string; readonly members: { id: string }[] }[]
  }
  const found = panels.find((one) => one.appeal === appeal)
  return { id: found?.id ?? '', members: (found?.members ?? []).map(({ id }) => id) }
}

function personOf(id: string): Person {
  return [ADA, NOOR, ...OPERATORS, ...CITIZENS].find((one) => one.id === id)!
}
