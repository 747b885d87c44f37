/**
 * What the genesis entry fixes for good: who founded the deployment, its runtime, beacon, chains and contracts.
 *
 * Source: spec 2.2 (genesis entry). Times are milliseconds since 1970-01-01T00:00Z.
 */
import type { BeaconScheme } from '../../wire/beacon.ts'
import type { Millis } from '../../wire/time.ts'

/** Chain roles: `operations` holds the commitments and the final gate, `settlement` the anchors. May be one chain. */
export type ChainRole = 'operations' | 'settlement'

export type ChainFacts = { readonly role: ChainRole; readonly chainId: number; readonly genesisHash: string }

export type ContractName = 'committee_registry' | 'commitment_log' | 'final_gate' | 'identity_registry'

export type ContractFacts = { readonly chain: ChainRole; readonly address: string }

export type CommitteeMember = { readonly id: string; readonly address: string; readonly region: string }

export type DeploymentFacts = {
  /** Hash of the genesis entry; what every command names. */
  readonly id: string
  readonly protocolVersion: string
  readonly development: boolean
  readonly startedAt: Millis
  readonly epochMs: number
  readonly beacon: BeaconScheme
  readonly founder: { readonly id: string; readonly wallet: string }
  readonly runtime: { readonly id: string; readonly may: readonly string[] }
  readonly committee: { readonly id: string; readonly threshold: number; readonly members: readonly CommitteeMember[] }
  readonly chains: readonly ChainFacts[]
  readonly contracts: { readonly [name in ContractName]: ContractFacts }
  /** Mission classes that this deployment declines for reasons of safety or law. */
  readonly refusedClasses: readonly string[]
}

export function chainOf(deployment: Pick<DeploymentFacts, 'chains' | 'contracts'>, contract: ContractName): number {
  const { chain } = deployment.contracts[contract]
  const facts = deployment.chains.find(({ role }) => role === chain)
  return facts?.chainId ?? 0
}
