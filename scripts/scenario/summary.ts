/**
 * What became of the month. Where the fold keeps the state of a thing, the figure is counted there; where it keeps only
 * that something happened, among the events of the ledger that was folded.
 */
import type { State } from '../../protocol/genesis.ts'
import { shownState } from '../../protocol/law/mission/state.ts'
import { OUTSIDER } from './acts/outsider.ts'
import type { House } from './house.ts'

/** Groups of figures, in the order in which they are shown. */
export type Summary = { readonly [group: string]: { readonly [name: string]: number } }

/** What is shown of the events, by the group under which it stands. */
const EVENTS: { readonly [group: string]: readonly string[] } = {
  gate: ['mission.gate_opened', 'mission.completed', 'mission.rejected', 'mission.reversed'],
  rework: ['mission.task_rework', 'mission.task_corrected'],
  'review seats': [
    'review.assigned',
    'review.replaced',
    'review.blocked',
    'review.recused',
    'governance.conflict_declared',
  ],
  panels: ['review.panel_opened', 'review.panel_concluded', 'review.panel_blocked', 'review.panel_voted'],
  appeals: [
    'governance.appeal_filed',
    'governance.appeal_answered',
    'governance.appeal_heard',
    'governance.appeal_decided',
  ],
  incidents: ['governance.incident_opened', 'governance.incident_resolved'],
  trust: [
    'trust.proof_minted',
    'trust.changed',
    'trust.failure_recorded',
    'trust.proof_withdrawn',
    'trust.gain_suspended',
    'trust.gain_released',
    'trust.gain_discarded',
    'trust.settled',
  ],
  'machine lives': [
    'trust.machine_quarantined',
    'trust.recertification_applied',
    'trust.machine_recertified',
    'trust.recertification_failed',
    'trust.machine_activated',
    'trust.machine_decommissioned',
    'trust.machine_drifted',
  ],
}

export async function summaryOf(house: House): Promise<Summary> {
  const happened = countsOf(house)
  const state = await house.ask((now) => ({
    missions: counted([...now.missions.values()].map(shownState)),
    tiers: counted([...now.missions.values()].map((mission) => ('tier' in mission ? mission.tier : 'unscoped'))),
    reviews: counted([...now.reviews.byTask.values()].map((review) => review.status)),
    'taking part': takingPart(now),
    people: { humans: now.identities.humans.size, machines: now.machines.size },
    machines: counted([...now.machines.values()].map((machine) => machine.life.status)),
    epochs: { closed: now.epochs.closed.length, on_chain: now.chain.committed.size },
  }))
  const events = Object.fromEntries(
    Object.entries(EVENTS).map(([group, types]) => [
      group,
      Object.fromEntries(types.map((type) => [type.slice(type.indexOf('.') + 1), happened.events.get(type) ?? 0])),
    ]),
  )
  return { ...state, ...events, withheld: inOrder(happened.withheld) }
}

function countsOf(house: House) {
  const events = new Map<string, number>()
  const withheld = new Map<string, number>()
  for (const entry of house.entries()) {
    for (const { event_type } of entry.events) events.set(event_type, (events.get(event_type) ?? 0) + 1)
    const [first] = entry.violations
    if (first !== undefined) withheld.set(first.constraint, (withheld.get(first.constraint) ?? 0) + 1)
  }
  return { events, withheld }
}

function counted(names: readonly string[]): { readonly [name: string]: number } {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return inOrder(counts)
}

function inOrder(counts: ReadonlyMap<string, number>): { readonly [name: string]: number } {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

export function inWords(summary: Summary): string {
  return Object.entries(summary)
    .map(([group, figures]) => {
      const named = Object.entries(figures).map(([name, figure]) => `${name.replaceAll('_', ' ')} ${figure}`)
      return `${group.padEnd(14)} ${named.join(', ')}`
    })
    .join('\n')
}

/** Completed missions that a language model reviewed, and that an agent over MCP worked on. */
function takingPart(state: State): { readonly [name: string]: number } {
  const models = new Set(
    [...state.machines.values()].filter(({ methodType }) => methodType === 'reasoning_model').map(({ id }) => id),
  )
  const completed = [...state.missions.values()].filter((mission) => mission.status === 'Completed')
  const reviewed = completed.filter(({ everReviewed }) => everReviewed.some((id) => models.has(id)))
  const outside = completed.filter(({ everWorked }) => everWorked.includes(OUTSIDER))
  return { completed_with_a_model_reviewing: reviewed.length, completed_with_work_over_mcp: outside.length }
}
