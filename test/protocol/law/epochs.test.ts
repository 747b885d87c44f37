/** Epochs and commitment records (spec 2.3; C-10): when they end, and what a stranger computes from the entries alone. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import canonicalize from 'canonicalize'
import { formatTimestamp, millis, type Millis } from '../../../protocol/wire/time.ts'
import { dueEnd, mayEndAt, nextRegularEnd } from '../../../protocol/law/epoch/schedule.ts'
import { fork } from '../../support/law/fork.ts'
import { atTheGate, closeEpoch, decided, observed, publishAll } from '../../support/law/flow.ts'
import { operational, physical, withholds } from '../../support/law/outcomes.ts'
import { ADA, NOOR, OPERATORS, RUNTIME } from '../../support/law/people.ts'
import { digestOf, readLedger, rootOf, rootOfEvents, type StrangerEntry } from '../../support/law/stranger.ts'
import { committed, emptyBench, founded, genesisBody, START, type Bench } from '../../support/law/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const [bea] = OPERATORS
const base = founded()

function close(bench: Bench, epoch: number, end: number) {
  return bench.send(RUNTIME, 'epoch.close', 'epochs', { epoch, end: formatTimestamp(millis(end)) })
}

describe('the schedule', () => {
  const at = (hour: number, ms = 0) => (START + hour * HOUR + ms) as Millis
  const regular = { lastEnd: at(0), epochMs: HOUR, development: false }
  const development = { ...regular, epochMs: 5 * MINUTE, development: true }

  it('ends regular epochs on multiples of their length, also when the first began in between', () => {
    assert.equal(nextRegularEnd(at(0, -1), HOUR), at(0))
    assert.equal(nextRegularEnd(at(0), HOUR), at(1))
    assert.equal(nextRegularEnd(at(0, 1), HOUR), at(1))
  })

  it('lets a regular epoch end at its one end, from that moment on', () => {
    for (const [end, now, may] of [
      [at(1), at(1, -1), false],
      [at(1), at(1), true],
      [at(1), at(9), true],
      [at(1, -1), at(9), false],
      [at(1, 1), at(9), false],
      [at(2), at(9), false],
      [at(0), at(9), false],
    ] as const) {
      assert.equal(mayEndAt(regular, end, now), may, `${end - START} ${now - START}`)
    }
  })

  it('lets a development epoch end on any full minute that has come and lies behind the last', () => {
    for (const [minutes, now, may] of [
      [1, MINUTE - 1, false],
      [1, MINUTE, true],
      [1, MINUTE + 1, true],
      [1.5, 2 * MINUTE, false],
      [0, HOUR, false],
      [-1, HOUR, false],
      [59, HOUR, true],
    ] as const) {
      assert.equal(mayEndAt(development, at(0, minutes * MINUTE), at(0, now)), may, `${minutes} at ${now}`)
    }
  })

  it('whatever end is due may be given', () => {
    for (const epoch of [regular, development, { ...development, lastEnd: at(0, 77_777) }]) {
      for (let ms = 0; ms < 3 * HOUR; ms += 7_777) {
        for (const onDemand of [true, false]) {
          const end = dueEnd(epoch, at(0, ms), onDemand)
          if (end !== undefined) assert.ok(mayEndAt(epoch, end, at(0, ms)), `${ms} ${onDemand}`)
        }
      }
    }
  })

  it('covers a development deployment’s downtime with one close, and a regular one’s hour by hour', () => {
    assert.equal(dueEnd(development, at(7, 1), false), at(7))
    assert.equal(dueEnd(regular, at(7, 1), false), at(1))
  })
})

describe('closing an epoch', () => {
  for (const [ms, held] of [
    [MINUTE - 1, false],
    [MINUTE, true],
    [MINUTE + 1, true],
  ] as const) {
    it(`is ${held ? 'committed' : 'withheld'} ${ms} ms after the founding, for the end of the first minute`, () => {
      const bench = fork(base)
      bench.wait(ms)
      const end = formatTimestamp(millis(START + MINUTE))
      if (held) committed(close(bench, 0, START + MINUTE))
      else {
        assert.deepEqual(withholds(bench, RUNTIME, 'epoch.close', 'epochs', { epoch: 0, end }), [
          physical('epoch-end-is-due', { end }),
        ])
      }
    })
  }

  it('is of the open epoch, at an end of its own, under the one name', () => {
    const bench = fork(base)
    bench.wait(5 * MINUTE)
    committed(close(bench, 0, START + MINUTE))
    const same = formatTimestamp(millis(START + MINUTE))
    const next = formatTimestamp(millis(START + 2 * MINUTE))
    assert.deepEqual(withholds(bench, RUNTIME, 'epoch.close', 'm-1', { epoch: 0, end: same }), [
      physical('epoch-end-is-due', { end: same }),
      operational('subject-is-epochs', { subject: 'm-1' }),
      operational('epoch-is-the-open-one', { epoch: 0, open: 1 }),
    ])
    assert.deepEqual(withholds(bench, RUNTIME, 'epoch.close', 'epochs', { epoch: 2, end: next }), [
      operational('epoch-is-the-open-one', { epoch: 2, open: 1 }),
    ])
  })

  it('is at most once a minute in development', () => {
    const bench = fork(base)
    bench.wait(MINUTE)
    committed(close(bench, 0, START + MINUTE))
    bench.wait(MINUTE - 1)
    const end = formatTimestamp(millis(START + MINUTE + MINUTE / 2))
    assert.deepEqual(withholds(bench, RUNTIME, 'epoch.close', 'epochs', { epoch: 1, end }), [
      physical('epoch-end-is-due', { end }),
    ])
  })
})

describe('a regular deployment', () => {
  const bench = emptyBench(millis(START + 7_000))
  const body = genesisBody(START)
  committed(bench.send(ADA, 'genesis', 'genesis', { ...body, development: false, epoch_ms: HOUR }))

  it('after downtime closes every missed hour, one by one, empty but for the closing of the one before', () => {
    bench.wait(3 * HOUR)
    for (const epoch of [0, 1, 2]) {
      const ahead = formatTimestamp(millis(START + (epoch + 2) * HOUR))
      if (epoch < 2) {
        assert.deepEqual(withholds(fork(bench), RUNTIME, 'epoch.close', 'epochs', { epoch, end: ahead }), [
          physical('epoch-end-is-due', { end: ahead }),
        ])
      }
      const [event] = committed(close(bench, epoch, START + (epoch + 1) * HOUR))
      const { entry_counts, record } = event!.data as { entry_counts: object; record: { epoch_id: string } }
      // The entry that closes an epoch is the next one's first: with its settlement of trust.
      // The first close finds that the chain has heard nothing for two hours: one incident, not one per hour.
      const governance = [4, 2, 1][epoch]
      const counts = { mission: 0, trust: epoch === 0 ? 0 : 1, governance, review: 0 }
      assert.deepEqual(entry_counts, counts)
      assert.equal(record.epoch_id, `2026-02-13T${10 + epoch}:00Z`)
    }
    const end = formatTimestamp(millis(START + 4 * HOUR))
    assert.deepEqual(withholds(bench, RUNTIME, 'epoch.close', 'epochs', { epoch: 3, end }), [
      physical('epoch-end-is-due', { end }),
    ])
  })
})

describe('a commitment record, computed by a stranger from the entries', () => {
  const bench = founded()
  atTheGate(bench, 'm-1')
  bench.send(bea, 'mission.hold', 'm-1', { reason: 'Not mine.' })
  bench.send(bea, 'machine.add_key', 'worker-1', { key: 'ab'.repeat(32), not_after: '2026-03-01T00:00:00.000Z' })
  publishAll(bench)
  const log = decided(bench, 'm-1', NOOR)
  committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(log, 'final_gate')))
  committed(closeEpoch(bench))
  committed(closeEpoch(bench))

  type Closed = {
    readonly epoch: number
    readonly record: { readonly [field: string]: unknown }
    readonly commitment: string
    readonly entry_counts: { readonly [domain: string]: number }
    readonly first_seq: number
    readonly last_seq: number
    readonly ledger_head: string
    readonly human_count: number
    readonly constitution: string
  }
  const entries = readLedger(bench.texts)
  const closings = entries.flatMap((entry) =>
    entry.events
      .filter((event) => event.event_type === 'governance.epoch_closed')
      .map((event) => ({ entry, closed: event.data as unknown as Closed })),
  )

  function held({ first_seq, last_seq }: Closed): readonly StrangerEntry[] {
    return entries.slice(first_seq, last_seq + 1)
  }

  it('three of them are there to look at, and the first holds refusals too', () => {
    assert.deepEqual(
      closings.map(({ closed }) => closed.epoch),
      [0, 1, 2],
    )
    const refusals = held(closings[0]!.closed).flatMap((entry) =>
      entry.events.filter((e) => e.event_type.endsWith('.withheld')),
    )
    assert.deepEqual(
      refusals.map((event) => event.event_type),
      ['mission.withheld', 'trust.withheld'],
    )
  })

  it('has exactly the ten fields, and its hash is that of their canonical form', () => {
    for (const { closed } of closings) {
      assert.deepEqual(Object.keys(closed.record).toSorted(), [
        'chamber_nonce',
        'commitment_version',
        'epoch_id',
        'governance_ballot_root',
        'mission_event_root',
        'previous_commitment_hash',
        'public_beacon_round',
        'review_decision_root',
        'timestamp_utc',
        'trust_delta_root',
      ])
      assert.equal(closed.commitment, digestOf(canonicalize(closed.record)!))
      assert.equal(closed.record.commitment_version, '0.3')
    }
  })

  it('follows the one before, the first sixty-four zeros', () => {
    const previous = [`sha256:${'0'.repeat(64)}`, ...closings.map(({ closed }) => closed.commitment)]
    closings.forEach(({ closed }, i) => assert.equal(closed.record.previous_commitment_hash, previous[i]))
  })

  it('has the four roots over the epoch’s records and their counts', () => {
    for (const { closed } of closings) {
      const events = held(closed).flatMap((entry) => entry.events)
      for (const [field, domain] of [
        ['mission_event_root', 'mission'],
        ['trust_delta_root', 'trust'],
        ['governance_ballot_root', 'governance'],
        ['review_decision_root', 'review'],
      ] as const) {
        assert.equal(closed.record[field], rootOfEvents(events, domain), `epoch ${closed.epoch} ${domain}`)
        const count = events.filter((event) => event.event_type.startsWith(`${domain}.`)).length
        assert.equal(closed.entry_counts[domain], count)
      }
      assert.equal(
        Object.values(closed.entry_counts).reduce((sum, count) => sum + count, 0),
        events.length,
        'every record is of one of the four domains',
      )
    }
  })

  it('has the nonces of the draws opened in it, in order of seq', () => {
    for (const { closed } of closings) {
      const nonces = held(closed)
        .flatMap((entry) => entry.events)
        .filter((event) => event.event_type === 'review.draw_opened')
        .map((event) => Buffer.from((event.data.nonce as string).slice(7), 'hex'))
      assert.equal(nonces.length, closed.epoch === 0 ? 1 : 0)
      assert.equal(closed.record.chamber_nonce, rootOf(nonces))
    }
  })

  it('names the epoch’s end twice and the last beacon round at or before it', () => {
    for (const { closed } of closings) {
      const end = closed.record.timestamp_utc as string
      assert.equal(closed.record.epoch_id, `${end.slice(0, 16)}Z`)
      assert.equal(closed.record.public_beacon_round, Math.floor((Date.parse(end) - START) / 250) + 1)
    }
  })

  it('is closed by the first entry of the next epoch, and every entry is in exactly one', () => {
    let first = 0
    for (const { entry, closed } of closings) {
      assert.deepEqual([closed.first_seq, closed.last_seq], [first, entry.seq - 1])
      assert.equal(closed.ledger_head, entries[entry.seq - 1]?.hash)
      first = entry.seq
    }
  })

  it('is published beside the number of humans and the constitution in force', () => {
    for (const { closed } of closings) {
      assert.equal(closed.human_count, 10)
      assert.equal(closed.constitution, bench.state.founded?.constitution.hash)
    }
  })

  it('lies on a chain of entries whose hashes hold', () => {
    let head = `sha256:${'0'.repeat(64)}`
    for (const entry of entries) {
      assert.equal(entry.previous, head)
      head = entry.hash
    }
    assert.equal(bench.state.books.head, head)
  })
})

describe('what was turned away above a rate', () => {
  const closing = (refused?: readonly { actor: string; count: number }[]) => {
    const bench = fork(base)
    bench.wait(5 * MINUTE)
    const { current, lastEnd } = bench.state.epochs
    const end = formatTimestamp(millis(lastEnd + 5 * MINUTE))
    return [bench, { epoch: current, end, ...(refused === undefined ? {} : { refused }) }] as const
  }

  it('is told with the close, one count for each actor, and by its absence where there was none', () => {
    for (const refused of [
      [
        { actor: 'noor', count: 7 },
        { actor: 'worker-1', count: 1 },
      ],
      undefined,
    ]) {
      const [bench, body] = closing(refused)
      const [event] = committed(bench.send(RUNTIME, 'epoch.close', 'epochs', body))
      assert.deepEqual(event!.data.refused, refused)
      assert.deepEqual(bench.state.epochs.closed.at(-1)!.published.refused, refused)
    }
  })

  it('is of actors that there are, each once and in order', () => {
    for (const [ids, actor] of [
      [['nobody'], 'nobody'],
      [['runtime'], 'runtime'],
      [['noor', 'noor'], 'noor'],
      [['noor', 'ada'], 'ada'],
    ] as const) {
      const [bench, body] = closing(ids.map((id) => ({ actor: id, count: 1 })))
      assert.deepEqual(withholds(bench, RUNTIME, 'epoch.close', 'epochs', body), [
        operational('refused-are-known-actors', { actor }),
      ])
    }
  })
})
