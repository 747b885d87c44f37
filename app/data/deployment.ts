/** Which deployment this is: its chains and contracts. Set by the genesis entry, so it never changes. */
import { queryOptions } from '@tanstack/react-query'
import { Fault } from '../../protocol/wire/fault.ts'
import { get } from './http.ts'
import { FIXED } from './keys.ts'
import { dictionary, fields, flag, list, number, text, type Read } from './read.ts'

const deploymentView = fields({
  deployment: text,
  development: flag,
  protocol_version: text,
  epoch_ms: number,
  chains: list(fields({ role: text, chain_id: number, genesis_hash: text })),
  contracts: dictionary(fields({ chain: text, address: text })),
  founder: fields({ id: text }),
  committee: fields({ threshold: number, members: list(fields({ id: text })) }),
})

export type DeploymentView = Read<typeof deploymentView>

export type Contract = { readonly chainId: number; readonly address: `0x${string}` }

/** Where human decisions are kept. */
export type Gate = Contract

export function fetchDeployment(signal?: AbortSignal): Promise<DeploymentView> {
  return get('/v1/deployment', deploymentView, signal)
}

export const deploymentQuery = queryOptions({
  queryKey: [...FIXED, 'deployment'],
  queryFn: ({ signal }) => fetchDeployment(signal),
  staleTime: Infinity,
})

export function gateOf(deployment: Placed): Gate {
  return placeOf(deployment, 'final_gate', 'deployment-without-gate')
}

/** Where bindings of keys and irreversible acts inside commands count. */
export function registryOf(deployment: Placed): Contract {
  return placeOf(deployment, 'identity_registry', 'deployment-without-registry')
}

type Placed = Pick<DeploymentView, 'chains' | 'contracts'>

function placeOf({ chains, contracts }: Placed, name: string, fault: string): Contract {
  const contract = contracts[name]
  const chain = chains.find(({ role }) => role === contract?.chain)
  if (contract === undefined || chain === undefined) throw new Fault(fault)
  return { chainId: chain.chain_id, address: contract.address as `0x${string}` }
}
