/**
 * Consequences that cross subjects. They are law, not a service's doing, so that whoever folds the ledger reaches
 * the same ones: a process reads one event that was just decided and answers the events that follow from it.
 *
 * Events that follow are in the same entry; they are followed in turn. `state` is the state before the entry, so a
 * process that needs to know of this entry's own events reads them in `soFar`.
 */
import type { Millis } from '../../wire/time.ts'
import type { EventDraft } from '../constraints/event.ts'
import type { World } from '../constraints/world.ts'
import type { State } from '../state.ts'
import type { LawEvent } from '../events.ts'

export type Situation = {
  readonly state: State
  readonly world: World
  readonly at: Millis
  readonly seq: number
  /** The events of this entry until now, the one that is answered the last of them. */
  readonly soFar: readonly EventDraft[]
}

export type Process = (event: LawEvent, situation: Situation) => readonly EventDraft[]

export const NOTHING: readonly EventDraft[] = []
