/**
 * What an appeal turns round in trust, by real appeals with real panels (spec 4.2, 3.6; D-04): taken is given back to the
 * µT, what waited waits again, and one verdict is one verdict however often its outcome turns.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { conductAt } from '../../../../protocol/law/trust/conduct.ts'
import { placeOf, trustOf } from '../../../../protocol/law/trust/state.ts'
import { shareOf } from '../../../../protocol/law/trust/twenty.ts'
import { linked, told as toldByRegistry, TRANSFER } from '../../../support/law/agents.ts'
import { CROWD, eventOf, integratedBy, latest, overturned as overturnedBy } from '../../../support/law/appeals.ts'
import { atTheGate, decided, decision, observed, publishAll, reviewed, underReview } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { accused, resolved } from '../../../support/law/lives.ts'
import { REJECTS, seatedPanel, sitting, withCitizens } from '../../../support/law/panels.ts'
import { ADA, NOOR, OPERATORS, RUNTIME, WORKER, type Person } from '../../../support/law/people.ts'
import { completed, completedTogether, set, told } from '../../../support/law/trust.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const [, cem] = OPERATORS
const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD]
const base = withCitizens(founded(), CROWD)

/** By whom nothing else is said, NOOR files it. */
const overturned = (bench: Bench, appeal: string, contested: string, by: Person = NOOR) =>
  overturnedBy(bench, appeal, contested, by, EVERYBODY)

const verdictsOf = (bench: Bench, id: string) => shareOf(conductAt(placeOf(bench.state.trust, id)!, 'verdict'))

/** What somebody has, and had when this was asked first. */
function trustIn(bench: Bench) {
  const all = () =>
    [...bench.state.trust.human.ids, ...bench.state.trust.machine.ids].map(
      (id) => [id, trustOf(bench.state.trust, id)] as const,
    )
  return new Map(all())
}

function columnOf(bench: Bench, id: string, name: 'risen' | 'grown' | 'accepted'): number {
  const { cohort, index } = placeOf(bench.state.trust, id)!
  return cohort.columns[name][index]!
}

describe('a gain that waits for humans', () => {
  const bench = fork(base)
  completedTogether(bench, ['m-1', 'm-2', 'm-3'])
  publishAll(bench)
  const waiting = () => [...bench.state.trust.suspensions.values()].filter(({ mission }) => mission === 'm-3')
  const before = waiting()
  const first = overturned(bench, 'a-1', latest(bench, 'mission.completed', 'm-3'), cem)

  it('falls with its mission', () => {
    assert.ok(before.length > 0 && before.every(({ status }) => status === 'waiting'))
    assert.ok(waiting().every(({ status, discarded }) => status === 'discarded' && discarded === 'withdrawn'))
  })

  it('waits again, whole and in an incident of its own, when a further appeal restores the mission', () => {
    const after = fork(bench)
    const from = after.texts.length
    overturned(after, 'a-2', first)
    const again = [...after.state.trust.suspensions.values()].filter(({ mission }) => mission === 'm-3')
    assert.deepEqual(
      again.map(({ id, actor, amount, status, signatures }) => ({ id, actor, amount, status, signatures })),
      before.map(({ id, actor, amount }) => ({ id, actor, amount, status: 'waiting', signatures: [] })),
    )
    assert.ok(again.every((one, i) => one.at > before[i]!.at))
    const opened = told(after, 'governance.incident_opened', from).filter(({ data }) => data.kind === 'suspended-gain')
    assert.deepEqual(
      opened.map(({ data }) => data.concerns),
      before.map(({ id }) => [id]),
    )
    assert.ok(before.every(({ id }) => (after.state.incidents.openOn.get(id)?.size ?? 0) === 1))
  })
})

