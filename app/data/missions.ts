/** Missions: the list, and one with everything that a decision about it needs. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, flag, list, nullable, number, oneOf, text, type Read } from './read.ts'

const summaryFields = {
  id: text,
  title: text,
  summary: text,
  owner: text,
  state: text,
  held: nullable(text),
  tier: nullable(text),
  mission_class: nullable(text),
  domain_type: nullable(text),
  revision: number,
  waits_for_a_human: flag,
}

const named = fields({ name: text, digest: text })
const artifact = fields({ name: text, digest: text, bytes: number, media_type: text })

const reviewDecision = fields({
  verdict: oneOf('approve', 'reject', 'rework'),
  normative_dispute: flag,
  scores: fields({ completeness: number, correctness: number, policy_compliance: number }),
  reasons: list(fields({ text, references: list(fields({ artifact: text, locator: text })) })),
})

const seat = fields({
  id: text,
  operator: text,
  region: text,
  organization: text,
  model_family: text,
  method_type: text,
  sealed: flag,
  commitment: nullable(text),
  decision: nullable(reviewDecision),
  counted: nullable(flag),
})

const review = fields({
  status: text,
  commit_by: nullable(text),
  reveal_by: nullable(text),
  attempt: number,
  draw: number,
  round: number,
  pool_size: number,
  outcome: nullable(text),
  reason: nullable(text),
  seats: list(seat),
})

const task = fields({
  id: text,
  title: text,
  instructions: text,
  domain_type: text,
  depends_on: list(text),
  worker: nullable(text),
  state: text,
  attempt: number,
  rework_reason: nullable(text),
  evidence: nullable(fields({ digest: text, seq: number, artifacts: list(named), references: list(text) })),
  agreement_permille: nullable(number),
  /** Its owner has said that people shall decide it. */
  disputed: flag,
  /** Its worker is out of service. */
  halted: flag,
  panel: nullable(text),
  review: nullable(review),
})

const gate = fields({
  attempt: number,
  mission_digest: text,
  human_required: flag,
  decide_by: text,
  integrator: text,
  outputs: list(artifact),
  summary: text,
  seq: number,
  epoch: number,
  epoch_committed: flag,
  texts: fields({ approve: text, reject: text }),
})

const decision = fields({
  approver: text,
  wallet: text,
  decision: oneOf('approve', 'reject'),
  mission_digest: text,
  reason_hash: text,
  text_hash: text,
  deadline: number,
  signature: text,
  chain_id: number,
  transaction: text,
})

const scope = fields({
  scope: text,
  mission_class: text,
  domain_type: text,
  acceptance_criteria: list(text),
  risk_acknowledgement: text,
  inputs: list(artifact),
  planner: text,
  integrator: text,
})

export const missionView = fields({
  ...summaryFields,
  scope: nullable(scope),
  attempt: number,
  tasks: list(task),
  gate: nullable(gate),
  decision: nullable(decision),
  /** By whom its completion was taken back. */
  reversed: nullable(text),
})

export type MissionSummary = Read<typeof summary>
export type Mission = Read<typeof missionView>
export type GateView = Read<typeof gate>
export type TaskView = Read<typeof task>
export type ReviewView = Read<typeof review>
export type SeatView = Read<typeof seat>
export type DecisionView = Read<typeof decision>
export type Artifact = Read<typeof artifact>
export type Named = Read<typeof named>

const summary = fields(summaryFields)
const missionsView = fields({ missions: list(summary) })

export async function fetchMissions(signal?: AbortSignal): Promise<readonly MissionSummary[]> {
  return (await get('/v1/missions', missionsView, signal)).missions
}

export function fetchMission(id: string, signal?: AbortSignal): Promise<Mission> {
  return get(`/v1/missions/${encodeURIComponent(id)}`, missionView, signal)
}

export const missionsQuery = queryOptions({
  queryKey: [...LIVE, 'missions'],
  queryFn: ({ signal }) => fetchMissions(signal),
})

export function missionQuery(id: string) {
  return queryOptions({ queryKey: [...LIVE, 'mission', id], queryFn: ({ signal }) => fetchMission(id, signal) })
}
