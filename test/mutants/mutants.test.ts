/** The mutants: what breaks a guard, what is left alone, and that a broken guard is found by a test. */
import assert from 'node:assert/strict'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { after, describe, it } from 'node:test'
import { allCommandTypes } from '../../protocol/law/commands.ts'
import { EQUIVALENT } from '../../scripts/mutants/equivalent.ts'
import { isLaw, mutantsOf, mutated, RULE_FILES, type Mutant } from '../../scripts/mutants/mutants.ts'
import { testsOf } from '../../scripts/mutants/tests.ts'
import { someFails } from '../../scripts/mutants/try.ts'
import { workspace } from '../../scripts/mutants/workspace.ts'
import { ROOT } from '../../scripts/setup/places.mjs'

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

const all: readonly Mutant[] = globSync('protocol/law/**/*.ts', { cwd: ROOT })
  .filter(isLaw)
  .flatMap((file) =>
    mutantsOf(
      file,
      read(file),
      RULE_FILES.some((pattern) => pattern.test(file)),
    ),
  )

describe('the mutants of the law', () => {
  it('hold at least one for every constraint of the command table', () => {
    const source = globSync('protocol/law/**/*.ts', { cwd: ROOT })
      .map((file) => read(file))
      .join('\n')
    const checks = source.match(/^(?!.*readonly check).*\bcheck: /gm) ?? []
    const neutral = all.filter(({ kind }) => kind === 'neutral')
    assert.equal(neutral.length, checks.length)
    const named = new Set(neutral.map(({ id }) => id.split(' ')[2]))
    const constraints = new Set(allCommandTypes().flatMap((type) => type.constraints.map(({ id }) => id)))
    // One guard under several names (`subject-is-…`) makes its names up; the count above has it.
    const without = [...constraints].filter((id) => !named.has(id) && source.includes(`id: '${id}'`))
    assert.deepEqual(without, [])
  })

  it('have names of their own, and every equivalent one is among them', () => {
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
    for (const [id, reason] of Object.entries(EQUIVALENT)) {
      assert.ok(
        all.some((mutant) => mutant.id === id),
        `${id} is no mutant any more`,
      )
      assert.ok(reason.length > 20, `${id} needs a reason`)
    }
  })

  it('each change one line, and that line only', () => {
    for (const mutant of all) {
      const before = read(mutant.file).split('\n')
      const changed = mutated(read(mutant.file), mutant).split('\n')
      const differing = before.flatMap((line, i) => (line === changed[i] ? [] : [i + 1]))
      assert.deepEqual(differing, [mutant.line], mutant.id)
    }
  })

  it('neutralise a check and turn comparisons, in rules alone; words and types stay', () => {
    const source = [
      "  id: 'a-guard',",
      '  check: (scene) => scene.at > 5 ? {} : undefined,',
      '  // a < b stays',
      'export type T = { readonly a: 1 } // x === y',
      'const few = count <= 3 && name !== other',
      '  readonly check: (scene: Scene) => Params',
    ].join('\n')
    const shown = (rules: boolean) =>
      mutantsOf('f.ts', source, rules).map(({ kind, line, after }) => [kind, line, after])
    assert.deepEqual(shown(false), [
      ['neutral', 2, '  check: () => undefined, wasCheck: (scene) => scene.at > 5 ? {} : undefined,'],
    ])
    assert.deepEqual(shown(true).slice(1), [
      ['edge', 2, '  check: (scene) => scene.at >= 5 ? {} : undefined,'],
      ['edge', 5, 'const few = count < 3 && name !== other'],
      ['opposite', 5, 'const few = count <= 3 && name === other'],
    ])
  })

  it('are asked of the tests of their subject first, and of tests that there are', () => {
    for (const file of new Set(all.map((mutant) => mutant.file))) {
      const groups = testsOf(file)
      assert.ok(groups.length >= 2, file)
      for (const test of groups.flat()) assert.ok(existsSync(join(ROOT, test)), test)
    }
    assert.ok(testsOf('protocol/law/review/tally.ts')[0]?.includes('test/protocol/law/review/conclusion.test.ts'))
  })
})

describe('a copy of the tree', () => {
  it('is changed without the tree’s own files', () => {
    const place = workspace(`test-${process.pid}`)
    try {
      const file = 'protocol/law/mission/final-gate.ts'
      const original = read(file)
      place.change(file, 'broken')
      assert.equal(readFileSync(join(place.folder, file), 'utf8'), 'broken')
      assert.equal(read(file), original)
      place.restore(file)
      assert.equal(readFileSync(join(place.folder, file), 'utf8'), original)
    } finally {
      place.remove()
    }
    assert.equal(existsSync(place.folder), false)
  })
})

describe('a run of tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-mutants-'))
  after(() => rmSync(folder, { recursive: true }))
  const written = (name: string, body: string): string => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), `import { test } from 'node:test'\n${body}\n`)
    return name
  }
  const later = Date.now() + 60_000

  it('kills where a test fails, where one throws, where a file does not load', async () => {
    const fails = written('fails.test.mjs', "test('a', () => { throw new Error('no') })")
    const broken = written('broken.test.mjs', "import './nowhere.mjs'")
    assert.equal(await someFails(folder, [fails], later), 'killed')
    assert.equal(await someFails(folder, [broken], later), 'killed')
  })

  it('passes where all pass, and says when its time is over', async () => {
    const passes = written('passes.test.mjs', "test('a', () => {})")
    const waits = written('waits.test.mjs', "test('a', () => new Promise((done) => setTimeout(done, 20_000)))")
    assert.equal(await someFails(folder, [passes], later), 'passes')
    assert.equal(await someFails(folder, [waits], Date.now() + 300), 'out-of-time')
  })
})