describe('a mission that is overturned and restored', () => {
  const bench = fork(base)
  underReview(bench, 'm-1', 'regulated_analysis')
  reviewed(bench, 'm-1', (seat, i) => decision(seat.id, 'm-1', i === 4 ? 'reject' : 'approve'))
  integratedBy(bench, 'm-1')
  publishAll(bench)
  committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(decided(bench, 'm-1', NOOR), 'final_gate')))
  publishAll(bench)
  const dissenter = told(bench, 'trust.failure_recorded')[0]!
  const stood = trustIn(bench)
  const grown = [...stood.keys()].map((id) => [columnOf(bench, id, 'risen'), columnOf(bench, id, 'grown')])
  const first = overturned(bench, 'a-1', latest(bench, 'mission.completed', 'm-1'), cem)
  const fallen = fork(bench)
  const second = overturned(bench, 'a-2', first)

  it('gives its dissenting reviewer back what their verdict cost when it fell, and takes it again when it stands', () => {
    assert.deepEqual(
      [dissenter.data.kind, dissenter.data.finding, dissenter.data.taken],
      ['contradicted-review', 'completion', 50_000],
    )
    assert.equal(trustOf(fallen.state.trust, dissenter.subject), stood.get(dissenter.subject)! + 50_000)
    assert.deepEqual(verdictsOf(fallen, dissenter.subject), { n: 1, d: 1 })
    assert.equal(trustOf(bench.state.trust, dissenter.subject), stood.get(dissenter.subject))
    assert.deepEqual(verdictsOf(bench, dissenter.subject), { n: 0, d: 1 })
  })

  it('leaves everybody with the trust that they had, to the µT', () => {
    const { taken } = told(fallen, 'trust.failure_recorded').find(({ subject }) => subject === WORKER.id)!.data
    assert.equal(taken, 50_000)
    assert.deepEqual(trustIn(bench), stood)
    assert.ok(second.length > 0)
  })

  it('fills no limit of growth by what it gives back', () => {
    assert.deepEqual(
      [...stood.keys()].map((id) => [columnOf(bench, id, 'risen'), columnOf(bench, id, 'grown')]),
      grown,
    )
  })

  it('is none of the thirty days’ accepted tasks while it lies, and one again when it stands', () => {
    assert.deepEqual([columnOf(fallen, WORKER.id, 'accepted'), columnOf(bench, WORKER.id, 'accepted')], [0, 1])
  })

  it('was minted from once: nobody has two proofs of one part', () => {
    const parts = told(bench, 'trust.proof_minted').map(({ subject, data }) => [
      subject,
      data.mission,
      data.task,
      data.attempt,
      data.role,
    ])
    assert.equal(new Set(parts.map(String)).size, parts.length)
  })
})

describe('a mission that lay when its commitment became final', () => {
  it('is minted from when it stands again, once', () => {
    const bench = fork(base)
    completed(bench, 'm-1')
    const first = overturned(bench, 'a-1', latest(bench, 'mission.completed', 'm-1'), cem)
    publishAll(bench)
    assert.deepEqual(told(bench, 'trust.proof_minted'), [])
    overturned(bench, 'a-2', first)
    const proofs = told(bench, 'trust.proof_minted')
    assert.ok(proofs.some(({ subject, data }) => subject === WORKER.id && data.epoch === 0))
    publishAll(bench)
    assert.equal(told(bench, 'trust.proof_minted').length, proofs.length)
  })
})

describe('one verdict', () => {
  const approver = (bench: Bench) => told(bench, 'trust.proof_minted').find(({ data }) => data.role === 'reviewer')!

  it('is one though a human rejected it, an appeal reopened the gate, and it was completed then', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-1')
    publishAll(bench)
    committed(
      bench.send(RUNTIME, 'chain.observed', 'chain', observed(decided(bench, 'm-1', NOOR, 'reject'), 'final_gate')),
    )
    const failed = told(bench, 'trust.failure_recorded')
    overturned(bench, 'a-1', latest(bench, 'mission.rejected', 'm-1'), cem)
    const other = CROWD[0]!
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(decided(bench, 'm-1', other), 'final_gate')))
    publishAll(bench)
    const { subject } = approver(bench)
    assert.ok(failed.some((failure) => failure.subject === subject))
    assert.deepEqual(verdictsOf(bench, subject), { n: 1, d: 1 })
    assert.deepEqual(approver(bench).data.quality, { n: 1, d: 1 })
  })

  it('is one though a panel sent the task back and an appeal found that it should not have', () => {
    const bench = fork(base)
    const panel = seatedPanel(bench, 'm-1')
    const [a, b] = sitting(bench, panel, EVERYBODY)
    committed(bench.send(a!, 'panel.vote', panel, REJECTS))
    const before = trustIn(fork(bench))
    const concluded = eventOf(bench.send(b!, 'panel.vote', panel, REJECTS), 'review.panel_concluded')
    const [failure] = told(bench, 'trust.failure_recorded')
    assert.deepEqual([failure!.data.kind, failure!.data.finding], ['contradicted-review', 'return'])
    const { subject } = failure!
    const first = overturned(bench, 'a-1', concluded, cem)
    assert.deepEqual(
      [trustOf(bench.state.trust, subject), verdictsOf(bench, subject)],
      [before.get(subject), { n: 1, d: 1 }],
    )
    const further = fork(bench)
    integratedBy(bench, 'm-1')
    publishAll(bench)
    assert.deepEqual(verdictsOf(bench, approver(bench).subject), { n: 1, d: 1 })
    // A further appeal sends it back again: the same failure once more, and the same verdict.
    overturned(further, 'a-2', first)
    assert.equal(trustOf(further.state.trust, subject), before.get(subject)! - 50_000)
    assert.deepEqual(verdictsOf(further, subject), { n: 0, d: 1 })
  })

  it('is a bad one where the reviews sent back what they should have let pass', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-1')
    reviewed(bench, 'm-1', ({ id }) => decision(id, 'm-1', 'rework'))
    assert.deepEqual(verdictsOf(bench, seat!.id), { n: 1, d: 1 })
    const before = trustOf(bench.state.trust, seat!.id)
    overturned(bench, 'a-1', latest(bench, 'mission.task_rework', 'm-1'), cem)
    assert.deepEqual(verdictsOf(bench, seat!.id), { n: 0, d: 1 })
    assert.equal(trustOf(bench.state.trust, seat!.id), before - 50_000)
    const [failure] = told(bench, 'trust.failure_recorded')
    assert.deepEqual([failure!.subject, failure!.data.finding], [seat!.id, 'rework-reversed'])
  })

  it('is none to be proud of where it would have let pass what the others sent back', () => {
    const bench = fork(base)
    const seats = underReview(bench, 'm-1', 'regulated_analysis')
    reviewed(bench, 'm-1', ({ id }, i) => decision(id, 'm-1', i === 0 ? 'approve' : 'reject'))
    assert.deepEqual(
      seats.map(({ id }) => verdictsOf(bench, id).d),
      [0, 1, 1, 1, 1],
    )
  })
})

