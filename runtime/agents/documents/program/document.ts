/**
 * A Markdown text as repairs see it: its headings with their anchors, its links with the place of each destination, and
 * the other anchors it sets.
 *
 * Units: offsets in the text; lines count from 0.
 */
import { blocksOf, type Block } from './blocks.ts'
import { leadingDefinitions } from './definitions.ts'
import { anchorsIn } from './html.ts'
import { inlinesOf, type Inlines, type Link } from './inlines.ts'
import { lineAt, type Line } from './lines.ts'
import { contentOf, type Content } from './pieces.ts'
import { plainText } from './plain-text.ts'
import { slugger } from './slugs.ts'

export type Heading = {
  readonly level: number
  readonly text: string
  readonly slug: string
  readonly block: Block
  readonly content: Content
  readonly inlines: Inlines
}

/** Something that points elsewhere and may be repaired. */
export type Pointer = {
  readonly kind: 'link' | 'image' | 'definition'
  /** What it says: the text of a link, the label of a definition. */
  readonly says: () => string
  readonly start: number
  readonly end: number
  /** In `<…>`. */
  readonly bracketed: boolean
  readonly line: number
}

export type Paragraph = { readonly block: Block; readonly content: Content; readonly inlines: Inlines }

export type MarkdownDocument = {
  readonly text: string
  readonly lines: readonly Line[]
  readonly blocks: readonly Block[]
  readonly headings: readonly Heading[]
  readonly pointers: readonly Pointer[]
  readonly paragraphs: ReadonlyMap<Block, Paragraph>
  /** Everything that `#…` can name here. */
  readonly anchors: ReadonlySet<string>
}

export function readDocument(text: string): MarkdownDocument {
  const { lines, blocks } = blocksOf(text)
  const pointers: Pointer[] = []
  const labels = new Set<string>()
  const bodies = new Map<Block, Content>()

  for (const block of blocks) {
    if (block.kind !== 'paragraph' && block.kind !== 'heading') continue
    const whole = contentOf(text, block.pieces)
    if (block.kind === 'heading' || !whole.source.startsWith('[')) {
      bodies.set(block, whole)
      continue
    }
    const { definitions, rest } = leadingDefinitions(whole)
    for (const { label, destination } of definitions) {
      const start = whole.at(destination.start)
      const { bracketed } = destination
      const end = start + destination.end - destination.start
      pointers.push({ kind: 'definition', says: () => label, start, end, bracketed, line: lineAt(lines, start) })
      labels.add(label)
    }
    if (rest.length > 0) bodies.set(block, contentOf(text, rest))
  }

  const headings: Heading[] = []
  const paragraphs = new Map<Block, Paragraph>()
  const anchors = new Set<string>()
  const nextSlug = slugger()
  for (const block of blocks) {
    const content = bodies.get(block)
    if (content === undefined) {
      if (block.kind === 'html') for (const id of anchorsIn(contentOf(text, block.pieces).source)) anchors.add(id)
      continue
    }
    const inlines = inlinesOf(content.source, (label) => labels.has(label))
    for (const link of inlines.links) pointers.push(...pointerOf(link, content, inlines, lines))
    for (const token of inlines.tokens) {
      if (token.kind !== 'html') continue
      for (const id of anchorsIn(content.source.slice(token.start, token.end))) anchors.add(id)
    }
    if (block.kind === 'heading') {
      const said = plainText(content.source, inlines)
      headings.push({ level: block.level, text: said, slug: nextSlug(said), block, content, inlines })
    } else paragraphs.set(block, { block, content, inlines })
  }
  for (const heading of headings) anchors.add(heading.slug)
  return { text, lines, blocks, headings, pointers: byPlace(pointers), paragraphs, anchors }
}

function pointerOf(link: Link, content: Content, inlines: Inlines, lines: readonly Line[]): readonly Pointer[] {
  if (link.destination === undefined) return []
  const start = content.at(link.destination.start)
  const end = start + link.destination.end - link.destination.start
  const says = () => plainText(content.source, inlines, link.textStart, link.textEnd).trim()
  return [{ kind: link.kind, says, start, end, bracketed: link.destination.bracketed, line: lineAt(lines, start) }]
}

function byPlace(pointers: readonly Pointer[]): readonly Pointer[] {
  return pointers.toSorted((a, b) => a.start - b.start)
}
