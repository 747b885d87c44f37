/**
 * Nothing else moves trust (spec 4.1; I-01, I-03, I-08, D-01, D-02, D-06, D-12, D-14, M-01): no command grants or
 * transfers it, and over a whole ledger every movement has its event.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allCommandTypes } from '../../../../protocol/law/commands.ts'
import { emptyState } from '../../../../protocol/genesis.ts'
import { busy } from '../../../support/law/busy.ts'
import { replayEntry } from '../../../support/law/replayed.ts'

const bench = busy()

/** What may stand in an entry that changes somebody's trust. */
type Entry = {
  readonly events?: readonly {
    readonly event_type: string
    readonly subject: string
    readonly data: { readonly [name: string]: unknown }
  }[]
}

/** A shape with the names of its fields, however deep. */
function written(shape: unknown): string {
  return JSON.stringify(shape, (_, value: unknown) =>
    value instanceof Map ? (Object.fromEntries(value) as unknown) : value,
  )
}

describe('no command', () => {
  it('is about trust but the signature under a gain that waits', () => {
    const about = allCommandTypes()
      .map(({ type }) => type)
      .filter((type) => /trust|mint|grant|transfer|gift|delegate|sell|buy|stake|reward/.test(type))
    assert.deepEqual(about, ['trust.revalidate'])
  })

  it('has a field for an amount of trust', () => {
    const shapes = allCommandTypes().map(({ type, body }) => [type, written(body)] as const)
    assert.ok(
      shapes.some(([, text]) => text.includes('"wallet"')),
      'the fields are seen',
    )
    for (const [type, text] of shapes) {
      assert.doesNotMatch(text, /"(?:trust|amount|gain|score|weight)(?:_micro)?"/, type)
    }
  })
})

describe('over a whole ledger', () => {
  const state = emptyState()
  const held = { human: new Map<string, number>(), machine: new Map<string, number>() }
  let moved = 0

  it('every movement of trust has its event, whose figure it is, and keeps within floor and maximum', () => {
    for (const text of bench.texts) {
      const replayed = replayEntry(state, text)
      assert.ok(replayed.ok, JSON.stringify(replayed))
      const { events = [] } = JSON.parse(text) as Entry
      const settled = events.some(({ event_type }) => event_type === 'trust.settled')
      const { floor, max } = state.founded!.constitution.trust
      for (const kind of ['human', 'machine'] as const) {
        const { ids, columns } = state.trust[kind]
        ids.forEach((id, i) => {
          const before = held[kind].get(id)
          const now = columns.value[i]!
          held[kind].set(id, now)
          assert.ok(now >= floor[kind] && now <= max[kind], `${id} ${now}`)
          if (before === now) return
          moved += 1
          const own = events.filter(({ subject }) => subject === id)
          const last = own.findLast(({ event_type }) =>
            [
              'trust.changed',
              'trust.machine_recertified',
              'trust.machine_registered',
              'governance.human_attested',
            ].includes(event_type),
          )
          if (last === undefined) {
            assert.ok(settled && before !== undefined && now < before, `${id} moved without an event`)
            return
          }
          assert.equal(last.data.to ?? last.data.trust, now, id)
        })
      }
    }
    assert.ok(moved > 30, String(moved))
  })

  it('nobody is in both cohorts, and machines have none of the humans’', () => {
    const both = [...held.human.keys()].filter((id) => held.machine.has(id))
    assert.deepEqual(both, [])
    assert.deepEqual([...held.human.keys()].toSorted(), [...state.identities.humans.keys()].toSorted())
    assert.deepEqual([...held.machine.keys()].toSorted(), [...state.machines.keys()].toSorted())
  })

  it('a rise of trust names a proof that names what it rests on', () => {
    const all = bench.texts.flatMap((text) => (JSON.parse(text) as Entry).events ?? [])
    const rises = all.filter(
      ({ event_type, data }) => event_type === 'trust.changed' && (data.to as number) > (data.from as number),
    )
    assert.ok(rises.length > 0)
    for (const { subject, data } of rises) {
      assert.equal(data.cause, 'proof')
      const proof = all.find(
        (event) =>
          event.event_type === 'trust.proof_minted' && event.subject === subject && event.data.gain === data.gain,
      )
      assert.ok(proof !== undefined, subject)
      assert.ok((proof.data.reviews as unknown[]).length > 0)
      assert.equal(proof.data.gate, 'open')
    }
  })
})
