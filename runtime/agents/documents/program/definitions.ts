/**
 * Link reference definitions at the beginning of a paragraph: `[label]: destination "title"`.
 *
 * Footnotes (`[^1]: text`) look the same and are not: their text is no destination.
 *
 * Source: CommonMark 0.31.2, section 4.7; GitHub's footnotes.
 */
import {
  normalLabel,
  readDestination,
  readLabel,
  readTitle,
  skipBlanks,
  skipSpace,
  type Destination,
} from './destination.ts'
import type { Content, Piece } from './pieces.ts'

export type Definition = { readonly label: string; readonly destination: Destination }

type Reading = { readonly definitions: readonly Definition[]; readonly rest: readonly Piece[]; readonly end: number }

/** The definitions, the lines that are left, and the position at which these begin. */
export function leadingDefinitions(content: Content): Reading {
  const { source, pieces } = content
  const definitions: Definition[] = []
  let end = 0
  while (source[end] === '[') {
    const found = readDefinition(source, end)
    if (found === undefined) break
    definitions.push(found.definition)
    end = found.next
  }
  let line = 0
  for (let i = 0; i < end; i++) if (source[i] === '\n') line++
  const rest = end >= source.length && end > 0 ? [] : pieces.slice(line)
  return { definitions, rest, end }
}

function readDefinition(source: string, from: number): { definition: Definition; next: number } | undefined {
  const afterLabel = readLabel(source, from)
  if (afterLabel === undefined || source[afterLabel] !== ':' || source[from + 1] === '^') return undefined
  const start = skipSpace(source, afterLabel + 1)
  const destination = readDestination(source, start)
  if (destination === undefined) return undefined
  if (destination.end === destination.start && !destination.bracketed) return undefined
  const next = behindTitle(source, destination.next) ?? lineEnd(source, destination.next)
  if (next === undefined) return undefined
  const label = normalLabel(source.slice(from + 1, afterLabel - 1))
  return { definition: { label, destination }, next }
}

/** A title needs white space before it and nothing behind it on its line. */
function behindTitle(source: string, from: number): number | undefined {
  const start = skipSpace(source, from)
  if (start === from) return undefined
  const end = readTitle(source, start)
  return end === undefined ? undefined : lineEnd(source, end)
}

/** Where the next line begins, if nothing but blanks is left on this one. */
function lineEnd(source: string, from: number): number | undefined {
  const at = skipBlanks(source, from)
  if (at >= source.length) return source.length
  return source[at] === '\n' ? at + 1 : undefined
}
