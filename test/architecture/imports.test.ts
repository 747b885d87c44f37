/**
 * Each rule of .dependency-cruiser.mjs catches what it forbids and lets the neighbouring lawful import through. That the
 * project keeps the rules is the stage `imports` of `npm test`; a rule with a slip in its pattern would keep it green.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { ROOT } from '../../scripts/setup/places.mjs'
import { tool } from '../../scripts/test/tool.ts'

/** One import each: who imports, what, and which rule objects. Several rules may, as long as this one does. */
const forbidden: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['protocol/wire/a.ts', 'protocol/law/trust/rules.ts', 'wire-stands-alone'],
  ['protocol/wire/b.ts', 'viem', 'wire-stands-alone'],
  ['protocol/wire/c.ts', 'node:crypto', 'wire-stands-alone'],
  ['protocol/law/trust/a.ts', '@noble/hashes', 'law-needs-only-wire'],
  ['protocol/law/trust/b.ts', 'node:fs', 'law-needs-only-wire'],
  ['protocol/law/trust/c.ts', 'config/numbers.json', 'law-needs-only-wire'],
  ['protocol/law/trust/d.ts', 'runtime/ports/clock.ts', 'law-needs-only-wire'],
  ['protocol/law/trust/e.ts', 'protocol/law/review/rules.ts', 'law-subjects-apart'],
  ['protocol/genesis.ts', 'verifier/steps/a.ts', 'protocol-stands-alone'],
  ['protocol/conformance/a.ts', 'node:fs', 'protocol-stands-alone'],
  ['runtime/epochs/a.ts', 'runtime/ledger/writer.ts', 'rooms-show-a-face'],
  ['runtime/epochs/b.ts', 'runtime/ledger/stores/sqlite.ts', 'concrete-parts-in-main'],
  ['runtime/ledger/a.ts', 'runtime/ledger/stores/sqlite.ts', 'concrete-parts-in-main'],
  ['verifier/steps/b.ts', 'runtime/ports/clock.ts', 'verifier-without-runtime'],
  ['verifier/steps/c.ts', 'node:fs', 'verifier-core-anywhere'],
  ['app/data/a.ts', 'runtime/ports/clock.ts', 'app-without-runtime'],
  ['app/data/b.ts', 'node:path', 'app-without-node'],
  ['cli/a.ts', 'test/support/folder.ts', 'shipped-without-tests'],
  ['runtime/api/a.ts', 'test/support/folder.ts', 'shipped-without-tests'],
  ['cli/b.ts', 'nowhere/to/be/found.ts', 'resolvable'],
]

const allowed: readonly (readonly [from: string, to: string])[] = [
  ['protocol/wire/d.ts', '@noble/hashes'],
  ['protocol/law/trust/f.ts', 'protocol/wire/x.ts'],
  ['protocol/law/trust/g.ts', 'protocol/law/constraints/kernel.ts'],
  ['protocol/law/processes/a.ts', 'protocol/law/review/rules.ts'],
  ['runtime/epochs/c.ts', 'runtime/ledger/ledger.ts'],
  ['runtime/epochs/d.ts', 'runtime/ports/clock.ts'],
  ['runtime/main.ts', 'runtime/ledger/stores/sqlite.ts'],
  ['verifier/sources/directory.ts', 'node:fs'],
  ['verifier/steps/d.ts', 'protocol/law/review/rules.ts'],
  ['app/data/c.ts', 'verifier/steps/a.ts'],
  ['test/runtime/a.test.ts', 'runtime/ledger/stores/sqlite.ts'],
]

/** Files that are only imported. The face of a room, ports, a package. */
const targets = [
  'protocol/wire/x.ts',
  'protocol/law/trust/rules.ts',
  'protocol/law/review/rules.ts',
  'protocol/law/constraints/kernel.ts',
  'runtime/ports/clock.ts',
  'runtime/ledger/ledger.ts',
  'runtime/ledger/writer.ts',
  'runtime/ledger/stores/sqlite.ts',
  'verifier/steps/a.ts',
  'test/support/folder.ts',
]

/** Two files that import each other, once in values and once only in types. */
const circles = {
  'cli/circle/a.ts': "import './b.ts'\n",
  'cli/circle/b.ts': "import './a.ts'\n",
  'cli/types/a.ts': "import type { B } from './b.ts'\nexport type A = B | 1\n",
  'cli/types/b.ts': "import type { A } from './a.ts'\nexport type B = A | 2\n",
}

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }

const folder = mkdtempSync(join(tmpdir(), 'genesis-imports-'))
after(() => rmSync(folder, { recursive: true }))
const violations = cruise(build())

for (const [from, to, rule] of forbidden) {
  test(`${rule} refuses ${from} → ${to}`, () => {
    assert.ok(rulesAgainst(from).includes(rule), `only these object: ${rulesAgainst(from).join(', ') || 'none'}`)
  })
}

for (const [from, to] of allowed) {
  test(`nothing refuses ${from} → ${to}`, () => assert.deepEqual(rulesAgainst(from), []))
}

for (const kind of ['circle', 'types']) {
  test(`no-circles refuses a circle of ${kind === 'types' ? 'types alone' : 'values'}`, () => {
    assert.ok(rulesAgainst(`cli/${kind}/a.ts`).includes('no-circles'))
  })
}

function rulesAgainst(file: string): readonly string[] {
  return violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)
}

/** Writes a small project with exactly these imports; the imports are of types, which must count as much as values. */
function build(): readonly string[] {
  const files: Record<string, string> = { ...circles, 'config/numbers.json': '{}' }
  for (const target of targets) files[target] = 'export type Anything = 1\n'
  for (const [from, to] of [...forbidden, ...allowed]) {
    const up = '../'.repeat(from.split('/').length - 1)
    const isPackage = /^(node:|@|viem$)/.test(to)
    files[from] = `import type { Anything } from '${isPackage ? to : up + to}'\nexport type Mine = Anything\n`
  }
  for (const pkg of ['viem', '@noble/hashes']) {
    files[`node_modules/${pkg}/package.json`] = JSON.stringify({ name: pkg, type: 'module', exports: './index.js' })
    files[`node_modules/${pkg}/index.js`] = 'export {}\n'
  }
  files['package.json'] = JSON.stringify({ type: 'module', dependencies: { viem: '1.0.0', '@noble/hashes': '1.0.0' } })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return ['protocol', 'runtime', 'verifier', 'cli', 'app', 'test']
}

function cruise(roots: readonly string[]): readonly Violation[] {
  const config = join(ROOT, '.dependency-cruiser.mjs')
  const { program, args } = tool(
    'dependency-cruiser',
    ['--config', config, '--output-type', 'json', ...roots],
    'depcruise',
  )
  const output = execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return (JSON.parse(output) as { readonly summary: { readonly violations: readonly Violation[] } }).summary.violations
}
