/**
 * A question of values goes to humans: a panel is drawn, one member votes in the browser and is outvoted, and the
 * dissent stays on the page.
 */
import { connect, expect, expectAccessible, test, walletOf, type Stack } from './support/test.ts'

const MISSION = 'mission-to-adjudicate'

test('a member of a panel votes with reasons; the outcome and the dissent are shown', async ({ page, stack }) => {
  test.setTimeout(150_000)
  await stack.intake(MISSION, { domain_type: 'normative' }, 'low-risk-documentation')
  const { id, members } = await votingPanel(stack)
  const [first, ...others] = members.map((member) => member.id)
  await walletOf(page, stack, first ?? '')
  await page.goto(`${stack.url}/#/me`)
  await connect(page)
  await page.getByRole('button', { name: 'Make a key in this browser' }).click()
  await expect(page.locator('[data-standing]')).toHaveAttribute('data-standing', 'active')

  await page.getByRole('link', { name: 'Waiting for me' }).click()
  await page.getByRole('link', { name: /^Open: Panel: vote/ }).click()
  const cast = page.getByRole('button', { name: 'Cast the vote' })
  await expect(cast).toHaveAttribute('aria-disabled', 'true')
  await expect(page.locator('#vote')).toContainText('Choose how you vote.')
  await expect(page.locator('#matter')).toContainText('What was asked')
  await page.getByRole('radio', { name: 'Reject the work' }).check()
  await page.getByRole('textbox', { name: 'Your reasons' }).fill('The repaired links favour one reading.')
  await expectAccessible(page)
  await cast.click()
  await expect(page.getByRole('article', { name: first ?? '', exact: true })).toContainText('Rejects')

  for (const member of others) {
    await stack.as(member, 'panel.vote', id, { vote: 'approve', reasons: 'Nothing else was changed.' })
  }
  await expect(page.locator('#panel')).toContainText('Decided: Approves')
  const mine = page.getByRole('article', { name: first ?? '', exact: true })
  await expect(mine).toContainText('Dissent')
  await expect(mine).toContainText('The repaired links favour one reading.')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Waiting for me' }).click()
  await expect(page.getByRole('link', { name: /^Open: Panel: vote/ })).toHaveCount(0)
})

type Panel = {
  readonly id: string
  readonly mission: string | null
  readonly status: string
  readonly members: readonly { readonly id: string }[]
}

async function votingPanel(stack: Stack): Promise<Panel> {
  let found: Panel | undefined
  await expect
    .poll(
      async () => {
        const { panels } = await stack.get('/v1/panels')
        found = (panels as unknown as readonly Panel[]).find(({ mission }) => mission === MISSION)
        return found?.status
      },
      { timeout: 90_000 },
    )
    .toBe('voting')
  if (found === undefined) throw new Error('no panel')
  return found
}
