/** How the pages look and how much they weigh: to everybody, in both colours, on a phone, without a mouse. */
import { expect, expectAccessible, expectFits, test, verified } from './support/test.ts'

const PHONE = { width: 360, height: 780 }

/** Bytes over the wire before a human can decide: the budget of the approval path. */
const BUDGET = 250_000

test('the first page shows what waits, the deployment’s clocks and all missions', async ({ page, stack }) => {
  await page.goto(stack.url)
  await expect(page.getByRole('heading', { level: 1, name: 'What waits for you' })).toBeVisible()
  await expect(page.getByRole('article', { name: 'Emissions report 2025' }).first()).toBeVisible()
  await expect(page.locator('#overview')).toContainText('Phase')
  await expect(page.locator('#overview')).toContainText('G0')
  await expect(page.locator('#overview')).toContainText(/closes (in|now)/)
  await expect(page.locator('#missions')).toContainText('Handbook of the Tool Library')
  await expect(page.getByRole('banner')).toContainText('Live')
  await expectAccessible(page)
})

test('both pages can be read at 360 pixels, and axe finds nothing there', async ({ page, stack }) => {
  await page.setViewportSize(PHONE)
  await page.goto(stack.url)
  await expect(page.locator('#missions')).toContainText('Completed')
  await expectFits(page)
  await expectAccessible(page)
  await page.goto(`${stack.url}/#/missions/mission-high-risk`)
  await verified(page)
  await page.getByRole('radio', { name: 'Approve' }).check()
  await page.getByText('To compare with your wallet’s screen').click()
  await expectFits(page)
  await expectAccessible(page)
})

test('colours can be chosen, and are remembered', async ({ page, stack }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(stack.url)
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeAttached()
  const light = await ground()
  await page.getByText('Dark', { exact: true }).click()
  const dark = await ground()
  expect(dark).not.toEqual(light)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  expect(await ground()).toEqual(dark)
})

test('a page that does not exist, and a mission that does not, say so', async ({ page, stack }) => {
  await page.goto(`${stack.url}/#/nowhere`)
  await expect(page.getByRole('heading', { name: 'There is no such page.' })).toBeVisible()
  await page.goto(`${stack.url}/#/missions/never-made`)
  await expect(page.getByText('There is no mission of this name.')).toBeVisible()
})

test('the approval path stays within its budget, and the verifier comes when it is needed', async ({ page, stack }) => {
  const sizes = new Map<string, number>()
  page.on('response', (response) => {
    if (!response.url().endsWith('.js')) return
    sizes.set(response.url(), Number(response.headers()['content-length'] ?? 0))
  })
  await page.goto(stack.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect([...sizes.keys()].some((url) => url.includes('worker'))).toBe(false)
  await page.goto(`${stack.url}/#/missions/mission-high-risk`)
  await expect(page.getByRole('heading', { name: 'Independent reviews' })).toBeVisible()
  const main = [...sizes].filter(([url]) => !url.includes('worker'))
  const weight = main.reduce((sum, [, bytes]) => sum + bytes, 0)
  expect(main.length).toBeGreaterThan(0)
  expect(weight).toBeGreaterThan(50_000)
  expect(weight).toBeLessThan(BUDGET)
})

test('no script stands in the page itself', async ({ request, stack }) => {
  const html = await (await request.get(stack.url)).text()
  const scripts = [...html.matchAll(/<script([^>]*)>([^<]*)/g)]
  expect(scripts.length).toBeGreaterThan(0)
  for (const [, attributes = '', body = ''] of scripts) {
    expect(attributes).toContain('src=')
    expect(body.trim()).toBe('')
  }
})
