/**
 * Merkle trees over 32-byte entries, as certificate transparency builds them.
 *
 *     leaf(e)    = SHA-256(0x00 ‖ e)
 *     node(l, r) = SHA-256(0x01 ‖ l ‖ r)
 *     root()     = SHA-256 of nothing
 *
 *              root            five entries: the lone node on the right moves up
 *             /    \           unchanged until it meets a left neighbour
 *           n03     e4
 *          /   \
 *        n01   n23
 *        / \   / \
 *       e0 e1 e2 e3
 *
 * The prefixes keep a node from being taken for an entry, and nothing is ever duplicated, so a root stands for one
 * list of one length; the length is published beside it. Proofs are positional and run from the leaf upwards.
 *
 * Units: entries, nodes, roots are 32 raw bytes; sizes and indices are safe integers.
 * Errors: Fault `merkle-entry-not-32-bytes`, `merkle-out-of-range` for callers who ask for what is not there. The two
 * verifiers take anything and answer true or false.
 * Source: RFC 6962 section 2.1, RFC 9162 section 2.1; spec 2.1, readings X1, X2, X6, X7.
 */
import { equal } from './bytes.ts'
import { Fault } from './fault.ts'
import { hash, hashInto } from './sha256.ts'

/**
 * A growing tree, of which only the finished left halves are kept: 65 bytes for each doubling.
 *
 * `pairs[h]` is 0x01 ‖ left ‖ right of height h, ready to be hashed; its left half waits there when bit h of `size`
 * is set. Changed in place by `append`.
 */
export type Frontier = { size: number; readonly pairs: Uint8Array[] }

export function emptyFrontier(): Frontier {
  return { size: 0, pairs: [] }
}

/** Takes 32 bytes of `source` from `start`. Costs two hashes on average, however large the tree. */
export function append(frontier: Frontier, source: Uint8Array, start = 0): void {
  if (source.length < start + 32) throw new Fault('merkle-entry-not-32-bytes', { length: source.length - start })
  for (let i = 0; i < 32; i++) LEAF[i + 1] = source[start + i]!
  let input: Uint8Array = LEAF
  let height = 0
  let rest = frontier.size
  for (; rest % 2 === 1; rest = (rest - 1) / 2) {
    const pair = frontier.pairs[height]!
    hashInto(input, pair, RIGHT)
    input = pair
    height++
  }
  if (height === frontier.pairs.length) frontier.pairs.push(emptyPair())
  hashInto(input, frontier.pairs[height]!, LEFT)
  frontier.size++
}

export function frontierRoot(frontier: Frontier): Uint8Array {
  if (frontier.size === 0) return hash(new Uint8Array(0))
  let root: Uint8Array | undefined
  let rest = frontier.size
  for (let height = 0; rest > 0; height++) {
    if (rest % 2 === 1) {
      const left = frontier.pairs[height]!.subarray(LEFT, RIGHT)
      root = root === undefined ? left.slice() : node(left, root)
    }
    rest = Math.floor(rest / 2)
  }
  return root!
}

export function root(entries: readonly Uint8Array[]): Uint8Array {
  const frontier = emptyFrontier()
  for (const entry of entries) {
    if (entry.length !== 32) throw new Fault('merkle-entry-not-32-bytes', { length: entry.length })
    append(frontier, entry)
  }
  return frontierRoot(frontier)
}

/** Root of entries that lie one behind the other; needs no memory beyond them. */
export function rootOfFlat(entries: Uint8Array): Uint8Array {
  if (entries.length % 32 !== 0) throw new Fault('merkle-entry-not-32-bytes', { length: entries.length % 32 })
  const frontier = emptyFrontier()
  for (let start = 0; start < entries.length; start += 32) append(frontier, entries, start)
  return frontierRoot(frontier)
}

/** The neighbours met on the way from entry `index` to the root, lowest first. */
export function inclusionProof(entries: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!isIndex(index, entries.length)) throw new Fault('merkle-out-of-range', { index, size: entries.length })
  const path: Uint8Array[] = []
  let at = index
  for (let level = entries.map(leaf); level.length > 1; level = levelAbove(level)) {
    const neighbour = level[at % 2 === 0 ? at + 1 : at - 1]
    if (neighbour !== undefined) path.push(neighbour)
    at = Math.floor(at / 2)
  }
  return path
}

