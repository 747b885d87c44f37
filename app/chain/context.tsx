/** The deployment that the app is open on, and how to reach its chain. Set once, before anything else is shown. */
import { createContext, use, useMemo, type ReactNode } from 'react'
import { createClient, defineChain, type Chain, type Client } from 'viem'
import { gateOf, type DeploymentView, type Gate } from '../data/deployment.ts'
import { transportTo } from './transport.ts'

export type Place = {
  readonly deployment: DeploymentView
  readonly gate: Gate
  /** Null where nobody says which RPC to use. */
  readonly rpc: string | null
  readonly chain: Chain
  readonly client: Client
}

const Context = createContext<Place | undefined>(undefined)

export function usePlace(): Place {
  const place = use(Context)
  if (place === undefined) throw new TypeError('usePlace needs a PlaceProvider')
  return place
}

type Props = { readonly deployment: DeploymentView; readonly rpc: string | null; readonly children: ReactNode }

export function PlaceProvider({ deployment, rpc, children }: Props) {
  const place = useMemo(() => placeOf(deployment, rpc), [deployment, rpc])
  return <Context value={place}>{children}</Context>
}

function placeOf(deployment: DeploymentView, rpc: string | null): Place {
  const gate = gateOf(deployment)
  const chain = defineChain({
    id: gate.chainId,
    name: deployment.development ? 'Genesis development chain' : `Chain ${gate.chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: rpc === null ? [] : [rpc] } },
  })
  // Answers about blocks must be of now: what is remembered is remembered by the queries.
  return { deployment, gate, rpc, chain, client: createClient({ chain, transport: transportTo(rpc), cacheTime: 0 }) }
}
