/** Deciding again (spec 2.2, 7 step 3; M-04, S-08): an entry is, byte for byte, what the law gives, or it is named. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { encode, type Json } from '../../../protocol/wire/canonical-json.ts'
import { emptyState, type Difference, type State } from '../../../protocol/genesis.ts'
import { busy } from '../../support/law/busy.ts'
import { copyOf } from '../../support/law/fork.ts'
import { digestOfWhole } from '../../support/law/digest-of-state.ts'
import { replayAll, replayEntry } from '../../support/law/replayed.ts'

const bench = busy()
const { texts } = bench

/** The state before each entry. */
const before: State[] = []
const folded = emptyState()
for (const text of texts) {
  before.push(copyOf(folded))
  const replayed = replayEntry(folded, text)
  assert.ok(replayed.ok, JSON.stringify(replayed))
}

type EntryJson = { [part: string]: Json } & { command: { [part: string]: Json } }
const read = (i: number) => JSON.parse(texts[i]!) as EntryJson
const indexOf = (type: string) => texts.findIndex((text) => text.includes(`"event_type":"${type}"`))
const withheldAt = texts.findIndex((text) => text.includes('"outcome":"withheld"'))

/** How an entry that was changed is told from what the law gives; the state stays as it was. */
function difference(i: number, text: string): Difference {
  const state = copyOf(before[i]!)
  const digest = digestOfWhole(state)
  const replayed = replayEntry(state, text)
  assert.ok(!replayed.ok, 'the changed entry was taken')
  assert.equal(digestOfWhole(state), digest, 'a refused entry changed the state')
  return replayed.error
}

function changed(i: number, change: (entry: EntryJson) => object): Difference {
  return difference(i, encode(change(read(i))))
}

describe('a whole ledger', () => {
  it('of nearly everything there is replays to the same state and the same head', () => {
    assert.equal(digestOfWhole(folded), digestOfWhole(bench.state))
    assert.equal(folded.books.head, bench.state.books.head)
  })

  it('is refused with an entry left out, twice, or out of turn', () => {
    const i = indexOf('mission.planned')
    for (const [list, code, part] of [
      [texts.toSpliced(i, 1), 'entry-differs', 'seq'],
      [texts.toSpliced(i, 0, texts[i]!), 'entry-repeated', undefined],
      [texts.toSpliced(i, 2, texts[i + 1]!, texts[i]!), 'entry-differs', 'seq'],
    ] as const) {
      const replayed = replayAll(list)
      assert.ok(!replayed.ok)
      assert.deepEqual([replayed.error.code, replayed.error.part], [code, part])
    }
  })

  it('does not begin without its genesis, nor with another’s', () => {
    const first = difference(0, texts[1]!)
    assert.deepEqual([first.code, first.given], ['entry-not-admissible', 'deployment-not-founded'])
  })
})

