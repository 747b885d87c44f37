import assert from 'node:assert/strict'
import test from 'node:test'
import { isEligible, type Standing } from '../../../../protocol/wire/draw/eligibility.ts'

const TAU_VOTE = 700_000
const ana: Standing = { kind: 'human', verified: true, status: 'active', trust: TAU_VOTE }

test('a verified, active human may vote from the threshold on', () => {
  assert.equal(isEligible({ ...ana, trust: TAU_VOTE - 1 }, TAU_VOTE), false)
  assert.equal(isEligible(ana, TAU_VOTE), true)
  assert.equal(isEligible({ ...ana, trust: TAU_VOTE + 1 }, TAU_VOTE), true)
})

test('a machine, an unverified human and anyone not active may not, whatever their trust', () => {
  for (const change of [
    { kind: 'machine' as const },
    { verified: false },
    { status: 'suspended' },
    { status: 'quarantined' },
  ]) {
    assert.equal(isEligible({ ...ana, trust: 1_000_000, ...change }, TAU_VOTE), false)
  }
})
