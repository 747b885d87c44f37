/**
 * The development wallet: an EIP-1193 provider like any other, so that everything above it takes the same way. It
 * asks its human before every signature and signs with a key that everybody can read.
 *
 * Errors are those of EIP-1193: 4001 refused, 4100 not this account, 4200 no such method, 4902 no such chain.
 */
import { createWalletClient, http, numberToHex, type Address, type Chain, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { DevelopmentWallet } from '../../data/development.ts'
import type { Prompt } from './prompts.ts'

export type DevelopmentParts = {
  readonly wallet: DevelopmentWallet
  readonly chain: Chain
  readonly rpc: string
  readonly confirm: (prompt: Prompt) => Promise<boolean>
}

type Request = { readonly method: string; readonly params?: unknown }

export type Provider = {
  request(request: Request): Promise<unknown>
  on(event: string, listener: (value: unknown) => void): void
  removeListener(event: string, listener: (value: unknown) => void): void
}

class ProviderError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.name = 'ProviderRpcError'
    this.code = code
  }
}

export function developmentProvider({ wallet, chain, rpc, confirm }: DevelopmentParts): Provider {
  const account = privateKeyToAccount(wallet.private_key as Hex)
  const client = createWalletClient({ account, chain, transport: http(rpc) })
  let connected = false

  async function signTypedData([from, text]: readonly unknown[]): Promise<Hex> {
    requireOwn(from)
    const typedData = (typeof text === 'string' ? JSON.parse(text) : text) as Parameters<
      typeof account.signTypedData
    >[0]
    await requireConfirmed({ kind: 'sign', who: wallet.id, typedData })
    return account.signTypedData(typedData)
  }

  async function sendTransaction([transaction]: readonly unknown[]): Promise<Hex> {
    const { from, to, data, value } = transaction as { from: Address; to: Address; data?: Hex; value?: Hex }
    requireOwn(from)
    await requireConfirmed({ kind: 'send', who: wallet.id, to, data: data ?? '0x' })
    return client.sendTransaction({
      to,
      ...(data === undefined ? {} : { data }),
      ...(value === undefined ? {} : { value: BigInt(value) }),
    })
  }

  async function requireConfirmed(prompt: Prompt): Promise<void> {
    if (!(await confirm(prompt))) throw new ProviderError(4001, 'The human refused.')
  }

  function requireOwn(address: unknown): void {
    if (String(address).toLowerCase() !== account.address.toLowerCase()) {
      throw new ProviderError(4100, 'This wallet holds another account.')
    }
  }

  return {
    async request({ method, params }) {
      const list = Array.isArray(params) ? (params as readonly unknown[]) : []
      switch (method) {
        case 'eth_requestAccounts':
          connected = true
          return [account.address]
        case 'eth_accounts':
          return connected ? [account.address] : []
        case 'eth_chainId':
          return numberToHex(chain.id)
        case 'eth_signTypedData_v4':
          return signTypedData(list)
        case 'eth_sendTransaction':
          return sendTransaction(list)
        case 'wallet_switchEthereumChain':
          if (Number((list[0] as { chainId?: string } | undefined)?.chainId) === chain.id) return null
          throw new ProviderError(4902, 'This wallet knows one chain only.')
        default:
          if (method.startsWith('wallet_')) throw new ProviderError(4200, `No method ${method}.`)
          return client.request({ method, params } as Parameters<typeof client.request>[0])
      }
    },
    // Its one account never changes and it never leaves its chain.
    on: () => {},
    removeListener: () => {},
  }
}
