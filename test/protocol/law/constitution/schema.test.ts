import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../../../protocol/wire/canonical-json.ts'
import { CANONICAL } from '../../../../protocol/law/constitution/canonical.ts'
import { loadConstitution } from '../../../../protocol/law/constitution/load.ts'
import { at } from '../../../../protocol/law/constitution/pointer.ts'
import { judge, type Kind } from '../../../../protocol/law/constitution/schema/kind.ts'
import { CONFIG_DOCUMENTS, PARAMETERS, SECTIONS } from '../../../../protocol/law/constitution/schema/schema.ts'
import { changed, changedTexts, leaves, named, textsOf, type Change } from '../../../support/constitution-documents.ts'

const MILLIONTH = 0.000001

type Bounded = Extract<Kind, { type: 'decimal' | 'permille' | 'integer' }>

function isBounded(kind: Kind): kind is Bounded {
  return kind.type === 'decimal' || kind.type === 'permille' || kind.type === 'integer'
}

/** The finest step of a kind, and a sum that stays on its grid. */
function stepped(kind: Bounded, value: number, steps: number): number {
  if (kind.type === 'integer') return value + steps
  const grid = kind.type === 'decimal' ? MILLIONTH : 0.001
  return Math.round((value + steps * grid) * 1_000_000) / 1_000_000
}

const accepts = (kind: Kind, value: Json): boolean => judge(kind, value).ok

const findingsOf = (...changes: readonly Change[]): readonly string[] => {
  const loaded = loadConstitution(changedTexts(...changes))
  return loaded.ok ? [] : named(loaded.error)
}

