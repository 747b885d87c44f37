/**
 * What happened to whom within a rolling window, exact to the millisecond, without a list per actor.
 *
 *     push ─▶ [ at, index, amount ] … in order of time ─▶ dropped from the front when the window has passed them
 *
 * The sum of each actor stands in a column of its cohort; the queue knows only what is still to be taken out of it.
 * Edges are inclusive (reading T16): what lies exactly the window's length back still counts.
 */
export type Window = {
  readonly at: number[]
  readonly index: number[]
  readonly amount: number[]
  /** Entries before this one were dropped; the arrays are cut when half of them are. */
  head: number
}

export function emptyWindow(): Window {
  return { at: [], index: [], amount: [], head: 0 }
}

export function push(window: Window, sums: Uint32Array, index: number, amount: number, at: number): void {
  if (amount === 0) return
  window.at.push(at)
  window.index.push(index)
  window.amount.push(amount)
  sums[index] = (sums[index] ?? 0) + amount
}

/** What was pushed for this actor at that moment counts no more, or again; what has left the window stays out. */
export function recount(window: Window, sums: Uint32Array, index: number, at: number, amount: number): void {
  const was = amount === 0 ? 1 : 0
  for (let i = firstAt(window, at); i < window.at.length && window.at[i] === at; i++) {
    if (window.index[i] !== index || window.amount[i] !== was) continue
    window.amount[i] = amount
    sums[index] = (sums[index] ?? 0) + amount - was
    return
  }
}

/** The first entry that is not older than that moment: the queue is in order of time. */
function firstAt({ at, head }: Window, moment: number): number {
  let [low, high] = [head, at.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((at[middle] ?? 0) < moment) low = middle + 1
    else high = middle
  }
  return low
}

/** Take out what is older than `length` milliseconds. */
export function drop(window: Window, sums: Uint32Array, at: number, length: number): void {
  while (window.head < window.at.length && window.at[window.head]! < at - length) {
    const index = window.index[window.head]!
    sums[index] = sums[index]! - window.amount[window.head]!
    window.head += 1
  }
  if (window.head > 1024 && window.head * 2 > window.at.length) {
    for (const list of [window.at, window.index, window.amount]) list.splice(0, window.head)
    window.head = 0
  }
}

/** The actor's sum within the window at a moment, whether or not what is older was dropped already. */
export function sumAt(window: Window, sums: Uint32Array, index: number, at: number, length: number): number {
  let sum = sums[index] ?? 0
  for (let i = window.head; i < window.at.length && window.at[i]! < at - length; i++) {
    if (window.index[i] === index) sum -= window.amount[i]!
  }
  return sum
}
