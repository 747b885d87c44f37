/**
 * Repairs a Markdown document: its table of contents and its links into the tree around it. Nothing else is touched.
 *
 *     repairDocument(treeOf('docs/README.md', texts, listing))  →  { text, diff, report }
 *
 * Source: the acceptance criteria of documentation missions, as this agent reads them.
 */
import { refreshContents } from './contents.ts'
import { unifiedDiff } from './diff.ts'
import { readDocument, type Pointer } from './document.ts'
import { apply, type Edit } from './edits.ts'
import { checkLinks, type LinkCheck } from './links.ts'
import type { Tree } from './tree.ts'

/** What was found and done: counts are whole numbers, lines count from 1. */
export type Report = {
  readonly changed: boolean
  readonly contents: { readonly entries: number; readonly state: string }
  readonly document: string
  readonly encoding: 'utf-8' | 'unknown'
  readonly format: typeof REPORT_FORMAT
  readonly headings: number
  readonly links: {
    readonly correct: number
    readonly relative: number
    readonly repaired: Listed<LinkCheck['repaired'][number]>
    readonly unchecked: Listed<LinkCheck['unchecked'][number]>
    readonly unrepaired: Listed<LinkCheck['unrepaired'][number]>
  }
  readonly tree: 'complete' | 'partial'
}

/** `total` of them; the first are listed. */
type Listed<T> = { readonly first: readonly T[]; readonly total: number }

export type Repair = {
  readonly text: string
  readonly diff: string
  readonly report: Report
  readonly edits: readonly Edit[]
}

export const REPORT_FORMAT = 'urn:genesis:document-check:v1'

/** A report is for people to read: beyond this many of a kind it gives the number. */
const LISTED_MAX = 500

export function repairDocument(tree: Tree): Repair {
  const text = tree.contents.get(tree.document) ?? ''
  const document = readDocument(text)
  const contents = refreshContents(document)
  const isInContents = ({ start }: Pointer) => {
    if (contents.lines === undefined || contents.edit === undefined) return false
    const { first, last } = contents.lines
    return start >= document.lines[first]!.start && start < document.lines[last]!.next
  }
  const links = checkLinks(document, tree, isInContents)
  const edits = [...(contents.edit === undefined ? [] : [contents.edit]), ...links.edits]
  const repaired = apply(text, edits)
  const report: Report = {
    changed: repaired !== text,
    contents: { entries: contents.entries, state: contents.state },
    document: tree.document,
    encoding: 'utf-8',
    format: REPORT_FORMAT,
    headings: document.headings.length,
    links: {
      correct: links.correct,
      relative: links.relative,
      repaired: listed(links.repaired),
      unchecked: listed(links.unchecked),
      unrepaired: listed(links.unrepaired),
    },
    tree: tree.isComplete ? 'complete' : 'partial',
  }
  return { text: repaired, diff: unifiedDiff(tree.document, text, edits), report, edits }
}

/** A document whose bytes are no UTF-8 text is left as it is, and that is said. */
export function leaveAlone(document: string): Report {
  const none = { first: [], total: 0 }
  return {
    changed: false,
    contents: { entries: 0, state: 'absent' },
    document,
    encoding: 'unknown',
    format: REPORT_FORMAT,
    headings: 0,
    links: { correct: 0, relative: 0, repaired: none, unchecked: none, unrepaired: none },
    tree: 'partial',
  }
}

function listed<T>(items: readonly T[]): Listed<T> {
  return { first: items.slice(0, LISTED_MAX), total: items.length }
}
