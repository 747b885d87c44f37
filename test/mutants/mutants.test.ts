/** The mutants: what breaks a guard, what is left alone, and that a broken guard is found by a test. */
import assert from 'node:assert/strict'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { after, describe, it } from 'node:test'
import { allCommandTypes } from '../../protocol/law/commands.ts'
import { allMutants, type Found } from '../../scripts/mutants/all.ts'
import { BY_HAND } from '../../scripts/mutants/by-hand/all.ts'
import { equivalence, EQUIVALENCES } from '../../scripts/mutants/equivalent.ts'
import { mutantsOf, mutated } from '../../scripts/mutants/mutants.ts'
import { testsOf } from '../../scripts/mutants/tests.ts'
import { someFails } from '../../scripts/mutants/try.ts'
import { workspace } from '../../scripts/mutants/workspace.ts'
import { ROOT } from '../../scripts/setup/places.mjs'

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

const all: readonly Found[] = allMutants()
const made = all.filter(({ kind }) => kind !== 'by-hand')

/** Whether some mutant is about this code; a name that the law makes up (`signed-by-the-${role}`) stands for all of them. */
function isConcerned(code: string): boolean {
  return all.some(({ about }) => {
    const parts = about.split(/\$\{[^}]*\}/).map((part) => part.replace(/[^a-z0-9-]/g, ''))
    return about !== '' && new RegExp(`^${parts.join('[a-z-]+')}$`).test(code)
  })
}

