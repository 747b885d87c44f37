/** The face of the feature: the session for whoever asks, what its replay says, and the panel that shows it. */
import { useQuery } from '@tanstack/react-query'
import { createContext, use, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Mission } from '../../data/missions.ts'
import type { Condition } from './messages.ts'
import { openSession, type Session, type Verification } from './session.ts'

export { VerificationPanel } from './panel.tsx'
export type { Foreseen, Outcome } from './messages.ts'
export type { Session, Verification } from './session.ts'
export { firstNotGreen, type ShownStep } from './steps.ts'

const Context = createContext<Session | undefined>(undefined)

type Props = {
  readonly rpc: string | null
  readonly deployment: string
  readonly children: ReactNode
}

/** One session for the whole app: what was verified on one page need not be verified again on the next. */
export function VerificationProvider({ rpc, deployment, children }: Props) {
  const session = useMemo(() => openSession(globalThis.location.origin, rpc, deployment), [rpc, deployment])
  useEffect(() => () => session.close(), [session])
  return <Context value={session}>{children}</Context>
}

export function useVerification(): { readonly session: Session; readonly state: Verification } {
  const session = use(Context)
  if (session === undefined) throw new TypeError('useVerification needs a VerificationProvider')
  return { session, state: useSyncExternalStore(session.subscribe, session.current) }
}

/** The mission as the browser's own replay has it: undefined while there is none, null where it knows no such one. */
export function useReplayed(id: string): Mission | null | undefined {
  const { session, state } = useVerification()
  const head = state.kind === 'done' ? state.outcome.head : undefined
  const { data } = useQuery({
    queryKey: ['replayed', head, id],
    queryFn: async () => ({ mission: await session.mission(id) }),
    enabled: head !== undefined,
    staleTime: Infinity,
  })
  return head === undefined ? undefined : data?.mission
}

/** All conditions of a final decision, as the replaying law lists them. */
export function useConditions(): readonly Condition[] | undefined {
  const { state } = useVerification()
  return state.kind === 'done' ? state.outcome.conditions : undefined
}
