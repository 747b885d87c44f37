/**
 * What a mission gave is taken back when the mission is reversed, and given again when that does not stand (spec 4.2,
 * 3.6; D-04): by compensating events, never by editing; and what misconduct costs needs an incident that was upheld.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LawEvent } from '../../../../protocol/law/events.ts'
import { evolve } from '../../../../protocol/law/evolve.ts'
import type { EventDraft } from '../../../../protocol/law/constraints/event.ts'
import { recordFailures } from '../../../../protocol/law/processes/record-failures.ts'
import { withdrawProofs } from '../../../../protocol/law/processes/withdraw-proofs.ts'
import { conductAt } from '../../../../protocol/law/trust/conduct.ts'
import { placeOf, trustOf } from '../../../../protocol/law/trust/state.ts'
import { shareOf } from '../../../../protocol/law/trust/twenty.ts'
import { fork } from '../../../support/law/fork.ts'
import { closeEpoch, publishAll } from '../../../support/law/flow.ts'
import { NOOR, WORKER } from '../../../support/law/people.ts'
import { completed, completedTogether, next, set, told } from '../../../support/law/trust.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const base = founded()
completed(base, 'm-1')
publishAll(base)
const proofs = told(base, 'trust.proof_minted')

/** What follows from an event by itself, taken into the state. */
function follows(bench: Bench, event: object, process = withdrawProofs): readonly EventDraft[] {
  const situation = next(bench)
  const events = process(event as LawEvent, situation)
  for (const one of events) evolve(bench.state, one as LawEvent, { seq: situation.seq, at: situation.at, id: 'test' })
  return events
}

const reversed = (by: 'owner' | 'appeal', subject = 'm-1') => ({
  event_type: 'mission.reversed',
  subject,
  data: { attempt: 1, by, reason: 'R', appeal: null },
})

const tasksOf = (bench: Bench, id: string) => shareOf(conductAt(placeOf(bench.state.trust, id)!, 'task'))
const verdictsOf = (bench: Bench, id: string) => shareOf(conductAt(placeOf(bench.state.trust, id)!, 'verdict'))

const RESTORED = { event_type: 'mission.restored', subject: 'm-1', data: { attempt: 1, appeal: 'a' } }

describe('a mission that its owner reverses', () => {
  const bench = fork(base)
  const from = bench.texts.length
  committed(bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'It was not needed after all.' }))
  const withdrawn = told(bench, 'trust.proof_withdrawn', from)

  it('takes back from each what their proof moved, and no more', () => {
    assert.equal(withdrawn.length, proofs.length)
    for (const { subject, data } of withdrawn) {
      const proof = proofs.find((one) => one.subject === subject && one.data.role === data.role)!
      assert.equal(data.taken, proof.data.applied)
    }
    const change = told(bench, 'trust.changed', from).find(({ subject }) => subject === WORKER.id)!
    const { applied } = proofs.find(({ subject }) => subject === WORKER.id)!.data
    assert.deepEqual([change.data.cause, change.data.penalty], ['withdrawal', applied])
    assert.equal(change.data.to, (change.data.from as number) - (applied as number) - (change.data.decay as number))
    assert.equal(trustOf(bench.state.trust, WORKER.id), change.data.to)
  })

  it('counts as spoiled among the last twenty, and fails nobody', () => {
    assert.deepEqual(tasksOf(base, WORKER.id), { n: 1, d: 1 })
    assert.deepEqual(tasksOf(bench, WORKER.id), { n: 0, d: 1 })
    assert.deepEqual(told(bench, 'trust.failure_recorded', from), [])
  })

  it('leaves history as it was: the proof is still in the ledger', () => {
    assert.deepEqual(told(bench, 'trust.proof_minted'), proofs)
  })

  it('takes nothing twice', () => {
    assert.deepEqual(follows(fork(bench), reversed('owner')), [])
  })

  it('mints nothing if it was reversed before its commitment was final', () => {
    const early = fork(base)
    completed(early, 'm-2')
    committed(early.send(NOOR, 'mission.reverse', 'm-2', { reason: 'R' }))
    publishAll(early)
    assert.deepEqual(
      told(early, 'trust.proof_minted').filter(({ data }) => data.mission === 'm-2'),
      [],
    )
  })
})

