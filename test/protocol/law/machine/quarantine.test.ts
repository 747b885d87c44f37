/** Quarantine (spec 4.5; I-04, D-22, D-27): a machine at zero does nothing that counts, from that very entry on. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hex } from '../../../../protocol/wire/bytes.ts'
import { formatTimestamp, millis } from '../../../../protocol/wire/time.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { sealOf } from '../../../../protocol/law/review/seal.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import {
  closeEpoch,
  decision,
  evidence,
  oneTask,
  OUTPUT,
  reviewed,
  SALT,
  scopeBody,
  scoped,
  seatedFor,
  started,
  submitted,
  underReview,
} from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { DAY, HOUR, lifeOf, machineIn, setTrust, toZero } from '../../../support/law/lives.ts'
import { responsibility, withholds } from '../../../support/law/outcomes.ts'
import { INTEGRATOR, NOOR, OPERATORS, PLANNER, signerOf, WORKER } from '../../../support/law/people.ts'
import { committed, drawNow, founded } from '../../../support/law/world.ts'

const [bea, cem] = OPERATORS
const base = founded()
const quarantined = responsibility('machine-is-in-service', { machine: WORKER.id, status: 'quarantined' })

describe('a machine whose trust comes to zero', () => {
  it('is in quarantine in the entry that brought it there', () => {
    const bench = fork(base)
    setTrust(bench, WORKER.id, 1)
    bench.wait(HOUR)
    const events = committed(closeEpoch(bench))
    assert.deepEqual(
      events.filter(({ subject }) => subject === WORKER.id),
      [
        {
          actor_id: 'runtime',
          data: { cause: 'zero-trust', zero_since: formatTimestamp(bench.now()) },
          event_id: events.find(({ event_type }) => event_type === 'trust.machine_quarantined')?.event_id,
          event_timestamp: formatTimestamp(bench.now()),
          event_type: 'trust.machine_quarantined',
          subject: WORKER.id,
        },
      ],
    )
    assert.equal(lifeOf(bench, WORKER.id, 'quarantined').zeroSince, bench.now())
  })

  it('is not in quarantine with the least trust there is', () => {
    const bench = fork(base)
    setTrust(bench, WORKER.id, 2_000)
    bench.wait(HOUR)
    committed(closeEpoch(bench))
    lifeOf(bench, WORKER.id, 'active')
  })

  it('comes into quarantine once: another hour at zero says nothing new', () => {
    const bench = fork(base)
    toZero(bench, WORKER.id)
    const since = lifeOf(bench, WORKER.id, 'quarantined').zeroSince
    bench.wait(HOUR)
    const events = committed(closeEpoch(bench))
    assert.ok(!events.some(({ event_type }) => event_type === 'trust.machine_quarantined'))
    assert.equal(lifeOf(bench, WORKER.id, 'quarantined').zeroSince, since)
  })

  it('the race: what it asks for in the same moment as the penalty comes after it, and is withheld', () => {
    const bench = fork(base)
    scoped(bench, 'm-1')
    committed(bench.send(PLANNER, 'mission.plan', 'm-1', oneTask()))
    setTrust(bench, WORKER.id, 1)
    bench.wait(HOUR)
    const asked = bench.envelope(
      WORKER,
      'mission.start',
      'm-1',
      { task: 't-1' },
      { issued: millis(bench.now() + 60_000) },
    )
    committed(closeEpoch(bench))
    const recorded = bench.give(asked)
    assert.ok(recorded.kind === 'entry')
    assert.deepEqual(recorded.entry.violations, [quarantined])
    assert.equal(recorded.entry.recordedAt, bench.now(), 'in the very millisecond of the penalty')
  })
})

describe('a machine in quarantine', () => {
  const bench = fork(base)
  started(bench, 'm-1')
  scoped(bench, 'm-2')
  toZero(bench, WORKER.id)

  it('starts, finishes and corrects no task', () => {
    const body = { task: 't-1', evidence: evidence(bench, 'm-1') }
    assert.deepEqual(withholds(fork(bench), WORKER, 'mission.submit', 'm-1', body), [quarantined])
    committed(bench.send(PLANNER, 'mission.plan', 'm-2', { tasks: [{ ...oneTask().tasks[0], worker: 'reviewer-ts' }] }))
    const violations = withholds(fork(bench), WORKER, 'mission.start', 'm-2', { task: 't-1' })
    assert.deepEqual(violations[0], quarantined)
  })

  it('is named for no role and no task by anybody', () => {
    const out = { machine: WORKER.id, status: 'quarantined', tier: 'R0' }
    const owned = fork(bench)
    committed(owned.send(NOOR, 'mission.create', 'm-3', { title: 'T', summary: 'S' }))
    for (const role of ['planner', 'integrator']) {
      assert.deepEqual(
        withholds(owned, NOOR, 'mission.scope', 'm-3', scopeBody('documentation_update', { [role]: WORKER.id })),
        [responsibility('machine-is-fit-for-the-tier', out)],
      )
    }
    committed(owned.send(NOOR, 'mission.scope', 'm-3', scopeBody()))
    assert.deepEqual(withholds(owned, PLANNER, 'mission.plan', 'm-3', oneTask()), [
      responsibility('named-workers-are-fit-for-the-tier', out),
    ])
  })

  it('neither plans nor integrates what it was named for before', () => {
    const named = fork(base)
    underReview(named, 'm-1')
    reviewed(named, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    scoped(named, 'm-2')
    toZero(named, PLANNER.id)
    toZero(named, INTEGRATOR.id)
    assert.deepEqual(withholds(named, PLANNER, 'mission.plan', 'm-2', oneTask()), [
      responsibility('machine-is-in-service', { machine: PLANNER.id, status: 'quarantined' }),
    ])
    assert.deepEqual(withholds(named, INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' }), [
      responsibility('machine-is-in-service', { machine: INTEGRATOR.id, status: 'quarantined' }),
    ])
  })

  it('may say what it saw: a report is no privilege', () => {
    const seen = { kind: 'policy-breach', severity: 'minor', concerns: ['m-1'], account: 'The data is another.' }
    committed(fork(bench).send(WORKER, 'incident.report', 'i-1', seen, { grounds: ['000000000001-000'] }))
  })

  it('may be given new keys by its operator, and stays what it is', () => {
    const keyed = fork(bench)
    const signer = signerOf('worker late')
    const not_after = formatTimestamp(millis(keyed.now() + DAY))
    committed(keyed.send(cem, 'machine.add_key', WORKER.id, { key: hex(signer.publicKey), not_after }))
    const violations = withholds(keyed, { id: WORKER.id, signer }, 'mission.correct', 'm-1', { task: 't-1' })
    assert.deepEqual(violations[0], quarantined, 'rotation sheds nothing')
  })

  it('stands in no draw for any tier', () => {
    assert.ok(worldOf(bench.state).unfit('R0').has(WORKER.id))
  })
})

describe('a reviewer that comes into quarantine', () => {
  function ofTask(bench: typeof base, mission = 'm-1') {
    const review = bench.state.reviews.byTask.get(reviewKey(mission, 't-1'))
    assert.ok(review !== undefined)
    return review
  }

  it('loses the seat to the next of the same draw, and nobody was silent', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-1')
    toZero(bench, seat!.id)
    const seated = seatedFor(bench, 'm-1')
    assert.equal(seated.length, 1)
    assert.notEqual(seated[0]!.id, seat!.id)
    assert.deepEqual(bench.state.missions.get('m-1')!.everReviewed.includes(seated[0]!.id), true)
    const commitment = sealOf(decision(seat!.id, 'm-1', 'approve'), Buffer.from(SALT, 'hex'))
    const violations = withholds(bench, seat!, 'review.commit', 'm-1', { task: 't-1', commitment })
    assert.deepEqual(violations, [
      responsibility('machine-is-in-service', { machine: seat!.id, status: 'quarantined' }),
      responsibility('signer-holds-a-seat', { signer: seat!.id }),
    ])
    reviewed(bench, 'm-1', ({ id }) => decision(id, 'm-1', 'approve'))
    assert.equal(ofTask(bench).status, 'concluded')
  })

  it('leaves the seals of the others where they are', () => {
    const bench = fork(base)
    const [first, second] = underReview(bench, 'm-1', 'internal_operations_change')
    const said = decision(first!.id, 'm-1', 'approve')
    const commitment = sealOf(said, Buffer.from(SALT, 'hex'))
    committed(bench.send(first!, 'review.commit', 'm-1', { task: 't-1', commitment }))
    toZero(bench, second!.id)
    const review = ofTask(bench)
    assert.ok(review.status === 'sealing')
    assert.equal(review.seats.size, 2)
    assert.equal(review.seats.get(first!.id)?.commitment, commitment)
    assert.ok(!review.seats.has(second!.id))
  })

  it('takes its revealed decision with it: a seat that was lost has no vote', () => {
    const bench = fork(base)
    const seats = underReview(bench, 'm-1', 'internal_operations_change')
    const decisions = seats.map(({ id }) => decision(id, 'm-1', 'approve'))
    seats.forEach((seat, i) => {
      const commitment = sealOf(decisions[i]!, Buffer.from(SALT, 'hex'))
      committed(bench.send(seat, 'review.commit', 'm-1', { task: 't-1', commitment }))
    })
    const [first, second] = seats
    const reveal = { task: 't-1', decision: decisions[0], salt: SALT }
    committed(bench.send(first!, 'review.reveal', 'm-1', reveal))
    toZero(bench, first!.id)
    const review = ofTask(bench)
    assert.ok(review.status === 'sealing')
    assert.ok(!review.seats.has(first!.id))
    assert.ok(review.seats.get(second!.id)?.commitment !== undefined)
  })

  it('blocks the review where nobody is left, and says what starves', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-1', 'regulated_analysis')
    toZero(bench, seat!.id)
    const review = ofTask(bench)
    assert.ok(review.status === 'blocked')
    assert.equal(bench.state.reviews.recused.get(reviewKey('m-1', 't-1'))?.size ?? 0, 0, 'it was not silence')
  })

  it('two in one entry are replaced together, and the draw is made once', () => {
    const bench = fork(base)
    const seats = underReview(bench, 'm-1', 'internal_operations_change')
    for (const { id } of seats) setTrust(bench, id, 1)
    bench.wait(HOUR)
    const events = committed(closeEpoch(bench))
    const replaced = events.filter(({ event_type }) => event_type === 'review.replaced')
    assert.equal(replaced.length, 1)
    const { silent, failure } = replaced[0]!.data as { silent: string[]; failure: string }
    assert.deepEqual([silent.toSorted(), failure], [seats.map(({ id }) => id).toSorted(), 'out-of-service'])
    assert.equal(new Set([...seatedFor(bench, 'm-1'), ...seats].map(({ id }) => id)).size, 4)
  })

  it('before the beacon speaks is passed over, although the frozen pool has it', () => {
    const all = fork(base)
    submitted(all, 'm-1')
    const drawn = fork(all)
    committed(drawNow(drawn))
    const [seat] = seatedFor(drawn, 'm-1')
    const without = fork(all)
    setTrust(without, seat!.id, 1)
    without.wait(HOUR)
    committed(closeEpoch(without))
    committed(drawNow(without))
    assert.notEqual(seatedFor(without, 'm-1')[0]!.id, seat!.id)
  })
})

describe('the operator of a machine', () => {
  it('is not in quarantine with it', () => {
    const bench = fork(base)
    toZero(bench, WORKER.id)
    committed(bench.send(cem, 'mission.create', 'm-9', { title: 'T', summary: 'S' }))
    assert.equal(machineIn(bench, PLANNER.id).life.status, 'active')
    assert.deepEqual(
      withholds(bench, bea, 'machine.recertify', 'nobody', {
        evidence: {
          payload: 'e30=',
          payloadType: 'x',
          signatures: [{ keyid: `sha256:${'0'.repeat(64)}`, sig: 'AA==' }],
        },
      }).map(({ constraint }) => constraint),
      ['machine-exists', 'evidence-is-well-formed'],
    )
  })
})
