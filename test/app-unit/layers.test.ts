/** The four layers: whose histories, what they say of the rules, and proofs that hold only for what was committed. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { complianceOf, partiesOf, RECORDED } from '../../app/features/layers/parties.ts'
import { prove } from '../../app/features/layers/proof.ts'
import { newestFirst } from '../../app/features/trust/movements.ts'
import { micro, signedMicro } from '../../app/format/number.ts'
import { eventIdsIn } from '../../app/format/event-ids.ts'
import { soonestFirst } from '../../app/features/duties/order.ts'
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import { recordTree } from '../../protocol/wire/record-tree.ts'
import { digest, digestOfHash } from '../../protocol/wire/sha256.ts'
import { t } from '../../app/text/text.ts'
import { mission } from './missions.ts'

function event(seq: number, type: string, subject: string): { readonly [key: string]: Json } {
  return {
    actor_id: 'worker-1',
    data: { note: seq },
    event_id: `${String(seq).padStart(12, '0')}-000`,
    event_timestamp: '2026-03-01T00:00:00.000Z',
    event_type: type,
    subject,
  }
}

function line(seq: number, ...events: readonly { readonly [key: string]: Json }[]): string {
  return encode({ command: {}, events, outcome: 'committed', recorded_at: '2026-03-01T00:00:00.000Z', seq })
}

const EVENTS = [1, 2, 3, 4, 5].map((seq) => event(seq, 'mission.evidence_attached', seq === 3 ? 'm-1' : 'm-2'))
const LINES = EVENTS.map((one, index) => line(index + 1, one))
const TREE = recordTree(EVENTS)
const RECORD = { mission_event_root: TREE.ok ? digestOfHash(TREE.value.root) : '', epoch_id: 'e' }
const EPOCH = { record: RECORD, commitment: digest(encode(RECORD)) }
const ofMission = (record: { readonly [key: string]: Json }) => record['subject'] === 'm-1'

describe('the proof of a record', () => {
  it('holds under the root that the commitment names', () => {
    const [found, ...others] = prove(LINES, EPOCH, ofMission)
    assert.equal(others.length, 0)
    assert.equal(found?.holds, true)
    assert.equal(found.seq, 3)
    assert.equal(found.size, 5)
    assert.equal(found.path.length, 3)
  })

  it('does not hold when one record of the epoch is another, is missing, or one is too many', () => {
    const other = LINES.with(4, line(5, event(5, 'mission.evidence_attached', 'm-3')))
    for (const lines of [other, LINES.slice(0, 4), [...LINES, line(6, event(6, 'mission.created', 'm-2'))]]) {
      assert.equal(prove(lines, EPOCH, ofMission)[0]?.holds, false)
    }
  })

  it('does not hold under a record that the commitment hash is not of', () => {
    assert.equal(prove(LINES, { ...EPOCH, commitment: digest('x') }, ofMission)[0]?.holds, false)
  })
})

describe('histories', () => {
  it('and records have words for each kind of record', () => {
    for (const type of RECORDED) assert.ok(Object.hasOwn(t.layers.events, type), type)
  })

  it('are of the workers and reviewers, each once', () => {
    const parties = partiesOf(mission)
    assert.deepEqual(parties, [...new Set(parties)])
    assert.ok(parties.includes('a') && parties.includes('b'))
  })

  it('count proofs, failures, and incidents that were not dismissed', () => {
    const movements = ['registered', 'proof', 'failure', 'proof'].map((cause, seq) => ({ seq, from: 0, to: 0, cause }))
    const trust = { actor: 'a', kind: 'machine', trust_micro: 0, cap_micro: 0, movements, suspended: [] }
    const incident = (accused: string | null, status: string) =>
      ({ accused, status }) as unknown as Parameters<typeof complianceOf>[1][number]
    const incidents = [
      incident('a', 'open'),
      incident('a', 'dismissed'),
      incident('b', 'upheld'),
      incident(null, 'open'),
    ]
    assert.deepEqual(complianceOf(trust, incidents), { proofs: 2, failures: 1, accused: 1 })
  })

  it('show what the hourly settlement took as a row of its own, the newest first', () => {
    const rows = newestFirst([
      { seq: 1, from: 0, to: 500_000, cause: 'registered' },
      { seq: 9, from: 490_000, to: 510_000, cause: 'proof' },
    ])
    assert.deepEqual(
      rows.map(({ from, to, cause }) => [from, to, cause]),
      [
        [490_000, 510_000, 'proof'],
        [500_000, 490_000, 'settled'],
        [0, 500_000, 'registered'],
      ],
    )
  })
})

describe('figures and lists', () => {
  it('of trust are exact', () => {
    assert.equal(micro(0), '0.00')
    assert.equal(micro(1), '0.000001')
    assert.equal(micro(512_345), '0.512345')
    assert.equal(micro(1_000_000), '1.00')
    assert.equal(micro(-20_000), '−0.02')
    assert.equal(signedMicro(20_000), '+0.02')
    assert.equal(signedMicro(-1), '−0.000001')
  })

  it('of facts take numbers of entries for their first event, each once', () => {
    assert.deepEqual(eventIdsIn('20, 000000000021-003 20'), ['000000000020-000', '000000000021-003'])
    assert.deepEqual(eventIdsIn('  '), [])
  })

  it('of duties begin with what ends soonest', () => {
    const duty = (title: string, until: string | null) => ({
      kind: 'incident',
      command: 'incident.resolve',
      subject: title,
      task: null,
      title,
      until,
    })
    const order = soonestFirst([
      duty('never', null),
      duty('late', '2026-03-02T00:00:00.000Z'),
      duty('soon', '2026-03-01T00:00:00.000Z'),
    ])
    assert.deepEqual(
      order.map(({ title }) => title),
      ['soon', 'late', 'never'],
    )
  })
})
