/** What a ledger says came of commands that were taken. */
import type { Deployment } from '../../conformance/missions/deployment.ts'

export type Told = { readonly subject: string; readonly data: { readonly [field: string]: unknown } }

/** The events of a type in the entries from `from` on. */
export function told({ texts }: Deployment, type: string, from = 0): readonly Told[] {
  return texts
    .slice(from)
    .flatMap((text) => (JSON.parse(text) as { events?: (Told & { event_type: string })[] }).events ?? [])
    .filter(({ event_type }) => event_type === type)
}
