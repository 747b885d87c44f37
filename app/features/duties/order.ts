/** The order in which a human should look at what waits: what ends soonest, then what has no end. Pure. */
import type { Duty } from '../../data/duties.ts'

export function soonestFirst(duties: readonly Duty[]): readonly Duty[] {
  const end = ({ until }: Duty) => (until === null ? Infinity : Date.parse(until))
  return duties.toSorted((a, b) => (end(a) === end(b) ? 0 : end(a) - end(b)))
}
