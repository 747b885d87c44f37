/**
 * A human takes part in the work: a key of their own in the browser, bound by their wallet; a seat in a review, drawn by
 * lot; a decision sealed, kept through a reload, opened and counted.
 */
import { connect, expect, expectAccessible, expectFits, tabTo, test, walletOf, type Page } from './support/test.ts'
import type { Stack } from './support/stack.ts'

const MISSION = 'mission-to-review'

// After a reload the wallet is found again by itself.

test('a human binds a key of this browser, and only with the wallet’s consent', async ({ page, stack }) => {
  const wallet = await walletOf(page, stack, 'bea')
  await page.goto(`${stack.url}/#/me`)
  await connect(page)
  const standing = page.locator('[data-standing]')
  await expect(standing).toHaveAttribute('data-standing', 'none')
  await expectAccessible(page)

  wallet.refuseNext()
  await page.getByRole('button', { name: 'Make a key in this browser' }).click()
  await expect(page.locator('#key')).toContainText('You refused in your wallet')
  await expect(standing).toHaveAttribute('data-standing', 'none')
  expect((await keysOf(stack, 'bea')).map(({ purpose }) => purpose)).toEqual(['command'])

  await page.getByRole('button', { name: 'Make a key in this browser' }).click()
  await expect(standing).toHaveAttribute('data-standing', 'active')
  await expect(page.locator('#key [data-act="committed"]')).toContainText('Entry')
  expect((await keysOf(stack, 'bea')).map(({ purpose }) => purpose)).toEqual(['command', 'browser'])
  const asked = wallet.asked.findLast(({ method }) => method === 'eth_signTypedData_v4')
  const typed = JSON.parse(String(asked?.params[1])) as { readonly message: { readonly identity: string } }
  expect(typed.message.identity).toBe('bea')

  await page.reload()
  await expect(standing, 'the key outlives the page').toHaveAttribute('data-standing', 'active')
  expect(await extractable(page), 'nobody can take the key out of the browser').toBe(false)

  const [, mine] = await keysOf(stack, 'bea')
  await page.getByRole('button', { name: `Revoke ${mine?.key_id ?? ''}` }).click()
  await expect(standing).toHaveAttribute('data-standing', 'revoked')
  expect((await keysOf(stack, 'bea'))[1]?.revoked).toBe(true)
  await expect(page.getByRole('button', { name: 'Make a new key' })).toBeVisible()
  await expectAccessible(page)
})

test('a human is drawn to review, seals a decision, and opens it after a reload', async ({ page, stack }) => {
  test.setTimeout(180_000)
  await walletOf(page, stack, 'ada')
  await page.goto(`${stack.url}/#/me`)
  await connect(page)
  await page.getByRole('button', { name: 'Make a key in this browser' }).click()
  await expect(page.locator('[data-standing]')).toHaveAttribute('data-standing', 'active')
  await page.getByRole('button', { name: 'Let me be drawn' }).click()
  await expect(page.locator('#reviewing')).toContainText('You can be drawn by lot')

  // One of the five reviewing machines integrates, so of the five seats one is the human's.
  await stack.intake(MISSION, { integrator: 'reviewer-quality' })
  await page.getByRole('link', { name: 'Waiting for me' }).click()
  const duty = page.getByRole('link', { name: /^Open: Review: write and seal/ })
  await expect(duty).toBeVisible({ timeout: 60_000 })
  await expectAccessible(page)
  await duty.click()

  const review = page.locator('#review')
  await expect(review.locator('[data-review]')).toHaveAttribute('data-review', 'sealing')
  const seal = page.getByRole('button', { name: 'Seal the decision' })
  await expect(seal).toHaveAttribute('aria-disabled', 'true')
  await expect(review).toContainText('Choose a verdict.')
  await page.locator('#evidence').getByRole('button', { name: /^Read/ }).first().click()
  await expect(page.locator('#evidence')).toContainText('computed in your browser')

  await tabTo(page, page.getByRole('radio', { name: 'Approve' }))
  await page.keyboard.press('Space')
  for (const [score, value] of [
    ['Correctness', '90'],
    ['Completeness', '85'],
    ['Policy compliance', '101'],
  ] as const) {
    await tabTo(page, page.getByRole('textbox', { name: score }))
    await page.keyboard.type(value)
  }
  await page.getByRole('textbox', { name: 'Reason 1' }).fill('The figures follow from the table.')
  await expect(review).toContainText('whole numbers from 0 to 100')
  await page.getByRole('textbox', { name: 'Policy compliance' }).fill('95')
  await expect(review).toContainText('Choose at least one file that an approval rests on.')
  await page.getByRole('group', { name: 'What it rests on' }).getByRole('checkbox').first().check()
  await page.getByRole('group', { name: 'What it rests on' }).getByRole('textbox').first().fill('row 3')

  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Reason 1' }), 'a reload loses nothing').toHaveValue(
    'The figures follow from the table.',
  )
  await expectAccessible(page)
  await expect(seal).toHaveAttribute('aria-disabled', 'false')
  await seal.click()
  await expect(review).toContainText('Your decision is sealed.')
  await expect(review.locator('[data-review]'), 'who moves by keyboard goes on here').toBeFocused()

  await page.reload()
  const reveal = page.getByRole('button', { name: 'Open the decision' })
  await expect(reveal).toHaveAttribute('aria-disabled', 'false', { timeout: 60_000 })
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 800 })
  await expectFits(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await reveal.click()
  await expect(review).toContainText('Your decision is open.')

  await page.getByRole('link', { name: 'The mission' }).click()
  const seat = page.getByRole('article', { name: 'ada' })
  await expect(seat).toContainText('The figures follow from the table.')
  await expect(seat).toContainText('at row 3')
  await page.getByRole('link', { name: 'Waiting for me' }).click()
  await expect(page.getByRole('heading', { name: 'For you to do' })).toHaveCount(0)

  // Whoever declares a conflict is drawn no more: the missions of the tests to come are not to wait for this human.
  await page.getByRole('link', { name: 'My key' }).click()
  const conflicts = page.locator('#conflicts')
  await conflicts.getByRole('textbox', { name: 'Its name' }).fill('worker-1')
  await conflicts.getByRole('button', { name: 'Declare the conflict' }).click()
  await expect(conflicts.getByRole('button', { name: 'Withdraw: actor:worker-1' })).toBeVisible()
})

type Key = { readonly key_id: string; readonly purpose: string; readonly revoked: boolean }

async function keysOf({ url }: Stack, actor: string): Promise<readonly Key[]> {
  const answer = await fetch(`${url}/v1/actors/${actor}`)
  return ((await answer.json()) as { readonly keys: readonly Key[] }).keys
}

function extractable(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open('genesis')
        opening.addEventListener('error', () => reject(new Error('no storage')))
        opening.addEventListener('success', () => {
          const all = opening.result.transaction('keys').objectStore('keys').getAll()
          all.addEventListener('success', () => {
            const keys = all.result as { readonly privateKey: CryptoKey }[]
            resolve(keys.length === 0 || keys.some(({ privateKey }) => privateKey.extractable))
          })
        })
      }),
  )
}
