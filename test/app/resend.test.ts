/** A mission that changes under the reader, and a relay that is down: nothing false is signed, nothing is signed twice. */
import { readFile } from 'node:fs/promises'
import { parseApproval } from '../../protocol/wire/approval.ts'
import { acknowledge, addressOf, connect, expect, expectAccessible, test, verified, walletOf } from './support/test.ts'

const MISSION = 'mission-to-resend'

test.describe.configure({ mode: 'serial', timeout: 240_000 })

test('what changed since the page was opened is shown, and cannot be signed', async ({ page, stack }) => {
  const wallet = await walletOf(page, stack, 'noor')
  const { gate } = await stack.mission(MISSION)
  const digest = gate?.mission_digest ?? ''
  const another = `sha256:${'ee'.repeat(32)}`
  let isAnother = false
  await page.route(`**/v1/missions/${MISSION}`, async (route) => {
    const mission = await (await route.fetch()).text()
    await route.fulfill({ body: isAnother ? mission.replaceAll(digest, another) : mission })
  })
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await verified(page)
  await page.getByRole('radio', { name: 'Approve' }).check()
  await acknowledge(page)

  // The page does not know yet: whoever signs now is asked nothing, because it looks once more before.
  isAnother = true
  await page.getByRole('button', { name: 'Sign the approval' }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'This mission changed since you opened it' })
  await expect(notice).toContainText(digest)
  await expect(notice).toContainText(another)
  await expect(page.getByRole('button', { name: 'Sign the approval' })).toHaveCount(0)
  expect(wallet.asked.map(({ method }) => method)).toEqual(['eth_requestAccounts'])
  await expectAccessible(page)

  // Read again, it is what the server shows, and still not what the browser's own replay says.
  await notice.getByRole('button', { name: 'Read it again as it is now' }).click()
  await expect(page.locator('#verification')).toContainText('otherwise than your own replay of the ledger')
  isAnother = false
  await stack.asOwner('mission.create', 'mission-of-no-matter', {
    title: 'Another',
    summary: 'It moves the ledger on.',
  })
  await page.getByRole('button', { name: 'Read it again as it is now' }).click()
  await expect(page.locator('#verification')).not.toContainText('otherwise than your own replay')
})

test('a relay that is down costs no second signature', async ({ page, stack }) => {
  const wallet = await walletOf(page, stack, 'noor')
  const signatures = () => wallet.asked.filter(({ method }) => method === 'eth_signTypedData_v4').length
  let isDown = true
  await page.route('**/v1/approvals', (route) => (isDown ? route.abort() : route.continue()))
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await verified(page)
  await page.getByRole('radio', { name: 'Approve' }).check()
  await acknowledge(page)
  await page.getByRole('button', { name: 'Sign the approval' }).click()
  await expect(page.locator('#decide')).toContainText('No connection to the server')
  await expect(page.locator('#decide')).toContainText('kept in this browser and has not been sent')
  expect(signatures()).toBe(1)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the signed decision' }).click()
  const file = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Record<string, unknown>
  expect(Object.keys(file)).toEqual(['approval', 'signature'])
  expect(parseApproval(file['approval']).ok).toBe(true)

  await page.reload()
  await expect(page.getByRole('banner')).toContainText('noor')
  await expect(page.locator('#decide')).toContainText('It is sent again, never signed again')
  isDown = false
  await page.getByRole('button', { name: 'Send it through the relay' }).click()
  await expect(page.getByRole('heading', { name: 'You approved this mission' })).toBeVisible({ timeout: 120_000 })
  expect(signatures()).toBe(1)
})
