import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../../../protocol/wire/canonical-json.ts'
import { CANONICAL } from '../../../../protocol/law/constitution/canonical.ts'
import { canonicalConstitution } from '../../../../protocol/law/constitution/canonical-constitution.ts'
import { checkConstitution, loadConstitution } from '../../../../protocol/law/constitution/load.ts'
import { at } from '../../../../protocol/law/constitution/pointer.ts'
import { checkPinned, notPinned } from '../../../../protocol/law/constitution/pinned.ts'
import { CONFIG_DOCUMENTS, FREE_PATHS, PARAMETERS } from '../../../../protocol/law/constitution/schema/schema.ts'
import { changed, changedTexts, leaves, textsOf, type Change } from '../../../support/constitution-documents.ts'

const pinsOf = (...changes: Change[]) => {
  const loaded = loadConstitution(changedTexts(...changes))
  assert.ok(loaded.ok)
  return checkPinned(loaded.value)
}

/** The same value with the keys of every object turned round. */
function turned(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(turned)
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  )
}

describe('the canonical values are pinned (K1)', () => {
  test('the canonical constitution is pinned', () => {
    assert.deepEqual(checkPinned(canonicalConstitution()), [])
  })

  test('edition and key order are free', () => {
    const { params, policy, genome } = changed(
      ['params', '/version', '9.9'],
      ['params', '/updated_utc', '2031-01-01T00:00:00Z'],
      ['policy', '/version', '1.0.0'],
    )
    assert.deepEqual(
      checkConstitution(textsOf({ params: turned(params), policy: turned(policy), genome: turned(genome) })),
      [],
    )
  })

  test('an allowed but other value is refused with its place and both values', () => {
    assert.deepEqual(pinsOf(['params', '/commitment_tiers/C1_L1_anchor_interval_hours', 3]), [
      {
        code: 'value-not-pinned',
        document: 'params',
        path: '/commitment_tiers/C1_L1_anchor_interval_hours',
        given: 3,
        required: '= 6',
        invariants: [],
      },
    ])
  })

  test('the last place of a decimal counts', () => {
    assert.deepEqual(
      pinsOf(['params', '/trust_floors/T_floor_H', 0.100001]).map(({ path }) => path),
      ['/trust_floors/T_floor_H'],
    )
  })

  test('the order of a list is a value, not key order', () => {
    const path = '/reviewer_heterogeneity/valid_method_types'
    const list = at(CANONICAL.params, path) as readonly Json[]
    assert.deepEqual(
      pinsOf(['params', path, list.toReversed()]).map((finding) => finding.path),
      [`${path}/0`, `${path}/1`, `${path}/2`, `${path}/3`],
    )
  })

  test('every single other value of every document is refused at its place', () => {
    const places = CONFIG_DOCUMENTS.flatMap((document) =>
      [...leaves(CANONICAL[document])].map(([path, value]) => ({ document, path, value })),
    ).filter(({ path }) => !FREE_PATHS.includes(path))
    assert.ok(places.length > PARAMETERS.length - 4)
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), ({ document, path, value }, other) => {
        fc.pre(JSON.stringify(other) !== JSON.stringify(value))
        const [only, ...more] = notPinned(changed([document, path, other as Json]))
        assert.deepEqual(more, [])
        assert.deepEqual([only?.code, only?.document, only?.path], ['value-not-pinned', document, path])
        assert.equal(only?.required, `= ${JSON.stringify(value)}`)
      }),
      { seed: 15, numRuns: 1000 },
    )
  })

  test('what is added or left out is refused', () => {
    const added = notPinned(changed(['policy', '/mission_class_to_tier/constitutional_amendment', 'R0', 'add']))
    assert.deepEqual(
      added.map(({ path, required }) => [path, required]),
      [['/mission_class_to_tier/constitutional_amendment', 'absent']],
    )
    const removed = notPinned(changed(['params', '/key_management']))
    assert.deepEqual(removed, [
      {
        code: 'value-not-pinned',
        document: 'params',
        path: '/key_management',
        required: '= {"KEY_ROTATION_DAYS":90}',
        invariants: [],
      },
    ])
  })
})
