/**
 * Finds the table of contents of a document: a list of nothing but links into the document itself.
 *
 *     ## Contents                     <!-- toc -->
 *
 *     - [Install](#install)           - [Install](#install)
 *       - [Linux](#linux)
 *                                     <!-- tocstop -->
 *
 * It stands between markers, or right below a heading that says so. A list with anything else in it is somebody's
 * prose and no table of contents.
 */
import type { Block, Container } from './blocks.ts'
import type { Heading, MarkdownDocument, Paragraph } from './document.ts'
import type { Link } from './inlines.ts'

export type Item = {
  readonly block: Block
  /** From 0. */
  readonly depth: number
  readonly marker: string
  /** Source of the link's text, and what the link points to without `#`. */
  readonly label: string
  readonly fragment: string
}

export type ContentsList = {
  /** First and last line of the list; absent where there are markers and nothing between them yet. */
  readonly lines: { readonly first: number; readonly last: number } | undefined
  /** With markers alone: what lies between them. */
  readonly gap: { readonly start: number; readonly end: number } | undefined
  readonly items: readonly Item[]
  /** The heading it stands under. */
  readonly heading: Heading | undefined
}

export type Found = ContentsList | 'absent' | 'mixed'

const OPENING =
  /^<!--\s*(?:toc\b(?!\s+(?:end|stop))[^>]*|start\s+doctoc\b.*|(?:begin|start)\s+toc|table[ -]of[ -]contents)\s*-->$/is
const CLOSING =
  /^<!--\s*(?:\/\s*toc|tocstop|toc\s+(?:end|stop)|end\s+doctoc\b.*|end\s+toc|\/\s*table[ -]of[ -]contents)\s*-->$/is
const TITLES = new Set(['contents', 'content', 'table of contents', 'toc', 'index', 'on this page', 'inhalt'])

export function findContents(document: MarkdownDocument): Found {
  return betweenMarkers(document) ?? belowHeading(document) ?? 'absent'
}

function betweenMarkers(document: MarkdownDocument): Found | undefined {
  const { blocks } = document
  const open = blocks.findIndex((block) => OPENING.test(htmlOf(document, block)))
  if (open < 0) return undefined
  const close = blocks.findIndex((block, i) => i > open && CLOSING.test(htmlOf(document, block)))
  if (close < 0) return undefined
  const inside = blocks.slice(open + 1, close)
  const start = inside.findIndex((block) => block.containers.length > 0)
  if (start >= 0) return listFrom(document, inside.slice(start), undefined)
  const onlyRemarks = inside.every((block) => block.kind === 'html')
  if (!onlyRemarks) return 'mixed'
  const { lines } = document
  const gap = { start: lines[blocks[close - 1]!.lastLine]!.next, end: lines[blocks[close]!.firstLine]!.start }
  return { lines: undefined, gap, items: [], heading: undefined }
}

function htmlOf(document: MarkdownDocument, block: Block): string {
  if (block.kind !== 'html' || block.containers.length > 0) return ''
  const last = block.pieces.at(-1)
  return last === undefined ? '' : document.text.slice(block.pieces[0]!.start, last.end).trim()
}

function belowHeading(document: MarkdownDocument): Found | undefined {
  const heading = document.headings.find((one) => isTitle(one) && one.block.containers.length === 0)
  if (heading === undefined) return undefined
  const at = document.blocks.indexOf(heading.block)
  const below = document.blocks.slice(at + 1)
  if (below[0] === undefined || below[0].containers.length === 0) return undefined
  return listFrom(document, below, heading)
}

function isTitle(heading: Heading): boolean {
  return TITLES.has(heading.text.trim().replace(/:$/, '').toLowerCase())
}

/** The list that begins with the first of the blocks. */
function listFrom(document: MarkdownDocument, blocks: readonly Block[], heading: Heading | undefined): Found {
  const end = blocks.findIndex((block) => block.containers.length === 0)
  const inList = end < 0 ? blocks : blocks.slice(0, end)
  const items: Item[] = []
  for (const block of inList) {
    const item = itemOf(document, block)
    if (item === undefined) return items.length === 0 && heading !== undefined ? 'absent' : 'mixed'
    items.push(item)
  }
  const [first] = items
  if (first === undefined) return 'mixed'
  const lines = { first: first.block.firstLine, last: inList.at(-1)!.lastLine }
  return { lines, gap: undefined, items, heading }
}

/** An item on one line of its own, whose whole content is one link to an anchor of this document. */
function itemOf(document: MarkdownDocument, block: Block): Item | undefined {
  const container = block.containers.at(-1)
  if (container === undefined || block.containers.some(({ kind }) => kind !== 'item')) return undefined
  if (block.firstLine !== block.lastLine || !startsItem(document, block, container)) return undefined
  const paragraph = document.paragraphs.get(block)
  const link = paragraph === undefined ? undefined : onlyLink(paragraph)
  if (paragraph === undefined || link?.destination === undefined) return undefined
  const { source } = paragraph.content
  const destination = source.slice(link.destination.start, link.destination.end)
  if (!destination.startsWith('#')) return undefined
  return {
    block,
    depth: block.containers.length - 1,
    marker: container.marker,
    label: source.slice(link.textStart, link.textEnd),
    fragment: destination.slice(1),
  }
}

/** Nothing but white space and the item's own marker stands before it on its line. */
function startsItem(document: MarkdownDocument, block: Block, container: Container): boolean {
  if (container.line !== block.firstLine) return false
  const line = document.lines[block.firstLine]!
  return document.text.slice(line.start, block.pieces[0]!.start).trim() === container.marker
}

function onlyLink(paragraph: Paragraph): Link | undefined {
  const outer = paragraph.inlines.links.filter(
    (link) => link.kind === 'link' && link.start === 0 && link.end === paragraph.content.source.length,
  )
  return outer.length === 1 ? outer[0] : undefined
}
