/**
 * The pool in rank order, as far as somebody asks for it.
 *
 * Seats are filled from the front, so the front is all that is sorted: candidates whose first word lies below a
 * threshold are picked out and sorted; the threshold is raised eightfold only when the caller wants more. A draw
 * of 101 from a million sorts about eight hundred.
 *
 * Candidates with equal first words are ordered by the whole key, then (never, short of a broken hash) by id.
 */
import * as Bytes from '../bytes.ts'
import { mayBeDrawn, type Pool } from './pool.ts'
import { rankKey } from './seed.ts'

const WORDS = 2 ** 32
/** Index bits beside the 32 bits of a word in one double. */
const INDEX_RANGE = 2 ** 21
/** Ranks looked at first, for each seat. */
const FRONT = 8
const WIDEN = 8

/** Indices of those who may be drawn, best rank first. */
export function* inRankOrder(pool: Pool): Generator<number, void, undefined> {
  const { words } = pool
  const share = Math.max(64, FRONT * pool.seats) / Math.max(1, words.length)
  let from = 0
  let step = Math.ceil(share * WORDS)
  while (from < WORDS) {
    const to = Math.min(WORDS, from + Math.min(step, largestStep(words.length)))
    yield* sorted(pool, between(words, from, to))
    from = to
    step *= WIDEN
  }
}

/** A band of words that holds no more candidates than a sort key can number, with room to spare. */
function largestStep(candidates: number): number {
  return Math.floor((WORDS * INDEX_RANGE) / (2 * Math.max(INDEX_RANGE, candidates)))
}

function between(words: Uint32Array, from: number, to: number): number[] {
  const found: number[] = []
  for (let i = 0; i < words.length; i++) if (words[i]! >= from && words[i]! < to) found.push(i)
  return found
}

function* sorted(pool: Pool, indices: readonly number[]): Generator<number, void, undefined> {
  const keys = Float64Array.from(indices, (index, place) => pool.words[index]! * INDEX_RANGE + place).sort()
  for (let i = 0; i < keys.length;) {
    const word = Math.floor(keys[i]! / INDEX_RANGE)
    let end = i + 1
    while (end < keys.length && keys[end]! < (word + 1) * INDEX_RANGE) end++
    const same = Array.from(keys.subarray(i, end), (key) => indices[key % INDEX_RANGE]!)
    if (same.length > 1) same.sort((a, b) => compareRanks(pool, a, b))
    for (const index of same) if (mayBeDrawn(pool, index)) yield index
    i = end
  }
}

/** By the whole key, ties by the id's UTF-8 bytes. */
export function compareRanks(pool: Pool, a: number, b: number): number {
  const { pool: candidates, seed } = pool.input
  const left = candidates[a]!.id
  const right = candidates[b]!.id
  return Bytes.compare(rankKey(seed, left), rankKey(seed, right)) || Bytes.compare(Bytes.utf8(left), Bytes.utf8(right))
}
