/**
 * What was sent before, and where its answer stands: one payload has one answer for ever, and a nonce is spent with
 * its first payload, committed or withheld.
 *
 *     rows    entry 0            entry 1            …     16 words each
 *             name ‖ payload     name ‖ payload           8 words a SHA-256
 *     slots   by the name's first word, the number of the row + 1; an occupied slot sends on to the next
 *
 * A nonce's first payload is named SHA-256(`actor nonce`), each later one, which was withheld for it,
 * SHA-256(`actor nonce payload`); none of the parts holds a space. Every entry is one answer, so the row's number is
 * the entry's. A map of strings took three times the memory, and a million entries long to read back.
 *
 * Source: spec 2.2 (idempotent by actor and payload; a nonce with another payload is refused).
 */
import { digest } from '../wire/sha256.ts'

export type Answered = {
  /** Answers so far. */
  count: number
  rows: Uint32Array<ArrayBuffer>
  /** A power of two, at least twice the answers: a search that finds nothing soon ends. */
  slots: Uint32Array<ArrayBuffer>
}

type Sent = { readonly actor: string; readonly nonce: string }
type Words = Uint32Array

const HASH_WORDS = 8
const ROW_WORDS = 2 * HASH_WORDS
const FIRST_ROWS = 512

export function noneAnswered(): Answered {
  return { count: 0, rows: new Uint32Array(FIRST_ROWS * ROW_WORDS), slots: new Uint32Array(2 * FIRST_ROWS) }
}

/** The seq of the answer that spent this nonce. */
export function spentBy(answered: Answered, sent: Sent): { readonly seq: number } | undefined {
  const seq = rowOf(answered, nameOf(sent))
  return seq === undefined ? undefined : { seq }
}

/** The seq of the answer that this very payload had, or undefined where it is new. */
export function answerTo(answered: Answered, sent: Sent & { readonly payload: string }): number | undefined {
  const first = rowOf(answered, nameOf(sent))
  if (first === undefined || isOf(answered, first, sent.payload)) return first
  return rowOf(answered, laterName(sent))
}

/** Must be told of every entry, in order. */
export function remember(answered: Answered, sent: Sent & { readonly payload: string }, seq: number): void {
  if (seq !== answered.count) throw new TypeError(`the answer after ${answered.count} is not that of entry ${seq}`)
  const name = rowOf(answered, nameOf(sent)) === undefined ? nameOf(sent) : laterName(sent)
  if ((seq + 1) * ROW_WORDS > answered.rows.length) grow(answered)
  answered.rows.set(name, seq * ROW_WORDS)
  answered.rows.set(wordsOf(sent.payload), seq * ROW_WORDS + HASH_WORDS)
  answered.count++
  place(answered, seq)
}

function rowOf({ rows, slots }: Answered, name: Words): number | undefined {
  const mask = slots.length - 1
  for (let slot = name[0]! & mask; ; slot = (slot + 1) & mask) {
    const row = slots[slot]!
    if (row === 0) return undefined
    if (holds(rows, (row - 1) * ROW_WORDS, name)) return row - 1
  }
}

function isOf({ rows }: Answered, seq: number, payload: string): boolean {
  return holds(rows, seq * ROW_WORDS + HASH_WORDS, wordsOf(payload))
}

function holds(rows: Words, at: number, hash: Words): boolean {
  for (let i = 0; i < HASH_WORDS; i++) if (rows[at + i] !== hash[i]) return false
  return true
}

function place({ rows, slots }: Answered, seq: number): void {
  const mask = slots.length - 1
  let slot = rows[seq * ROW_WORDS]! & mask
  while (slots[slot] !== 0) slot = (slot + 1) & mask
  slots[slot] = seq + 1
}

function grow(answered: Answered): void {
  const rows = new Uint32Array(2 * answered.rows.length)
  rows.set(answered.rows)
  answered.rows = rows
  answered.slots = new Uint32Array(2 * answered.slots.length)
  for (let seq = 0; seq < answered.count; seq++) place(answered, seq)
}

/** One command asks several times in a row. */
let last: { readonly actor: string; readonly nonce: string; readonly name: Words } | undefined

function nameOf({ actor, nonce }: Sent): Words {
  if (last?.nonce !== nonce || last.actor !== actor) last = { actor, nonce, name: wordsOf(digest(`${actor} ${nonce}`)) }
  return last.name
}

function laterName({ actor, nonce, payload }: Sent & { readonly payload: string }): Words {
  return wordsOf(digest(`${actor} ${nonce} ${payload}`))
}

/** Of `sha256:` and 64 lower-case hex characters. */
function wordsOf(digest: string): Words {
  const words = new Uint32Array(HASH_WORDS)
  for (let i = 0, at = 7; i < HASH_WORDS; i++) {
    let word = 0
    for (let digit = 0; digit < 8; digit++) {
      const code = digest.charCodeAt(at++)
      word = (word << 4) | (code <= NINE ? code - ZERO : code - BEFORE_A)
    }
    words[i] = word
  }
  return words
}

const [ZERO, NINE, BEFORE_A] = [0x30, 0x39, 0x57]