describe('the schema of the parameters', () => {
  test('every value of the documents has an entry, and every entry a value', () => {
    for (const name of CONFIG_DOCUMENTS) {
      const lists = PARAMETERS.filter(({ document, kind }) => document === name && kind.unit === 'list').map(
        ({ path }) => path,
      )
      const placed = [...leaves(CANONICAL[name])].map(
        ([path]) => lists.find((list) => path.startsWith(`${list}/`)) ?? path,
      )
      const known = PARAMETERS.filter(({ document }) => document === name).map(({ path }) => path)
      assert.deepEqual([...new Set(placed)].sort(), known.sort())
    }
  })

  test('no place is described twice', () => {
    const places = [...PARAMETERS, ...SECTIONS].map(({ document, path }) => document + path)
    assert.equal(new Set(places).size, places.length)
  })

  test('every entry says in a sentence what it means and why its range is where it is', () => {
    for (const { path, meaning, why } of PARAMETERS) {
      assert.match(meaning, /^[A-Zθ].*\.$/, path)
      assert.match(why, /^[A-Z0-9θ].*\.$/, path)
    }
    for (const { path, meaning } of SECTIONS) assert.match(meaning, /^[A-Z].*\.$/, path)
  })

  test('every range holds its canonical value and is judged exactly at its bounds', () => {
    for (const { document, path, kind } of PARAMETERS) {
      const canonical = at(CANONICAL[document as keyof typeof CANONICAL], path)
      assert.ok(canonical !== undefined && accepts(kind, canonical), path)
      if (!isBounded(kind)) continue
      const { min, above, max, below } = kind
      const around = (bound: number) => [-1, 0, 1].map((steps) => accepts(kind, stepped(kind, bound, steps)))
      if (min !== undefined && min !== max) assert.deepEqual(around(min), [false, true, true], `${path} from ${min}`)
      if (above !== undefined) assert.deepEqual(around(above), [false, false, true], `${path} above ${above}`)
      if (max !== undefined && min !== max) assert.deepEqual(around(max), [true, true, false], `${path} to ${max}`)
      if (below !== undefined) assert.deepEqual(around(below), [true, false, false], `${path} below ${below}`)
    }
  })

  test('a value of another type is named at its place, whatever the parameter', () => {
    const ofTheSameType: { readonly [type in Kind['type']]: readonly string[] } = {
      decimal: ['number'],
      permille: ['number'],
      integer: ['number'],
      fixed: ['number', 'string', 'boolean'],
      flag: ['boolean'],
      'one-of': ['string'],
      members: [],
      pointers: [],
      text: ['string'],
    }
    const strangers: readonly Json[] = [
      null,
      true,
      '0.9',
      'NaN',
      '',
      0.5,
      {},
      { value: 1 },
      [1],
      [null],
      [['objective']],
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...PARAMETERS),
        fc.constantFrom(...strangers),
        ({ document, path, kind, invariants }, value) => {
          fc.pre(document !== 'texts' && !ofTheSameType[kind.type].includes(typeof value))
          const loaded = loadConstitution(changedTexts([document, path, value]))
          assert.ok(!loaded.ok)
          assert.deepEqual(named(loaded.error), [`parameter-wrong-type ${path}`])
          assert.deepEqual(loaded.error[0]?.given, value)
          assert.deepEqual(loaded.error[0]?.invariants, invariants)
        },
      ),
      { seed: 13, numRuns: 1500 },
    )
  })

  test('a fraction is not an integer, and a decimal finer than its unit is refused', () => {
    const bounded = PARAMETERS.filter(({ kind }) => isBounded(kind))
    for (const { document, path, kind } of bounded) {
      if (document === 'texts' || !isBounded(kind)) continue
      const value = at(CANONICAL[document], path) as number
      const low = kind.min ?? kind.above ?? 0
      const high = kind.max ?? kind.below ?? 1
      const inside = kind.type === 'integer' ? Math.min(value, high - 1) + 0.5 : (low + high) / 2 + 0.0000001
      const code = kind.type === 'integer' ? 'parameter-not-integer' : 'parameter-too-fine'
      assert.deepEqual(findingsOf([document, path, inside]), [`${code} ${path}`])
    }
  })

  test('a missing parameter is named, whichever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PARAMETERS), ({ document, path }) => {
        // Taking one item out of a list moves the others: lists are judged in their own test.
        fc.pre(document !== 'texts' && !/\/theta\/\d$/.test(path))
        assert.ok(findingsOf([document, path]).includes(`parameter-missing ${path}`))
      }),
      { seed: 14, numRuns: 400 },
    )
  })

  test('a key that no rule knows is named in every section', () => {
    for (const { document, path, list } of SECTIONS) {
      if (document === 'texts' || list === true) continue
      for (const key of ['extra', '__proto__', 'constructor', 'a/b', 'Version']) {
        const escaped = key.replace('/', '~1')
        const documents = changed()
        const section = path === '' ? documents[document] : at(documents[document], path)
        Object.defineProperty(section, key, { value: 1, enumerable: true })
        const loaded = loadConstitution(textsOf(documents))
        assert.deepEqual(loaded.ok ? [] : named(loaded.error), [`parameter-unknown ${path}/${escaped}`])
      }
    }
  })

  test('a missing section is one finding, with every invariant that its parameters guard', () => {
    const loaded = loadConstitution(changedTexts(['params', '/genesis']))
    assert.ok(!loaded.ok)
    assert.deepEqual(loaded.error, [
      {
        code: 'section-missing',
        document: 'params',
        path: '/genesis',
        required: 'present',
        invariants: ['I-06', 'I-09', 'I-10', 'I-11', 'I-12', 'I-13', 'I-14', 'I-15'],
      },
    ])
  })

  test('a section of another type is one finding', () => {
    for (const value of [null, [], 'R2', 5, true]) {
      assert.deepEqual(findingsOf(['policy', '/risk_tiers/R2', value]), ['parameter-wrong-type /risk_tiers/R2'])
    }
    assert.deepEqual(findingsOf(['genome', '/Λ-genome/modes', {}]), ['parameter-wrong-type /Λ-genome/modes'])
    assert.deepEqual(findingsOf(['genome', '/Λ-genome/modes/5', { name: 'rest' }, 'add']), [
      'parameter-unknown /Λ-genome/modes/5',
    ])
  })

  test('a closed list has each of its names once', () => {
    const path = '/reviewer_heterogeneity/valid_method_types'
    const refused = [
      [],
      ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic'],
      ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic', 'human_reviewer', 'llm_judge'],
      ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic', 'human_reviewer', 'human_reviewer'],
      ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic', 'rule_based_deterministic'],
      ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic', 'Human_reviewer'],
    ]
    for (const list of refused) assert.deepEqual(findingsOf(['params', path, list]), [`list-differs ${path}`])
  })

  test('entrenchment cannot be taken from the floor, from itself or from the committee threshold', () => {
    for (const index of [0, 1, 2]) {
      assert.deepEqual(findingsOf(['params', `/entrenched/provisions/${index}`]), [
        'list-differs /entrenched/provisions',
      ])
    }
    assert.deepEqual(findingsOf(['params', '/entrenched/not_amendable', []]), [
      'list-differs /entrenched/not_amendable',
    ])
    assert.deepEqual(findingsOf(['params', '/entrenched/provisions/-', '/trust_weights', 'add']), [])
  })
})
