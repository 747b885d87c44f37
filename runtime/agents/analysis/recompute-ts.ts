/**
 * Recomputation in TypeScript, by another road than the worker's: exact with BigInt, in micrograms per joule, grouped
 * first and summed after. Shares no code with the worker's program.
 */
import type { Reviewer } from '../skill.ts'
import { filesOf } from './files.ts'
import { judgeFigures } from './judge-figures.ts'
import type { Figures } from './report.ts'

type Row = { readonly plant: string; readonly fuel: string; readonly grams: bigint; readonly verified: boolean }

export const recomputeTs: Reviewer = async (job) => {
  const { data, report } = filesOf(job)
  return judgeFigures(figuresOf(rowsOf(data.text)), report, data, 'Recomputed in TypeScript with exact integers')
}

function rowsOf(csv: string): readonly Row[] {
  const table = csv.split('\n').filter((line) => line !== '')
  const columns = new Map((table[0] ?? '').split(',').map((name, i) => [name, i]))
  const cell = (cells: readonly string[], name: string): string => cells[columns.get(name) ?? -1] ?? ''
  return table
    .slice(1)
    .map((line) => line.split(','))
    .filter((cells) => cell(cells, 'quarter').slice(0, 4) === '2025' && cell(cells, 'unit') === 'GJ')
    .map((cells) => ({
      plant: cell(cells, 'plant'),
      fuel: cell(cells, 'fuel'),
      // Thousandths times thousandths of kilograms: a thousandth of a gram; both columns have fewer decimals.
      grams: (thousandths(cell(cells, 'activity')) * thousandths(cell(cells, 'factor'))) / 1_000n,
      verified: cell(cells, 'verified') === 'yes',
    }))
}

function thousandths(decimal: string): bigint {
  const [whole = '', part = ''] = decimal.split('.')
  return BigInt(whole) * 1_000n + BigInt(part.padEnd(3, '0').slice(0, 3) || '0')
}

function figuresOf(rows: readonly Row[]): Figures {
  const byPlant = Map.groupBy(rows, (row) => row.plant)
  const byFuel = Map.groupBy(rows, (row) => row.fuel)
  const total = sum(rows)
  const large = [...byPlant]
    .map(([plant, own]) => ({ plant, tonnes: rounded(sum(own)) }))
    .filter(({ tonnes }) => tonnes >= 25_000)
  return {
    by_fuel: [...byFuel].map(([fuel, own]) => ({ fuel, tonnes: rounded(sum(own)) })).toSorted(byName('fuel')),
    large_plants: large.toSorted(byName('plant')),
    plants: byPlant.size,
    rows: rows.length,
    total_tonnes: rounded(total),
    verified_permille: total === 0n ? 0 : Number((sum(rows.filter((row) => row.verified)) * 1_000n) / total),
  }
}

function sum(rows: readonly Row[]): bigint {
  return rows.reduce((so, row) => so + row.grams, 0n)
}

function rounded(grams: bigint): number {
  return Number((grams * 2n + 1_000_000n) / 2_000_000n)
}

function byName<K extends string>(key: K) {
  return (a: { readonly [name in K]: string }, b: { readonly [name in K]: string }): number =>
    a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0
}
