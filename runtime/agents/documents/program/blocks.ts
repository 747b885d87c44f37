/**
 * The blocks of a Markdown text: which lines are headings, paragraphs, definitions, and which are code or HTML that
 * nobody may read links into.
 *
 * Line by line, as the specification describes it: first the open containers (quotes, list items) are matched, then
 * new blocks may start, and what remains of the line is text. Only what repairs need is kept; code is recognised to be
 * left alone.
 *
 *     > - # Title      containers: quote, item; heading with its inline text at offset 6
 *
 * Units: offsets in the text. A block's `pieces` are the parts of its lines that are its content, without container
 * markers and indentation.
 * Source: CommonMark 0.31.2, appendix "A parsing strategy"; YAML front matter as GitHub reads it.
 */
import { TAG } from './html.ts'
import { linesOf, type Line } from './lines.ts'
import { contentOf, type Piece } from './pieces.ts'
import { leadingDefinitions } from './definitions.ts'

export type Container = {
  readonly kind: 'quote' | 'item'
  /** Items: column at which the item's content begins. */
  readonly indent: number
  /** Items: the marker as written, `-` or `12.`. */
  readonly marker: string
  readonly line: number
}

export type Block = {
  readonly kind: 'heading' | 'paragraph' | 'html' | 'code' | 'rule'
  /** Headings: 1 to 6. */
  readonly level: number
  readonly containers: readonly Container[]
  readonly firstLine: number
  lastLine: number
  readonly pieces: Piece[]
}

type Leaf =
  | { readonly kind: 'none' }
  | { readonly kind: 'paragraph'; readonly block: Block }
  | { readonly kind: 'indented'; readonly block: Block }
  | { readonly kind: 'fence'; readonly block: Block; readonly close: RegExp }
  | { readonly kind: 'html'; readonly block: Block; readonly close: RegExp | undefined }

/** What is nested deeper than this is nobody's prose: it is left alone, like code. */
const NESTING_MAX = 100

const NONE: Leaf = { kind: 'none' }

/** A place in a line: `column` counts tab stops of four. */
type Place = { offset: number; column: number }

