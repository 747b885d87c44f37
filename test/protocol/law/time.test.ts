/** The time of a command and the time of the ledger (spec 2.2; issue: expired command). Edges are inclusive (T16). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { record } from '../../../protocol/genesis.ts'
import { fork } from '../../support/law/fork.ts'
import { physical, withholds } from '../../support/law/outcomes.ts'
import { closeEpoch } from '../../support/law/flow.ts'
import { NOOR, OPERATORS } from '../../support/law/people.ts'
import { bindingOf, committed, emptyBench, founded, genesisBody, START } from '../../support/law/world.ts'
import { ADA, RUNTIME } from '../../support/law/people.ts'

const DAY = 86_400_000
const FIVE_MINUTES = 300_000
const base = founded()
const [bea] = OPERATORS
const BODY = { title: 'A report', summary: 'We need it.' }
const create = ['mission.create', 'm-1', BODY] as const

describe('a command issued', () => {
  for (const [behind, held] of [
    [FIVE_MINUTES - 1, true],
    [FIVE_MINUTES, true],
    [FIVE_MINUTES + 1, false],
  ] as const) {
    it(`${behind} ms ago is ${held ? 'taken' : 'withheld'}`, () => {
      const bench = fork(base)
      const options = { issued: millis(bench.now() - behind), expires: millis(bench.now() + 1000) }
      if (held) committed(bench.send(NOOR, ...create, options))
      else {
        const reason = physical('command-within-its-time', { issued_behind_ms: behind })
        assert.deepEqual(withholds(bench, NOOR, ...create, options), [reason])
      }
    })

    it(`${behind} ms ahead is ${held ? 'taken' : 'withheld'}`, () => {
      const bench = fork(base)
      const options = { issued: millis(bench.now() + behind), expires: millis(bench.now() + DAY) }
      if (held) committed(bench.send(NOOR, ...create, options))
      else {
        const reason = physical('command-within-its-time', { issued_ahead_ms: behind })
        assert.deepEqual(withholds(bench, NOOR, ...create, options), [reason])
      }
    })
  }
})

describe('a command that expires', () => {
  for (const [left, held] of [
    [1, true],
    [0, true],
    [-1, false],
  ] as const) {
    it(`${left} ms from now is ${held ? 'taken' : 'withheld'}`, () => {
      const bench = fork(base)
      const options = { expires: millis(bench.now() + left) }
      if (held) committed(bench.send(NOOR, ...create, options))
      else {
        const reason = physical('command-within-its-time', { expired_ms: -left })
        assert.deepEqual(withholds(bench, NOOR, ...create, options), [reason])
      }
    })
  }
})

describe('the ledger’s time', () => {
  it('never runs back: with a clock behind, the last entry’s time is recorded', () => {
    const bench = fork(base)
    bench.wait(10_000)
    committed(bench.send(NOOR, ...create))
    const last = bench.state.books.lastRecordedAt
    bench.wait(-5_000)
    const events = committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' }))
    assert.equal(bench.state.books.lastRecordedAt, last)
    assert.equal(events[0]?.event_timestamp, formatTimestamp(last))
  })

  it('decides windows by what is recorded, not by the clock that ran back', () => {
    const bench = fork(base)
    bench.wait(10_000)
    committed(bench.send(NOOR, ...create))
    const command = bench.admit(
      bench.envelope(NOOR, 'mission.hold', 'm-1', { reason: 'R' }, { expires: millis(bench.now() - 1) }),
    )
    const recorded = record(bench.state, command, { recordedAt: millis(bench.now() - 60_000), signatures: [true] })
    assert.ok(recorded.kind === 'entry')
    assert.deepEqual(recorded.entry.violations, [physical('command-within-its-time', { expired_ms: 1 })])
  })
})

describe('founder stewardship', () => {
  /** A key is good for ninety days, so a deployment that lives a year has renewed it: here it is given at once. */
  function atTheEnd(more: number) {
    const bench = founded()
    const end = millis(START + 365 * DAY + more)
    for (let at = START + 60 * DAY; at < end; at += 60 * DAY) renew(bench, millis(Math.min(at, end)))
    bench.wait(end - bench.now())
    return bench
  }

  function renew(bench: ReturnType<typeof founded>, at: number) {
    bench.wait(at - bench.now())
    for (const held of bench.state.keyring.keys()) {
      const key = bench.state.keyring.get(held)!
      bench.state.keyring.set(held, { ...key, notAfter: millis(at + 90 * DAY) })
    }
  }

  for (const [more, held] of [
    [-1, true],
    [0, false],
    [1, false],
  ] as const) {
    it(`${held ? 'still changes state' : 'is over'} ${more} ms from day 365 (P: limits are reached at equality)`, () => {
      const bench = atTheEnd(more)
      if (held) committed(bench.send(NOOR, ...create))
      else {
        const reason = physical('phase-not-expired', { phase: 'G0', limit_ms: 365 * DAY })
        assert.deepEqual(withholds(bench, NOOR, ...create), [reason])
      }
    })
  }

  it('when over still closes its books, and nothing else', () => {
    const bench = atTheEnd(DAY)
    committed(closeEpoch(bench))
    const reason = physical('phase-not-expired', { phase: 'G0', limit_ms: 365 * DAY })
    const key = { key: 'ab'.repeat(32), not_after: formatTimestamp(millis(bench.now() + DAY)) }
    assert.deepEqual(withholds(bench, ADA, 'runtime.rotate_key', RUNTIME.id, key), [reason])
    assert.deepEqual(withholds(bench, bea, 'identity.enroll_reviewer', 'bea', {}), [reason])
  })
})

