/**
 * A real EIP-1193 wallet for browser tests: announced by EIP-6963 like any extension, its key in the test's process.
 *
 *     const wallet = await announceWallet(page, { key, rpc, chainId })
 *     wallet.refuseNext()          the human presses «Reject» (4001)
 *     await wallet.lock()          accountsChanged []: nobody signs until it is unlocked
 *     await wallet.moveTo(1)       the human has switched it to another network
 */
import type { Page } from '@playwright/test'
import { createWalletClient, http, numberToHex, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

export type TestWallet = {
  readonly address: string
  /** Every request that asked its human for something. */
  readonly asked: readonly { readonly method: string; readonly params: readonly unknown[] }[]
  refuseNext(): void
  lock(): Promise<void>
  unlock(): void
  moveTo(chainId: number): Promise<void>
}

type Options = {
  readonly key: Hex
  readonly rpc: string
  readonly chainId: number
  readonly name?: string
  /** Where it starts, when not on the deployment's chain. */
  readonly startsOn?: number
}

type Reply = { readonly result: unknown } | { readonly error: { readonly code: number; readonly message: string } }

/** Before the page is opened. */
export async function announceWallet(page: Page, options: Options): Promise<TestWallet> {
  const { rpc, chainId, name = 'Test Wallet' } = options
  const account = privateKeyToAccount(options.key)
  const client = createWalletClient({ account, transport: http(rpc) })
  const asked: { method: string; params: readonly unknown[] }[] = []
  let refuses = false
  let locked = false
  let connected = false
  let present = options.startsOn ?? chainId

  async function human<T>(method: string, params: readonly unknown[], act: () => Promise<T>): Promise<T> {
    asked.push({ method, params })
    if (locked) throw rpcError(4100, 'The wallet is locked.')
    if (refuses) {
      refuses = false
      throw rpcError(4001, 'User rejected the request.')
    }
    return act()
  }

  async function answer(method: string, params: readonly unknown[]): Promise<unknown> {
    switch (method) {
      case 'eth_requestAccounts':
        return human(method, params, () => {
          connected = true
          return Promise.resolve([account.address])
        })
      case 'eth_accounts':
        return connected && !locked ? [account.address] : []
      case 'eth_chainId':
        return numberToHex(present)
      case 'wallet_switchEthereumChain':
        return human(method, params, async () => {
          await moveTo(Number((params[0] as { chainId: string }).chainId))
          return null
        })
      case 'eth_signTypedData_v4':
        return human(method, params, () =>
          account.signTypedData(JSON.parse(String(params[1])) as Parameters<typeof account.signTypedData>[0]),
        )
      case 'eth_sendTransaction':
        return human(method, params, () => {
          const { to, data } = params[0] as { to: Hex; data: Hex }
          return client.sendTransaction({ to, data, chain: null })
        })
      default:
        if (method.startsWith('wallet_')) throw rpcError(4200, `No method ${method}.`)
        return client.request({ method, params } as Parameters<typeof client.request>[0])
    }
  }

  async function moveTo(id: number): Promise<void> {
    present = id
    await emit(page, 'chainChanged', numberToHex(id))
  }

  await page.exposeFunction('testWalletRequest', async (method: string, params: readonly unknown[]): Promise<Reply> => {
    try {
      return { result: await answer(method, params) }
    } catch (cause) {
      const { code, message } = cause as { code?: unknown; message?: unknown }
      return { error: { code: typeof code === 'number' ? code : -32603, message: String(message) } }
    }
  })
  await page.addInitScript(announce, name)

  return {
    address: account.address.toLowerCase(),
    asked,
    refuseNext: () => {
      refuses = true
    },
    lock: async () => {
      locked = true
      connected = false
      await emit(page, 'accountsChanged', [])
    },
    unlock: () => {
      locked = false
    },
    moveTo,
  }
}

function rpcError(code: number, message: string): Error {
  return Object.assign(new Error(message), { code })
}

async function emit(page: Page, event: string, value: unknown): Promise<void> {
  await page.evaluate(
    ([name, detail]) => globalThis.dispatchEvent(new CustomEvent(`test-wallet:${name}`, { detail })),
    [event, value] as const,
  )
}

/** Runs in the page, before anything of the page does. */
function announce(name: string): void {
  type Listener = (value: unknown) => void
  type Request = { readonly method: string; readonly params?: readonly unknown[] }
  const listeners = new Map<string, Set<Listener>>()
  for (const event of ['accountsChanged', 'chainChanged']) {
    globalThis.addEventListener(`test-wallet:${event}`, (heard) => {
      for (const listener of listeners.get(event) ?? []) listener((heard as CustomEvent).detail)
    })
  }
  const provider = {
    async request({ method, params = [] }: Request): Promise<unknown> {
      const ask = (globalThis as unknown as { testWalletRequest: (m: string, p: readonly unknown[]) => Promise<Reply> })
        .testWalletRequest
      const reply = await ask(method, params)
      if ('error' in reply) throw Object.assign(new Error(reply.error.message), { code: reply.error.code })
      return reply.result
    },
    on(event: string, listener: Listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener))
    },
    removeListener(event: string, listener: Listener) {
      listeners.get(event)?.delete(listener)
    },
  }
  const info = {
    uuid: '00000000-0000-4000-8000-000000000001',
    name,
    icon: 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E',
    rdns: 'test.wallet',
  }
  const detail = Object.freeze({ info, provider })
  const say = () => globalThis.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
  globalThis.addEventListener('eip6963:requestProvider', say)
  say()
}
