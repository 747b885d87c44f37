/**
 * Trust grows from a proof of trust and from nothing else (spec 4.1, 4.2; C-06, D-03, D-15, D-16, D-24, M-01): minted
 * when the commitment is final, from inputs that are the law's own, each piece of work once.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  atTheGate,
  closeEpoch,
  decided,
  decision,
  evidence,
  observed,
  OUTPUT,
  publishAll,
  reviewed,
  underReview,
} from '../../../support/law/flow.ts'
import { INTEGRATOR, NOOR, REVIEWERS, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { completed, highRiskCompleted, told, type Told } from '../../../support/law/trust.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const base = founded()

describe('nothing is minted', () => {
  it('by completion, by the closing of its epoch, or by time: only by the commitment that is final', () => {
    const bench = fork(base)
    completed(bench, 'm-1')
    committed(closeEpoch(bench))
    bench.wait(60_000)
    committed(closeEpoch(bench))
    assert.deepEqual(told(bench, 'trust.proof_minted'), [])
    const [first] = bench.state.epochs.closed
    const log = { event: 'EpochCommitted', epoch: 0, commitment: first!.commitment }
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(log, 'commitment_log')))
    assert.equal(told(bench, 'trust.proof_minted').length, 4)
  })

  it('by the commitment of another epoch than the one that holds the completion', () => {
    const bench = fork(base)
    underReview(bench, 'm-1')
    committed(closeEpoch(bench))
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'Done.' }))
    const commitment = bench.state.epochs.closed[0]!.commitment
    const log = { event: 'EpochCommitted', epoch: 0, commitment }
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(log, 'commitment_log')))
    assert.deepEqual(told(bench, 'trust.proof_minted'), [])
    publishAll(bench)
    assert.equal(told(bench, 'trust.proof_minted').length, 4)
  })

  it('from a mission that waits for its human, and for its owner', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-1')
    publishAll(bench)
    publishAll(bench)
    assert.deepEqual(told(bench, 'trust.proof_minted'), [])
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(decided(bench, 'm-1', NOOR), 'final_gate')))
    publishAll(bench)
    assert.ok(told(bench, 'trust.proof_minted').every(({ subject }) => subject !== 'noor'))
    assert.equal(trustOf(bench.state.trust, 'noor'), 500_000)
  })

  it('twice from one piece of work, however many commitments follow', () => {
    const bench = fork(base)
    completed(bench, 'm-1')
    publishAll(bench)
    for (let i = 0; i < 3; i++) publishAll(bench)
    const named = told(bench, 'trust.proof_minted').map(
      ({ subject, data: { mission, task, role } }) => `${subject} ${String(mission)} ${String(task)} ${String(role)}`,
    )
    assert.equal(named.length, 4)
    assert.equal(new Set(named).size, 4)
  })

  it('I-02, D-24: below the gate, which the law shows: the proof is there and its gain is nothing', () => {
    const bench = fork(base)
    // 0.8 is the machines' gate: 79 + 80 + 80 of 300 are below it.
    completed(bench, 'm-1', { completeness: 79, correctness: 80, policy_compliance: 80 })
    publishAll(bench)
    const proofs = told(bench, 'trust.proof_minted')
    const worker = proofs.find(({ data }) => data.role === 'worker')!
    assert.deepEqual([worker.data.gate, worker.data.gain, worker.data.applied], ['closed', 0, 0])
    assert.deepEqual(worker.data.quality, { n: 478, d: 600 })
    const changed = told(bench, 'trust.changed').find(({ subject }) => subject === WORKER.id)
    assert.equal(changed!.data.renews, false)
    assert.ok((changed!.data.to as number) <= (changed!.data.from as number))
  })

  it('and at the gate exactly the gain is', () => {
    const bench = fork(base)
    completed(bench, 'm-1', { completeness: 80, correctness: 80, policy_compliance: 80 })
    publishAll(bench)
    const worker = told(bench, 'trust.proof_minted').find(({ data }) => data.role === 'worker')!
    // 0.25 of 10 000 · (0.75 · 0.8 + 0.2 + 0.05 / 20)
    assert.deepEqual([worker.data.gate, worker.data.gain], ['open', 2_006])
  })
})

describe('a proof of trust', () => {
  const bench = fork(base)
  highRiskCompleted(bench, 'm-1')
  const from = bench.texts.length
  publishAll(bench)
  const proofs = told(bench, 'trust.proof_minted', from)
  const of = (role: string) => proofs.filter(({ data }) => data.role === role)

  it('is minted for worker, planner, integrator and the reviewers whose verdict stood', () => {
    assert.deepEqual(
      [of('worker').length, of('planner').length, of('integrator').length, of('reviewer').length],
      [1, 1, 1, 4],
    )
  })

  it('names the evidence, the decisions, the completing entry and the final commitment, all of which are in the ledger', () => {
    const [{ data }] = of('worker') as [Told]
    const task = bench.state.missions.get('m-1')!
    assert.ok('plan' in task)
    assert.equal(data.evidence, task.plan.tasks.get('t-1')!.evidence!.digest)
    const revealed = told(bench, 'review.revealed').map(({ data: { reviewer, digest } }) => ({
      reviewer,
      decision: digest,
    }))
    assert.deepEqual(data.reviews, revealed)
    const entry = JSON.parse(bench.texts[data.completed_by_seq as number]!) as { events: { event_type: string }[] }
    assert.ok(entry.events.some(({ event_type }) => event_type === 'mission.completed'))
    const closed = bench.state.epochs.closed[data.epoch as number]!
    assert.equal(data.commitment, closed.commitment)
    assert.ok(
      closed.firstSeq <= (data.completed_by_seq as number) && (data.completed_by_seq as number) <= closed.lastSeq,
    )
  })

  it('derives its quality again from the revealed scores: the median of the means', () => {
    const means = told(bench, 'review.revealed').map(({ data }) => {
      const { scores } = data.decision as { scores: { [name: string]: number } }
      return scores.completeness! + scores.correctness! + scores.policy_compliance!
    })
    const sorted = means.toSorted((a, b) => a - b)
    assert.deepEqual(of('worker')[0]!.data.quality, { n: 2 * sorted[2]!, d: 600 })
    assert.deepEqual(of('planner')[0]!.data.quality, of('worker')[0]!.data.quality)
  })

  it('takes what is reliable and how much from conduct that includes this very work', () => {
    const [{ data }] = of('worker') as [Told]
    assert.deepEqual([data.reliability, data.volume, data.clean], [{ n: 1, d: 1 }, { n: 1, d: 20 }, true])
    for (const { data: reviewer } of of('reviewer')) {
      assert.deepEqual(
        [reviewer.quality, reviewer.reliability, reviewer.volume],
        [
          { n: 1, d: 1 },
          { n: 1, d: 1 },
          { n: 1, d: 20 },
        ],
      )
    }
  })

  it('moves trust by its gain, less the decay that was due, and renews the machine', () => {
    const changes = told(bench, 'trust.changed', from).filter(({ data }) => data.cause === 'proof')
    assert.equal(changes.length, proofs.length)
    for (const { subject, data } of changes) {
      const proof = proofs.find((one) => one.subject === subject)!
      assert.equal(data.gain, proof.data.gain)
      assert.equal(data.to, (data.from as number) + (data.gain as number) - (data.decay as number))
      assert.equal(trustOf(bench.state.trust, subject), data.to)
    }
  })

  it('fails whoever the outcome contradicted instead: a minor failure, and no gain', () => {
    const contradicted = REVIEWERS.map(({ id }) => id).filter((id) => !of('reviewer').some((p) => p.subject === id))
    assert.equal(contradicted.length, 1)
    const [failure] = told(bench, 'trust.failure_recorded', from)
    assert.deepEqual(
      [failure!.subject, failure!.data],
      [
        contradicted[0],
        {
          severity: 'minor',
          kind: 'contradicted-review',
          mission: 'm-1',
          task: 't-1',
          attempt: 1,
          finding: 'completion',
          incident: null,
          taken: 50_000,
        },
      ],
    )
    const change = told(bench, 'trust.changed', from).find(({ subject }) => subject === contradicted[0])
    assert.deepEqual([change!.data.penalty, change!.data.gain], [50_000, 0])
  })
})

describe('the tier', () => {
  it('scales the gain: an R2 proof is worth four of R0', () => {
    const low = fork(base)
    completed(low, 'm-1', { completeness: 90, correctness: 95, policy_compliance: 90 })
    publishAll(low)
    const high = fork(base)
    highRiskCompleted(high, 'm-1')
    publishAll(high)
    const gains = [low, high].map(
      (bench) => told(bench, 'trust.proof_minted').find(({ data }) => data.role === 'worker')!.data.gain as number,
    )
    assert.equal(Math.floor(gains[1]! / 4), gains[0])
  })
})

describe('rework', () => {
  it('counts against the worker’s reliability, and an older volume counts on', () => {
    const bench = fork(base)
    completed(bench, 'm-1')
    publishAll(bench)
    underReview(bench, 'm-2')
    reviewed(bench, 'm-2', (seat) => decision(seat.id, 'm-2', 'rework'))
    committed(bench.send(WORKER, 'mission.correct', 'm-2', { task: 't-1' }))
    redone(bench, 'm-2')
    const [, second] = told(bench, 'trust.proof_minted').filter(({ data }) => data.role === 'worker')
    assert.deepEqual(
      [second!.data.clean, second!.data.reliability, second!.data.volume],
      [false, { n: 1, d: 2 }, { n: 2, d: 20 }],
    )
  })
})

/** The second attempt, approved, integrated and committed. */
function redone(bench: Bench, id: string): void {
  committed(bench.send(WORKER, 'mission.submit', id, { task: 't-1', evidence: evidence(bench, id, 2) }))
  committed(drawNow(bench))
  reviewed(bench, id, (seat) => decision(seat.id, id, 'approve', { attempt: 2 }))
  committed(bench.send(INTEGRATOR, 'mission.integrate', id, { outputs: [OUTPUT], summary: 'Done.' }))
  publishAll(bench)
}
