/**
 * The movements as a reader wants them: the newest first, and what the hourly settlements took in between as a line of
 * its own, so that every row begins where the one below it ends. Pure.
 */
import type { Movement } from '../../data/trust.ts'

/** `place` is the row's own: two movements can stand in one entry. */
export type Row = Movement & { readonly place: number }

export function newestFirst(movements: readonly Movement[]): readonly Row[] {
  const rows: Movement[] = []
  for (const movement of movements) {
    const before = rows.at(-1)
    if (before !== undefined && before.to !== movement.from) {
      rows.push({ seq: movement.seq, from: before.to, to: movement.from, cause: 'settled' })
    }
    rows.push(movement)
  }
  return rows.map((row, place) => ({ ...row, place })).toReversed()
}
