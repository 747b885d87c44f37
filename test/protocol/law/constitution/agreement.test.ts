import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PAIRS } from '../../../../protocol/law/constitution/agreement.ts'
import { CANONICAL } from '../../../../protocol/law/constitution/canonical.ts'
import { loadConstitution } from '../../../../protocol/law/constitution/load.ts'
import { at } from '../../../../protocol/law/constitution/pointer.ts'
import { changedTexts } from '../../../support/constitution-documents.ts'

describe('the two files agree (K2)', () => {
  for (const [policy, params, ...invariants] of PAIRS) {
    const given = at(CANONICAL.policy, policy)

    test(`${policy} says what ${params} says`, () => {
      assert.deepEqual(given, at(CANONICAL.params, params))
    })

    if (typeof given !== 'number') continue
    test(`${policy} one step above ${params} is refused`, () => {
      const step = Number.isInteger(given) ? 1 : 0.001
      const loaded = loadConstitution(changedTexts(['policy', policy, given + step]))
      assert.ok(!loaded.ok)
      const found = loaded.error.filter(({ code }) => code === 'documents-disagree')
      assert.deepEqual(found, [
        {
          code: 'documents-disagree',
          document: 'policy',
          path: policy,
          given: given + step,
          required: `= params ${params} (${String(given)})`,
          invariants,
        },
      ])
    })
  }

  test('lists that hold the same names in another order disagree', () => {
    const loaded = loadConstitution(
      changedTexts(['policy', '/valid_domain_types', ['mixed', 'normative', 'objective']]),
    )
    assert.ok(!loaded.ok)
    assert.deepEqual(
      loaded.error.map(({ code }) => code),
      ['documents-disagree'],
    )
  })

  test('a value that is changed in both files is no disagreement', () => {
    const loaded = loadConstitution(
      changedTexts(
        ['policy', '/normative_resolution/panel_size', 5],
        ['params', '/normative_resolution/NORMATIVE_PANEL_SIZE', 5],
      ),
    )
    assert.ok(loaded.ok)
  })
})
