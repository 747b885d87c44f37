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
import type { State } from '../law/state.ts'
import { read } from '../law/trust/history.ts'
import { capInForce, placeOf, type Suspension } from '../law/trust/state.ts'

type View = { readonly [key: string]: Json }

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