describe('a mission that an appeal overturns', () => {
  it('is besides a failure of whoever worked on it and whoever approved it', () => {
    const bench = fork(base)
    const events = follows(bench, reversed('appeal'))
    const failures = events.filter(({ event_type }) => event_type === 'trust.failure_recorded')
    assert.deepEqual(
      failures.map(({ data }) => data.kind),
      ['rework-after-approval', 'contradicted-review'],
    )
    assert.ok(failures.every(({ data }) => data.severity === 'minor'))
  })

  it('gives again what it took when a further appeal restores the mission', () => {
    const bench = fork(base)
    follows(bench, reversed('owner'))
    const low = trustOf(bench.state.trust, WORKER.id)
    const events = follows(bench, { event_type: 'mission.restored', subject: 'm-1', data: { attempt: 1, appeal: 'a' } })
    const back = events.find(
      ({ event_type, subject }) => event_type === 'trust.proof_restored' && subject === WORKER.id,
    )
    const { applied } = proofs.find(({ subject }) => subject === WORKER.id)!.data
    assert.equal(back!.data.applied, applied)
    assert.equal(trustOf(bench.state.trust, WORKER.id), low + (applied as number))
    assert.deepEqual(follows(bench, { event_type: 'mission.restored', subject: 'm-1', data: {} }), [])
  })

  it('gives again no more than could be taken', () => {
    const bench = fork(base)
    set(bench, WORKER.id, 1)
    const ofWorker = (events: readonly EventDraft[], type: string) =>
      events.find(({ event_type, subject }) => event_type === type && subject === WORKER.id)
    assert.equal(ofWorker(follows(bench, reversed('owner')), 'trust.proof_withdrawn')!.data.taken, 1)
    // As after its re-certification.
    set(bench, WORKER.id, 500_000)
    assert.equal(ofWorker(follows(bench, RESTORED), 'trust.proof_restored')!.data.applied, 1)
    assert.equal(trustOf(bench.state.trust, WORKER.id), 500_001)
  })

  for (const [name, cause, undo] of [
    ['a mission that was reversed', reversed('appeal'), RESTORED],
    [
      'a result that was rejected',
      { event_type: 'mission.rejected', subject: 'm-1', data: {} },
      { event_type: 'mission.gate_reopened', subject: 'm-1', data: {} },
    ],
  ] as const) {
    it(`gives back what failures took by ${name}, once, when that does not stand`, () => {
      const bench = fork(base)
      committed(closeEpoch(bench))
      const all = () => proofs.map(({ subject }) => trustOf(bench.state.trust, subject))
      const before = all()
      const reviewer = proofs.find(({ data }) => data.role === 'reviewer')!.subject
      const isRejected = name.includes('rejected')
      // Nothing is minted from what waits at its gate.
      if (isRejected) bench.state.trust.proofs.delete('m-1')
      const process = isRejected ? recordFailures : withdrawProofs
      const failures = follows(bench, cause, process).filter(
        ({ event_type }) => event_type === 'trust.failure_recorded',
      )
      const back = follows(bench, undo).filter(({ event_type }) => event_type === 'trust.failure_withdrawn')
      const figures = ({ subject, data: { kind, task, taken } }: EventDraft) => ({ subject, kind, task, taken })
      assert.equal(back.length, 2)
      assert.deepEqual(back.map(figures), failures.map(figures))
      assert.deepEqual(all(), before)
      const verdicts = verdictsOf(bench, reviewer)
      assert.deepEqual([verdicts.n, tasksOf(bench, WORKER.id).n], [verdicts.d, 1])
      assert.deepEqual(follows(bench, undo), [])
    })
  }

  it('makes one bad verdict of one verdict, and a good one of it again when the mission is restored', () => {
    const bench = fork(base)
    const reviewer = proofs.find(({ data }) => data.role === 'reviewer')!.subject
    assert.deepEqual(verdictsOf(bench, reviewer), { n: 1, d: 1 })
    follows(bench, reversed('appeal'))
    assert.deepEqual(
      [verdictsOf(bench, reviewer), tasksOf(bench, WORKER.id)],
      [
        { n: 0, d: 1 },
        { n: 0, d: 1 },
      ],
    )
    follows(bench, RESTORED)
    assert.deepEqual(
      [verdictsOf(bench, reviewer), tasksOf(bench, WORKER.id)],
      [
        { n: 1, d: 1 },
        { n: 1, d: 1 },
      ],
    )
  })

  it('discards what of it was still waiting for humans', () => {
    const bench = founded()
    completedTogether(bench, ['m-1', 'm-2', 'm-3'])
    publishAll(bench)
    const waiting = [...bench.state.trust.suspensions.values()].filter(({ mission }) => mission === 'm-3')
    assert.ok(waiting.length > 0)
    const events = follows(bench, reversed('appeal', 'm-3'))
    assert.deepEqual(
      events.filter(({ event_type }) => event_type === 'trust.gain_discarded').map(({ subject }) => subject),
      waiting.map(({ id }) => id),
    )
    // What never moved trust is not taken from it.
    const worker = events.find(
      ({ event_type, subject, data }) =>
        event_type === 'trust.proof_withdrawn' && subject === WORKER.id && data.role === 'worker',
    )
    assert.equal(worker!.data.taken, 0)
  })
})

