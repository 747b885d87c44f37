/** Nonces and repetition (spec 2.2; issue: replay, nonce reuse): one payload, one answer, for ever. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { digestOfSubjects, digestOfWhole } from '../../support/law/digest-of-state.ts'
import { fork } from '../../support/law/fork.ts'
import { ownership, physical, told, violationsOf } from '../../support/law/outcomes.ts'
import { NOOR, OPERATORS } from '../../support/law/people.ts'
import { committed, founded, type Bench } from '../../support/law/world.ts'

const base = founded()
const [bea] = OPERATORS
const A = { title: 'A report', summary: 'We need it.' }
const B = { title: 'Another report', summary: 'We need it.' }

function seqOf(bench: Bench, envelope: string): number {
  const recorded = bench.give(envelope)
  assert.ok(recorded.kind === 'entry')
  return recorded.entry.seq
}

function repeats(bench: Bench, envelope: string, seq: number): void {
  const before = digestOfWhole(bench.state)
  const again = bench.give(envelope)
  assert.ok(again.kind === 'repeated', told(again))
  assert.equal(again.seq, seq)
  assert.equal(digestOfWhole(bench.state), before)
}

describe('a payload sent again', () => {
  it('gets the first answer, and nothing moves', () => {
    const bench = fork(base)
    const envelope = bench.envelope(NOOR, 'mission.create', 'm-1', A)
    repeats(bench, envelope, seqOf(bench, envelope))
  })

  it('gets the first answer long after it has expired', () => {
    const bench = fork(base)
    const envelope = bench.envelope(NOOR, 'mission.create', 'm-1', A)
    const seq = seqOf(bench, envelope)
    bench.wait(86_400_000)
    repeats(bench, envelope, seq)
  })

  it('gets the refusal that it had, although it would be allowed now', () => {
    const bench = fork(base)
    const envelope = bench.envelope(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' })
    const seq = seqOf(bench, envelope)
    committed(bench.send(NOOR, 'mission.create', 'm-1', A))
    repeats(bench, envelope, seq)
    assert.equal(bench.state.missions.get('m-1')?.held, undefined)
  })
})

describe('a nonce used again with another payload', () => {
  it('is withheld, and says where the nonce was spent', () => {
    const bench = fork(base)
    const seq = seqOf(bench, bench.envelope(NOOR, 'mission.create', 'm-1', A, { nonce: 'x' }))
    const before = digestOfSubjects(bench.state)
    const again = bench.send(NOOR, 'mission.create', 'm-2', B, { nonce: 'x' })
    assert.deepEqual(violationsOf(again), [physical('nonce-is-new', { nonce: 'x', seq })])
    assert.equal(digestOfSubjects(bench.state), before)
  })

  it('is spent by a refusal too', () => {
    const bench = fork(base)
    const seq = seqOf(bench, bench.envelope(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' }, { nonce: 'x' }))
    const again = bench.send(NOOR, 'mission.create', 'm-1', A, { nonce: 'x' })
    assert.deepEqual(violationsOf(again), [physical('nonce-is-new', { nonce: 'x', seq })])
  })

  it('is reported with everything else that is wrong', () => {
    const bench = fork(base)
    const seq = seqOf(bench, bench.envelope(NOOR, 'mission.create', 'm-1', A, { nonce: 'x' }))
    committed(bench.send(bea, 'mission.create', 'm-2', A))
    assert.deepEqual(violationsOf(bench.send(NOOR, 'mission.hold', 'm-2', { reason: 'R' }, { nonce: 'x' })), [
      physical('nonce-is-new', { nonce: 'x', seq }),
      ownership('signed-by-the-owner', { owner: 'bea' }),
    ])
  })

  it('takes nothing from the first answer, nor from its own: each payload has one answer for ever', () => {
    const bench = fork(base)
    const one = bench.envelope(NOOR, 'mission.create', 'm-1', A, { nonce: 'x' })
    const two = bench.envelope(NOOR, 'mission.create', 'm-2', B, { nonce: 'x' })
    const three = bench.envelope(NOOR, 'mission.create', 'm-3', B, { nonce: 'x' })
    const seqs = [one, two, three].map((envelope) => seqOf(bench, envelope))
    for (let i = 0; i < 3; i++) {
      repeats(bench, one, seqs[0]!)
      repeats(bench, two, seqs[1]!)
      repeats(bench, three, seqs[2]!)
    }
    const fourth = bench.send(NOOR, 'mission.create', 'm-4', B, { nonce: 'x' })
    assert.deepEqual(violationsOf(fourth), [physical('nonce-is-new', { nonce: 'x', seq: seqs[0]! })])
  })

  it('is the actor’s own: another may use the same', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', A, { nonce: 'x' }))
    committed(bench.send(bea, 'mission.create', 'm-2', A, { nonce: 'x' }))
  })

  it('is told apart letter by letter', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', A, { nonce: 'x' }))
    committed(bench.send(NOOR, 'mission.create', 'm-2', A, { nonce: 'X' }))
    committed(bench.send(NOOR, 'mission.create', 'm-3', A, { nonce: '__proto__' }))
    committed(bench.send(NOOR, 'mission.create', 'm-4', A, { nonce: 'constructor' }))
  })
})
