import assert from 'node:assert/strict'
import test from 'node:test'
import { knownFiles, run } from '../../../protocol/conformance/run.ts'
import { vectorFile } from '../../support/vectors.ts'

type Loose = { file: string; sections: { name: string; cases: Record<string, unknown>[] }[] }

const fileOf = (name: string): Loose => structuredClone(vectorFile(name)) as Loose

for (const name of knownFiles()) {
  test(`every case of ${name} agrees`, () => {
    const report = run(vectorFile(name.replace('.json', '')))
    assert.ok(report.ok)
    for (const section of report.value) {
      assert.deepEqual(section.firstFailure, undefined, section.name)
      assert.ok(section.passed > 0, section.name)
      assert.equal(section.failed, 0, section.name)
    }
  })
}

test('a case that the protocol answers otherwise is counted, and the first one is shown', () => {
  const file = fileOf('ed25519')
  const cases = file.sections[0]!.cases
  cases[3]!['accept'] = !cases[3]!['accept']
  cases[7]!['accept'] = !cases[7]!['accept']
  const report = run(file)
  assert.ok(report.ok)
  const [section] = report.value
  assert.equal(section!.passed, cases.length - 2)
  assert.equal(section!.failed, 2)
  assert.deepEqual(section!.firstFailure, {
    what: 'accept',
    expected: true,
    given: false,
    index: 3,
    label: cases[3]!['label'],
  })
})

test('a case that lacks a field has failed, it is not skipped', () => {
  const file = fileOf('merkle')
  const roots = file.sections.find(({ name }) => name === 'roots')!
  delete roots.cases[0]!['root']
  const report = run(file, { sections: ['roots'] })
  assert.ok(report.ok)
  assert.equal(report.value.length, 1)
  assert.equal(report.value[0]!.failed, 1)
  assert.equal(report.value[0]!.firstFailure!.what, 'thrown')
})

test('chosen sections run alone, in the order of the file', () => {
  const report = run(fileOf('jcs'), { sections: ['strings', 'rfc8785_samples'] })
  assert.ok(report.ok)
  assert.deepEqual(
    report.value.map(({ name }) => name),
    ['rfc8785_samples', 'strings'],
  )
})

test('what the runner does not know is an error, and nothing runs', () => {
  assert.deepEqual(run({ file: 'other.json', sections: [{ name: 'a', cases: [] }] }), {
    ok: false,
    error: { code: 'vectors-unknown-file', params: { file: 'other.json' } },
  })
  const file = fileOf('ed25519')
  file.sections.push({ name: 'later', cases: [{}] })
  assert.deepEqual(run(file), {
    ok: false,
    error: { code: 'vectors-unknown-section', params: { file: 'ed25519.json', section: 'later' } },
  })
  assert.ok(run(file, { sections: ['edge_cases'] }).ok)
  assert.deepEqual(run(file, { sections: ['absent'] }), {
    ok: false,
    error: { code: 'vectors-section-absent', params: { file: 'ed25519.json', section: 'absent' } },
  })
})

test('a section named like a property of every object is unknown', () => {
  const file = fileOf('ed25519')
  file.sections.push({ name: 'constructor', cases: [{}] })
  assert.deepEqual(run(file), {
    ok: false,
    error: { code: 'vectors-unknown-section', params: { file: 'ed25519.json', section: 'constructor' } },
  })
})

test('what is no vector file is malformed', () => {
  const broken: [unknown, string][] = [
    [null, '/file'],
    [[], '/file'],
    [{ sections: [] }, '/file'],
    [{ file: 'jcs.json' }, '/sections'],
    [{ file: 'jcs.json', sections: [] }, '/sections'],
    [{ file: 'jcs.json', sections: [{ name: 'a', cases: [] }, { name: 'b' }] }, '/sections/1'],
    [{ file: 'jcs.json', sections: [{ name: 'a', cases: [1] }] }, '/sections/0'],
  ]
  for (const [input, path] of broken) {
    assert.deepEqual(run(input), { ok: false, error: { code: 'vectors-malformed', path } })
  }
})
