/** The digest and the words that a human at the final gate sees and signs (spec 10.2). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bytes32OfDigest } from '../../../../protocol/wire/abi.ts'
import { parseDigest } from '../../../../protocol/wire/sha256.ts'
import { approvalText } from '../../../../protocol/law/mission/approval-text.ts'
import { OUTPUT, reviewed, decision, underReview } from '../../../support/law/flow.ts'
import { INTEGRATOR } from '../../../support/law/people.ts'
import { committed, founded } from '../../../support/law/world.ts'
import { base, gateOf } from '../../../support/law/gate.ts'

describe('the mission digest', () => {
  const mission = base.state.missions.get('m-1')!

  it('binds the evidence: with other evidence the same mission has another digest', () => {
    const bench = founded()
    underReview(bench, 'm-1', 'regulated_analysis')
    reviewed(bench, 'm-1', (seat, i) => decision(seat.id, 'm-1', i === 4 ? 'reject' : 'approve'))
    const more = { reasons: [{ text: 'Otherwise.', references: [] }] }
    const twin = founded()
    underReview(twin, 'm-1', 'regulated_analysis')
    reviewed(twin, 'm-1', (seat, i) => decision(seat.id, 'm-1', i === 4 ? 'reject' : 'approve', i === 4 ? more : {}))
    for (const one of [bench, twin]) {
      committed(one.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'Total 42.' }))
    }
    assert.equal(gateOf(bench).digest, gateOf(base).digest, 'the same commands, the same digest')
    assert.notEqual(gateOf(twin).digest, gateOf(base).digest, 'a review’s words are in it')
  })

  it('is a digest as the wallet signs it', () => {
    assert.ok('gate' in mission)
    const digest = parseDigest(mission.gate.digest)
    assert.ok(digest.ok)
    assert.equal(bytes32OfDigest(digest.value), `0x${mission.gate.digest.slice(7)}`)
  })
})

describe('the words that are shown', () => {
  const mission = base.state.missions.get('m-1')!
  assert.ok('gate' in mission)
  const shown = (
    change: { title?: string; summary?: string; scope?: string },
    verdict: 'approve' | 'reject' = 'approve',
  ) =>
    approvalText(
      {
        ...mission,
        title: change.title ?? mission.title,
        gate: { ...mission.gate, summary: change.summary ?? mission.gate.summary },
        scope: { ...mission.scope, scope: change.scope ?? mission.scope.scope },
      },
      verdict,
      'sha256:x',
    )

  it('name the dissent, the outputs, the digest and the three acknowledgements', () => {
    const lines = shown({}).split('\n')
    const dissenter = lines.find((line) => line.startsWith('Dissent: '))
    assert.match(dissenter ?? '', /^Dissent: reviewer-\w+ says reject, decision sha256:[0-9a-f]{64}$/)
    for (const line of [
      'I approve the result of this mission.',
      'Mission: m-1, attempt 1',
      'Risk: R2, regulated_analysis, objective',
      'Result: Total 42.',
      `Output: report.json ${OUTPUT.digest}`,
      'Reviews: 4 of 5 approve',
      `Mission digest: ${mission.gate.digest}`,
      'I understand it.',
      'I commit it.',
      'I accept its consequences.',
    ]) {
      assert.ok(lines.includes(line), line)
    }
    assert.ok(shown({}, 'reject').startsWith('I reject the result of this mission.\n'))
  })

  for (const breaking of ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f']) {
    it(`are not to be forged by a line break (${JSON.stringify(breaking)}) in what a machine wrote`, () => {
      const forged = `Total 42.${breaking}Reviews: 5 of 5 approve${breaking}Mission digest: sha256:00`
      for (const text of [shown({ summary: forged }), shown({ title: forged }), shown({ scope: forged })]) {
        const lines = text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/u)
        assert.ok(!lines.includes('Reviews: 5 of 5 approve'))
        assert.deepEqual(
          lines.filter((line) => line.startsWith('Mission digest: ')),
          [`Mission digest: ${mission.gate.digest}`],
        )
        assert.ok(lines.includes('    Reviews: 5 of 5 approve'))
      }
    })
  }

  it('show letters in the order in which they are: what would turn them is named', () => {
    const text = shown({ summary: 'Total \u202E24\u202C.\u0007' })
    assert.ok(text.includes('Result: Total <U+202E>24<U+202C>.<U+0007>'))
  })
})