/** Whether `entry` is the one at `index` of the `size` entries under `expectedRoot`. RFC 9162 section 2.1.3.2. */
export function verifyInclusion(
  entry: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  expectedRoot: Uint8Array,
): boolean {
  if (entry.length !== 32 || !isIndex(index, size) || !path.every(isHash)) return false
  let reached = leaf(entry)
  let position = index
  let last = size - 1
  for (const neighbour of path) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      reached = node(neighbour, reached)
      while (position % 2 === 0 && position !== 0) {
        position /= 2
        last = Math.floor(last / 2)
      }
    } else {
      reached = node(reached, neighbour)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equal(reached, expectedRoot)
}

/** Shows that the first `oldSize` entries were the whole tree before. Empty from nothing and to itself. */
export function consistencyProof(entries: readonly Uint8Array[], oldSize: number): Uint8Array[] {
  if (!isIndex(oldSize, entries.length + 1)) throw new Fault('merkle-out-of-range', { oldSize, size: entries.length })
  return oldSize === 0 ? [] : subproof(entries, oldSize, true)
}

/** Whether the tree under `newRoot` is the one under `oldRoot` with entries appended. RFC 9162 section 2.1.4.2. */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  path: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(newSize) || !isIndex(oldSize, newSize + 1)) return false
  if (![oldRoot, newRoot, ...path].every(isHash)) return false
  if (oldSize === newSize) return path.length === 0 && equal(oldRoot, newRoot)
  if (oldSize === 0) return path.length === 0 && equal(oldRoot, root([]))
  let position = oldSize - 1
  let last = newSize - 1
  while (position % 2 === 1) {
    position = (position - 1) / 2
    last = Math.floor(last / 2)
  }
  // an old tree that is a whole subtree of the new one is its own first step
  const [start, ...steps] = position === 0 ? [oldRoot, ...path] : path
  if (start === undefined) return false
  let reachedOld = start
  let reachedNew = start
  for (const step of steps) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      reachedOld = node(step, reachedOld)
      reachedNew = node(step, reachedNew)
      while (position % 2 === 0 && position !== 0) {
        position /= 2
        last = Math.floor(last / 2)
      }
    } else {
      reachedNew = node(reachedNew, step)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equal(reachedOld, oldRoot) && equal(reachedNew, newRoot)
}

export function leaf(entry: Uint8Array): Uint8Array {
  if (entry.length !== 32) throw new Fault('merkle-entry-not-32-bytes', { length: entry.length })
  const input = new Uint8Array(33)
  input.set(entry, 1)
  return hash(input)
}

export function node(left: Uint8Array, right: Uint8Array): Uint8Array {
  const pair = emptyPair()
  pair.set(left, LEFT)
  pair.set(right, RIGHT)
  return hash(pair)
}

/** 0x00 ‖ entry, written anew by every `append`. */
const LEAF = new Uint8Array(33)

/** Where the halves of a pair begin, behind the prefix. */
const LEFT = 1
const RIGHT = 33

function emptyPair(): Uint8Array {
  const pair = new Uint8Array(65)
  pair[0] = 0x01
  return pair
}

function levelAbove(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = []
  for (let i = 0; i < level.length; i += 2) {
    const right = level[i + 1]
    above.push(right === undefined ? level[i]! : node(level[i]!, right))
  }
  return above
}

/** SUBPROOF of RFC 6962: `whole` while the old tree is still a left edge that the reader knows. */
function subproof(entries: readonly Uint8Array[], oldSize: number, whole: boolean): Uint8Array[] {
  if (oldSize === entries.length) return whole ? [] : [root(entries)]
  let split = 1
  while (split * 2 < entries.length) split *= 2
  const left = entries.slice(0, split)
  const right = entries.slice(split)
  return oldSize <= split
    ? [...subproof(left, oldSize, whole), root(right)]
    : [...subproof(right, oldSize - split, false), root(left)]
}

function isIndex(index: number, size: number): boolean {
  return Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === 32
}
