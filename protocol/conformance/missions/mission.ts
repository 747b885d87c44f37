/**
 * One mission on a vectors' deployment, led along by the names that the vectors give to the machine's steps. A step
 * that the law does not take answers false and leaves the state as it was.
 */
import { bytes32Of, bytes32OfDigest } from '../../wire/abi.ts'
import { approvalDigest, approvalDomain, parseApproval } from '../../wire/approval.ts'
import { utf8 } from '../../wire/bytes.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { seal } from '../../wire/dsse.ts'
import { EVIDENCE_TYPE, STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../wire/evidence.ts'
import { Fault } from '../../wire/fault.ts'
import { digest, type Digest } from '../../wire/sha256.ts'
import { formatTimestamp, HOUR } from '../../wire/time.ts'
import { sign as walletSign } from '../../wire/wallet.ts'
import { approvalText, approvalTextHash } from '../../law/mission/approval-text.ts'
import { STEPS, type MissionState, type Step } from '../../law/mission/machine.ts'
import { shownState, taskOf, type Mission } from '../../law/mission/state.ts'
import { sealOf } from '../../law/review/seal.ts'
import type { ReviewDecision, Verdict } from '../../law/review/event.ts'
import { isSeated, reviewKey } from '../../law/review/state.ts'
import { CHAIN_ID, GATE, isCommitted, type Deployment, type Sender } from './deployment.ts'
import { INTEGRATOR, OWNER, PLANNER, secretOf, WORKER, type Person } from './people.ts'

export const TASK = 't-1'
const REPORT = digest('the report')
const DATA = digest('the data')
const NOTES = digest('the notes')
export const SALT = secretOf('salt')
export const SALT_HEX = Array.from(SALT, (byte) => byte.toString(16).padStart(2, '0')).join('')

const CLASSES: { readonly [tier: string]: string } = {
  R0: 'documentation_update',
  R1: 'internal_operations_change',
  R2: 'regulated_analysis',
  R3: 'constitutional_change',
}

export type Fields = { readonly [field: string]: Json | undefined }

export type MissionRun = {
  readonly id: string
  /** The state that the mission is in; Draft where it was not even created. */
  shown(): MissionState
  /** Whether the law takes the step. */
  step(step: Step, changes?: Fields): boolean
  create(changes?: Fields): boolean
  /**
   * The seated reviewers seal and reveal these verdicts in order; one without a verdict seals and stays silent. `more`
   * is what all their decisions say otherwise than usual.
   */
  review(verdicts: readonly Verdict[], more?: Partial<ReviewDecision>): boolean
  /** Somebody who was not drawn seals a decision. */
  reviewUninvited(): boolean
  decide(verdict: 'approve' | 'reject', by?: Person, signer?: Person): boolean
  submit(change: (statement: Statement) => Json): boolean
}

export type Statement = { readonly subject: Json; readonly predicate: Fields; readonly [field: string]: Json | Fields }

export function missionRun(world: Deployment, id: string, tier: string): MissionRun {
  const { state } = world
  const found = (): Mission | undefined => state.missions.get(id)
  const shown = (): MissionState => {
    const mission = found()
    // With one task its own state is the mission's; what a mission shows does not tell rework from work.
    const only = mission?.status === 'Working' ? taskOf(mission, TASK) : undefined
    return only?.status ?? (mission === undefined ? 'Draft' : shownState(mission))
  }
  const sends = (sender: Sender, type: string, body: Fields): boolean =>
    isCommitted(world.send(sender, type, id, without(body)))

  const commands: { readonly [step in Step]: (changes: Fields) => boolean } = {
    define_scope: (changes) => sends(OWNER, 'mission.scope', { ...scopeOf(tier), ...changes }),
    build_task_graph: (changes) => sends(PLANNER, 'mission.plan', { tasks: graph(), ...changes }),
    start_work: () => sends(WORKER, 'mission.start', { task: TASK }),
    submit_evidence: () => submit((statement) => statement as unknown as Json),
    route_reviewers: () => {
      const review = state.reviews.byTask.get(reviewKey(id, TASK))
      return review?.status === 'awaiting_beacon' && isCommitted(world.observeRound(review.frozen.round))
    },
    review_failed: () => review(['reject', 'reject', 'reject', 'reject', 'reject']),
    correct_task: () => sends(WORKER, 'mission.correct', { task: TASK }),
    review_approved: () => review(['approve', 'approve', 'approve', 'approve', 'approve']),
    assemble_output: () => sends(INTEGRATOR, 'mission.integrate', { outputs: [OUTPUT], summary: 'Total 42.' }),
    human_approve: () => decide('approve'),
    human_reject: () => decide('reject'),
    replan: (changes) => sends(PLANNER, 'mission.replan', { tasks: graph(), ...changes }),
  }

  function submit(change: (statement: Statement) => Json): boolean {
    const attempt = (taskOf(found(), TASK)?.attempt ?? 0) + 1
    const changed = change(statementOf(id, attempt, formatTimestamp(world.now())))
    const evidence = isEnvelope(changed) ? changed : seal(STATEMENT_PAYLOAD_TYPE, changed, WORKER.signer)
    return sends(WORKER, 'mission.submit', { task: TASK, evidence })
  }

  function review(verdicts: readonly Verdict[], more: Partial<ReviewDecision> = {}): boolean {
    const sitting = state.reviews.byTask.get(reviewKey(id, TASK))
    const ids = isSeated(sitting) ? [...sitting.seats.keys()] : []
    const seats = world.reviewers().filter((reviewer) => ids.length === 0 || ids.includes(reviewer.id))
    const given = seats.map((seat, i) => {
      const attempt = taskOf(found(), TASK)?.attempt ?? 1
      const decision = { ...decisionOf(id, attempt, seat.id, verdicts[i] ?? 'reject'), ...more }
      return { seat, speaks: i < verdicts.length, decision }
    })
    const sealed = given.map(({ seat, decision }) =>
      sends(seat, 'review.commit', { task: TASK, commitment: sealOf(decision, SALT) }),
    )
    if (!sealed.every(Boolean)) return false
    return given
      .filter(({ speaks }) => speaks)
      .map(({ seat, decision }) => sends(seat, 'review.reveal', { task: TASK, decision, salt: SALT_HEX }))
      .every(Boolean)
  }

  function reviewUninvited(): boolean {
    const decision = decisionOf(id, taskOf(found(), TASK)?.attempt ?? 1, PLANNER.id, 'approve')
    return sends(PLANNER, 'review.commit', { task: TASK, commitment: sealOf(decision, SALT) })
  }

  function decide(verdict: 'approve' | 'reject', by: Person = OWNER, signer: Person = by): boolean {
    if (shown() === 'FinalHumanGate') world.publishEpochs()
    const taken = isCommitted(world.observeDecision(decisionLog(world, found(), verdict, by, signer)))
    if (taken && shown() === 'Rejected') world.reinforce()
    return taken
  }

  return {
    id,
    shown,
    create: (changes = {}) => sends(OWNER, 'mission.create', { title: 'A report', summary: 'We need it.', ...changes }),
    /** A step is taken when its commands were committed and the mission shows the state that it leads to. */
    step: (step, changes = {}) => {
      const before = shown()
      return commands[step](changes) && STEPS[step][0] === before && shown() === STEPS[step][1]
    },
    review,
    reviewUninvited,
    decide,
    submit,
  }
}

export const OUTPUT = { name: 'report.json', digest: REPORT, bytes: 10, media_type: 'application/json' }

export function task(more: Fields = {}): Json {
  const own = { id: TASK, title: 'Report', instructions: 'Compute it.', domain_type: 'objective', depends_on: [] }
  return without({ ...own, worker: WORKER.id, ...more })
}

function graph(): Json {
  return [task()]
}

export function scopeOf(tier: string): Fields {
  return {
    scope: 'Compute the report over the data.',
    mission_class: CLASSES[tier] ?? tier,
    domain_type: 'objective',
    acceptance_criteria: ['The report agrees with the data.'],
    risk_acknowledgement: 'A wrong report would mislead its readers.',
    inputs: [{ name: 'data.csv', digest: DATA, bytes: 8, media_type: 'text/csv' }],
    planner: PLANNER.id,
    integrator: INTEGRATOR.id,
  }
}

export function statementOf(mission: string, attempt: number, at: string): Statement {
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: 'report.json', digest: { sha256: REPORT.slice(7) } }],
    predicateType: EVIDENCE_TYPE,
    predicate: {
      mission,
      task: TASK,
      attempt,
      worker: WORKER.id,
      model_family: WORKER.family,
      method_type: WORKER.method,
      work: 'Computed the report.',
      reproduction: {
        command: ['node', 'report.mjs'],
        inputs: [{ name: 'data.csv', digest: DATA }],
        outputs: [{ name: 'report.json', digest: REPORT }],
        environment: {},
      },
      intermediate: [{ name: 'notes.json', digest: NOTES }],
      started: at,
      finished: at,
    },
  }
}

