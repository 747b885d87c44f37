/** A mission at its gate, as the API shows it, for tests that change one thing about it. */
import type { GateView, Mission, ReviewView, SeatView } from '../../app/data/missions.ts'

export const DIGEST = `sha256:${'ab'.repeat(32)}`
export const REPORT = `sha256:${'cd'.repeat(32)}`
export const WALLET = `0x${'11'.repeat(20)}`

/** 2026-03-01T00:00:00Z */
export const NOW = Date.UTC(2026, 2, 1)

export const gate: GateView = {
  attempt: 1,
  mission_digest: DIGEST,
  human_required: true,
  decide_by: '2026-03-10T00:00:00.000Z',
  integrator: 'integrator-1',
  outputs: [{ name: 'report.json', digest: REPORT, bytes: 10, media_type: 'application/json' }],
  summary: 'Total 42.',
  seq: 40,
  epoch: 1,
  epoch_committed: true,
  texts: { approve: 'I approve.\n', reject: 'I reject.\n' },
}

export function seat(id: string, more: Partial<SeatView> = {}): SeatView {
  return {
    id,
    operator: `operator-of-${id}`,
    region: 'EU',
    organization: `house-of-${id}`,
    model_family: `family-of-${id}`,
    method_type: 'rule_based_deterministic',
    sealed: true,
    commitment: null,
    decision: {
      verdict: 'approve',
      normative_dispute: false,
      scores: { completeness: 90, correctness: 90, policy_compliance: 90 },
      reasons: [{ text: 'Recomputed it.', references: [{ artifact: REPORT, locator: '/total' }] }],
    },
    counted: true,
    ...more,
  }
}

export const review: ReviewView = {
  status: 'concluded',
  commit_by: null,
  reveal_by: null,
  attempt: 1,
  draw: 0,
  round: 175,
  pool_size: 5,
  outcome: 'approved',
  reason: 'approved',
  seats: [seat('a'), seat('b')],
}

export const mission: Mission = {
  id: 'm-1',
  title: 'A report',
  summary: 'We need it.',
  owner: 'noor',
  state: 'FinalHumanGate',
  held: null,
  tier: 'R2',
  mission_class: 'regulated_analysis',
  domain_type: 'objective',
  revision: 22,
  waits_for_a_human: true,
  attempt: 1,
  scope: {
    scope: 'Compute it.',
    mission_class: 'regulated_analysis',
    domain_type: 'objective',
    acceptance_criteria: ['It agrees with the data.'],
    risk_acknowledgement: 'It could mislead.',
    inputs: [],
    planner: 'planner-1',
    integrator: 'integrator-1',
  },
  tasks: [
    {
      id: 't-1',
      title: 'Report',
      instructions: 'Compute it.',
      domain_type: 'objective',
      depends_on: [],
      worker: 'worker-1',
      state: 'Integrated',
      attempt: 1,
      rework_reason: null,
      evidence: { digest: DIGEST, seq: 20, artifacts: [{ name: 'report.json', digest: REPORT }], references: [REPORT] },
      agreement_permille: 800,
      disputed: false,
      halted: false,
      panel: null,
      review,
    },
  ],
  gate,
  decision: null,
  reversed: null,
}
