/**
 * What users of the contracts pay. The figures are the committed snapshot, which a test of the contracts measures
 * again and compares; the goals are those of a spike with optimised code.
 */
import { readFileSync } from 'node:fs'
import type { Bench } from './support/measure.ts'

const GOALS: { readonly [what: string]: number } = {
  'publish, 10 of 15': 195_500,
  'publish calldata, bytes': 516,
  'verify certificate alone, 10 of 15 (execution)': 129_100,
  'canonical record (execution)': 6_100,
  'register a key': 172_500,
  'decide, one': 55_400,
  'decide, each of 50 in one transaction': 35_400,
}

export const gas: Bench = {
  name: 'gas',
  about: 'gas of the contracts beside the figures to reach (default build profile)',
  run: async (say) => {
    const file = new URL('../test/contracts/gas.json', import.meta.url)
    const snapshot = JSON.parse(readFileSync(file, 'utf8')) as { readonly [what: string]: number }
    for (const [what, used] of Object.entries(snapshot)) {
      const goal = GOALS[what]
      say({
        what,
        figure: used.toLocaleString('en-GB'),
        ...(goal === undefined
          ? {}
          : { baseline: goal.toLocaleString('en-GB'), ratio: used / goal, goal: { at: 'most' as const, ratio: 1 } }),
      })
    }
  },
}
