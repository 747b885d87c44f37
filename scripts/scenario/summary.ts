/** What became of the month: every figure is read from the fold of its ledger. */
import type { State } from '../../protocol/genesis.ts'
import { shownState } from '../../protocol/law/mission/state.ts'
import type { House } from './house.ts'

/** Groups of figures, in the order in which they are shown. */
export type Summary = { readonly [group: string]: { readonly [name: string]: number } }

export function summaryOf(house: House): Promise<Summary> {
  return house.ask((state) => ({
    missions: counted([...state.missions.values()].map(shownState)),
    tiers: counted([...state.missions.values()].map((mission) => ('tier' in mission ? mission.tier : 'unscoped'))),
    reviews: counted([...state.reviews.byTask.values()].map((review) => review.status)),
    people: { humans: state.identities.humans.size, machines: state.machines.size },
    epochs: { closed: state.epochs.closed.length, on_chain: state.chain.committed.size },
    ...ofLaw(state),
  }))
}

function ofLaw(_state: State): Summary {
  return {}
}

export function counted(names: readonly string[]): { readonly [name: string]: number } {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

export function inWords(summary: Summary): string {
  return Object.entries(summary)
    .map(([group, figures]) => {
      const named = Object.entries(figures).map(([name, figure]) => `${name.replaceAll('_', ' ')} ${figure}`)
      return `${group.padEnd(12)} ${named.join(', ')}`
    })
    .join('\n')
}
