/** The bundle behind a task's evidence: what its worker signed about the work. It lies inside a ledger entry. */
import { queryOptions } from '@tanstack/react-query'
import type { EvidenceStatement } from '../../protocol/wire/evidence.ts'
import { fetchEntry } from './entries.ts'
import { FIXED } from './keys.ts'

export async function fetchEvidence(seq: number, expected: string, signal?: AbortSignal): Promise<EvidenceStatement> {
  const [entry, { evidenceIn }] = await Promise.all([fetchEntry(seq, signal), import('./evidence-bundle.ts')])
  return evidenceIn(entry, expected)
}

export function evidenceQuery(seq: number, expected: string) {
  return queryOptions({
    queryKey: [...FIXED, 'evidence', seq, expected],
    queryFn: ({ signal }) => fetchEvidence(seq, expected, signal),
    staleTime: Infinity,
  })
}
