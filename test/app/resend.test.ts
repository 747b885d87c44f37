/** A mission that changes under the reader, and a relay that is down: nothing false is signed, nothing is signed twice. */
import { readFile } from 'node:fs/promises'
import { parseApproval } from '../../protocol/wire/approval.ts'
import { acknowledge, addressOf, connect, expect, expectAccessible, test, verified, walletOf } from './support/test.ts'

const MISSION = 'mission-to-resend'

test.describe.configure({ mode: 'serial', timeout: 240_000 })

test('what changed since the page was opened is shown, and cannot be signed', async ({ page, stack }) => {
  await walletOf(page, stack, 'noor')
  await page.goto(addressOf(stack, MISSION))
  await connect(page)
  await verified(page)
  await page.getByRole('radio', { name: 'Approve' }).check()
  await stack.asOwner('mission.hold', MISSION, { reason: 'A second look at permit P-2047.' })
  const notice = page.getByRole('alert').filter({ hasText: 'This mission changed since you opened it' })
  await expect(notice).toContainText('A second look at permit P-2047.')
  await expect(page.getByRole('button', { name: 'Sign the approval' })).toHaveCount(0)
  await expectAccessible(page)
  await notice.getByRole('button', { name: 'Read it again as it is now' }).click()
  await expect(page.getByText('Held by its owner: A second look at permit P-2047.')).toBeVisible()
  await page.getByRole('radio', { name: 'Approve' }).check()
  await expect(page.locator('#obstacles')).toContainText('The mission is not held by its owner.')
  await stack.asOwner('mission.release', MISSION, {})
  await page.getByRole('button', { name: 'Read it again as it is now' }).click()
  await expect(page.getByText('Held by its owner')).toHaveCount(0)
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
  await connect(page)
  await expect(page.locator('#decide')).toContainText('It is sent again, never signed again')
  isDown = false
  await page.getByRole('button', { name: 'Send it through the relay' }).click()
  await expect(page.getByRole('heading', { name: 'You approved this mission' })).toBeVisible({ timeout: 120_000 })
  expect(signatures()).toBe(1)
})
