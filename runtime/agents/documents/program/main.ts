/**
 * The program that the evidence of a documentation mission names: run again on the same inputs, it makes the same
 * outputs, byte for byte.
 *
 *     node repair-program/main.ts README.md repaired [files.txt]
 *
 *     README.md                the document; other files of the tree stand beside it under their paths
 *     files.txt                optional: the paths of all files there are, one a line
 *     repaired/README.md       the document, repaired
 *     repaired/changes.diff    what was changed; empty where nothing was
 *     repaired/check.json      the report
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { canonical } from './canonical.ts'
import { leaveAlone, repairDocument } from './repair.ts'
import { isMarkdown, treeOf } from './tree.ts'

const [name = '', output = '', listing] = process.argv.slice(2)
const bytes = readFileSync(name)
const text = textOf(bytes)

if (text === undefined) write(bytes, '', leaveAlone(name))
else {
  const contents = new Map([...supplied(), [name, text] as const])
  const { text: repaired, diff, report } = repairDocument(treeOf(name, contents, paths()))
  write(repaired, diff, report)
}

function write(document: string | Uint8Array, diff: string, report: unknown): void {
  mkdirSync(dirname(join(output, name)), { recursive: true })
  writeFileSync(join(output, name), document)
  writeFileSync(join(output, 'changes.diff'), diff)
  writeFileSync(join(output, 'check.json'), canonical(report))
}

/** The other files beside the document. Only Markdown is read: of the rest it matters that they are there. */
function supplied(): readonly (readonly [string, string])[] {
  const program = relative('.', import.meta.dirname)
  const entries = readdirSync('.', { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(relative('.', entry.parentPath), entry.name))
  return files.toSorted().flatMap((path) => {
    if (path === listing || path.startsWith(`${program}/`)) return []
    const content = isMarkdown(path) ? textOf(readFileSync(path)) : ''
    return content === undefined ? [] : [[path, content] as const]
  })
}

function paths(): readonly string[] | undefined {
  if (listing === undefined) return undefined
  const lines = (textOf(readFileSync(listing)) ?? '').split(/\r?\n/)
  return lines.map((line) => line.replace(/^\.\//, '')).filter((line) => line !== '')
}

/** Undefined where the bytes are no UTF-8. A byte-order mark is a character like others. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
