/**
 * The whole way, in a real browser with a real wallet: read, verify, sign, follow until the chain calls it final and
 * the ledger has it. Last by its name, because what comes before needs the mission to wait.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectNode, ROOT } from '../../scripts/setup/places.mjs'
import {
  acknowledge,
  addressOf,
  connect,
  expect,
  expectAccessible,
  test,
  verified,
  walletOf,
  type Stack,
} from './support/test.ts'

const MISSION = 'mission-high-risk'

test('the mission of high risk is approved, through to finalized', async ({ page, stack, request }) => {
  test.setTimeout(240_000)
  expect(await strangersVerdict(stack)).toBe('verified')
  const wallet = await walletOf(page, stack, 'noor')
  const { gate } = await stack.mission(MISSION)
  await page.goto(stack.url)
  await connect(page)
  await page
    .getByRole('article')
    .filter({ hasNotText: '(mission-' })
    .getByRole('link', { name: /Read and decide/ })
    .click()
  await verified(page)

  await page.getByRole('button', { name: 'Check the records' }).click()
  const records = page.getByRole('list', { name: 'The record of each' })
  await expect(records.locator('[data-proof="true"]'), 'evidence, five reviews and the result').toHaveCount(7)
  await expect(records.locator('[data-proof="false"]')).toHaveCount(0)
  await expect(page.locator('#layers')).toContainText('reviewer-sql')

  const sign = page.getByRole('button', { name: 'Sign the approval' })
  await page.getByRole('radio', { name: 'Approve' }).check()
  await expect(page.locator('#decide')).toContainText('The contract would take it now.')
  await expect(page.locator('#decide')).toContainText('mission.completed')
  await expect(page.locator('#decide pre')).toContainText(gate?.mission_digest ?? 'no gate')
  await expect(sign).toHaveAttribute('aria-disabled', 'true')
  await expect(page.locator('#obstacles')).toContainText('Confirm the three statements.')
  await acknowledge(page)
  await expect(sign).toHaveAttribute('aria-disabled', 'false')
  await expectAccessible(page)

  wallet.refuseNext()
  await sign.click()
  await expect(page.locator('#decide')).toContainText('You refused in your wallet')
  expect((await stack.mission(MISSION)).state).toBe('FinalHumanGate')

  await sign.click()
  await expect(page.getByRole('list', { name: 'How far your decision has come' })).toBeVisible()
  await expect(page.locator('li[data-stage="signed"]')).toHaveAttribute('data-reached', 'true')
  await expect(page.getByRole('heading', { name: 'You approved this mission' })).toBeVisible({ timeout: 120_000 })
  await expectAccessible(page)

  const asked = wallet.asked.filter(({ method }) => method === 'eth_signTypedData_v4')
  expect(asked.length, 'refused once, signed once').toBe(2)
  const typed = JSON.parse(String(asked.at(-1)?.params[1])) as {
    readonly message: { readonly missionDigest: string; readonly decision: string }
  }
  expect(typed.message.missionDigest).toBe(gate?.mission_digest.replace('sha256:', '0x'))
  expect(typed.message.decision).toBe('approve')

  const { state, decision } = await stack.mission(MISSION)
  expect(state).toBe('Completed')
  const outcome = page.locator('#outcome')
  await expect(outcome).toContainText(decision?.transaction.slice(2, 10) ?? 'none')
  const link = outcome.getByRole('link', { name: /^Entry / })
  const entry = await request.get(`${stack.url}${(await link.getAttribute('href')) ?? ''}`)
  expect(await entry.text()).toContain('mission.completed')
  expect(await finalizedHolds(stack.rpc, decision?.transaction ?? '')).toBe(true)
  expect(await strangersVerdict(stack)).toBe('verified')
})

test('a mission that was approved is approved for everybody, and offers nothing more to sign', async ({
  page,
  stack,
}) => {
  await walletOf(page, stack, 'ada')
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await expect(page.getByRole('heading', { name: 'noor approved this mission' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Approve' })).toHaveCount(0)
})

/** What the command line says, which shares nothing with the running stack but its address and the chain's. */
async function strangersVerdict({ url, rpc }: Stack): Promise<string> {
  const command = [join(ROOT, 'cli', 'main.ts'), 'verify', '--url', url, '--rpc', rpc, '--json']
  const { stdout } = await promisify(execFile)(projectNode() ?? process.execPath, command, { maxBuffer: 2 ** 26 })
  return (JSON.parse(stdout) as { readonly verdict: string }).verdict
}

async function finalizedHolds(rpc: string, transaction: string): Promise<boolean> {
  const ask = async (method: string, params: readonly unknown[]) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const response = await fetch(rpc, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return ((await response.json()) as { result: { blockNumber?: string; number?: string } }).result
  }
  const receipt = await ask('eth_getTransactionReceipt', [transaction])
  const finalized = await ask('eth_getBlockByNumber', ['finalized', false])
  return Number(receipt.blockNumber) <= Number(finalized.number)
}