export function decisionOf(mission: string, attempt: number, reviewer: string, verdict: Verdict): ReviewDecision {
  return {
    attempt,
    mission,
    normative_dispute: false,
    reasons: [{ text: 'Computed it again.', references: [{ artifact: REPORT, locator: '/total' }] }],
    reviewer,
    scores: { completeness: 90, correctness: 95, policy_compliance: 90 },
    task: TASK,
    verdict,
  }
}

/**
 * The gate's log of a decision; about nothing that is known where the mission never stood there.
 *
 * @param more fields of the approval that are other than they should be; they are signed so
 */
export function decisionLog(
  world: Deployment,
  mission: Mission | undefined,
  verdict: 'approve' | 'reject',
  by: Person,
  signer: Person,
  more: { readonly [field: string]: Json } = {},
): { readonly [field: string]: Json } {
  const gate = mission !== undefined && 'gate' in mission ? mission.gate : undefined
  const text =
    mission === undefined || !('gate' in mission)
      ? utf8('nothing')
      : approvalTextHash(approvalText(mission, verdict, world.state.founded?.deployment.id ?? ''))
  const approval = parseApproval({
    missionDigest: bytes32OfDigest((gate?.digest ?? digest('no mission')) as Digest),
    attempt: gate?.attempt ?? 1,
    approver: by.wallet,
    decision: verdict,
    reasonHash: bytes32Of(new Uint8Array(32).fill(verdict === 'reject' ? 7 : 0)),
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    textHash: bytes32Of(text.length === 32 ? text : new Uint8Array(32)),
    attentionHash: bytes32Of(new Uint8Array(32)),
    deadline: Math.floor((world.now() + HOUR) / 1000),
    ...more,
  })
  if (!approval.ok) throw new Fault('vector-world', { part: 'approval', code: approval.error.code })
  const { value } = approval
  return {
    event: 'Decided',
    mission_digest: `sha256:${value.missionDigest.slice(2)}`,
    attempt: value.attempt,
    approver: value.approver,
    decision: value.decision,
    reason_hash: value.reasonHash,
    i_understand_it: value.iUnderstandIt,
    i_commit_it: value.iCommitIt,
    i_accept_its_consequences: value.iAcceptItsConsequences,
    text_hash: value.textHash,
    attention_hash: value.attentionHash,
    deadline: value.deadline,
    signature: walletSign(approvalDigest(approvalDomain(CHAIN_ID, GATE), value), signer.walletSecret),
    by_contract: false,
  }
}

/** A field that a vector leaves out is not there at all. */
function without(body: Fields): Json {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Json
}

function isEnvelope(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'payloadType' in value
}
