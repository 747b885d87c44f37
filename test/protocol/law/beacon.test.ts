/** Public randomness in the ledger (spec 2.2, 5.4; reading X15): a round enters when it has come, once, and genuine. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { signRound } from '../../../protocol/wire/beacon.ts'
import { fork } from '../../support/law/fork.ts'
import { operational, physical, responsibility, withholds } from '../../support/law/outcomes.ts'
import { blsSecretOf, NOOR, RUNTIME, WORKER } from '../../support/law/people.ts'
import { BEACON_SECRET, committed, founded } from '../../support/law/world.ts'

const base = founded()
const observe = ['beacon.observed', 'beacon'] as const
const signed = (round: number) => ({ round, signature: signRound(BEACON_SECRET, round).signature as string })

describe('a beacon round', () => {
  it('enters with its signature and the randomness that everyone computes from it', () => {
    const bench = fork(base)
    const body = signed(1)
    const events = committed(bench.send(RUNTIME, ...observe, body))
    const randomness = createHash('sha256').update(Buffer.from(body.signature, 'hex')).digest('hex')
    assert.deepEqual(
      events.map(({ event_type, subject, data }) => ({ event_type, subject, data })),
      [{ event_type: 'governance.beacon_observed', subject: 'beacon', data: { ...body, randomness } }],
    )
    assert.equal(bench.state.beacons.get(1), randomness)
  })

  // Round 1 is at the founding and a period is 250 ms: round 5 comes a second later.
  for (const [ms, held] of [
    [999, false],
    [1000, true],
    [1001, true],
  ] as const) {
    it(`${held ? 'enters' : 'is withheld'} ${ms} ms after the founding, due at 1000`, () => {
      const bench = fork(base)
      bench.wait(ms)
      if (held) committed(bench.send(RUNTIME, ...observe, signed(5)))
      else {
        const reason = physical('beacon-round-has-come', { round: 5, current: 4 })
        assert.deepEqual(withholds(bench, RUNTIME, ...observe, signed(5)), [reason])
      }
    })
  }

  it('enters once', () => {
    const bench = fork(base)
    committed(bench.send(RUNTIME, ...observe, signed(1)))
    assert.deepEqual(withholds(bench, RUNTIME, ...observe, signed(1)), [
      operational('beacon-round-is-new', { round: 1 }),
    ])
  })

  it('is not another’s value: of another round, of another key, of no point', () => {
    const bench = fork(base)
    bench.wait(1000)
    const other = signRound(blsSecretOf('another beacon'), 2).signature
    for (const signature of [signed(3).signature, other]) {
      assert.deepEqual(withholds(bench, RUNTIME, ...observe, { round: 2, signature }), [
        physical('beacon-round-is-genuine', { round: 2, code: 'beacon-signature-wrong' }),
      ])
    }
    for (const signature of ['00'.repeat(48), 'ff'.repeat(48), `c0${'00'.repeat(47)}`]) {
      const [violation, ...more] = withholds(bench, RUNTIME, ...observe, { round: 2, signature })
      assert.equal(violation?.constraint, 'beacon-round-is-genuine')
      assert.deepEqual(more, [])
    }
  })

  for (const round of [1_013_610_000_000_000, Number.MAX_SAFE_INTEGER]) {
    it(`beyond any calendar (${round}) is withheld, whoever sends it: nobody stops the ledger with a number`, () => {
      const body = { round, signature: signed(1).signature }
      const early = physical('beacon-round-has-come', { round, current: 1 })
      const wrong = physical('beacon-round-is-genuine', { round, code: 'beacon-signature-wrong' })
      assert.deepEqual(withholds(fork(base), RUNTIME, ...observe, body), [early, wrong])
      assert.deepEqual(withholds(fork(base), WORKER, ...observe, body), [
        early,
        wrong,
        responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'runtime' }),
      ])
    })
  }

  it('is written under its own name and moves no other subject', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    assert.deepEqual(withholds(bench, RUNTIME, 'beacon.observed', 'm-1', signed(1)), [
      operational('subject-is-beacon', { subject: 'm-1' }),
    ])
  })
})
