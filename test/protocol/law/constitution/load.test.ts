import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { encode, type Json } from '../../../../protocol/wire/canonical-json.ts'
import { digest } from '../../../../protocol/wire/sha256.ts'
import { canonicalConstitution, canonicalTexts } from '../../../../protocol/law/constitution/canonical-constitution.ts'
import { checkConstitution, loadConstitution } from '../../../../protocol/law/constitution/load.ts'
import { isFresh } from '../../../../scripts/generate-constitution.ts'
import { changed, changedTexts, named, textsOf } from '../../../support/constitution-documents.ts'

const config = (name: string): string => readFileSync(new URL(`../../../../config/${name}`, import.meta.url), 'utf8')

const files = () => ({
  params: config('constitutional_params.json'),
  policy: config('runtime_policy.json'),
  genome: config('genome.json'),
  texts: {},
})

const hashOf = (texts: Parameters<typeof loadConstitution>[0]) => {
  const loaded = loadConstitution(texts)
  assert.ok(loaded.ok)
  return loaded.value.hash
}

const codesOf = (texts: Parameters<typeof loadConstitution>[0]) => {
  const loaded = loadConstitution(texts)
  return loaded.ok ? [] : named(loaded.error)
}

describe('loading a constitution', () => {
  test('the files of the repository are a constitution without findings', () => {
    assert.deepEqual(checkConstitution(files()), [])
  })

  test('the constant in the protocol is the one that the files give', async () => {
    assert.ok(await isFresh(), 'run node scripts/generate-constitution.ts')
  })

  test('files, canonical texts and key order give one hash: SHA-256 of the JCS form of the four documents', () => {
    const { params, policy, genome } = changed()
    const reordered = Object.fromEntries(Object.entries(params as object).toReversed()) as Json
    const hash = digest(encode({ params, policy, genome, texts: {} }))
    assert.equal(hashOf(files()), hash)
    assert.equal(hashOf(canonicalTexts()), hash)
    assert.equal(hashOf(textsOf({ params: reordered, policy, genome })), hash)
    assert.equal(canonicalConstitution().hash, hash)
  })

  test('an edition, a text and the name of a text each change the hash', () => {
    const texts = { 'CONSTITUTION.md': 'No machine votes.' }
    const hashes = [
      hashOf(canonicalTexts()),
      hashOf(changedTexts(['params', '/version', '0.4'])),
      hashOf(changedTexts(['policy', '/updated_utc', '2026-02-13T23:00:01Z'])),
      hashOf(textsOf(changed(), texts)),
      hashOf(textsOf(changed(), { 'CONSTITUTION.txt': 'No machine votes.' })),
      hashOf(textsOf(changed(), { 'CONSTITUTION.md': 'No machine votes' })),
    ]
    assert.equal(new Set(hashes).size, hashes.length)
  })

  test('a document that is not strict JSON is one finding, and the others are still read', () => {
    const whole = canonicalTexts()
    const broken: readonly [text: string, code: string][] = [
      ['', 'json-malformed'],
      ['{"version":"0.3"', 'json-malformed'],
      [whole.params.replace('"w_Q":0.75', '"w_Q":NaN'), 'json-malformed'],
      [whole.params.replace('"w_Q":0.75', '"w_Q":0.75,"w_Q":0.75'), 'json-duplicate-key'],
      [whole.params.replace('"w_Q":0.75', '"w_Q":1e999'), 'json-number'],
      [`${'['.repeat(20)}${']'.repeat(20)}`, 'json-too-deep'],
      [`"${'x'.repeat(300_000)}"`, 'json-too-large'],
      ['"\\ud800"', 'json-surrogate'],
    ]
    for (const [params, code] of broken) {
      const loaded = loadConstitution({ ...whole, params, policy: '{}' })
      assert.ok(!loaded.ok)
      const [first, ...others] = loaded.error
      assert.deepEqual([first?.code, first?.document, first?.given], ['document-malformed', 'params', code], code)
      assert.ok(others.length > 0 && others.every(({ document }) => document === 'policy'))
    }
  })

  test('a document that is no object is one finding', () => {
    for (const genome of ['[]', 'null', '"genome"', '1']) {
      assert.deepEqual(codesOf({ ...canonicalTexts(), genome }), ['parameter-wrong-type '])
    }
  })

  test('a text has a plain name and something to read', () => {
    const refused = {
      '': 'a',
      '../x': 'a',
      'a b': 'a',
      empty: '',
      blank: '\u200b \n',
      lone: '\ud800',
      ['n'.repeat(65)]: 'a',
    }
    for (const [name, text] of Object.entries(refused)) {
      assert.deepEqual(codesOf({ ...canonicalTexts(), texts: { [name]: text } }), [`text-malformed /${name}`])
    }
    assert.deepEqual(codesOf({ ...canonicalTexts(), texts: { ['n'.repeat(64)]: 'a' } }), [])
  })

  test('the value is frozen all the way down, and the caller keeps its own texts', () => {
    const texts = { 'a.md': 'a' }
    const loaded = loadConstitution(textsOf(changed(), texts))
    assert.ok(loaded.ok)
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      assert.ok(Object.isFrozen(value))
      Object.values(value).forEach(walk)
    }
    walk(loaded.value)
    assert.ok(!Object.isFrozen(texts))
  })

  test('an amended value within its range loads, and is what the law reads', () => {
    const loaded = loadConstitution(changedTexts(['params', '/trust_floors/T_floor_H', 0.123456]))
    assert.ok(loaded.ok)
    assert.equal(loaded.value.trust.floor.human, 123_456)
  })
})
