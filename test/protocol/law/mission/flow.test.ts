import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { shownState } from '../../../../protocol/law/mission/state.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { INTEGRATOR, NOOR, RUNTIME } from '../../../support/law/people.ts'
import {
  atTheGate,
  decided,
  decision,
  observed,
  OUTPUT,
  publishAll,
  reviewed,
  underReview,
} from '../../../support/law/flow.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

function stateOf(bench: Bench, mission: string): string {
  const found = bench.state.missions.get(mission)
  return found === undefined ? 'none' : shownState(found)
}

describe('a mission of low risk', () => {
  it('goes from intake to completion under its owner’s signed scope', () => {
    const bench = founded()
    const seats = underReview(bench, 'm-1')
    assert.equal(seats.length, 1)
    assert.equal(stateOf(bench, 'm-1'), 'UnderReview')
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    assert.equal(stateOf(bench, 'm-1'), 'Integrated')
    const events = committed(
      bench.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'Done.' }),
    )
    assert.deepEqual(
      events.map((event) => event.event_type),
      ['mission.gate_opened', 'mission.completed'],
    )
    assert.equal(stateOf(bench, 'm-1'), 'Completed')
  })
})

describe('a mission of high risk', () => {
  it('waits at its gate until a human’s signature is final on chain', () => {
    const bench = founded()
    atTheGate(bench, 'm-2')
    assert.equal(stateOf(bench, 'm-2'), 'FinalHumanGate')
    const review = bench.state.reviews.byTask.get(reviewKey('m-2', 't-1'))
    assert.equal(review?.status, 'concluded')
    publishAll(bench)
    const log = decided(bench, 'm-2', NOOR)
    const events = committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(log, 'final_gate')))
    assert.deepEqual(
      events.map((event) => event.event_type),
      ['governance.chain_observed', 'mission.completed'],
    )
    assert.equal(stateOf(bench, 'm-2'), 'Completed')
  })
})
