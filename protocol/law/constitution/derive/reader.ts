/**
 * Figures by path, in the units that the law reads.
 *
 * Units: days and hours become milliseconds, decimals stay millionths. Faults: `figure-absent`,
 * `figure-not-a-number`, `figure-not-a-list`, each a mistake in this folder and none of a document.
 */
import { Fault } from '../../../wire/fault.ts'
import { ratioOfMillionths, type Ratio } from '../decimal.ts'
import type { Exact } from '../schema/kind.ts'
import type { Figures } from '../schema/tree.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export type Reader = ReturnType<typeof readerOf>

export function readerOf(figures: Figures) {
  const get = (path: string): Exact => {
    const figure = figures.get(path)
    if (figure === undefined) throw new Fault('figure-absent', { path })
    return figure.exact
  }
  const number = (path: string): number => {
    const value = get(path)
    if (typeof value !== 'number') throw new Fault('figure-not-a-number', { path })
    return value
  }
  return {
    number,
    days: (path: string): number => number(path) * DAY_MS,
    hours: (path: string): number => number(path) * HOUR_MS,
    ratio: (path: string): Ratio => ratioOfMillionths(number(path)),
    flag: (path: string): boolean => get(path) === true,
    names: (path: string): readonly string[] => {
      const value = get(path)
      if (!Array.isArray(value)) throw new Fault('figure-not-a-list', { path })
      return value as readonly string[]
    },
  }
}
