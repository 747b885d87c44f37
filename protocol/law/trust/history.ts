/**
 * Every movement of trust with the entry that made it, as a list per actor without an object per movement: each
 * record knows the actor's one before.
 *
 * The hourly settlement moves everybody and is one record for all (`trust.settled`), so it has none here: what it took
 * from an actor is the difference between one record's `to` and the next one's `from`.
 */
export const CAUSES = [
  'registered',
  'proof',
  'failure',
  'released',
  'withdrawn',
  'recertified',
  'restored',
  'lineage',
  'forfeited',
] as const

export type Cause = (typeof CAUSES)[number]

export type History = {
  readonly previous: number[]
  readonly seq: number[]
  readonly from: number[]
  readonly to: number[]
  /** Index in `CAUSES`. */
  readonly cause: number[]
}

export type Moved = {
  readonly seq: number
  readonly from: number
  readonly to: number
  readonly cause: Cause
}

export function emptyHistory(): History {
  return { previous: [], seq: [], from: [], to: [], cause: [] }
}

export function write(history: History, latest: Int32Array, index: number, moved: Moved): void {
  history.previous.push(latest[index] ?? -1)
  history.seq.push(moved.seq)
  history.from.push(moved.from)
  history.to.push(moved.to)
  history.cause.push(CAUSES.indexOf(moved.cause))
  latest[index] = history.seq.length - 1
}

/** An actor's movements, the first one first. */
export function read(history: History, latest: Int32Array, index: number): readonly Moved[] {
  const found: Moved[] = []
  for (let at = latest[index] ?? -1; at >= 0; at = history.previous[at] ?? -1) {
    const cause = CAUSES[history.cause[at] ?? 0] ?? 'registered'
    found.push({ seq: history.seq[at] ?? 0, from: history.from[at] ?? 0, to: history.to[at] ?? 0, cause })
  }
  return found.toReversed()
}
