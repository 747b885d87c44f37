/**
 * What the wallet is to this deployment, as a union: each state has its own words and its own way out. Pure.
 *
 *     none        nobody is connected
 *     connecting  the wallet has been asked, or is being found again after a reload
 *     locked      it was connected and withdrew: locked, or permission taken back
 *     elsewhere   connected, on another network
 *     stranger    connected, and known to nobody here
 *     ready       connected, and a verified human's
 */
import { humanOf, type Actor } from '../data/actors.ts'

export type WalletState =
  | { readonly kind: 'none' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'locked' }
  | {
      readonly kind: 'elsewhere'
      readonly address: string
      readonly chainId: number
      readonly human: Actor | undefined
    }
  | { readonly kind: 'stranger'; readonly address: string }
  | { readonly kind: 'ready'; readonly address: string; readonly human: Actor }

export type Connection = {
  readonly status: 'connected' | 'connecting' | 'disconnected' | 'reconnecting'
  readonly address: string | undefined
  readonly chainId: number | undefined
  /** It ended without the human having asked for it here. */
  readonly withdrew: boolean
}

export function walletState(
  { status, address, chainId, withdrew }: Connection,
  expectedChain: number,
  actors: readonly Actor[] | undefined,
): WalletState {
  if (status === 'connecting' || (status === 'reconnecting' && address === undefined)) return { kind: 'connecting' }
  if (address === undefined) return withdrew ? { kind: 'locked' } : { kind: 'none' }
  const human = actors === undefined ? undefined : humanOf(actors, address)
  if (chainId !== undefined && chainId !== expectedChain) {
    return { kind: 'elsewhere', address: address.toLowerCase(), chainId, human }
  }
  if (actors === undefined) return { kind: 'connecting' }
  return human === undefined
    ? { kind: 'stranger', address: address.toLowerCase() }
    : { kind: 'ready', address: address.toLowerCase(), human }
}

/** Who asks, for the list of actions: empty for somebody whom the deployment does not know. */
export function actorOf(wallet: WalletState): string {
  if (wallet.kind === 'ready') return wallet.human.id
  return wallet.kind === 'elsewhere' ? (wallet.human?.id ?? '') : ''
}
