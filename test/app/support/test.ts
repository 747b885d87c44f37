/** What every browser test starts with: the stack, shared by all, and a page on which nothing may go wrong unseen. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Locator, type Page } from '@playwright/test'
import type { Bench } from '../../support/law/world.ts'
import { openBench, type House } from './bench.ts'
import { startStack, type Stack } from './stack.ts'
import { announceWallet, type TestWallet } from './wallet.ts'

export { expect } from '@playwright/test'
export type { Page } from '@playwright/test'
export type { House } from './bench.ts'
export type { Stack } from './stack.ts'

type Shared = { readonly stack: Stack }
type Each = {
  readonly mistakes: readonly string[]
  /** Opens a small deployment of the test's own, in the state that it prepares. */
  readonly bench: (prepare: (bench: Bench) => void) => Promise<House>
}

export const test = base.extend<Each, Shared>({
  stack: [
    // Playwright reads from the first parameter what a fixture needs.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const stack = await startStack()
      await use(stack)
      await stack.stop()
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  // oxlint-disable-next-line no-empty-pattern
  bench: async ({}, lend) => {
    const opened: House[] = []
    await lend(async (prepare) => {
      const house = await openBench(prepare)
      opened.push(house)
      return house
    })
    for (const house of opened) await house.stop()
  },
  /** Errors of our own scripts and whatever the content security policy forbade; none at the end of a test. */
  mistakes: [
    async ({ page }, use) => {
      const mistakes: string[] = []
      page.on('pageerror', (error) => mistakes.push(error.stack ?? error.message))
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) mistakes.push(message.text())
      })
      await use(mistakes)
      expect(mistakes).toEqual([])
    },
    { auto: true },
  ],
})

export function addressOf(stack: Pick<Stack, 'url'>, mission: string): string {
  return `${stack.url}/#/missions/${mission}`
}

type Announced = Pick<Stack, 'rpc' | 'chainId' | 'wallet'>

/** Announces the wallet of that human; opens nothing. */
export function walletOf(page: Page, stack: Announced, id: string, startsOn?: number): Promise<TestWallet> {
  const { rpc, chainId } = stack
  const key = stack.wallet(id).private_key
  return announceWallet(page, { key, rpc, chainId, ...(startsOn === undefined ? {} : { startsOn }) })
}

export async function connect(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Connect wallet' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Test Wallet' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** Comes with the wallet of that human, and makes a key of theirs in this browser. */
export async function arrive(page: Page, stack: Announced & Pick<Stack, 'url'>, id: string): Promise<TestWallet> {
  const wallet = await walletOf(page, stack, id)
  await page.goto(`${stack.url}/#/me`)
  await connect(page)
  await page.getByRole('button', { name: 'Make a key in this browser' }).click()
  await expect(page.locator('[data-standing]')).toHaveAttribute('data-standing', 'active')
  return wallet
}

/** Waits until the browser has replayed the ledger and found nothing wrong. */
export async function verified(page: Page): Promise<void> {
  await expect(page.locator('#verification')).toContainText('every decision made again', { timeout: 60_000 })
}

export async function acknowledge(page: Page): Promise<void> {
  for (const words of ['I understand it', 'I commit it', 'I accept its consequences']) {
    await page.getByRole('checkbox', { name: words }).check()
  }
}

/** No finding of axe, in the colours that are asked for. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // What lies half under the header that stays would count as too small to be pressed.
    await page.evaluate(() => globalThis.scrollTo(0, 0))
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze()
    const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html.slice(0, 200)) }))
    expect(found, `axe, ${colorScheme}`).toEqual([])
  }
}

/** Nothing sticks out to the side. */
export async function expectFits(page: Page): Promise<void> {
  const { scroll, inner } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    inner: globalThis.innerWidth,
  }))
  expect(scroll).toBeLessThanOrEqual(inner)
}

/** Moves the focus there with the Tab key alone, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator, most = 150): Promise<void> {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not get to ${String(target)}.`)
}
