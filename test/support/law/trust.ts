/** What tests of trust do again and again. */
import assert from 'node:assert/strict'
import type { Situation } from '../../../protocol/law/processes/process.ts'
import { placeOf } from '../../../protocol/law/trust/state.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import { atTheGate, decided, decision, observed, OUTPUT, publishAll, reviewed, underReview } from './flow.ts'
import { INTEGRATOR, NOOR, RUNTIME } from './people.ts'
import { committed, type Bench } from './world.ts'

export type Told = { readonly subject: string; readonly data: { readonly [name: string]: unknown } }

/** The events of a type in the entries from `from` on. */
export function told(bench: Bench, type: string, from = 0): readonly Told[] {
  return bench.texts
    .slice(from)
    .flatMap((text) => (JSON.parse(text) as { events?: (Told & { event_type: string })[] }).events ?? [])
    .filter((event) => event.event_type === type)
}

/** An R0 mission up to its completion by the standing mandate. */
export function completed(bench: Bench, id: string, scores?: object): void {
  underReview(bench, id)
  reviewed(bench, id, (seat) => decision(seat.id, id, 'approve', scores === undefined ? {} : { scores }))
  committed(bench.send(INTEGRATOR, 'mission.integrate', id, { outputs: [OUTPUT], summary: 'Done.' }))
}

/** An R2 mission, approved by Noor on chain; one of its five reviewers had rejected. */
export function highRiskCompleted(bench: Bench, id: string): void {
  atTheGate(bench, id)
  publishAll(bench)
  committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(decided(bench, id, NOOR), 'final_gate')))
}

/** R2 missions that all their reviewers approve, completed within one epoch; nothing is minted yet. */
export function completedTogether(bench: Bench, ids: readonly string[]): void {
  for (const id of ids) {
    underReview(bench, id, 'regulated_analysis')
    reviewed(bench, id, (seat) => decision(seat.id, id, 'approve'))
    committed(bench.send(INTEGRATOR, 'mission.integrate', id, { outputs: [OUTPUT], summary: 'Total 42.' }))
  }
  publishAll(bench)
  for (const id of ids) {
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(decided(bench, id, NOOR), 'final_gate')))
  }
}

/**
 * Puts an actor's trust where a test needs it. No ledger leads there in a few entries, so such a bench is not replayed.
 */
export function set(bench: Bench, id: string, trust: number): void {
  const place = placeOf(bench.state.trust, id)
  assert.ok(place !== undefined)
  place.cohort.columns.value[place.index] = trust
}

/** A gain of the actor's that waits for humans, as three R2 proofs in one epoch would leave it. */
export function suspend(bench: Bench, actor: string, id: string): void {
  const work = { mission: 'm-1', task: 't-1', role: 'worker' } as const
  const moment = { epoch: 0, seq: 0, at: bench.now() }
  bench.state.trust.suspensions.set(id, {
    ...work,
    ...moment,
    id,
    actor,
    amount: 9_000,
    signatures: [],
    status: 'waiting',
    discarded: undefined,
    applied: 0,
  })
}

/** The situation of the next entry, for processes that are asked directly. */
export function next(bench: Bench): Situation {
  return { state: bench.state, world: worldOf(bench.state), at: bench.now(), seq: bench.state.books.next } as Situation
}