describe('giving back', () => {
  it('gives all of it at once, through an appeal against an upheld incident', () => {
    const bench = fork(base)
    accused(bench, 'i-1', NOOR.id, CROWD[0]!, { accused: NOOR.id, concerns: [NOOR.id] })
    const before = trustOf(bench.state.trust, NOOR.id)
    resolved(bench, 'i-1', CROWD[1]!, 'upheld')
    assert.equal(trustOf(bench.state.trust, NOOR.id), before - 200_000)
    overturned(bench, 'a-1', latest(bench, 'governance.incident_resolved', 'i-1'))
    assert.equal(trustOf(bench.state.trust, NOOR.id), before)
    assert.deepEqual([columnOf(bench, NOOR.id, 'risen'), columnOf(bench, NOOR.id, 'grown')], [0, 0])
  })

  it('gives nobody more than the cap, and what the cap cut is not owed', () => {
    const bench = fork(base)
    accused(bench, 'i-1', NOOR.id, CROWD[0]!, { accused: NOOR.id, concerns: [NOOR.id] })
    resolved(bench, 'i-1', CROWD[1]!, 'upheld')
    bench.state.trust.cap = 450_000
    overturned(bench, 'a-1', latest(bench, 'governance.incident_resolved', 'i-1'))
    assert.equal(trustOf(bench.state.trust, NOOR.id), 450_000)
    const [back] = told(bench, 'trust.failure_withdrawn')
    assert.deepEqual([back!.data.taken, back!.data.given], [200_000, 150_000])
  })

  it('gives a machine that has begun anew what is left when its new beginning is set off', () => {
    const bench = fork(base)
    accused(bench, 'i-1', WORKER.id, CROWD[0]!)
    const before = trustOf(bench.state.trust, WORKER.id)
    resolved(bench, 'i-1', CROWD[1]!, 'upheld')
    assert.equal(trustOf(bench.state.trust, WORKER.id), 0)
    // As its re-certification would: 0.3 from nothing, in a later entry than the failure.
    const machine = bench.state.machines.get(WORKER.id)!
    bench.state.machines.set(WORKER.id, { ...machine, life: { status: 'active' } })
    bench.state.notActive.delete(WORKER.id)
    set(bench, WORKER.id, 300_000)
    bench.state.trust.begun.set(WORKER.id, { seq: bench.state.books.next, left: 300_000 })
    overturned(bench, 'a-1', latest(bench, 'governance.incident_resolved', 'i-1'), cem)
    assert.equal(trustOf(bench.state.trust, WORKER.id), before)
    assert.equal(bench.state.trust.begun.has(WORKER.id), false)
    const [back] = told(bench, 'trust.failure_withdrawn')
    assert.deepEqual([back!.data.given, back!.data.begun], [before - 300_000, 300_000])
  })

  it('gives the next holder of a machine’s token nothing of what was taken before', () => {
    const bench = linked(fork(base), WORKER)
    accused(bench, 'i-1', WORKER.id, CROWD[0]!)
    resolved(bench, 'i-1', CROWD[1]!, 'upheld')
    toldByRegistry(bench, TRANSFER)
    // As its re-certification would: 0.3 from nothing.
    const machine = bench.state.machines.get(WORKER.id)!
    bench.state.machines.set(WORKER.id, { ...machine, life: { status: 'active' } })
    bench.state.notActive.delete(WORKER.id)
    set(bench, WORKER.id, 300_000)
    overturned(bench, 'a-1', latest(bench, 'governance.incident_resolved', 'i-1'), cem)
    assert.equal(trustOf(bench.state.trust, WORKER.id), 300_000)
    const [back] = told(bench, 'trust.failure_withdrawn')
    assert.deepEqual([back!.data.given, back!.data.begun], [0, 0])
  })

  it('mints nothing for the next holder from work completed before', () => {
    const bench = linked(fork(base), WORKER)
    completed(bench, 'm-1')
    toldByRegistry(bench, TRANSFER)
    const machine = bench.state.machines.get(WORKER.id)!
    bench.state.machines.set(WORKER.id, { ...machine, life: { status: 'active' } })
    bench.state.notActive.delete(WORKER.id)
    set(bench, WORKER.id, 300_000)
    publishAll(bench)
    const proofs = told(bench, 'trust.proof_minted')
    assert.ok(proofs.length > 0)
    assert.ok(proofs.every(({ subject }) => subject !== WORKER.id))
  })
})
