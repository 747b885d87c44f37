/**
 * Trust as readers see it: what an actor has, and every movement with its cause and the entry that made it.
 *
 *     { actor, kind, trust_micro, cap_micro, movements: [{ seq, from, to, cause }], suspended: [{ id, amount, … }] }
 *
 * Units: µT. The hourly settlement moves everybody and is no movement of its own here: what it took is the difference
 * between one movement's `to` and the next one's `from`.
 */
import type { Json } from '../wire/canonical-json.ts'
import { formatTimestamp } from '../wire/time.ts'
import type { Constitution } from '../law/constitution/constitution.ts'
import type { State } from '../law/state.ts'
import { read } from '../law/trust/history.ts'
import { capInForce, placeOf, populationInForce, type Kind, type Suspension } from '../law/trust/state.ts'

type View = { readonly [key: string]: Json }

/**
 * Trust as a whole: over whom this epoch's cap was computed, and every limit that a movement meets.
 *
 *     { epoch, cap_micro, population: { active, mean_micro, … }, humans: { count, … }, machines: { … }, waiting: { … } }
 */
export function trustOverviewView(state: State): View | undefined {
  if (state.founded === undefined) return undefined
  const { constitution } = state.founded
  const { active, sum, mean, deviation, epoch } = populationInForce(state.trust, constitution)
  const waiting = [...state.trust.suspensions.values()].filter(({ status }) => status === 'waiting')
  return {
    epoch,
    cap_micro: capInForce(state.trust, constitution),
    population: { active, sum_micro: sum, mean_micro: mean, deviation_micro: deviation },
    humans: { count: state.trust.human.ids.length, ...limitsOf('human', constitution) },
    machines: { count: state.trust.machine.ids.length, ...limitsOf('machine', constitution) },
    waiting: { count: waiting.length, amount_micro: waiting.reduce((all, { amount }) => all + amount, 0) },
  }
}

/** The slow window bounds humans alone: machine trust never votes. */
function limitsOf(kind: Kind, { trust }: Constitution): View {
  const limits = {
    floor_micro: trust.floor[kind],
    max_micro: trust.max[kind],
    gain_per_proof_max_micro: trust.gainPerProofMax[kind],
    gain_per_epoch_max_micro: trust.gainPerEpochMax[kind],
    held_above_micro: trust.fastElevation,
  }
  if (kind === 'machine') return limits
  return { ...limits, gain_per_window_max_micro: trust.slowGainMax, window_ms: trust.slowWindowMs }
}

export function trustView(state: State, actor: string): View | undefined {
  const place = placeOf(state.trust, actor)
  if (place === undefined || state.founded === undefined) return undefined
  const { kind, cohort, index } = place
  const { constitution } = state.founded
  return {
    actor,
    kind,
    trust_micro: cohort.columns.value[index] ?? 0,
    cap_micro: kind === 'human' ? capInForce(state.trust, constitution) : constitution.trust.max.machine,
    movements: read(cohort.history, cohort.columns.latest, index).map((moved) => ({ ...moved })),
    suspended: [...state.trust.suspensions.values()].filter((one) => one.actor === actor).map(suspension),
  }
}

export function suspensionsView(state: State): View {
  return { suspensions: [...state.trust.suspensions.values()].map(suspension) }
}

export function suspensionView(state: State, id: string): View | undefined {
  const found = state.trust.suspensions.get(id)
  return found === undefined ? undefined : suspension(found)
}

function suspension({ id, actor, amount, epoch, seq, at, signatures, status, mission, task, role }: Suspension): View {
  return {
    id,
    actor,
    amount,
    epoch,
    seq,
    since: formatTimestamp(at),
    status,
    mission,
    task,
    role,
    signatures: signatures.map((signature) => ({ ...signature })),
  }
}
