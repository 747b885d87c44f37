/**
 * What a heading says once it is drawn: no markup, no addresses, no images, characters instead of their names.
 *
 *     `genesis` _verify_ [step](#x) &amp; go   →   genesis verify step & go
 *
 * Source: CommonMark 0.31.2, sections 2.5 and 6.2. Of the named characters only those are known that a heading is
 * likely to have.
 */
import { isPunctuation } from './destination.ts'
import type { Inlines, Token } from './inlines.ts'

export function plainText(source: string, inlines: Inlines, from = 0, to = source.length): string {
  const parts: Part[] = []
  for (const { token, start, end } of visibleRanges(inlines, from, to)) {
    if (token.kind === 'text') addTextParts(parts, source, start, end)
    else parts.push(literal(opaqueText(source, token)))
  }
  takeEmphasisAway(parts)
  return parts.map((part) => part.text).join('')
}

export type Visible = { readonly token: Token; readonly start: number; readonly end: number }

/** What of the tokens is drawn: not the brackets and addresses of links, nothing of images. */
export function visibleRanges(inlines: Inlines, from: number, to: number): readonly Visible[] {
  const hidden = hiddenRanges(inlines, from, to)
  const visible: Visible[] = []
  let next = 0
  for (let i = firstEndingBehind(inlines.tokens, from); i < inlines.tokens.length; i++) {
    const token = inlines.tokens[i]!
    if (token.start >= to) break
    const end = Math.min(token.end, to)
    let at = Math.max(token.start, from)
    while (next < hidden.length && hidden[next]!.end <= at) next++
    for (let j = next; j < hidden.length && hidden[j]!.start < end; j++) {
      if (hidden[j]!.start > at) visible.push({ token, start: at, end: hidden[j]!.start })
      at = Math.max(at, hidden[j]!.end)
    }
    if (at < end) visible.push({ token, start: at, end })
  }
  return visible
}

/** Merged and in order. */
function hiddenRanges(inlines: Inlines, from: number, to: number): readonly { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = []
  for (let i = firstStartingAt(inlines.links, from); i < inlines.links.length; i++) {
    const link = inlines.links[i]!
    if (link.start >= to) break
    if (link.kind === 'image') ranges.push({ start: link.start, end: link.end })
    else ranges.push({ start: link.start, end: link.textStart }, { start: link.textEnd, end: link.end })
  }
  const merged: { start: number; end: number }[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else merged.push(range)
  }
  return merged
}

function firstEndingBehind(tokens: readonly Token[], from: number): number {
  return first(tokens.length, (i) => tokens[i]!.end > from)
}

function firstStartingAt(links: Inlines['links'], from: number): number {
  return first(links.length, (i) => links[i]!.start >= from)
}

/** The first index for which a condition holds that holds for all after it. */
function first(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

type Part = { text: string; readonly delimiter: '_' | '*' | undefined; opens: boolean; closes: boolean; size: number }

function opaqueText(source: string, token: Token): string {
  const raw = source.slice(token.start, token.end)
  if (token.kind === 'html') return ''
  if (token.kind === 'autolink') return raw.slice(1, -1)
  const inner = raw.replace(/^`+|`+$/g, '').replace(/\n/g, ' ')
  return /^ .*[^ ].* $/.test(inner) ? inner.slice(1, -1) : inner
}

function addTextParts(parts: Part[], source: string, start: number, end: number): void {
  const run = /\\[!-/:-@[-`{-~]|&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31});|_+|\*+|[\s\S]/gu
  run.lastIndex = start
  let text = ''
  const flush = () => {
    if (text !== '') parts.push(literal(text))
    text = ''
  }
  for (let found = run.exec(source); found !== null && found.index < end; found = run.exec(source)) {
    const [word] = found
    if (word.length > 1 && word.startsWith('\\')) text += word[1]!
    else if (word.length > 1 && word.startsWith('&')) text += named(word)
    else if (word.startsWith('_') || word.startsWith('*')) {
      flush()
      parts.push(delimiter(source, found.index, word))
    } else text += word
  }
  flush()
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['copy', '©'],
  ['reg', '®'],
  ['trade', '™'],
  ['hellip', '…'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['larr', '←'],
  ['rarr', '→'],
  ['times', '×'],
  ['auml', 'ä'],
  ['ouml', 'ö'],
  ['uuml', 'ü'],
  ['Auml', 'Ä'],
  ['Ouml', 'Ö'],
  ['Uuml', 'Ü'],
  ['szlig', 'ß'],
  ['eacute', 'é'],
  ['egrave', 'è'],
  ['agrave', 'à'],
  ['ccedil', 'ç'],
  ['ntilde', 'ñ'],
])

export function named(entity: string): string {
  const name = entity.slice(1, -1)
  if (!name.startsWith('#')) return NAMED.get(name) ?? entity
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return valid ? String.fromCodePoint(code) : '\ufffd'
}

function literal(text: string): Part {
  return { text, delimiter: undefined, opens: false, closes: false, size: 0 }
}

function delimiter(source: string, at: number, run: string): Part {
  const before = source[at - 1] ?? ' '
  const after = source[at + run.length] ?? ' '
  const spaceBefore = /\s/u.test(before)
  const spaceAfter = /\s/u.test(after)
  const markBefore = isMark(before)
  const markAfter = isMark(after)
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore)
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter)
  const isUnderscore = run.startsWith('_')
  return {
    text: run,
    delimiter: isUnderscore ? '_' : '*',
    opens: left && (!isUnderscore || !right || markBefore),
    closes: right && (!isUnderscore || !left || markAfter),
    size: run.length,
  }
}

function isMark(character: string): boolean {
  return isPunctuation(character) || /[\p{P}\p{S}]/u.test(character)
}

/** Pairs the delimiter runs and shortens them by what they spend on emphasis. */
function takeEmphasisAway(parts: readonly Part[]): void {
  const openers: number[] = []
  for (const [i, closer] of parts.entries()) {
    if (closer.delimiter === undefined) continue
    while (closer.closes && closer.text !== '') {
      const at = openerFor(parts, openers, closer)
      if (at === undefined) break
      const opener = parts[openers[at]!]!
      const used = opener.text.length >= 2 && closer.text.length >= 2 ? 2 : 1
      opener.text = opener.text.slice(used)
      closer.text = closer.text.slice(used)
      // What opened in between can no longer be closed.
      openers.length = opener.text === '' ? at : at + 1
    }
    if (closer.opens && closer.text !== '') openers.push(i)
  }
}

/** More open delimiters than this are not looked through: no heading has them. */
const OPENERS_MAX = 64

function openerFor(parts: readonly Part[], openers: readonly number[], closer: Part): number | undefined {
  for (let i = openers.length - 1; i >= Math.max(0, openers.length - OPENERS_MAX); i--) {
    const opener = parts[openers[i]!]!
    if (opener.delimiter !== closer.delimiter) continue
    const both = opener.closes || closer.opens
    const isOdd = both && (opener.size + closer.size) % 3 === 0 && !(opener.size % 3 === 0 && closer.size % 3 === 0)
    if (!isOdd) return i
  }
  return undefined
}
