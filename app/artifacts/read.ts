/** Bytes as something that can be shown. Pure. */
import { parseCsv, type Table } from './csv.ts'
import { parseDiff, type DiffLine } from './diff.ts'
import type { Kind } from './kind.ts'

export type Readable =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'diff'; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'opaque' }

export function readAs(kind: Kind, bytes: Uint8Array): Readable {
  if (kind === 'opaque') return { kind }
  const text = decoded(bytes)
  if (text === undefined) return { kind: 'opaque' }
  if (kind === 'json') return { kind, text: indented(text) }
  if (kind === 'table') return { kind, table: parseCsv(text) }
  if (kind === 'diff') return { kind, lines: parseDiff(text) }
  return { kind, text }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Broken JSON is shown as it is; numbers that JavaScript cannot hold must not be shown changed. */
function indented(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return canRoundTrip(text) ? JSON.stringify(value, null, 2) : text
  } catch {
    return text
  }
}

/** No number with so many digits that reading and writing it again could change it. */
function canRoundTrip(text: string): boolean {
  return !/-?\d[\d.eE+-]{15,}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
}
