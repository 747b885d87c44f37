/**
 * Mutants that change nothing anybody could see, each kind by a rule with its reason. They are not tried, and said to be.
 */
import type { Mutant } from './mutants.ts'

export type Equivalence = {
  readonly reason: string
  /** @param following the lines behind the mutant's own */
  readonly holds: (mutant: Mutant, following: readonly string[]) => boolean
}

export const EQUIVALENCES: readonly Equivalence[] = [
  {
    reason: 'the smaller or the larger of two: where they are equal, either is the same',
    holds: ({ kind, before }) => {
      const [, left, right, ...chosen] = /([^\s(]+) [<>]=? (\S+) \? (\S+) : ([^\s)]+)\)?/.exec(plain(before)) ?? []
      return kind === 'edge' && left !== right && [left, right].every((one) => chosen.includes(one ?? ''))
    },
  },
  {
    reason:
      'nothing of nothing: where the two are equal their difference is zero, and so is what it is multiplied with',
    holds: ({ kind, before }, following) => {
      const [, left, right] = /(\w+) <=? (\w+)\)? (?:return|\?) 0\b/.exec(before) ?? []
      const rest = [before, ...following.slice(0, 2)].join(' ')
      return kind === 'edge' && left !== undefined && rest.includes(`(${left} - ${right})`)
    },
  },
  {
    reason: 'adding nothing: what is added for the way from one to the other is zero where they are the same',
    holds: ({ kind, before }, following) => {
      const [first, next] = [before, ...following].map((line) => line.replaceAll('[i]!', ''))
      const [, to, from] = /if \((\w+) >=? (\w+)\)/.exec(first ?? '') ?? []
      const added = new RegExp(`\\+= .*\\((?:${to} - ${from}\\)|(?:.*\\W)?${from}, ${to}\\b)`)
      return kind === 'edge' && to !== undefined && added.test(`${first} ${next}`)
    },
  },
  {
    reason: 'a bound: where it is reached exactly, what is written is there already',
    holds: ({ kind, before }) => kind === 'edge' && /if \((\w+) [<>]=? (\w+)\) \1 = \2$/.test(before),
  },
  {
    reason: 'an order: of two that are equal it does not matter which comes first',
    holds: ({ kind, before }) => kind === 'edge' && /\((a[.\w]*) < (b[.\w]*) \? -1 : \1 > \2 \? 1 : 0\)/.test(before),
  },
  {
    reason: 'a list that is never empty has a first one: the branch is there for the compiler',
    holds: ({ kind, before }) => kind === 'branch' && before.endsWith('if (first === undefined) return {}'),
  },
  {
    reason: 'a look at one more block, behind the end, sees nothing',
    holds: ({ kind, before }) => kind === 'edge' && /; \w+ < \w+; \w+ \+= BLOCK\)/.test(before),
  },
]

/** Why the mutant is none, or undefined where it is to be tried. */
export function equivalence(mutant: Mutant, source: string): string | undefined {
  const following = source.split('\n').slice(mutant.line)
  return EQUIVALENCES.find(({ holds }) => holds(mutant, following))?.reason
}

/** Without conversions between kinds of numbers, and without the order in which names stand in a list. */
function plain(text: string): string {
  return text.replace(/\b(?:Number|BigInt|[A-Z_]+\.indexOf)\((\w+)\)/g, '$1')
}
