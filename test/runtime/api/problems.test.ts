import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PROBLEMS, problemOf } from '../../../runtime/api/problems.ts'

test('every problem has a stable code, a status, a title, a meaning and something to do', () => {
  for (const [code, problem] of Object.entries(PROBLEMS)) {
    assert.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    assert.ok(problem.status >= 400 && problem.status < 600, code)
    assert.match(problem.title, /^[A-Z].*[^.]$/, code)
    assert.match(problem.meaning, /[.]$/, code)
    assert.match(problem.remedy, /[.]$/, code)
  }
})

test('names that every object has are no codes', () => {
  for (const code of ['constructor', '__proto__', 'toString']) assert.equal(problemOf(code), undefined)
})

test('every code of reading JSON, shapes, envelopes and commands, and of refusing them, has its words', () => {
  const protocol = new URL('../../../protocol/', import.meta.url)
  const wire = ['bytes', 'canonical-json', 'strict-json', 'shape', 'dsse', 'sha256', 'time', 'identifiers']
  const files = [...wire.map((file) => `wire/${file}.ts`), 'law/admission.ts', 'law/record.ts']
  let codes = 0
  for (const file of files) {
    const source = readFileSync(new URL(file, protocol), 'utf8')
    for (const [, code] of source.matchAll(/(?:malformed|describe|refused)\(\s*'([a-z0-9-]+)'/g)) {
      codes++
      assert.ok(problemOf(code!), `${file}: ${code}`)
    }
  }
  assert.ok(codes > 20, `${codes} codes found`)
})

test('every code that the relay, the desk and the artifact store answer with has its words', () => {
  const runtime = new URL('../../../runtime/', import.meta.url)
  for (const file of [
    'chain/relay.ts',
    'epochs/epochs.ts',
    'artifacts/stores/disk.ts',
    'api/parameters.ts',
    'api/body.ts',
  ]) {
    const source = readFileSync(new URL(file, runtime), 'utf8')
    const codes = [...source.matchAll(/(?:code: |\? cause\.code : |malformed\()\s*'([a-z0-9-]+)'/g)].map(
      ([, code]) => code!,
    )
    assert.ok(codes.length > 0, file)
    for (const code of codes) assert.ok(problemOf(code), `${file}: ${code}`)
  }
})
