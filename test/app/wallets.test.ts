/** Each state of a wallet has its own words and its own way out. */
import { generatePrivateKey } from 'viem/accounts'
import { acknowledge, addressOf, connect, expect, expectAccessible, test, verified, walletOf } from './support/test.ts'
import { announceWallet } from './support/wallet.ts'

const MISSION = 'mission-high-risk'

test('without a wallet everything can be read, and the page says what is needed to decide', async ({ page, stack }) => {
  await page.goto(addressOf(stack, MISSION))
  await expect(page.locator('#decide')).toContainText('Connect your wallet to decide.')
  await page.getByRole('banner').getByRole('button', { name: 'Connect wallet' }).click()
  await expect(page.getByRole('dialog')).toContainText('No wallet was found in this browser.')
  await expectAccessible(page)
})

test('who refuses to connect is told so, and can try again', async ({ page, stack }) => {
  const wallet = await walletOf(page, stack, 'noor')
  await page.goto(stack.url)
  wallet.refuseNext()
  await page.getByRole('banner').getByRole('button', { name: 'Connect wallet' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Test Wallet' }).click()
  await expect(page.getByRole('dialog')).toContainText('You refused in your wallet')
  await page.getByRole('dialog').getByRole('button', { name: 'Test Wallet' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('banner')).toContainText('noor')
  await expect(page.getByRole('article').first()).toContainText('You may decide')
})

test('a wallet on another network is asked to switch', async ({ page, stack }) => {
  await walletOf(page, stack, 'noor', 1)
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await expect(page.locator('#decide')).toContainText('Your wallet is on another network.')
  await expect(page.locator('#decide')).toContainText(`on chain ${stack.chainId}`)
  await page.getByRole('button', { name: 'Switch network' }).click()
  await expect(page.locator('#decide')).not.toContainText('another network')
})

test('a wallet that nobody here has cannot decide', async ({ page, stack }) => {
  await announceWallet(page, { key: generatePrivateKey(), rpc: stack.rpc, chainId: stack.chainId })
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await expect(page.locator('#decide')).toContainText('This wallet belongs to nobody here.')
  await page.getByRole('radio', { name: 'Approve' }).check()
  await expect(page.locator('#obstacles')).toContainText('Your wallet belongs to nobody in this deployment.')
})

test('whoever operates a reviewer sees why they may not decide', async ({ page, stack }) => {
  await walletOf(page, stack, 'eli')
  await page.goto(stack.url)
  await connect(page)
  const item = page.getByRole('article').first()
  await expect(item).toContainText('Not for you to decide')
  await expect(item).toContainText('approver-is-independent')
  await page.goto(addressOf(stack, MISSION))
  await expect(page.locator('#rules li[data-holds="false"]')).toHaveCount(1)
  await expect(page.locator('#rules')).toContainText('had no hand in the mission')
})

test('a wallet that locks itself is noticed', async ({ page, stack }) => {
  const wallet = await walletOf(page, stack, 'noor')
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await expect(page.getByRole('banner')).toContainText('noor')
  await wallet.lock()
  await expect(page.locator('#decide')).toContainText('Your wallet has locked itself')
  wallet.unlock()
  await page.locator('#decide').getByRole('button', { name: 'Connect wallet' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Test Wallet' }).click()
  await expect(page.locator('#decide')).not.toContainText('locked itself')
})

test('a development wallet warns, shows what it signs, and can be refused', async ({ page, stack }) => {
  await page.goto(addressOf(stack, MISSION))
  await verified(page)
  await page.getByRole('banner').getByRole('button', { name: 'Connect wallet' }).click()
  await page.getByRole('button', { name: 'Use a development wallet' }).click()
  await expect(page.getByRole('dialog')).toContainText('Anybody can read the keys of development wallets')
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'noor' }).click()
  await expect(page.getByRole('banner')).toContainText('noor')
  await page.getByRole('radio', { name: 'Approve' }).check()
  await acknowledge(page)
  await page.getByRole('button', { name: 'Sign the approval' }).click()
  const prompt = page.getByRole('dialog', { name: 'Development wallet' })
  const { gate } = await stack.mission(MISSION)
  await expect(prompt).toContainText(gate?.mission_digest.replace('sha256:', '0x') ?? 'no gate')
  await expect(prompt).toContainText('Genesis Final Gate')
  await expectAccessible(page)
  await prompt.getByRole('button', { name: 'Refuse' }).click()
  await expect(page.locator('#decide')).toContainText('You refused in your wallet')
  expect((await stack.mission(MISSION)).state).toBe('FinalHumanGate')
})
