/**
 * The work of the month: an account book of a few lines, and a report of how many lines it has and what they add up
 * to. Small, but real: the inputs, the program and the report are stored, the declared command makes the report again,
 * and a reviewer adds up for themselves before they say what they think of it.
 */
import { encodeBytes } from '../../protocol/wire/canonical-json.ts'
import { utf8 } from '../../protocol/wire/bytes.ts'
import type { Chance } from './seed.ts'

export const BOOK = 'book.csv'
export const PROGRAM = 'total.mjs'
export const REPORT = 'report.json'
export const NOTES = 'notes.json'

export const COMMAND = ['node', PROGRAM] as const

/** What the command runs; it writes the report byte for byte as `reportOf` does. */
export const PROGRAM_BYTES = utf8(`import { readFileSync, writeFileSync } from 'node:fs'
const lines = readFileSync('${BOOK}', 'utf8').trim().split('\\n').slice(1)
const total = lines.reduce((sum, line) => sum + Number(line.split(',')[1]), 0)
writeFileSync('${REPORT}', JSON.stringify({ lines: lines.length, total }))
`)

export function bookOf(mission: string, chance: Chance): Uint8Array {
  const lines = Array.from({ length: 5 + chance.number(`${mission} lines`, 12) }, (_, i) => {
    return `${mission}-${i + 1},${chance.number(`${mission} line ${i}`, 100_000)}`
  })
  return utf8(`entry,amount\n${lines.join('\n')}\n`)
}

type Figures = { readonly lines: number; readonly total: number }

export function figuresOf(book: Uint8Array): Figures {
  const lines = Buffer.from(book).toString('utf8').trim().split('\n').slice(1)
  return { lines: lines.length, total: lines.reduce((sum, line) => sum + Number(line.split(',')[1]), 0) }
}

/** The report: true, or with a total that the book does not give. */
export function reportOf(book: Uint8Array, kind: 'true' | 'forged' | 'careless'): Uint8Array {
  const { lines, total } = figuresOf(book)
  const wrong = { true: 0, forged: 1_000_000, careless: 1 }[kind]
  return encodeBytes({ lines, total: total + wrong })
}

/** Whether somebody who adds up for themselves finds the same. */
export function holds(book: Uint8Array, report: Uint8Array): boolean {
  return Buffer.from(reportOf(book, 'true')).equals(Buffer.from(report))
}

/** How the worker came to it, for whoever wants to see. */
export function notesOf(mission: string, worker: string): Uint8Array {
  return encodeBytes({ mission, steps: ['read the book', 'added up its lines', 'wrote the report'], worker })
}

export type Product = { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }

/** What a constitutional mission prepares: the proposal's text, its diff and its threat impact. */
export function proposalOf(mission: string): readonly Product[] {
  const text = '# Longer windows\n\nA reviewer should have seventy-two hours to seal a review.\n'
  const diff = '-    "REVIEW_WINDOW_HOURS": 48,\n+    "REVIEW_WINDOW_HOURS": 72,\n'
  const impact = `# Threat impact of ${mission}\n\nA silent reviewer delays a mission by a day more.\n`
  return [
    { name: 'text.md', mediaType: 'text/markdown', bytes: utf8(text) },
    { name: 'diff.patch', mediaType: 'text/x-diff', bytes: utf8(diff) },
    { name: 'threat-impact.md', mediaType: 'text/markdown', bytes: utf8(impact) },
  ]
}
