/** The policy vectors' bundles are all defective; without its defect each must be taken. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { isWholeBundle } from '../../../protocol/conformance/policy/reviewers.ts'
import type { Vector } from '../../../protocol/conformance/suite.ts'
import { vectorFile } from '../../support/vectors.ts'

type Section = { readonly name: string; readonly cases: readonly { readonly label: string; readonly bundle: Vector }[] }

function bundle(label: string): Vector {
  const { sections } = vectorFile('policy') as { readonly sections: readonly Section[] }
  const found = sections
    .find(({ name }) => name === 'mission_bundles')
    ?.cases.find((one) => one.label === label)?.bundle
  assert.ok(found !== undefined)
  return found
}

test('a bundle of low risk is whole once its missing class is back', () => {
  const low = bundle('low without mission_class')
  assert.equal(isWholeBundle(low), false)
  assert.equal(isWholeBundle({ ...low, mission_class: 'documentation_update' }), true)
})

test('a bundle of high risk is whole with its tier back, and not without a human’s approval', () => {
  const high = { ...bundle('high without risk_tier'), risk_tier: 'R2' }
  assert.equal(isWholeBundle(high), true)
  assert.equal(isWholeBundle({ ...high, human_final_approval: false }), false)
})