describe('the mutants of the law', () => {
  it('hold at least one for every constraint of every command, the wallet’s and the nonce’s among them', () => {
    const constraints = new Set(allCommandTypes().flatMap((type) => type.constraints.map(({ id }) => id)))
    assert.ok(constraints.size > 90)
    assert.deepEqual(
      [...constraints, 'nonce-is-new'].filter((id) => !isConcerned(id)),
      [],
    )
    const checks = globSync('protocol/law/**/*.ts', { cwd: ROOT }).flatMap(
      (file) => read(file).match(/^(?!.*readonly check).*\bcheck: /gm) ?? [],
    )
    assert.equal(made.filter(({ kind }) => kind === 'neutral').length, checks.length)
  })

  it('hold at least one for every refusal of the edge and of a founding', () => {
    const files = ['admission.ts', 'record.ts', 'founding/found.ts', 'mission/final-gate.ts', 'chamber/ballot.ts']
    const codes = files.flatMap((file) => [
      ...read(`protocol/law/${file}`).matchAll(/\b(?:refused|describe)\(\s*'([a-z-]+)'|^  if .*return '([a-z-]+)'/gm),
    ])
    const named = new Set(codes.map((code) => code[1] ?? code[2] ?? ''))
    assert.ok(named.size > 30)
    assert.deepEqual(
      [...named].filter((code) => !isConcerned(code)),
      [],
    )
  })

  it('are written by hand where no rule finds a guard: each with its guard, its source and one place to change', () => {
    for (const { file, guard, source, before, after } of BY_HAND) {
      assert.equal(read(file).split(before).length, 2, `${file}: ${guard}`)
      assert.notEqual(before, after)
      assert.match(source, /^(spec \d|reading [A-Z]\d)/)
      assert.ok(guard.length > 15, guard)
    }
    assert.throws(() => mutated('a a', { ...all.find(({ kind }) => kind === 'by-hand')!, before: 'a' }))
    assert.throws(() => mutated('b', { ...all.find(({ kind }) => kind === 'by-hand')!, before: 'a' }))
  })

  it('by hand are of every subject that rules do not see: bytes, replay, people, trust, windows', () => {
    const rooms = new Set(BY_HAND.map(({ file }) => file.split('/').slice(0, 3).join('/')))
    for (const room of ['processes', 'review', 'panel', 'trust', 'mission', 'machine', 'epoch', 'chain', 'appeal']) {
      assert.ok(rooms.has(`protocol/law/${room}`), room)
    }
    assert.ok(BY_HAND.some(({ file }) => file.startsWith('protocol/wire/')))
  })

  it('have names of their own', () => {
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  })

  it('are left out where nobody could see them: by a rule that holds for some, with its reason, and for few', () => {
    for (const { reason } of EQUIVALENCES) {
      assert.ok(
        all.some(({ equivalent }) => equivalent === reason),
        `no mutant is «${reason}» any more`,
      )
    }
    assert.ok(all.filter(({ equivalent }) => equivalent !== undefined).length < 20)
    const why = (line: string, ...following: readonly string[]) => {
      const [mutant] = mutantsOf('f.ts', line, true)
      return mutant && equivalence(mutant, [line, ...following].join('\n'))
    }
    const [choice, nothing, adding, bound, order, first, block] = EQUIVALENCES.map(({ reason }) => reason)
    assert.equal(why('const least = a < b ? a : b'), choice)
    assert.equal(why('return cap < BigInt(max) ? Number(cap) : max'), choice)
    assert.equal(why('return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b'), choice)
    assert.equal(why('const least = a < b ? a : c'), undefined)
    assert.equal(why('const same = a === b ? a : b'), undefined)
    assert.equal(why('return at <= from ? 0 : 2 * (at - from)'), nothing)
    assert.equal(why('if (to <= from) return 0', 'const product = rate * (to - from)'), nothing)
    assert.equal(why('if (to <= from) return 0', 'return 1'), undefined)
    assert.equal(why('if (days > paid) {', '  decay += (days - paid) * perDay'), adding)
    assert.equal(why('if (drift[i]! > old[i]!) decay += drifted(old[i]!, drift[i]!, rate)'), adding)
    assert.equal(why('if (days > paid) {', '  decay += 1'), undefined)
    assert.equal(why('if (after < least) after = least'), bound)
    assert.equal(why('if (after < least) after = 0'), undefined)
    assert.equal(why('list.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))'), order)
    assert.equal(why('return a < b ? -1 : 1'), undefined)
    assert.equal(why('  if (first === undefined) return {}'), first)
    assert.equal(why('  if (mission === undefined) return {}'), undefined)
    assert.equal(why('for (let from = 0; from < length; from += BLOCK) {'), block)
    assert.equal(why('for (let from = 0; from < length; from += 1) {'), undefined)
  })

  it('made by rules each change one line, and that line only', () => {
    for (const mutant of made) {
      const before = read(mutant.file).split('\n')
      const changed = mutated(read(mutant.file), mutant).split('\n')
      const differing = before.flatMap((line, i) => (line === changed[i] ? [] : [i + 1]))
      assert.deepEqual(differing, [mutant.line], mutant.id)
    }
  })

  it('neutralise a check, shut its branches and turn comparisons, in rules alone; words and types stay', () => {
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
    const branches = [
      '    if (a !== b) return { a }',
      '    if (late) {',
      '      return describe(',
      "        'too-late', { at })",
      '    }',
      '    if (!end.ok) return { end }',
      '    if (a) return undefined',
      "  if (one.depth > 3) return refused('too-deep')",
    ].join('\n')
    assert.deepEqual(
      mutantsOf('f.ts', branches, false).map(({ kind, line, about, after }) => [kind, line, about, after]),
      [
        ['branch', 1, '', '    if (false) return { a }'],
        ['branch', 2, 'too-late', '    if (false) {'],
        ['branch', 8, 'too-deep', "  if (false) return refused('too-deep')"],
      ],
    )
    assert.deepEqual(shown(true).slice(1), [
      ['edge', 2, '  check: (scene) => scene.at >= 5 ? {} : undefined,'],
      ['edge', 5, 'const few = count < 3 && name !== other'],
      ['opposite', 5, 'const few = count <= 3 && name === other'],
    ])
  })

  it('are asked of the tests of their subject first, and of tests that there are', () => {
    for (const mutant of all) {
      const tests = testsOf(mutant).flat()
      assert.equal(new Set(tests).size, tests.length, mutant.id)
      assert.ok(tests.length > 60, mutant.id)
    }
    const [first, named, own] = testsOf({ file: 'protocol/law/review/types.ts', about: 'signer-holds-a-seat' })
    assert.ok(first?.includes('test/protocol/law/review/seals.test.ts'))
    assert.ok(named?.includes('test/protocol/law/panel/adjudication.test.ts'))
    assert.ok(own?.includes('test/protocol/law/review/transcript.test.ts'))
    for (const test of testsOf({ file: 'protocol/wire/dsse.ts', about: '' }).flat()) {
      assert.ok(existsSync(join(ROOT, test)), test)
    }
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
