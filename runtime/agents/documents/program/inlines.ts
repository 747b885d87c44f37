/**
 * What stands inside a paragraph or heading: links and images with the place of their destination, code, HTML, text.
 *
 *     See [the guide](docs/guide.md#start) and `[not](this)`.
 *          └ link: text 1–10, destination 12–31        └ code: nothing in it is a link
 *
 * Every piece of content is in exactly one token; links wrap tokens. Brackets are paired as the specification says:
 * the innermost link wins, a link holds no other link, code and HTML bind tighter than brackets.
 *
 * Linear in the length of the content: what was looked for and is not there is not looked for again.
 * Source: CommonMark 0.31.2, section 6 and appendix.
 */
import {
  isPunctuation,
  normalLabel,
  readDestination,
  readLabel,
  readTitle,
  skipSpace,
  type Destination,
} from './destination.ts'
import { TAG } from './html.ts'

export type Token = {
  readonly kind: 'text' | 'code' | 'html' | 'autolink'
  readonly start: number
  readonly end: number
}

export type Link = {
  readonly kind: 'link' | 'image'
  /** From `[` (or `!`) to the end of all its parts. */
  readonly start: number
  readonly end: number
  readonly textStart: number
  readonly textEnd: number
  /** Undefined for links by reference: their destination stands in the definition. */
  readonly destination: Destination | undefined
  readonly label: string | undefined
}

/** Both in the order of their starts. */
export type Inlines = { readonly tokens: readonly Token[]; readonly links: readonly Link[] }

type Opener = { readonly position: number; readonly image: boolean; active: boolean }

/** `isDefined` answers for normalised labels. */
export function inlinesOf(source: string, isDefined: (label: string) => boolean): Inlines {
  const tokens: Token[] = []
  const links: Link[] = []
  const openers: Opener[] = []
  const skip = opaque(source)
  let textFrom = 0
  let at = 0

  while (at < source.length) {
    const character = source[at]!
    if (character === '\\') {
      at += isPunctuation(source[at + 1]) ? 2 : 1
      continue
    }
    const found = character === '`' || character === '<' ? skip(at) : undefined
    if (found !== undefined) {
      flush(at)
      tokens.push({ kind: found.kind, start: at, end: found.end })
      textFrom = found.end
      at = found.end
      continue
    }
    if (character === '`') {
      while (source[at] === '`') at++
      continue
    }
    if (character === '[') openers.push({ position: at, image: isImage(at), active: true })
    at = character === ']' ? closeBracket(at) : at + 1
  }
  flush(source.length)
  return { tokens, links: links.toSorted((a, b) => a.start - b.start) }

  function flush(end: number): void {
    if (end > textFrom) tokens.push({ kind: 'text', start: textFrom, end })
    textFrom = end
  }

  /** An exclamation mark before the bracket that is not itself escaped. */
  function isImage(position: number): boolean {
    if (source[position - 1] !== '!' || position - 1 < textFrom) return false
    let backslashes = 0
    while (source[position - 2 - backslashes] === '\\') backslashes++
    return backslashes % 2 === 0
  }

  function closeBracket(position: number): number {
    const opener = openers.pop()
    if (opener === undefined) return position + 1
    if (!opener.active && !opener.image) return position + 1
    const parts = inlineParts(source, position + 1) ?? referenceParts(opener.position, position)
    if (parts === undefined) return position + 1
    if (!opener.image) closeToLinks()
    links.push({
      kind: opener.image ? 'image' : 'link',
      start: opener.image ? opener.position - 1 : opener.position,
      textStart: opener.position + 1,
      textEnd: position,
      ...parts,
    })
    return parts.end
  }

  /** A link holds no other link: the open brackets around it can only become images. */
  function closeToLinks(): void {
    for (let i = openers.length - 1; i >= 0; i--) {
      const opener = openers[i]!
      if (opener.image) continue
      if (!opener.active) return
      opener.active = false
    }
  }

  /** `[text][label]`, `[label][]` and `[label]`. */
  function referenceParts(open: number, close: number) {
    const labelEnd = readLabel(source, close + 1)
    if (labelEnd !== undefined) {
      const label = normalLabel(source.slice(close + 2, labelEnd - 1))
      return isDefined(label) ? { end: labelEnd, destination: undefined, label } : undefined
    }
    if (readLabel(source, open) !== close + 1) return undefined
    const label = normalLabel(source.slice(open + 1, close))
    if (!isDefined(label)) return undefined
    const end = source.startsWith('[]', close + 1) ? close + 3 : close + 1
    return { end, destination: undefined, label }
  }
}

