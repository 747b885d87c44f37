/**
 * A state as plain data and back, for whoever keeps one to start sooner. It proves nothing: what a state is, only the
 * fold of the ledger says (spec 2.2).
 *
 *     State ──save──▶ data: objects, maps, sets, typed arrays ──restore──▶ State
 *
 * The data shares its parts with the state: write it out before the state moves on. The constitution has functions,
 * so its documents are kept and it is read from them again.
 *
 * Faults: `snapshot-constitution-differs`.
 */
import { encode } from '../wire/canonical-json.ts'
import { Fault } from '../wire/fault.ts'
import type { Digest } from '../wire/sha256.ts'
import type { Millis } from '../wire/time.ts'
import type { Constitution, ConstitutionDocuments } from './constitution/constitution.ts'
import { loadConstitution } from './constitution/load.ts'
import type { State } from './state.ts'

type Founded = NonNullable<State['founded']>

export type Saved = Omit<State, 'founded'> & {
  readonly founded: (Omit<Founded, 'constitution'> & { readonly documents: ConstitutionDocuments }) | undefined
}

export function saveState({ founded, ...rest }: State): Saved {
  if (founded === undefined) return { ...rest, founded }
  const { constitution, ...others } = founded
  return { ...rest, founded: { ...others, documents: constitution.documents } }
}

/** Expects what `saveState` of this very code gave; takes it over, without a copy. */
export function restoreState({ founded, ...rest }: Saved): State {
  if (founded === undefined) return { founded, ...rest }
  const { documents, ...others } = founded
  return { founded: { ...others, constitution: constitutionOf(documents) }, ...rest }
}

function constitutionOf({ params, policy, genome, texts }: ConstitutionDocuments): Constitution {
  const loaded = loadConstitution({ params: encode(params), policy: encode(policy), genome: encode(genome), texts })
  if (!loaded.ok) throw new Fault('snapshot-constitution-differs', { code: loaded.error[0]?.code ?? '' })
  return loaded.value
}

/** How far a state has come. */
export function positionOf({ books }: State): {
  readonly size: number
  readonly hash: Digest
  readonly recordedAt: Millis
} {
  return { size: books.next, hash: books.head, recordedAt: books.lastRecordedAt }
}
