/**
 * Who may review together, and what their verdicts amount to.
 *
 * Reviewers are drawn and not chosen, so a set of them is tried as a pool from which exactly that set must be seated.
 * Decisions go in as they would be submitted: a stranger's and a repeated one are refused there, and the outcome rests
 * on the rest.
 */
import { canonicalConstitution } from '../../law/constitution/canonical-constitution.ts'
import { topologyDemand, weakerThan, type Topology } from '../../law/constitution/topology.ts'
import type { SeatFacts, Verdict } from '../../law/review/event.ts'
import { rulesOf } from '../../law/review/selection.ts'
import { tally, type Reviewed } from '../../law/review/tally.ts'
import { parseCommitment } from '../../wire/commitment.ts'
import { draw } from '../../wire/draw.ts'
import { ed25519Signature, digest } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { Fault } from '../../wire/fault.ts'
import {
  booleanAt,
  firstOf,
  isVector,
  listAt,
  numberAt,
  recordsAt,
  same,
  textAt,
  type Difference,
  type Suite,
  type Vector,
} from '../suite.ts'
import { isTakenIn } from './intake.ts'

export const reviewers: Suite = {
  tier_requirements: (vector) => {
    const { tier: _tier, ...rest } = configured(topologyOf(vector))
    return firstOf(...Object.entries(rest).map(([name, value]) => same(name, vector[name], value)))
  },

  requested_topology: (vector) => {
    const requested = Shape.parse(requestedTopology, vector['requested'])
    const demand = requested.ok ? demandOf(requested.value) : requested
    const accepted = demand.ok && weakerThan(demand.value, topologyOf(vector)) === undefined
    return same('accept', booleanAt(vector, 'accept'), accepted)
  },

  reviewer_assignment: (vector) => {
    const mapped = canonicalConstitution().tierOfClass(textAt(vector, 'mission_class'))
    const seated = maySit(topologyOf(vector), recordsAt(vector, 'reviewers'), textAt(vector, 'worker'))
    return same('accept', booleanAt(vector, 'accept'), mapped === textAt(vector, 'tier') && seated)
  },

  review_completion: (vector) => same('accept', booleanAt(vector, 'accept'), isComplete(vector)),
  review_completion_defective_log: (vector) =>
    same('accept', booleanAt(vector, 'accept_if_ignored'), isComplete(vector)),

  pass_rule_with_extra_reviewers: (vector) => {
    const seats = numberAt(vector, 'reviewers')
    const approvals = numberAt(vector, 'approvals')
    const reviewed = Array.from({ length: seats }, (_, i) => ({
      member: diverse(i),
      record: {
        reviewer: `r-${i}`,
        verdict: verdictOf(i < approvals ? 'APPROVE' : 'REJECT'),
        decision: '',
        counted: true,
      },
      dispute: false,
    }))
    return same('accept', booleanAt(vector, 'recommended_accept'), isApproved(reviewed, topologyOf(vector)))
  },

  evidence_format: (vector) => same('well_formed', booleanAt(vector, 'well_formed'), isEvidence(vector)),
  evidence_signature_length: (vector) =>
    same('accept', booleanAt(vector, 'recommended_accept'), isSignature(vector['signature'])),

  mission_bundles: (vector): Difference | undefined => {
    const bundle = vector['bundle']
    return same('accept', booleanAt(vector, 'accept'), isVector(bundle) && isWholeBundle(bundle))
  },
}

function topologyOf(vector: Vector): Topology {
  const tier = textAt(vector, 'tier')
  const topology = canonicalConstitution().topologyOf(tier)
  if (topology === undefined) throw new Fault('vector-malformed', { field: 'tier', expected: 'a tier' })
  return topology
}

/** In the names of the policy document. */
function configured(topology: Topology) {
  return {
    tier: topology.tier,
    reviewers_required: topology.reviewers,
    approvals_required: topology.approvals,
    human_final_gate: topology.humanFinalGate,
    min_regions: topology.minRegions,
    min_organizations: topology.minOrganizations,
    constitutional_flow: topology.constitutionalFlow,
    min_model_families: topology.minModelFamilies,
    min_method_types: topology.minMethodTypes,
  }
}

const atLeastNone = Shape.integer({ min: 0 })
const requestedTopology = Shape.object({
  reviewers_required: atLeastNone,
  approvals_required: atLeastNone,
  human_final_gate: Shape.boolean(),
  min_regions: atLeastNone,
  min_organizations: atLeastNone,
  min_model_families: atLeastNone,
  min_method_types: atLeastNone,
})

function demandOf(requested: Shape.Infer<typeof requestedTopology>) {
  return Shape.parse(topologyDemand, {
    reviewers: requested.reviewers_required,
    approvals: requested.approvals_required,
    human_final_gate: requested.human_final_gate,
    min_regions: requested.min_regions,
    min_organizations: requested.min_organizations,
    min_model_families: requested.min_model_families,
    min_method_types: requested.min_method_types,
  })
}