/** `(destination "title")` */
function inlineParts(source: string, from: number) {
  if (source[from] !== '(') return undefined
  const start = skipSpace(source, from + 1)
  const destination = readDestination(source, start)
  if (destination === undefined) return undefined
  let at = skipSpace(source, destination.next)
  if (at > destination.next) at = skipSpace(source, readTitle(source, at) ?? at)
  return source[at] === ')' ? { end: at + 1, destination, label: undefined } : undefined
}

const AUTOLINK = /<(?:[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>\p{Cc}]*|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)>/uy
const ONE_TAG = new RegExp(TAG, 'y')
const DELIMITED: readonly (readonly [open: string, close: string])[] = [
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
]

/** A reader of what binds tighter than brackets: code spans, autolinks, HTML. */
function opaque(source: string) {
  const runs = backtickRuns(source)
  /** What does not occur any more behind some position. */
  const exhausted = new Set<string>()

  return (at: number): { kind: 'code' | 'html' | 'autolink'; end: number } | undefined => {
    if (source[at] === '`') {
      const end = runs(at)
      return end === undefined ? undefined : { kind: 'code', end }
    }
    AUTOLINK.lastIndex = at
    if (AUTOLINK.test(source)) return { kind: 'autolink', end: AUTOLINK.lastIndex }
    ONE_TAG.lastIndex = at
    if (ONE_TAG.test(source)) return { kind: 'html', end: ONE_TAG.lastIndex }
    const end = comment(at) ?? delimited(at) ?? declaration(at)
    return end === undefined ? undefined : { kind: 'html', end }
  }

  function comment(at: number): number | undefined {
    if (!source.startsWith('<!--', at)) return undefined
    if (source.startsWith('>', at + 4)) return at + 5
    if (source.startsWith('->', at + 4)) return at + 6
    return behind('-->', at + 4)
  }

  function delimited(at: number): number | undefined {
    const pair = DELIMITED.find(([open]) => source.startsWith(open, at))
    return pair === undefined ? undefined : behind(pair[1], at + pair[0].length)
  }

  function declaration(at: number): number | undefined {
    return /^<![A-Za-z]/.test(source.slice(at, at + 3)) ? behind('>', at + 3) : undefined
  }

  function behind(close: string, from: number): number | undefined {
    if (exhausted.has(close)) return undefined
    const found = source.indexOf(close, from)
    if (found >= 0) return found + close.length
    exhausted.add(close)
    return undefined
  }
}

/** For a run of backticks: the end of the next run of the same length, which closes a code span. */
function backtickRuns(source: string): (at: number) => number | undefined {
  const byLength = new Map<number, { starts: number[]; next: number }>()
  for (const { index, 0: run } of source.matchAll(/`+/g)) {
    const known = byLength.get(run.length)
    if (known === undefined) byLength.set(run.length, { starts: [index], next: 0 })
    else known.starts.push(index)
  }
  return (at) => {
    let length = 0
    while (source[at + length] === '`') length++
    const runs = byLength.get(length)
    if (runs === undefined) return undefined
    while (runs.next < runs.starts.length && runs.starts[runs.next]! <= at) runs.next++
    const close = runs.starts[runs.next]
    return close === undefined ? undefined : close + length
  }
}
