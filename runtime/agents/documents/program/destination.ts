/**
 * The parts of a link behind its text: destination, title, label. Each reader takes the content and a position and
 * gives where the part ends, or undefined where there is none.
 *
 * Source: CommonMark 0.31.2, section 6.3.
 */
export type Destination = {
  /** Of the destination itself, without the angle brackets it may stand in. */
  readonly start: number
  readonly end: number
  readonly bracketed: boolean
  readonly next: number
}

/** Deeper parentheses are not read: no address needs them. */
const PARENTHESES_MAX = 32

export function readDestination(source: string, from: number): Destination | undefined {
  return source[from] === '<' ? readBracketed(source, from) : readBare(source, from)
}

function readBracketed(source: string, from: number): Destination | undefined {
  for (let i = from + 1; i < source.length; i++) {
    const character = source[i]!
    if (character === '\\') i++
    else if (character === '>') return { start: from + 1, end: i, bracketed: true, next: i + 1 }
    else if (character === '<' || character === '\n' || character === '\r') return undefined
  }
  return undefined
}

function readBare(source: string, from: number): Destination | undefined {
  let depth = 0
  let i = from
  for (; i < source.length; i++) {
    const character = source[i]!
    if (character === '\\' && isPunctuation(source[i + 1])) i++
    else if (character === '(' && ++depth > PARENTHESES_MAX) return undefined
    else if (character === ')' && --depth < 0) break
    else if (character <= ' ' || character === '\u007f') break
  }
  if (depth > 0) return undefined
  return { start: from, end: i, bracketed: false, next: i }
}

/** A title in quotes or parentheses; where it ends. */
export function readTitle(source: string, from: number): number | undefined {
  const open = source[from]
  if (open !== '"' && open !== "'" && open !== '(') return undefined
  const close = open === '(' ? ')' : open
  for (let i = from + 1; i < source.length; i++) {
    const character = source[i]!
    if (character === '\\') i++
    else if (character === close) return i + 1
    else if (character === '(' && open === '(') return undefined
  }
  return undefined
}

const LABEL_MAX = 999

/** A label in square brackets, without further ones inside; where it ends. */
export function readLabel(source: string, from: number): number | undefined {
  if (source[from] !== '[') return undefined
  for (let i = from + 1; i < source.length && i <= from + LABEL_MAX + 1; i++) {
    const character = source[i]!
    if (character === '\\') i++
    else if (character === '[') return undefined
    else if (character === ']') return source.slice(from + 1, i).trim() === '' ? undefined : i + 1
  }
  return undefined
}

/** Labels are compared without regard to case and amount of white space. */
export function normalLabel(label: string): string {
  return label
    .trim()
    .replace(/[ \t\r\n]+/g, ' ')
    .toLowerCase()
    .toUpperCase()
}

export function skipSpace(source: string, from: number): number {
  let at = from
  while (isWhite(source[at])) at++
  return at
}

export function skipBlanks(source: string, from: number): number {
  let at = from
  while (source[at] === ' ' || source[at] === '\t') at++
  return at
}

export function isWhite(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

export function isPunctuation(character: string | undefined): boolean {
  return character !== undefined && /^[!-/:-@[-`{-~]$/.test(character)
}