/** Whether exactly these reviewers can be seated. The vectors' model knows no operators. */
function maySit(topology: Topology, offered: readonly Vector[], worker: string): boolean {
  const { methodTypes } = canonicalConstitution()
  const described = offered.every(
    (one) =>
      ['id', 'model_family', 'region', 'organization'].every(
        (name) => typeof one[name] === 'string' && one[name] !== '',
      ) &&
      methodTypes.some((method) => method === one['method_type']) &&
      (one['method_type'] === 'human_reviewer') === (one['model_family'] === 'human'),
  )
  if (!described || offered.some((one) => one['id'] === worker) || offered.length < topology.reviewers) return false
  const pool = offered.map((one) => ({
    id: textAt(one, 'id'),
    region: textAt(one, 'region'),
    organization: textAt(one, 'organization'),
    modelFamily: textAt(one, 'model_family'),
    methodType: textAt(one, 'method_type'),
  }))
  const rules = { ...rulesOf(topology), size: offered.length }
  const drawn = draw({ pool, rules, seed: new Uint8Array(32), recused: new Set() })
  return drawn.ok && drawn.value.outcome === 'seated'
}

function isComplete(vector: Vector): boolean {
  const evidence = listAt(vector, 'evidence')
  if (evidence.length === 0 || !evidence.every((one) => isVector(one) && isEvidence(one))) return false
  const seats = recordsAt(vector, 'reviewers')
  const given = submitted(recordsAt(vector, 'decisions'), seats)
  const reviewed = seats.map((seat): Reviewed => {
    const reviewer = textAt(seat, 'id')
    // Whoever did not answer has not approved; in the law the seat would go to the next of the draw.
    const verdict = verdictOf(given.get(reviewer) ?? 'ABSTAIN')
    return { member: seatFacts(seat), record: { reviewer, verdict, decision: '', counted: true }, dispute: false }
  })
  return isApproved(reviewed, topologyOf(vector))
}

/** The first decision of each who holds a seat. */
function submitted(decisions: readonly Vector[], seats: readonly Vector[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>()
  for (const decision of decisions) {
    const reviewer = textAt(decision, 'reviewer_id')
    const seated = seats.some((seat) => seat['id'] === reviewer)
    if (seated && !taken.has(reviewer)) taken.set(reviewer, textAt(decision, 'decision'))
  }
  return taken
}

function isApproved(reviewed: readonly Reviewed[], topology: Topology): boolean {
  const { agreementPermille } = canonicalConstitution().normative
  return tally(reviewed, topology, 'objective', agreementPermille).outcome === 'approved'
}

function verdictOf(decision: string): Verdict {
  if (decision === 'APPROVE') return 'approve'
  return decision === 'REJECT' ? 'reject' : 'rework'
}

function seatFacts(seat: Vector): SeatFacts {
  const id = textAt(seat, 'id')
  return {
    id,
    operator: id,
    region: textAt(seat, 'region'),
    organization: textAt(seat, 'organization'),
    model_family: textAt(seat, 'model_family'),
    method_type: textAt(seat, 'method_type'),
  }
}

/** Different from its neighbours in everything. */
function diverse(i: number): SeatFacts {
  const { methodTypes } = canonicalConstitution()
  return {
    id: `r-${i}`,
    operator: `r-${i}`,
    region: `region-${i}`,
    organization: `organization-${i}`,
    model_family: `family-${i}`,
    method_type: methodTypes[i % methodTypes.length] ?? '',
  }
}

function isEvidence(evidence: Vector): boolean {
  return Shape.parse(digest, evidence['artifact_hash']).ok && isSignature(evidence['signature'])
}

const SIGNATURE = 'ed25519:'

function isSignature(signature: unknown): boolean {
  if (typeof signature !== 'string' || !signature.startsWith(SIGNATURE)) return false
  return Shape.parse(ed25519Signature, signature.slice(SIGNATURE.length)).ok
}

/** A mission's papers, structure only: taken in, reviewed by whom it must be, with evidence, in a commitment. */
export function isWholeBundle(bundle: Vector): boolean {
  const tier = canonicalConstitution().topologyOf(String(bundle['risk_tier']))
  const listed = ['reviewers', 'review_decisions', 'evidence'].every((name) => Array.isArray(bundle[name]))
  if (tier === undefined || !listed || !isTakenIn(bundle)) return false
  if (tier.constitutionalFlow || (tier.humanFinalGate && bundle['human_final_approval'] !== true)) return false
  if (typeof bundle['worker_id'] !== 'string' || !parseCommitment(bundle['commitment']).ok) return false
  const offered = recordsAt(bundle, 'reviewers')
  return (
    maySit(tier, offered, bundle['worker_id']) &&
    isComplete({ ...bundle, tier: tier.tier, decisions: bundle['review_decisions'] })
  )
}
