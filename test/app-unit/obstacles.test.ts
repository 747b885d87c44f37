import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { obstaclesIn, type Situation } from '../../app/features/decision/obstacles.ts'
import { standingOf } from '../../app/features/queue/standing.ts'

const clear: Situation = {
  wallet: 'ready',
  verified: { kind: 'holds' },
  gateIsGenuine: true,
  agreement: 'same',
  action: { answer: 'needs-input', violations: [] },
  isDecidedKnown: true,
  rehearsal: { kind: 'holds' },
  foreseen: { kind: 'holds' },
  missing: [],
}

const violation = (constraint: string) => ({ constraint, level: 'operational', params: {} })
const kinds = (more: Partial<Situation>) => obstaclesIn({ ...clear, ...more }).map(({ kind }) => kind)

describe('the button', () => {
  it('opens when nothing stands in the way', () => {
    assert.deepEqual(kinds({}), [])
  })

  it('stays shut for each single thing, and names it', () => {
    const shut: readonly (readonly [string, Partial<Situation>])[] = [
      ['wallet', { wallet: 'none' }],
      ['wallet', { wallet: 'locked' }],
      ['network', { wallet: 'elsewhere' }],
      ['identity', { wallet: 'stranger' }],
      ['verify', { verified: { kind: 'not-yet' } }],
      ['step', { verified: { kind: 'fails', step: 'law' } }],
      ['foreign-gate', { gateIsGenuine: false }],
      ['verify', { agreement: 'unknown' }],
      ['verify-again', { agreement: 'behind' }],
      ['differs', { agreement: 'differs' }],
      ['blocked', { action: { answer: 'blocked', violations: [violation('mission-is-not-held')] } }],
      ['answer', { isDecidedKnown: false }],
      ['rehearsal', { rehearsal: { kind: 'unknown' } }],
      ['refused', { rehearsal: { kind: 'fails', code: 'gate-AlreadyDecided' } }],
      ['verify-again', { foreseen: { kind: 'fails', code: 'integration-is-committed' } }],
      ['missing', { missing: ['acknowledgements'] }],
    ]
    for (const [kind, more] of shut) assert.deepEqual(kinds(more), [kind], JSON.stringify(more))
  })

  it('names the step of the verification that is not green', () => {
    assert.deepEqual(obstaclesIn({ ...clear, verified: { kind: 'fails', step: 'certificates' } }), [
      { kind: 'step', step: 'certificates' },
    ])
  })

  it('says a reason once, though list of actions and replay both give it', () => {
    const action = { answer: 'blocked', violations: [violation('integration-is-committed')] } as const
    assert.deepEqual(kinds({ action, foreseen: { kind: 'fails', code: 'integration-is-committed' } }), ['blocked'])
  })
})

describe('the standing of a human', () => {
  it('comes from the list of actions alone', () => {
    assert.equal(standingOf({ answer: 'needs-input', violations: [] }), 'may')
    assert.equal(standingOf({ answer: 'allowed', violations: [] }), 'may')
    const blocked = (constraint: string) => standingOf({ answer: 'blocked', violations: [violation(constraint)] })
    assert.equal(blocked('approver-is-independent'), 'not-you')
    assert.equal(blocked('integration-is-committed'), 'not-yet')
  })
})