describe('the end of a key', () => {
  const longest = 90 * DAY

  for (const [lasts, held] of [
    [longest - 1000, true],
    [longest, true],
    [longest + 1000, false],
  ] as const) {
    it(`may${held ? '' : ' not'} lie ${lasts} ms ahead`, () => {
      const bench = fork(base)
      const not_after = formatTimestamp(millis(bench.now() + lasts))
      const recorded = () => ['machine.add_key', 'planner-1', { key: 'ab'.repeat(32), not_after }] as const
      if (held) committed(bench.send(bea, ...recorded()))
      else {
        const reason = physical('key-lasts-no-longer-than-allowed', { not_after, longest_ms: longest })
        assert.deepEqual(withholds(bench, bea, ...recorded()), [reason])
      }
    })
  }

  it('may not have passed already', () => {
    const bench = fork(base)
    const not_after = formatTimestamp(bench.now())
    assert.deepEqual(withholds(bench, bea, 'machine.add_key', 'planner-1', { key: 'ab'.repeat(32), not_after }), [
      physical('key-lasts-no-longer-than-allowed', { not_after, expired: true }),
    ])
  })

  it('is a whole second where a wallet signed it: no key outlives what the wallet said', () => {
    const bench = fork(base)
    const end = millis(bench.now() + DAY)
    const key = 'ab'.repeat(32)
    const not_after = formatTimestamp(millis(end + 999))
    const body = { key, purpose: 'cli', not_after, binding: bindingOf(NOOR, key, 'cli', millis(end + 999)) }
    assert.deepEqual(withholds(bench, NOOR, 'identity.bind_key', 'noor', body), [
      {
        constraint: 'key-is-bound-by-the-wallet',
        level: 'responsibility',
        params: { not_after, whole_seconds: false },
      },
    ])
  })

  it('is a whole second in the genesis entry too', () => {
    const bench = emptyBench()
    const body = genesisBody() as { founder: object }
    const end = millis(START + 80 * DAY + 1)
    const founder = {
      ...body.founder,
      key_not_after: formatTimestamp(end),
      binding: bindingOf(ADA, ADA.key, 'command', end),
    }
    const recorded = bench.send(ADA, 'genesis', 'genesis', { ...body, founder })
    assert.ok(recorded.kind === 'refused')
    assert.equal(recorded.refusal.code, 'founder-key-not-bound')
  })
})
