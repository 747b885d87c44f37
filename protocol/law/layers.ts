/**
 * The four layers that a decision of high risk needs (spec 3.1): who worked and reviewed and since when, how they have
 * kept to the rules, what independent reviews say, and where each record lies, so that its inclusion can be proven.
 *
 * Read from the fold alone. A layer of which any part is not there is missing, and then nobody approves.
 */
import { eventId } from './constraints/event.ts'
import { isPlanned, type PlannedMission, type Task } from './mission/state.ts'
import { topologyOfMission } from './mission/topology.ts'
import { isSeated, reviewKey } from './review/state.ts'
import type { State } from './state.ts'
import { read } from './trust/history.ts'
import { placeOf } from './trust/state.ts'

export const LAYERS = ['identity', 'compliance', 'reviews', 'records'] as const
export type Layer = (typeof LAYERS)[number]

export type Layers = {
  readonly identity: readonly {
    readonly actor: string
    readonly part: 'worker' | 'reviewer'
    /** The entry that registered them; undefined where the ledger knows none. */
    readonly registered: number | undefined
    readonly operator: string | undefined
  }[]
  readonly compliance: readonly {
    readonly actor: string
    /** Microtrust now. */
    readonly trust: number
    /** Every movement of trust with its cause and entry, the first one first; undefined where there is no history. */
    readonly movements:
      | readonly { readonly seq: number; readonly cause: string; readonly from: number; readonly to: number }[]
      | undefined
    /** Incidents that accuse them, by id and how they stand. */
    readonly incidents: readonly { readonly id: string; readonly status: string }[]
  }[]
  readonly reviews: readonly {
    readonly task: string
    readonly reviewer: string
    readonly verdict: string
    readonly counted: boolean
    readonly decision: string
  }[]
  readonly records: readonly {
    readonly what: string
    /** Event id; undefined where the record's place is not known. */
    readonly place: string | undefined
    readonly epoch: number | undefined
    readonly committed: boolean
  }[]
  readonly missing: readonly Layer[]
}

export function layersOf(state: State, id: string, epochOfSeq: (seq: number) => number): Layers | undefined {
  const mission = state.missions.get(id)
  if (!isPlanned(mission)) return undefined
  const tasks = [...mission.plan.tasks.values()]
  const people = peopleOf(tasks)
  const identity = people.map(({ actor, part }) => ({ actor, part, ...identityOf(state, actor) }))
  const compliance = people.map(({ actor }) => complianceOf(state, actor))
  const reviews = tasks.flatMap((task) => task.reviews.map((review) => ({ task: task.id, ...review })))
  const records = tasks.flatMap((task) => recordsOf(state, mission, task, epochOfSeq))
  const least = topologyOfMission(mission, state.founded?.constitution ?? { topologyOf: () => undefined })
  const isThere: { readonly [layer in Layer]: boolean } = {
    identity: identity.length > 0 && identity.every(({ registered }) => registered !== undefined),
    compliance: compliance.every(({ movements }) => movements !== undefined),
    reviews: tasks.every((task) => task.reviews.length >= Math.max(1, least?.reviewers ?? Infinity)),
    // That they are final on chain is a condition of its own, which time can cure: `integration-is-committed`.
    records: records.length > 0 && records.every(({ place }) => place !== undefined),
  }
  return { identity, compliance, reviews, records, missing: LAYERS.filter((layer) => !isThere[layer]) }
}

function peopleOf(tasks: readonly Task[]) {
  const found = new Map<string, 'worker' | 'reviewer'>()
  for (const task of tasks) {
    for (const { reviewer } of task.reviews) found.set(reviewer, 'reviewer')
    found.set(task.takenBy ?? '', 'worker')
  }
  return [...found].map(([actor, part]) => ({ actor, part }))
}

function identityOf(state: State, actor: string) {
  const known = state.identities.humans.has(actor) || state.machines.has(actor)
  const [first] = known ? (movementsOf(state, actor) ?? []) : []
  return { registered: first?.seq, operator: state.machines.get(actor)?.operator }
}

function movementsOf(state: State, actor: string) {
  const place = placeOf(state.trust, actor)
  return place && read(place.cohort.history, place.cohort.columns.latest, place.index)
}

function complianceOf(state: State, actor: string) {
  const place = placeOf(state.trust, actor)
  return {
    actor,
    trust: place?.cohort.columns.value[place.index] ?? 0,
    movements: movementsOf(state, actor),
    incidents: [...state.incidents.byId.values()]
      .filter(({ accused }) => accused === actor)
      .map(({ id, status }) => ({ id, status })),
  }
}

function recordsOf(state: State, { id }: PlannedMission, task: Task, epochOfSeq: (seq: number) => number) {
  const review = state.reviews.byTask.get(reviewKey(id, task.id))
  const seats = isSeated(review) ? [...review.seats.values()] : []
  const evidence = task.evidence === undefined ? undefined : eventId(task.evidence.seq, 0)
  const places: readonly (readonly [string, string | undefined])[] = [
    [`evidence of ${task.id}`, evidence],
    ...task.reviews.map(
      ({ reviewer }) =>
        [`review of ${task.id} by ${reviewer}`, seats.find(({ member }) => member.id === reviewer)?.place] as const,
    ),
  ]
  return places.map(([what, place]) => {
    const epoch = place === undefined ? undefined : epochOfSeq(Number(place.slice(0, 12)))
    return { what, place, epoch, committed: epoch !== undefined && state.chain.committed.has(epoch) }
  })
}