describe('a severe failure', () => {
  const resolved = (more: object = {}) => ({
    event_type: 'governance.incident_resolved',
    subject: 'i-1',
    data: { resolution: 'upheld', severity: 'severe', kind: 'forged-evidence', accused: WORKER.id, ...more },
  })

  it('D-04: costs the accused of an upheld severe incident beta, at once', () => {
    const bench = fork(base)
    const before = trustOf(bench.state.trust, WORKER.id)
    const [failure] = follows(bench, resolved(), recordFailures)
    assert.deepEqual(failure!.data, {
      severity: 'severe',
      kind: 'misconduct',
      mission: null,
      task: null,
      attempt: null,
      finding: null,
      incident: 'i-1',
      taken: before < 500_000 ? before : 500_000,
    })
    assert.equal(trustOf(bench.state.trust, WORKER.id), Math.max(0, before - 500_000))
  })

  it('needs the incident to be upheld, severe, and to accuse somebody', () => {
    for (const more of [
      { resolution: 'dismissed' },
      { resolution: 'settled' },
      { severity: 'minor' },
      { accused: null },
    ]) {
      assert.deepEqual(follows(fork(base), resolved(more), recordFailures), [])
    }
  })

  it('takes by itself what they would have without it: a fall to a lower cap comes anyway, and is not given back', () => {
    for (const [trust, taken] of [
      [950_000, 0],
      [750_000, 50_000],
      [600_000, 200_000],
    ] as const) {
      const bench = fork(base)
      bench.state.trust.cap = 600_000
      set(bench, NOOR.id, trust)
      const [failure] = follows(bench, resolved({ accused: NOOR.id }), recordFailures)
      assert.equal(failure!.data.taken, taken)
      bench.state.trust.cap = 950_000
      follows(bench, { event_type: 'governance.incident_reversed', subject: 'i-1', data: { to: 'dismissed' } })
      assert.equal(trustOf(bench.state.trust, NOOR.id), Math.min(trust - 200_000, 600_000) + taken)
    }
  })

  it('is given back when the incident is found not to have been one, and costs again when that does not stand', () => {
    const bench = fork(base)
    const before = trustOf(bench.state.trust, NOOR.id)
    follows(bench, resolved({ accused: NOOR.id }), recordFailures)
    assert.equal(trustOf(bench.state.trust, NOOR.id), before - 200_000)
    const turned = (to: string) => ({ event_type: 'governance.incident_reversed', subject: 'i-1', data: { to } })
    follows(bench, turned('dismissed'))
    assert.equal(trustOf(bench.state.trust, NOOR.id), before)
    assert.deepEqual(follows(bench, turned('dismissed')), [])
    follows(bench, turned('upheld'))
    assert.equal(trustOf(bench.state.trust, NOOR.id), before - 200_000)
  })
})
