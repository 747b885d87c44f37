/**
 * The four layers behind a decision at the gate, as its approver reads them (spec 3.1): identity, compliance, reviews,
 * and each record's place, from which anyone makes its inclusion proof.
 */
import type { Json } from '../wire/canonical-json.ts'
import { layersOf } from '../law/layers.ts'
import type { State } from '../law/state.ts'
import { worldOf } from '../law/world.ts'

type View = { readonly [key: string]: Json }

export function layersView(state: State, mission: string): View | undefined {
  if (state.founded === undefined) return undefined
  const layers = layersOf(state, mission, (seq) => worldOf(state).epochOfSeq(seq))
  if (layers === undefined) return undefined
  const { identity, compliance, reviews, records, missing } = layers
  return {
    mission,
    identity: identity.map(({ registered, operator, ...rest }) => ({
      ...rest,
      registered: registered ?? null,
      operator: operator ?? null,
    })),
    compliance: compliance.map(({ actor, trust, movements, incidents }) => ({
      actor,
      trust_micro: trust,
      movements: movements?.map((moved) => ({ ...moved })) ?? null,
      incidents: incidents.map((incident) => ({ ...incident })),
    })),
    reviews: reviews.map((review) => ({ ...review })),
    records: records.map(({ what, place, epoch, committed }) => ({
      what,
      place: place ?? null,
      epoch: epoch ?? null,
      committed,
    })),
    missing,
  }
}