export function blocksOf(text: string): { readonly lines: readonly Line[]; readonly blocks: readonly Block[] } {
  const lines = linesOf(text)
  const blocks: Block[] = []
  let containers: Container[] = []
  let leaf: Leaf = NONE
  /** An item that began with nothing behind its marker, and has had nothing since. */
  let emptyItem: Container | undefined

  for (let number = frontMatter(text, lines); number < lines.length; number++) readLine(number, lines[number]!)
  return { lines, blocks }

  function readLine(number: number, line: Line): void {
    const place: Place = { offset: line.start, column: 0 }
    const matched = matchContainers(line, place)
    const allMatched = matched === containers.length
    if (allMatched && continueOpaque(number, line, place)) return
    if (!allMatched && leaf.kind !== 'paragraph') leaf = NONE
    startBlocks(number, line, place, matched)
  }

  /** How many of the open containers the line continues. */
  function matchContainers(line: Line, place: Place): number {
    for (const [index, container] of containers.entries()) {
      const next = firstVisible(text, place, line.end)
      const blank = next.offset === line.end
      if (container.kind === 'quote') {
        if (next.column - place.column > 3 || text[next.offset] !== '>') return index
        Object.assign(place, behindQuote(next, line))
      } else if (blank) {
        if (container === emptyItem) return index
      } else {
        if (next.column - place.column < container.indent) return index
        advance(text, place, container.indent)
      }
    }
    return containers.length
  }

  function behindQuote(at: Place, line: Line): Place {
    const place = { offset: at.offset + 1, column: at.column + 1 }
    if (place.offset < line.end && isSpace(text[place.offset])) advance(text, place, 1)
    return place
  }

  /** Fences and HTML take their lines whole. True where the line was theirs. */
  function continueOpaque(number: number, line: Line, place: Place): boolean {
    if (leaf.kind === 'fence') {
      const next = firstVisible(text, place, line.end)
      leaf.block.lastLine = number
      const closes = next.column - place.column <= 3 && leaf.close.test(text.slice(next.offset, line.end))
      if (closes) leaf = NONE
      return true
    }
    if (leaf.kind === 'html') {
      const rest = text.slice(place.offset, line.end)
      const ends = leaf.close === undefined ? rest.trim() === '' : leaf.close.test(rest)
      if (leaf.close === undefined && ends) {
        leaf = NONE
        return false
      }
      leaf.block.lastLine = number
      leaf.block.pieces.push({ start: place.offset, end: line.end })
      if (ends) leaf = NONE
      return true
    }
    return false
  }

  function startBlocks(number: number, line: Line, place: Place, matched: number): void {
    let open = matched
    for (;;) {
      const inParagraph = leaf.kind === 'paragraph' && open === containers.length
      const lazy = leaf.kind === 'paragraph' && open < containers.length
      const next = firstVisible(text, place, line.end)
      const rest = text.slice(next.offset, line.end)
      if (rest === '') return readBlank(number, open)
      if (open >= NESTING_MAX) return void add(number, open, 'code', 0, [])
      if (next.column - place.column > 3) {
        if (leaf.kind === 'paragraph') return addText(number, next.offset, line.end)
        return addIndented(number, open)
      }
      if (rest.startsWith('>')) {
        openContainer({ kind: 'quote', indent: 0, marker: '>', line: number }, open)
        Object.assign(place, behindQuote(next, line))
        open = containers.length
        continue
      }
      const item = itemAt(rest, inParagraph)
      if (inParagraph && /^(?:=+|-+)[ \t]*$/.test(rest) && underline(number, rest.startsWith('=') ? 1 : 2)) return
      if (startLeaf(number, line, place, next, rest, open, inParagraph || lazy)) return
      if (item === undefined) {
        if (lazy) return addText(number, next.offset, line.end)
        return addParagraph(number, next.offset, line.end, open)
      }
      const container = openItem(number, line, place, next, item)
      openContainer(container, open)
      emptyItem = firstVisible(text, place, line.end).offset === line.end ? container : undefined
      open = containers.length
    }
  }

  /** Headings, rules, fences and HTML blocks. True where one began (or a rule, which is stronger than an item). */
  function startLeaf(
    number: number,
    line: Line,
    place: Place,
    next: Place,
    rest: string,
    open: number,
    afterParagraph: boolean,
  ): boolean {
    const level = /^#{1,6}(?=[ \t]|$)/.exec(rest)?.[0].length
    if (level !== undefined) {
      add(number, open, 'heading', level, [headingContent(text, next.offset + level, line.end)])
      return true
    }
    const fence = /^(`{3,})[^`]*$|^(~{3,})/.exec(rest)
    if (fence !== null) {
      const run = fence[1] ?? fence[2]!
      const block = add(number, open, 'code', 0, [])
      leaf = { kind: 'fence', block, close: new RegExp(`^\\${run[0]!}{${run.length},}[ \\t]*$`) }
      return true
    }
    const html = htmlStart(rest, afterParagraph)
    if (html !== undefined) {
      const block = add(number, open, 'html', 0, [{ start: place.offset, end: line.end }])
      if (html.close === undefined || !html.close.test(rest)) leaf = { kind: 'html', block, close: html.close }
      return true
    }
    if (/^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/.test(rest)) {
      add(number, open, 'rule', 0, [])
      return true
    }
    return false
  }

  function openItem(number: number, line: Line, place: Place, next: Place, marker: string): Container {
    const offset = next.column - place.column
    const behind = { offset: next.offset + marker.length, column: next.column + marker.length }
    const content = firstVisible(text, behind, line.end)
    const gap = content.column - behind.column
    const blank = content.offset === line.end
    const padding = blank || gap > 4 ? 1 : gap
    Object.assign(place, behind)
    if (!blank || gap > 0) advance(text, place, padding)
    return { kind: 'item', indent: offset + marker.length + padding, marker, line: number }
  }

  function openContainer(container: Container, open: number): void {
    close(open)
    containers.push(container)
  }

  /** Ends what the line does not continue. */
  function close(open: number): void {
    if (open < containers.length) containers = containers.slice(0, open)
    else containers = [...containers]
    leaf = NONE
    emptyItem = undefined
  }

  function add(number: number, open: number, kind: Block['kind'], level: number, pieces: Piece[]): Block {
    close(open)
    const block: Block = { kind, level, containers, firstLine: number, lastLine: number, pieces }
    blocks.push(block)
    return block
  }

  function readBlank(number: number, open: number): void {
    const inCode = leaf.kind === 'indented' && open === containers.length
    if (inCode) return
    const stillEmpty = emptyItem?.line === number ? emptyItem : undefined
    close(open)
    emptyItem = stillEmpty
  }

  function addIndented(number: number, open: number): void {
    if (leaf.kind === 'indented' && open === containers.length) {
      leaf.block.lastLine = number
      return
    }
    leaf = { kind: 'indented', block: add(number, open, 'code', 0, []) }
  }

  function addParagraph(number: number, start: number, end: number, open: number): void {
    if (leaf.kind === 'paragraph' && open === containers.length) return addText(number, start, end)
    leaf = {
      kind: 'paragraph',
      block: add(number, open, 'paragraph', 0, [{ start, end: trimmedEnd(text, start, end) }]),
    }
  }

  function addText(number: number, start: number, end: number): void {
    if (leaf.kind !== 'paragraph') return
    leaf.block.pieces.push({ start, end: trimmedEnd(text, start, end) })
    leaf.block.lastLine = number
  }

  /** The open paragraph, always the last block, turns out to be a heading, unless it is all definitions. */
  function underline(number: number, level: number): boolean {
    const block = blocks.at(-1)!
    const { definitions, rest } = leadingDefinitions(contentOf(text, block.pieces))
    if (rest.length === 0) return false
    blocks.pop()
    if (definitions.length > 0) blocks.push({ ...block, pieces: block.pieces.slice(0, -rest.length) })
    blocks.push({ ...block, kind: 'heading', level, lastLine: number, pieces: [...rest] })
    leaf = NONE
    return true
  }
}

