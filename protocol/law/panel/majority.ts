/**
 * What a panel has decided: the one answer that enough of its members gave, or nothing yet.
 *
 * Source: spec 3.5 (2 of 3), 3.6 (3 of 5).
 */
export function majority<Answer extends string>(votes: readonly Answer[], needed: number): Answer | undefined {
  const counts = new Map<Answer, number>()
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1)
  const reached = [...counts].filter(([, count]) => count >= needed)
  return reached.length === 1 ? reached[0]?.[0] : undefined
}

/** More than half of the seats. */
export function moreThanHalf(seats: number): number {
  return Math.floor(seats / 2) + 1
}
