/** What can be done with a subject, by whom: buttons are drawn from this and from nothing else (spec 1.3). */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { anything, dictionary, fields, list, oneOf, text, type Read } from './read.ts'

const violation = fields({ constraint: text, level: text, params: dictionary(anything) })

const action = fields({
  type: text,
  effect: text,
  answer: oneOf('allowed', 'blocked', 'needs-input'),
  violations: list(violation),
})

export type Action = Read<typeof action>
export type Violation = Read<typeof violation>

/** The approver's action at the final gate. */
export const DECIDE = 'mission.decide'

export async function fetchActions(subject: string, actor: string, signal?: AbortSignal): Promise<readonly Action[]> {
  const query = new URLSearchParams({ subject, actor }).toString()
  return (await get(`/v1/actions?${query}`, fields({ actions: list(action) }), signal)).actions
}

/** `actor` is empty for somebody whom the deployment does not know. */
export function actionsQuery(subject: string, actor: string) {
  return queryOptions({
    queryKey: [...LIVE, 'actions', subject, actor],
    queryFn: ({ signal }) => fetchActions(subject, actor, signal),
    // Windows and deadlines pass without an entry.
    refetchInterval: 30_000,
  })
}

export function decideAmong(actions: readonly Action[]): Action | undefined {
  return actions.find(({ type }) => type === DECIDE)
}
