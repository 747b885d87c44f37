/** Every property, and how a reader of the ledger asks them. */
import type { Prepared } from '../../law/record.ts'
import type { State } from '../../law/state.ts'
import { BOOKS } from './books.ts'
import type { Broken, Property } from './property.ts'
import { REGISTRY } from './registry.ts'
import { WORK } from './work.ts'

export const PROPERTIES: readonly Property[] = [...WORK, ...REGISTRY, ...BOOKS]

const OF_ENTRIES = PROPERTIES.flatMap(({ ofEntry }) => (ofEntry === undefined ? [] : [ofEntry]))
const OF_STATES = PROPERTIES.flatMap(({ ofState }) => (ofState === undefined ? [] : [ofState]))

const BY_ID: ReadonlyMap<string, Property> = new Map(PROPERTIES.map((property) => [property.id, property]))

export function propertyOf(id: string): Property | undefined {
  return BY_ID.get(id)
}

/** What is not as it must be in an entry that was just taken in. */
export function brokenByEntry(state: State, entry: Prepared): readonly Broken[] {
  let found: readonly Broken[] = NOTHING
  for (const ofEntry of OF_ENTRIES) {
    const broken = ofEntry(state, entry)
    if (broken.length > 0) found = [...found, ...broken]
  }
  return found
}

/** What is not as it must be in a state: over the subjects that changed, or over all where it is not told. */
export function brokenInState(state: State, changed?: ReadonlySet<string>): readonly Broken[] {
  return OF_STATES.flatMap((ofState) => ofState(state, changed))
}

const NOTHING: readonly Broken[] = []
