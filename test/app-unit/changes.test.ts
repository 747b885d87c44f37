import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agreementOf } from '../../app/features/decision/agreement.ts'
import { changesBetween } from '../../app/features/decision/changes.ts'
import type { Mission } from '../../app/data/missions.ts'
import { DIGEST, gate, mission, review, seat } from './missions.ts'

const OTHER = `sha256:${'ee'.repeat(32)}`
const withGate = (more: Partial<typeof gate>): Mission => ({ ...mission, gate: { ...gate, ...more } })

describe('what changed about a mission', () => {
  it('is nothing while it stays what was read', () => {
    assert.deepEqual(changesBetween(mission, structuredClone(mission)), [])
  })

  it('is nothing when only its epoch has been committed, which no signature is about', () => {
    assert.deepEqual(changesBetween(withGate({ epoch_committed: false }), mission), [])
  })

  it('is named with what it was and what it is', () => {
    assert.deepEqual(changesBetween(mission, withGate({ mission_digest: OTHER })), [
      { what: 'mission_digest', before: DIGEST, after: OTHER },
    ])
    assert.deepEqual(changesBetween(mission, { ...mission, held: 'on holiday' }), [
      { what: 'held', before: '', after: 'on holiday' },
    ])
  })

  it('covers every fact that a decision is about', () => {
    const changed: readonly (readonly [string, Mission])[] = [
      ['state', { ...mission, state: 'Rejected' }],
      ['title', { ...mission, title: 'Another' }],
      ['owner', { ...mission, owner: 'ada' }],
      ['attempt', withGate({ attempt: 2 })],
      ['result', withGate({ summary: 'Total 43.' })],
      ['decide_by', withGate({ decide_by: '2026-03-11T00:00:00.000Z' })],
      ['text_approve', withGate({ texts: { ...gate.texts, approve: 'Other words.' } })],
      ['text_reject', withGate({ texts: { ...gate.texts, reject: 'Other words.' } })],
      ['output report.json', withGate({ outputs: [{ ...gate.outputs[0]!, digest: OTHER }] })],
    ]
    for (const [what, after] of changed) {
      assert.deepEqual(
        changesBetween(mission, after).map((change) => change.what),
        [what],
      )
    }
  })
})

describe('server and replay', () => {
  it('agree when they show the same mission', () => {
    assert.equal(agreementOf(mission, structuredClone(mission)), 'same')
  })

  it('are not compared before there is a replay', () => {
    assert.equal(agreementOf(mission, undefined), 'unknown')
  })

  it('differ by time when the mission has gone on', () => {
    assert.equal(agreementOf({ ...mission, revision: 23, title: 'Renamed' }, mission), 'behind')
    assert.equal(agreementOf(mission, null), 'behind')
  })

  it('differ in earnest when one revision is shown in two ways, be it in a single word of a review', () => {
    const [task] = mission.tasks
    assert.ok(task !== undefined)
    const kinder = { ...task, review: { ...review, seats: [seat('a'), seat('b', { region: 'NA' })] } }
    assert.equal(agreementOf({ ...mission, tasks: [kinder] }, mission), 'differs')
    assert.equal(agreementOf(withGate({ mission_digest: OTHER }), mission), 'differs')
  })
})
