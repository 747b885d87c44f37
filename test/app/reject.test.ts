/** To reject is as easy as to approve: without a mouse, with a reason, paid for by one's own wallet. */
import { expect, tabTo, test, verified, walletOf } from './support/test.ts'

const MISSION = 'mission-to-reject'
const REASON = 'Permit P-2047 is counted twice; Article 7 wants it disclosed.'

test('a mission is rejected with the keyboard alone, through to its end', async ({ page, stack }) => {
  test.setTimeout(240_000)
  const wallet = await walletOf(page, stack, 'noor')
  await page.goto(stack.url)

  await tabTo(page, page.getByRole('banner').getByRole('button', { name: 'Connect wallet' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Test Wallet' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('banner')).toContainText('noor')

  await tabTo(page, page.getByRole('link', { name: new RegExp(`Read and decide.*${MISSION}`) }))
  await page.keyboard.press('Enter')
  await verified(page)
  await tabTo(page, page.getByRole('radio', { name: 'Approve' }))
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Reject' })).toBeChecked()

  for (const words of ['I understand it', 'I commit it', 'I accept its consequences']) {
    await tabTo(page, page.getByRole('checkbox', { name: words }))
    await page.keyboard.press('Space')
  }
  await expect(page.locator('#obstacles')).toContainText('Write a reason.')
  await tabTo(page, page.getByRole('textbox', { name: 'Your reason' }))
  await page.keyboard.type(REASON)
  await tabTo(page, page.getByRole('radio', { name: 'Through the relay' }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: 'From my wallet' })).toBeChecked()
  await expect(page.locator('#obstacles')).toBeEmpty()
  await tabTo(page, page.getByRole('button', { name: 'Sign the rejection' }))
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'You rejected this result' })).toBeVisible({ timeout: 120_000 })
  await expect(page.locator('#outcome')).toContainText(REASON)
  await expect(page.locator('li[data-stage="recorded"]')).toHaveAttribute('data-reached', 'true')
  expect(wallet.asked.map(({ method }) => method)).toEqual([
    'eth_requestAccounts',
    'eth_signTypedData_v4',
    'eth_sendTransaction',
  ])
  const { state, decision } = await stack.mission(MISSION)
  expect(decision?.decision).toBe('reject')
  expect(state).not.toBe('FinalHumanGate')
})
