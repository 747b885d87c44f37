/** This browser's key for the human whose wallet is connected. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { usePlace } from '../chain/context.tsx'
import { actorQuery, type ActorView } from '../data/actor.ts'
import { useNow } from '../data/use-now.ts'
import { useWallet, actorOf } from '../wallet/wallet.ts'
import { recallKey, type BrowserKey } from './browser-key.ts'
import { standingOf, type Standing } from './standing.ts'

export type MyKey = {
  /** Empty for somebody whom the deployment does not know. */
  readonly actor: string
  readonly human: ActorView | undefined
  readonly key: BrowserKey | null
  /** Undefined until both this browser and the ledger have answered. */
  readonly standing: Standing | undefined
  readonly error: unknown
}

export function keyQuery(deployment: string, actor: string) {
  return queryOptions({
    queryKey: ['browser-key', deployment, actor],
    queryFn: () => recallKey(deployment, actor),
    enabled: actor !== '',
    staleTime: Infinity,
    retry: false,
    // A key is no plain value: it is not to be compared field by field.
    structuralSharing: false,
  })
}

export function useMyKey(): MyKey {
  const { deployment } = usePlace()
  const { wallet } = useWallet()
  const actor = actorOf(wallet)
  const now = useNow(10_000)
  const key = useQuery(keyQuery(deployment.deployment, actor))
  const human = useQuery({ ...actorQuery(actor), enabled: actor !== '' })
  const known = key.data !== undefined && human.data !== undefined
  return {
    actor,
    human: human.data,
    key: key.data ?? null,
    standing: known ? standingOf(key.data, human.data.keys, now) : undefined,
    error: key.error ?? human.error,
  }
}
