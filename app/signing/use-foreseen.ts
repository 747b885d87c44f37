/** What would come of a command if it were sent now: asked again while it is written, signed by nobody, not recorded. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { payloadOf, type Draft } from '../../protocol/law/compose.ts'
import { millis } from '../../protocol/wire/time.ts'
import { usePlace } from '../chain/context.tsx'
import { rehearse, type Foreseen } from '../data/commands.ts'
import { LIVE } from '../data/keys.ts'
import { presentTime } from '../data/use-now.ts'
import { freshNonce } from './act.ts'

/** Undefined until it has been answered, and where there is nothing to ask about yet. */
export function useForeseen(actor: string, draft: Draft | undefined): Foreseen | undefined {
  const { deployment } = usePlace()
  const client = useQueryClient()
  const asked = useDeferredValue(draft)
  const { data } = useQuery({
    queryKey: [...LIVE, 'foreseen', actor, asked],
    queryFn: () => {
      const issued = millis(Math.floor(presentTime(client)))
      const as = { deployment: deployment.deployment, actor, issued, nonce: freshNonce() }
      return asked === undefined ? null : rehearse(payloadOf(asked, as))
    },
    enabled: asked !== undefined && actor !== '',
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return asked === undefined ? undefined : (data ?? undefined)
}
