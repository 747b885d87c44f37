/**
 * What can be asked of the state, as plain JSON for the outside.
 *
 * Contract: pure, and answered at once from the state that is handed in; nothing of the state may be kept or
 * changed. `undefined` means that there is no such thing.
 */
import type { Moment } from './ledger.ts'

export type Queries<State> = {
  deployment(state: State): unknown
  overview(state: State, moment: Moment): unknown
  missions(state: State, moment: Moment): unknown
  mission(state: State, id: string, moment: Moment): unknown
  actors(state: State): unknown
  actor(state: State, id: string): unknown
  /** What waits for this actor. */
  duties(state: State, id: string, moment: Moment): unknown
  machines(state: State): unknown
  machine(state: State, id: string): unknown
  incidents(state: State): unknown
  incident(state: State, id: string): unknown
  /** The population, the cap and the limits of trust in this epoch. */
  trustOverview(state: State): unknown
  /** What an actor has of trust, and every movement of it. */
  trust(state: State, id: string): unknown
  suspensions(state: State): unknown
  suspension(state: State, id: string): unknown
  panels(state: State): unknown
  panel(state: State, id: string): unknown
  /** The four layers behind a decision at the mission's gate. */
  layers(state: State, mission: string): unknown
  appeals(state: State): unknown
  appeal(state: State, id: string): unknown
  /** The decisions that this human may still contest. */
  contestable(state: State, id: string, moment: Moment): unknown
  epochs(state: State): unknown
  epoch(state: State, number: number): unknown
  /** Every command that exists for the subject and whether it is allowed now, to this actor or to anybody. */
  actions(state: State, subject: string, actor: string | undefined, moment: Moment): unknown
}
