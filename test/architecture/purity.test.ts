/**
 * The protocol gives the same answer to the same question, everywhere and for ever: it has no clock, no chance, no file,
 * no socket, no timer, no language of the machine.
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../../scripts/setup/places.mjs'
import { impurities, type Strictness } from './purity.ts'

const WIRE: Strictness = { packages: /^@noble\//, promises: 'allowed' }
const LAW: Strictness = { packages: /^$/, promises: 'refused' }
const ATTACKS: Strictness = { packages: /^$/, promises: 'allowed' }

/**
 * Names for engines of the host (a native hash, the browser's own cryptography) may promise, and an attack waits for the
 * system that it is tried on; the law never waits.
 */
const strictnessOf = (file: string) => {
  if (/^protocol[/\\]wire[/\\]/.test(file)) return WIRE
  return /^protocol[/\\]catalogue[/\\](?:attacks[/\\]|arena[/\\]|red-team\.ts)/.test(file) ? ATTACKS : LAW
}

/** Makes the JavaScript values that a vector file names, dates and maps too, to show that they are refused. */
const EXEMPT = new Set([join('protocol', 'conformance', 'native-value.ts')])

test('nothing in protocol/ depends on anything but its input', () => {
  const files = globSync('protocol/**/*.ts', { cwd: ROOT }).filter((file) => !EXEMPT.has(file))
  const found = files.flatMap((file) =>
    impurities(readFileSync(join(ROOT, file), 'utf8'), strictnessOf(file)).map(
      ({ line, what }) => `${file}:${line} ${what}`,
    ),
  )
  assert.deepEqual(found, [])
})

const refused: readonly (readonly [source: string, what: string])[] = [
  ['const now = Date.now()', 'Date'],
  ['const at = (when: Date) => when', 'Date'],
  ['const { now } = performance', 'performance'],
  ['const x = Math.random()', 'Math.random'],
  ["const x = Math['random']()", 'Math.random'],
  ['const key = "x"; const x = Math[key]()', 'Math.[…]'],
  ['const { random } = Math', 'Math as a value'],
  ['const x = Math.exp(1)', 'Math.exp'],
  ['crypto.getRandomValues(new Uint8Array(1))', 'crypto'],
  ['globalThis.fetch("")', 'globalThis'],
  ['const home = process.env', 'unknown global process'],
  ['const title = document.title', 'unknown global document'],
  ['setTimeout(() => {}, 1)', 'setTimeout'],
  ['const x = { Date }', 'Date'],
  ['const x = () => void console.log(1)', 'console'],
  ['const x = someNewGlobal', 'unknown global someNewGlobal'],
  ['const sorted = ["b", "a"].sort((a, b) => a.localeCompare(b))', '.localeCompare'],
  ['const x = (5).toLocaleString()', '.toLocaleString'],
  ["import { readFileSync } from 'node:fs'; readFileSync('')", 'imports node:fs'],
  ["import type { Hex } from 'viem'", 'imports viem'],
  ["export { z } from 'zod'", 'imports zod'],
  ["const x = import('./a.ts')", 'import()'],
  ['const x = import.meta.url', 'import.meta'],
  ['const f = async () => 1', 'async'],
  ['async function f() { return 1 }', 'async'],
  ['const f = (): Promise<void> => undefined as never', 'Promise'],
]

for (const [source, what] of refused) {
  test(`refused in the law: ${source}`, () => {
    assert.ok(impurities(source, LAW).some((impurity) => impurity.what === what))
  })
}

const allowed = [
  'const f = (process: string) => process',
  "export { a, b as c } from './a.ts'",
  'const x = (p: { Date: number }) => p.Date',
  'const x = Math.floor(7 / 2) + Math.max(1, 2)',
  "import { a, b as c } from './a.ts'; export const x = [a, c]",
  'export function f<T extends string>(x: readonly T[], { a, b: [c] = [1], ...rest }: Record<string, number[]>) { return [x, a, c, rest] }',
  'outer: for (const x of [1]) { try { if (x) continue outer } catch (error) { throw error } }',
  'const is = (x: unknown): x is string => typeof x === "string"',
  'export const of = (x: bigint) => BigInt.asUintN(64, x) as unknown as Uint8Array',
  'class Fault extends Error { readonly code: string; constructor(code: string) { super(code); this.code = code } }; throw new Fault("x")',
]

for (const source of allowed) {
  test(`allowed in the law: ${source}`, () => {
    assert.deepEqual(impurities(source, LAW), [])
  })
}
