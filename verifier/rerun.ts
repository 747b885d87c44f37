/** Running a declared reproduction again: handed in by whoever has a sandbox, never done by the verifier itself. */
import type { EvidenceStatement } from '../protocol/wire/evidence.ts'

export type Reproduction = EvidenceStatement['predicate']['reproduction']

/** Outputs by name, or why there are none. */
export type Rerun = (
  reproduction: Reproduction,
  files: ReadonlyMap<string, Uint8Array>,
) => Promise<{ readonly outputs: ReadonlyMap<string, Uint8Array> } | { readonly failed: string }>