describe('an entry of which one part is changed', () => {
  const i = indexOf('mission.planned')
  const given = read(i)

  it('names seq', () => {
    assert.deepEqual(
      changed(i, (entry) => ({ ...entry, seq: i + 1 })),
      {
        seq: i,
        code: 'entry-differs',
        part: 'seq',
        expected: String(i),
        given: String(i + 1),
      },
    )
  })

  it('names previous', () => {
    const other = `sha256:${'12'.repeat(32)}`
    assert.deepEqual(
      changed(i, (entry) => ({ ...entry, previous: other })),
      {
        seq: i,
        code: 'entry-differs',
        part: 'previous',
        expected: JSON.stringify(given.previous),
        given: JSON.stringify(other),
      },
    )
  })

  it('names the outcome', () => {
    assert.deepEqual(
      changed(i, (entry) => ({ ...entry, outcome: 'withheld' })),
      {
        seq: i,
        code: 'entry-differs',
        part: 'outcome',
        expected: '"committed"',
        given: '"withheld"',
      },
    )
  })

  it('names the events when the time is another: every record carries it', () => {
    const later = changed(i, (entry) => ({ ...entry, recorded_at: '2026-02-13T09:00:59.999Z' }))
    assert.deepEqual([later.code, later.part], ['entry-differs', 'events'])
  })

  it('is refused when its time runs back', () => {
    const earlier = changed(i, (entry) => ({ ...entry, recorded_at: '2026-02-13T08:59:59.999Z' }))
    assert.deepEqual(earlier, { seq: i, code: 'entry-time-runs-back' })
  })

  it('is refused without a time, or with one that is none', () => {
    for (const recorded_at of ['2026-02-13T09:00:00Z', '2026-02-30T09:00:00.000Z', '']) {
      assert.equal(changed(i, (entry) => ({ ...entry, recorded_at })).code, 'entry-malformed')
    }
  })

  const events = given.events as { [field: string]: Json }[]
  const changes: { readonly [what: string]: Json[] } = {
    none: [],
    'one more': [...events, events[0]!],
    'another type': [{ ...events[0]!, event_type: 'mission.completed' }],
    'another actor': [{ ...events[0]!, actor_id: 'noor' }],
    'another subject': [{ ...events[0]!, subject: 'm-2' }],
    'another id': [{ ...events[0]!, event_id: '000000000000-000' }],
    'another time': [{ ...events[0]!, event_timestamp: '2026-02-13T09:00:00.001Z' }],
    'other data': [{ ...events[0]!, data: { ...(events[0]!.data as object), attempt: 2 } }],
    'a field more': [{ ...events[0]!, note: 'x' }],
  }
  for (const [what, list] of Object.entries(changes)) {
    it(`names the events when there is ${what}`, () => {
      const found = changed(i, (entry) => ({ ...entry, events: list }))
      assert.deepEqual([found.code, found.part], ['entry-differs', 'events'])
    })
  }

  it('names the events when two of them change places', () => {
    const j = indexOf('review.assigned')
    const found = changed(j, (entry) => ({ ...entry, events: (entry.events as Json[]).toReversed() }))
    assert.deepEqual([found.code, found.part], ['entry-differs', 'events'])
  })

  it('names the violations', () => {
    for (const violations of [
      [],
      [{ constraint: 'mission-exists', level: 'operational', params: {} }],
      (read(withheldAt).violations as Json[]).toReversed(),
    ]) {
      const found = changed(withheldAt, (entry) => ({ ...entry, violations }))
      assert.deepEqual([found.code, found.part], ['entry-differs', 'violations'])
    }
  })

  it('names the outcome when a refusal is told as a success, with whatever events', () => {
    const { violations: _violations, ...entry } = read(withheldAt)
    const found = difference(withheldAt, encode({ ...entry, outcome: 'committed', events: [] }))
    assert.deepEqual([found.code, found.part], ['entry-differs', 'outcome'])
  })

  it('names the fields when there is one more', () => {
    const found = changed(i, (entry) => ({ ...entry, signature: 'x' }))
    assert.deepEqual([found.code, found.part], ['entry-differs', 'fields'])
  })

  it('is not read in another form: a space, another order, an escape', () => {
    const text = texts[i]!
    for (const other of [
      text.replace(',"seq"', ', "seq"'),
      `${text}\n`,
      text.replace('"outcome":"committed"', String.raw`"outcome":"c\u006fmmitted"`),
      text.replace('"outcome":"committed",', '').replace('{"command"', '{"outcome":"committed","command"'),
    ]) {
      assert.match(difference(i, other).code, /^entry-(malformed|command-malformed)$/)
    }
  })

  it('is refused with another command inside: its events are not that one’s, or it was answered before', () => {
    const same = difference(i, texts[i]!.replace(encode(given.command), encode(read(i - 1).command)))
    assert.equal(same.code, 'entry-repeated')
    const later = difference(i, texts[i]!.replace(encode(given.command), encode(read(i + 1).command)))
    assert.deepEqual([later.code, later.part], ['entry-differs', 'outcome'])
  })

  it('is refused with another signature over the same command', () => {
    const [one] = given.command.signatures as { keyid: string; sig: string }[]
    const sig = `${one!.sig[0] === 'A' ? 'B' : 'A'}${one!.sig.slice(1)}`
    const found = changed(i, (entry) => ({ ...entry, command: { ...entry.command, signatures: [{ ...one, sig }] } }))
    assert.deepEqual([found.code, found.given], ['entry-not-admissible', 'signature-invalid'])
  })

  it('is refused with the key of another under it', () => {
    const [one] = given.command.signatures as { keyid: string; sig: string }[]
    const { keyid } = (read(0).command.signatures as { keyid: string }[])[0]!
    const found = changed(i, (entry) => ({ ...entry, command: { ...entry.command, signatures: [{ ...one, keyid }] } }))
    assert.deepEqual([found.code, found.given], ['entry-not-admissible', 'key-of-another'])
  })
})

describe('any single character of any entry', () => {
  it('cannot be changed: the entry is refused, or what follows it is', () => {
    const characters = fc.oneof(
      fc.constantFrom(...Array.from('0123456789abcdefAZ"{}[],:.-\\ \n')),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    )
    let accepted = 0
    fc.assert(
      fc.property(
        fc.nat({ max: texts.length - 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        characters,
        (i, where, character) => {
          const text = texts[i]!
          const at = Math.min(text.length - 1, Math.floor(where * text.length))
          const other = text.slice(0, at) + character + text.slice(at + 1)
          if (other === text) return
          const state = copyOf(before[i]!)
          const replayed = replayEntry(state, other)
          if (!replayed.ok) return
          // The time of a refusal stands in no record, so another one gives another entry that holds. It has another
          // hash: the next entry does not follow it, and where there is none the head is not the one that was signed.
          accepted += 1
          assert.equal(replayed.value.outcome, 'withheld')
          const next = texts[i + 1]
          const head = before[i + 1]?.books.head ?? bench.state.books.head
          assert.notEqual(state.books.head, head)
          if (next !== undefined) {
            const after = replayEntry(state, next)
            assert.ok(!after.ok && after.error.part === 'previous', JSON.stringify(after))
          }
        },
      ),
      { seed: 2026, numRuns: 1500 },
    )
    assert.ok(accepted < 20)
  })

  it('cannot be left out or put in', () => {
    fc.assert(
      fc.property(fc.nat({ max: texts.length - 1 }), fc.nat({ max: 100_000 }), fc.boolean(), (i, where, add) => {
        const text = texts[i]!
        const at = where % text.length
        const other = add ? text.slice(0, at) + text[at]! + text.slice(at) : text.slice(0, at) + text.slice(at + 1)
        assert.ok(!replayEntry(copyOf(before[i]!), other).ok)
      }),
      { seed: 2027, numRuns: 300 },
    )
  })

  it('can be anything at all without a fault: what is no entry is a value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        assert.ok(!replayEntry(copyOf(before[3]!), text).ok)
        assert.ok(!replayEntry(copyOf(before[3]!), `{"command":${text}"}]},"events":[],"recorded_at":"2026`).ok)
      }),
      { seed: 2028, numRuns: 300 },
    )
  })
})
