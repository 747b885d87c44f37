/**
 * The shared vectors of configuration mutations, each against the loader.
 *
 * K1 decides the section `harmless`: only `version`, `updated_utc` and key order are free, so its stricter values
 * are refused too, by the pin alone and by no rule.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Json } from '../../../../protocol/wire/canonical-json.ts'
import { checkConstitution, loadConstitution } from '../../../../protocol/law/constitution/load.ts'
import { changedTexts, type Change, type Operation } from '../../../support/constitution-documents.ts'

type Mutation = { readonly file: string; readonly pointer: string; readonly op: Operation; readonly value?: Json }

type Case = {
  readonly label: string
  readonly mutations: readonly Mutation[]
  readonly must_reject: boolean
  readonly invariant?: number
}

type Vectors = { readonly sections: readonly { readonly name: string; readonly cases: readonly Case[] }[] }

const FILES: { readonly [file: string]: Change[0] } = {
  'constitutional_params.json': 'params',
  'runtime_policy.json': 'policy',
}

const { sections } = JSON.parse(
  readFileSync(new URL('../../../vectors/config_mutations.json', import.meta.url), 'utf8'),
) as Vectors

function changesOf({ mutations }: Case): readonly Change[] {
  return mutations.map(({ file, pointer, op, value }) => {
    const document = FILES[file]
    if (document === undefined) throw new Error(`unknown file ${file}`)
    return [document, pointer, value, op]
  })
}

function section(name: string): readonly Case[] {
  const found = sections.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no section ${name}`)
  return found.cases
}

describe('configuration mutations of the shared vectors', () => {
  test('the vectors have the sections that are judged here and no other', () => {
    assert.deepEqual(
      sections.map(({ name, cases }) => [name, cases.length]),
      [
        ['unmutated', 1],
        ['checks', 75],
        ['missing_section', 9],
        ['invariants', 22],
        ['extra_weakenings', 18],
        ['harmless', 3],
      ],
    )
  })

  test('the unmutated pair has no finding', () => {
    for (const one of section('unmutated')) assert.deepEqual(checkConstitution(changedTexts(...changesOf(one))), [])
  })

  for (const name of ['checks', 'missing_section', 'invariants', 'extra_weakenings']) {
    test(`every mutation of ${name} is refused`, () => {
      for (const one of section(name)) {
        assert.equal(one.must_reject, true)
        assert.notDeepEqual(checkConstitution(changedTexts(...changesOf(one))), [], one.label)
      }
    })
  }

  test('the sections checks and missing_section fall by range or rule, not by the pin alone', () => {
    for (const one of [...section('checks'), ...section('missing_section')]) {
      assert.equal(loadConstitution(changedTexts(...changesOf(one))).ok, false, one.label)
    }
  })

  test('a mutation that breaks an invariant is reported with that invariant', () => {
    for (const one of section('invariants')) {
      const id = `I-${String(one.invariant).padStart(2, '0')}`
      const reported = checkConstitution(changedTexts(...changesOf(one))).flatMap(({ invariants }) => invariants)
      assert.ok(
        reported.some((invariant) => invariant === id),
        `${one.label}: ${id} not in ${reported.join(' ')}`,
      )
    }
  })

  test('a new edition is harmless; a stricter value is allowed by the rules and refused by the pin', () => {
    const [edition, ...stricter] = section('harmless')
    assert.ok(edition)
    assert.deepEqual(checkConstitution(changedTexts(...changesOf(edition))), [])
    for (const one of stricter) {
      const texts = changedTexts(...changesOf(one))
      assert.equal(loadConstitution(texts).ok, true, one.label)
      const codes = checkConstitution(texts).map(({ code }) => code)
      assert.deepEqual(new Set(codes), new Set(['value-not-pinned']), one.label)
    }
  })
})
