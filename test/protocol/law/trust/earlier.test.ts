/** What was found or earned before is not settled twice: not by an appeal about a later attempt, nor from a later holder. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LawEvent } from '../../../../protocol/law/events.ts'
import { releaseGain } from '../../../../protocol/law/processes/release-gain.ts'
import { withdrawProofs } from '../../../../protocol/law/processes/withdraw-proofs.ts'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { panelId } from '../../../../protocol/law/panel/selection.ts'
import { linked, told as toldByRegistry, TRANSFER } from '../../../support/law/agents.ts'
import { answered, eventOf, filed, heard, OVERTURN } from '../../../support/law/appeals.ts'
import { base, cem, EVERYBODY } from '../../../support/law/contested.ts'
import { decision, evidence, publishAll, reviewed } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { applied, lifeOf, signedBy } from '../../../support/law/lives.ts'
import { REJECTS, seatedPanel, seatNow, sitting } from '../../../support/law/panels.ts'
import { ADA, NOOR, OPERATORS, WORKER } from '../../../support/law/people.ts'
import { completed, next, suspend, told } from '../../../support/law/trust.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const GAIN = 'gain:1-1'

/** Two of the three send the task back. */
function sentBack(bench: Bench, panel: string) {
  const [a, b] = sitting(bench, panel, EVERYBODY)
  committed(bench.send(a!, 'panel.vote', panel, REJECTS))
  return bench.send(b!, 'panel.vote', panel, REJECTS)
}

it('an appeal about a later attempt gives nothing back of what the panel found of the one before', () => {
  const bench = fork(base)
  const from = bench.texts.length
  committed(sentBack(bench, seatedPanel(bench, 'm-2')))
  assert.equal(told(bench, 'trust.failure_recorded', from).length, 1)
  committed(bench.send(WORKER, 'mission.correct', 'm-2', { task: 't-1' }))
  committed(bench.send(WORKER, 'mission.submit', 'm-2', { task: 't-1', evidence: evidence(bench, 'm-2', 2) }))
  committed(drawNow(bench))
  // Nobody approves what was corrected, and humans are asked.
  reviewed(bench, 'm-2', ({ id }) => decision(id, 'm-2', 'reject', { attempt: 2, normative_dispute: true }))
  committed(seatNow(bench))
  const second = sentBack(bench, panelId({ kind: 'task', mission: 'm-2', task: 't-1', attempt: 2 }))
  committed(filed(bench, cem, 'a-1', eventOf(second, 'review.panel_concluded')))
  answered(bench, 'a-1', EVERYBODY)
  const events = committed(heard(bench, 'a-1', OVERTURN, EVERYBODY))
  assert.ok(events.some(({ event_type }) => event_type === 'mission.task_integrated'))
  assert.deepEqual(told(bench, 'trust.failure_withdrawn', from), [])
})

it('a mission reversed after a machine’s token changed hands takes nothing from its next holder', () => {
  const bench = linked(founded(), WORKER)
  completed(bench, 'm-1')
  publishAll(bench)
  toldByRegistry(bench, TRANSFER)
  const [bea, , dao, eli] = OPERATORS
  bench.wait(60_000)
  signedBy(bench, WORKER, applied(bench, WORKER), ADA, NOOR, bea, dao, eli)
  lifeOf(bench, WORKER.id, 'probation')
  const before = trustOf(bench.state.trust, WORKER.id)
  const from = bench.texts.length
  committed(bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'It was not needed after all.' }))
  const withdrawn = told(bench, 'trust.proof_withdrawn', from).find(({ subject }) => subject === WORKER.id)
  assert.equal(withdrawn?.data.taken, 0)
  assert.equal(trustOf(bench.state.trust, WORKER.id), before)
})

describe('a gain that was discarded before the machine’s token changed hands', () => {
  /** As three R2 proofs of one epoch would have left it; its mission is reversed, its token sold, its holder examined. */
  const sold = (reason: 'withdrawn' | 'expired'): Bench => {
    const bench = linked(founded(), WORKER)
    completed(bench, 'm-1')
    publishAll(bench)
    suspend(bench, WORKER.id, GAIN)
    const gain = bench.state.trust.suspensions.get(GAIN)!
    bench.state.trust.suspensions.set(GAIN, { ...gain, status: 'discarded', discarded: reason })
    toldByRegistry(bench, TRANSFER)
    const [bea, , dao, eli] = OPERATORS
    bench.wait(60_000)
    signedBy(bench, WORKER, applied(bench, WORKER), ADA, NOOR, bea, dao, eli)
    return bench
  }

  it('does not wait again when its mission is restored', () => {
    const bench = sold('withdrawn')
    const data = { attempt: 1, appeal: 'b', of: 'a' }
    const restored = { event_type: 'mission.restored', subject: 'm-1', data }
    const events = withdrawProofs(restored as LawEvent, next(bench))
    assert.equal(
      events.some(({ event_type }) => event_type === 'trust.gain_held_again'),
      false,
    )
  })

  it('gives its next holder nothing when an appeal finds that it should not have expired', () => {
    const bench = sold('expired')
    const contested = { id: '000000000001-000', type: 'trust.gain_discarded', subject: GAIN, outcome: 'expired' }
    bench.state.appeals.byId.set('a-1', { id: 'a-1', decision: contested } as never)
    const data = { original_type: 'trust.gain_discarded', original_subject: GAIN, outcome: 'overturned', stands: false }
    const heard = { event_type: 'governance.appeal_decided', subject: 'a-1', data: { ...data, level: 1, votes: [] } }
    const [released] = releaseGain(heard as never, next(bench))
    assert.deepEqual([released?.event_type, released?.data.applied], ['trust.gain_released', 0])
  })
})
