/**
 * Brings a table of contents up to date: one entry per heading, in order, with the heading's anchor.
 *
 * What the author chose stays: the depth it goes to, markers and indentation, and the words of every entry whose anchor
 * is right. A list that says the right thing is not touched.
 */
import { findContents, type ContentsList, type Item } from './contents-list.ts'
import type { Heading, MarkdownDocument } from './document.ts'
import type { Edit } from './edits.ts'
import { usualEnding } from './lines.ts'
import { visibleRanges } from './plain-text.ts'

export type Contents = {
  readonly state: 'absent' | 'kept' | 'current' | 'regenerated'
  readonly entries: number
  readonly edit: Edit | undefined
  /** Lines of the list as it was found: its links are the list's own affair. */
  readonly lines: { readonly first: number; readonly last: number } | undefined
}

type Entry = { readonly heading: Heading; readonly depth: number }

export function refreshContents(document: MarkdownDocument): Contents {
  const found = findContents(document)
  if (found === 'absent') return { state: 'absent', entries: 0, edit: undefined, lines: undefined }
  if (found === 'mixed') return { state: 'kept', entries: 0, edit: undefined, lines: undefined }
  const entries = entriesFor(document, found)
  const state = { entries: entries.length, lines: found.lines }
  if (entries.length === 0) return { ...state, state: 'kept', edit: undefined, lines: undefined }
  if (says(found.items, entries)) return { ...state, state: 'current', edit: undefined }
  return { ...state, state: 'regenerated', edit: replaceList(document, found, entries) }
}

/** The headings below the list down to the author's depth, and any other that the list names. */
function entriesFor(document: MarkdownDocument, list: ContentsList): readonly Entry[] {
  const start = list.lines === undefined ? (list.gap?.start ?? 0) : document.lines[list.lines.last]!.end
  const slugs = new Set(document.headings.map((heading) => heading.slug))
  const fragments = new Set(list.items.map((item) => decoded(item.fragment).toLowerCase()))
  const astray = list.items.filter((item) => !slugs.has(decoded(item.fragment).toLowerCase()))
  const labels = new Set(astray.map((item) => item.label.trim()))
  const isNamed = (heading: Heading) => fragments.has(heading.slug) || labels.has(heading.content.source.trim())
  const isBelow = ({ block, text }: Heading) =>
    block.pieces[0]!.start >= start && block.containers.length === 0 && text.trim() !== ''
  const levels = chosenLevels(document.headings.filter(isNamed), document.headings.filter(isBelow), list)
  const isChosen = ({ level }: Heading) => level >= levels.first && level <= levels.last
  return withDepth(document.headings.filter((one) => isNamed(one) || (isBelow(one) && isChosen(one))))
}

function chosenLevels(named: readonly Heading[], below: readonly Heading[], list: ContentsList) {
  const first = (named.length > 0 ? named : below).reduce((least, { level }) => Math.min(least, level), 6)
  const depth = list.items.length === 0 ? 1 : list.items.reduce((most, item) => Math.max(most, item.depth), 0)
  return { first, last: named.reduce((most, { level }) => Math.max(most, level), first + depth) }
}

/** A heading stands one deeper than the nearest heading above it that is of a higher rank. */
function withDepth(headings: readonly Heading[]): readonly Entry[] {
  const open: number[] = []
  return headings.map((heading) => {
    while (open.length > 0 && open.at(-1)! >= heading.level) open.pop()
    open.push(heading.level)
    return { heading, depth: open.length - 1 }
  })
}

function says(items: readonly Item[], entries: readonly Entry[]): boolean {
  return (
    items.length === entries.length &&
    items.every((item, i) => decoded(item.fragment) === entries[i]!.heading.slug && item.depth === entries[i]!.depth)
  )
}

function replaceList(document: MarkdownDocument, list: ContentsList, entries: readonly Entry[]): Edit {
  const { text, lines } = document
  const ending = usualEnding(text, lines)
  const written = writeList(document, list, entries)
  if (list.lines === undefined) {
    return { start: 0, end: 0, ...list.gap, replacement: ['', ...written, ''].map((line) => line + ending).join('') }
  }
  return {
    start: lines[list.lines.first]!.start,
    end: lines[list.lines.last]!.end,
    replacement: written.join(ending),
  }
}

function writeList(document: MarkdownDocument, list: ContentsList, entries: readonly Entry[]): readonly string[] {
  const style = styleOf(document, list)
  const known = new Map(list.items.map((item) => [decoded(item.fragment), item]))
  const numbers: number[] = []
  const indents: string[] = []
  return entries.map(({ heading, depth }) => {
    numbers.length = depth + 1
    numbers[depth] = (numbers[depth] ?? 0) + 1
    const marker = style.marker(depth, numbers[depth])
    const indent = depth === 0 ? style.indent : (indents[depth - 1] ?? '')
    indents[depth] = indent + ' '.repeat(Math.max(style.step, marker.length + 1))
    const label = known.get(heading.slug)?.label ?? labelOf(heading)
    return `${indent}${marker}${style.gap}[${label}](#${heading.slug})`
  })
}

/** How the list is written now. */
function styleOf(document: MarkdownDocument, list: ContentsList) {
  const [first] = list.items
  const before = (item: Item) => {
    const start = document.lines[item.block.firstLine]!.start
    return document.text.slice(start, item.block.pieces[0]!.start)
  }
  const indentOf = (item: Item) => /^[ \t]*/.exec(before(item))![0]
  const indent = first === undefined ? '' : indentOf(first)
  const nested = list.items.find((item) => item.depth === 1)
  const step = nested === undefined ? 2 : Math.max(2, indentOf(nested).length - indent.length)
  const gap = first === undefined ? ' ' : /[ \t]*$/.exec(before(first))![0]
  const markers = [0, 1, 2, 3, 4, 5].map((depth) => {
    const deepest = list.items.filter((item) => item.depth <= depth).toSorted((a, b) => b.depth - a.depth)
    return list.items.find((item) => item.depth === depth)?.marker ?? deepest[0]?.marker ?? '-'
  })
  const numbered = list.items.map((item) => item.marker).filter((marker) => /^\d/.test(marker))
  const counts = numbered.some((marker) => Number.parseInt(marker, 10) > 1) || numbered.length === 1
  const marker = (depth: number, number: number): string => {
    const own = markers[depth] ?? '-'
    return /^\d/.test(own) ? `${counts ? number : 1}${own.slice(-1)}` : own
  }
  return { indent, step, gap: gap === '' ? ' ' : gap, marker }
}

/** A heading's words as the text of a link: no links, images or HTML inside, brackets escaped. */
function labelOf(heading: Heading): string {
  const { source } = heading.content
  const label = visibleRanges(heading.inlines, 0, source.length).map(({ token, start, end }) => {
    if (token.kind === 'html') return ''
    const written = source.slice(start, end)
    return token.kind === 'text' ? written.replace(/\\[\s\S]|[[\]]/g, escaped) : written
  })
  return label.join('').replace(/\s+/g, ' ').trim()
}

function escaped(found: string): string {
  return found.startsWith('\\') ? found : `\\${found}`
}

export function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