/** A heading's content: what is left without the white space around it and a closing run of `#`. */
function headingContent(text: string, from: number, to: number): Piece {
  let start = from
  while (start < to && isSpace(text[start])) start++
  const end = trimmedEnd(text, start, to)
  let beforeRun = end
  while (beforeRun > start && text[beforeRun - 1] === '#') beforeRun--
  const isClosing = beforeRun < end && (beforeRun === start || isSpace(text[beforeRun - 1]))
  return { start, end: isClosing ? trimmedEnd(text, start, beforeRun) : end }
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && isSpace(text[at - 1])) at--
  return at
}

/** Number of lines of YAML front matter at the very beginning. */
function frontMatter(text: string, lines: readonly Line[]): number {
  const content = (line: Line | undefined) => (line === undefined ? '' : text.slice(line.start, line.end).trimEnd())
  if (content(lines[0]).replace(/^\ufeff/, '') !== '---') return 0
  if (!/^(?:#|[A-Za-z_][\w .-]*:(?:\s|$))/.test(content(lines[1]))) return 0
  const end = lines.findIndex((line, i) => i > 0 && content(line) === '---')
  return end < 0 ? 0 : end + 1
}

/** The list marker at the beginning, where an item may begin. */
function itemAt(rest: string, inParagraph: boolean): string | undefined {
  const found = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(rest)
  if (found === null) return undefined
  if (inParagraph) {
    const isEmpty = rest.slice(found[0].length).trim() === ''
    if (isEmpty || (found[1] !== undefined && Number(found[1]) !== 1)) return undefined
  }
  return found[0]
}

const RAW_TAGS = 'pre|script|style|textarea'
const BLOCK_TAGS =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul'

/** Start conditions 1 to 7 of HTML blocks, each with what ends it; undefined is a blank line. */
const HTML: readonly { readonly open: RegExp; readonly close: RegExp | undefined }[] = [
  { open: new RegExp(`^<(?:${RAW_TAGS})(?:\\s|>|$)`, 'i'), close: new RegExp(`</(?:${RAW_TAGS})>`, 'i') },
  { open: /^<!--/, close: /-->/ },
  { open: /^<[?]/, close: /[?]>/ },
  { open: /^<![A-Za-z]/, close: />/ },
  { open: /^<!\[CDATA\[/, close: /\]\]>/ },
  { open: new RegExp(`^</?(?:${BLOCK_TAGS})(?:\\s|/?>|$)`, 'i'), close: undefined },
]
const ANY_TAG_ALONE = new RegExp(`^${TAG}[ \\t]*$`)

function htmlStart(rest: string, afterParagraph: boolean): { readonly close: RegExp | undefined } | undefined {
  if (!rest.startsWith('<')) return undefined
  const found = HTML.find(({ open }) => open.test(rest))
  if (found !== undefined) return found
  return !afterParagraph && ANY_TAG_ALONE.test(rest) ? { close: undefined } : undefined
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function firstVisible(text: string, from: Place, end: number): Place {
  const place = { ...from }
  while (place.offset < end && isSpace(text[place.offset])) {
    place.column += text[place.offset] === '\t' ? 4 - (place.column % 4) : 1
    place.offset++
  }
  return place
}

/** Moves over `columns` of white space; a tab that reaches further is left, its column counted. */
function advance(text: string, place: Place, columns: number): void {
  const target = place.column + columns
  while (place.column < target && isSpace(text[place.offset])) {
    const width = text[place.offset] === '\t' ? 4 - (place.column % 4) : 1
    if (place.column + width > target) {
      place.column = target
      return
    }
    place.column += width
    place.offset++
  }
}
