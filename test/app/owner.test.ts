/** What a mission's owner does in the app, each under the rules and with a reason for everybody to read. */
import { seal } from '../../protocol/wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../protocol/wire/in-toto.ts'
import { atTheGate, oneTask, scopeBody, statement, underReview } from '../support/law/flow.ts'
import { machine, NOOR, OPERATORS, REVIEWERS, WORKER } from '../support/law/people.ts'
import { completed } from '../support/law/trust.ts'
import { committed, drawNow, register, type Bench } from '../support/law/world.ts'
import { addressOf, arrive, expect, expectAccessible, expectFits, tabTo, test } from './support/test.ts'

/** Nobody decided on one in time; one was completed by mandate; for one nobody could be drawn; one is under review. */
function missions(bench: Bench): void {
  atTheGate(bench, 'lapsed')
  const lapsed = bench.state.missions.get('lapsed')
  if (lapsed?.status !== 'FinalHumanGate') throw new Error('not at its gate')
  bench.wait(Date.parse(lapsed.gate.decideBy) - bench.now() + 1)
  completed(bench, 'done')
  starving(bench, 'starving')
  underReview(bench, 'reviewed')
}

/** Whoever plans does not review, so four are left; the fifth comes after the draw. */
function starving(bench: Bench, id: string): void {
  const [planner] = REVIEWERS
  committed(bench.send(NOOR, 'mission.create', id, { title: 'Nobody to review it', summary: 'S' }))
  committed(bench.send(NOOR, 'mission.scope', id, scopeBody('regulated_analysis', { planner: planner.id })))
  committed(bench.send(planner, 'mission.plan', id, oneTask()))
  committed(bench.send(WORKER, 'mission.start', id, { task: 't-1' }))
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement(bench, id, 1), WORKER.signer)
  committed(bench.send(WORKER, 'mission.submit', id, { task: 't-1', evidence }))
  committed(drawNow(bench))
  register(bench, machine('reviewer-late', OPERATORS[0], 'another', 'reasoning_model', true))
}

test('the owner asks people, holds and releases, draws anew, renews the gate and takes a completion back', async ({
  page,
  bench,
}) => {
  test.setTimeout(150_000)
  const house = await bench(missions)
  await arrive(page, house, 'noor')
  const owner = page.locator('#owner')
  const form = (name: string) => owner.getByRole('article', { name })
  const recorded = owner.locator('[data-act="committed"]')

  await test.step('a question of values goes to people, by keyboard alone', async () => {
    await page.goto(addressOf(house, 'reviewed'))
    const dispute = form('Ask people about a question of values')
    const press = dispute.getByRole('button', { name: 'Have people decide' })
    await expect(press).toHaveAttribute('aria-disabled', 'true')
    await expect(dispute).toContainText('Write a reason.')
    await expect(form('Take the completion back')).toHaveCount(0)
    await tabTo(page, dispute.getByRole('textbox', { name: 'Your reason' }))
    await page.keyboard.type('Whose reading of the page is the right one is no matter of fact.')
    await tabTo(page, press)
    await page.keyboard.press('Enter')
    await expect(recorded, 'the form has gone; what came of it has the focus').toBeFocused()
    await expect(dispute).toHaveCount(0)
    const mission = (await house.get('/v1/missions/reviewed')) as { tasks: readonly { disputed: boolean }[] }
    expect(mission.tasks.map(({ disputed }) => disputed)).toEqual([true])
    await expectAccessible(page)
  })

  await test.step('a mission is held with a reason, and released', async () => {
    await form('Hold the mission').getByRole('textbox', { name: 'Your reason' }).fill('The data is being corrected.')
    await form('Hold the mission').getByRole('button', { name: 'Hold it' }).click()
    await expect(page.getByText('Held by its owner: The data is being corrected.')).toBeVisible()
    await form('Release the mission').getByRole('button', { name: 'Release it' }).click()
    await expect(page.getByText('Held by its owner')).toHaveCount(0)
    expect((await house.get('/v1/missions/reviewed'))['held']).toBeNull()
  })

  await test.step('reviewers are drawn anew where nobody could be drawn', async () => {
    await page.goto(addressOf(house, 'starving'))
    await form('Draw reviewers anew: Report').getByRole('button', { name: 'Draw anew' }).click()
    await expect(recorded).toBeVisible()
    await house.draw()
    await expect(page.locator('#reviews')).toContainText('0 of 5 approve')
    await expect(form('Draw reviewers anew: Report')).toHaveCount(0)
  })

  await test.step('a gate whose time has passed is renewed', async () => {
    await page.goto(addressOf(house, 'lapsed'))
    await expect(page.locator('aside')).toContainText('The time to decide has passed')
    await form('Renew the time to decide').getByRole('button', { name: 'Renew it' }).click()
    await expect(recorded).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'This mission changed' })).toContainText('To be decided by')
    await page.getByRole('button', { name: 'Read it again as it is now' }).click()
    await expect(page.locator('aside')).not.toContainText('The time to decide has passed')
  })

  await test.step('a completion is taken back, on a phone; a second time there is nothing to take back', async () => {
    await page.setViewportSize({ width: 360, height: 780 })
    await page.goto(addressOf(house, 'done'))
    await form('Take the completion back').getByRole('textbox', { name: 'Your reason' }).fill('The source was wrong.')
    await expectFits(page)
    await expectAccessible(page)
    await form('Take the completion back').getByRole('button', { name: 'Take it back' }).click()
    await expect(page.getByText('Its owner has taken this completion back.')).toBeVisible()
    await expect(owner).toContainText('There is nothing for you to do now.')
    expect((await house.get('/v1/missions/done'))['reversed']).toBe('owner')
  })
})

test('nobody but the owner is shown what belongs to the owner', async ({ page, bench }) => {
  const house = await bench((it) => completed(it, 'done'))
  await arrive(page, house, 'gus')
  await page.goto(addressOf(house, 'done'))
  await expect(page.getByRole('heading', { name: 'Independent reviews' })).toBeVisible()
  await expect(page.locator('#owner')).toHaveCount(0)
})
