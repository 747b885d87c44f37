/**
 * A human's final decision: the one irreversible command of a mission.
 *
 * It has no envelope. The wallet's EIP-712 signature, kept by the gate contract and seen in a finalized block, is
 * what commits; `chain.observed` carries it in, and every constraint below is judged then. A decision that does not
 * hold is withheld and completes nothing.
 *
 * Source: spec 3.1, 3.2 (R2), 1.2; readings R1, E5, E6.
 */
import { bytes32Of, bytes32OfDigest } from '../../wire/abi.ts'
import { approvalDomain, recoverApprovalSigner, type Approval } from '../../wire/approval.ts'
import { millis, parseTimestamp } from '../../wire/time.ts'
import { chainOf } from '../constraints/deployment.ts'
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import * as Body from './command.ts'
import { approvalText, approvalTextHash } from './approval-text.ts'
import type { HumanDecision, MissionEvent } from './event.ts'
import { domainOfMission, isAdjudicated } from './domain.ts'
import { blockAtGate } from './final-gate.ts'
import { involvement } from './independence.ts'
import { isPlanned, type GateFacts, type Mission, type Missions, type PlannedMission } from './state.ts'

type Rule = Constraint<Missions, Body.Decide>
type AtGate = PlannedMission & { readonly gate: GateFacts; readonly status: 'FinalHumanGate' }

const DAY_MS = 24 * 3_600_000
const ZERO_HASH = `0x${'0'.repeat(64)}`

function missionOf(scene: Scene<Missions, Body.Decide>): Mission | undefined {
  return scene.own.get(scene.command.subject)
}

function atGate(scene: Scene<Missions, Body.Decide>): AtGate | undefined {
  const mission = missionOf(scene)
  return mission?.status === 'FinalHumanGate' ? mission : undefined
}

const beforeItsDeadline: Rule = {
  id: 'decided-before-its-deadline',
  level: 'physical',
  reads: 'body',
  check: (scene) => {
    const { deadline } = scene.command.body
    if (deadline * 1000 < scene.at) return { deadline, late_ms: scene.at - deadline * 1000 }
    const gate = atGate(scene)?.gate
    const limit = gate === undefined ? undefined : parseTimestamp(gate.decideBy)
    if (limit === undefined || !limit.ok) return undefined
    if (limit.value < scene.at) return { decide_by: gate?.decideBy ?? '' }
    return deadline * 1000 > limit.value ? { deadline, beyond: gate?.decideBy ?? '' } : undefined
  },
}

const missionIsKnown: Rule = {
  id: 'mission-exists',
  level: 'operational',
  reads: 'subject',
  check: (scene) => (missionOf(scene) === undefined ? { mission: scene.command.subject } : undefined),
}

const waitsAtTheGate: Rule = {
  id: 'step-of-the-machine',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const mission = missionOf(scene)
    return mission === undefined || mission.status === 'FinalHumanGate' ? undefined : { state: mission.status }
  },
}

const digestIsCurrent: Rule = {
  id: 'mission-digest-is-current',
  level: 'physical',
  reads: 'body',
  check: (scene) => {
    const gate = atGate(scene)?.gate
    const { mission_digest, attempt } = scene.command.body
    if (gate === undefined || (gate.digest === mission_digest && gate.attempt === attempt)) return undefined
    return { signed: mission_digest, current: gate.digest, attempt: gate.attempt }
  },
}

const approverIsHuman: Rule = {
  id: 'approver-is-a-verified-human',
  level: 'responsibility',
  reads: 'subject',
  check: ({ principal }) => (principal.kind === 'human' ? undefined : { approver: principal.id, kind: principal.kind }),
}

const approverIsIndependent: Rule = {
  id: 'approver-is-independent',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const mission = missionOf(scene)
    const part = mission === undefined ? undefined : involvement(mission, scene.principal.id, scene.world)
    return part === undefined ? undefined : { approver: scene.principal.id, part }
  },
}

const acknowledged: Rule = {
  id: 'consequences-are-acknowledged',
  level: 'responsibility',
  reads: 'body',
  check: ({ command: { body } }) =>
    body.i_understand_it && body.i_commit_it && body.i_accept_its_consequences ? undefined : {},
}

/** An EOA's signature is the law's to check; a contract account's rests on the chain's event (spec 2.1). */
const signedByTheWallet: Rule = {
  id: 'signed-by-the-wallet',
  level: 'responsibility',
  reads: 'body',
  check: ({ command: { body }, world }) => {
    if (body.by_contract) return undefined
    const domain = approvalDomain(
      chainOf(world.deployment, 'final_gate'),
      world.deployment.contracts.final_gate.address,
    )
    const signer = recoverApprovalSigner(domain, signedStruct(body), body.signature)
    if (!signer.ok) return { code: signer.error.code }
    return signer.value === body.approver ? undefined : { recovered: signer.value }
  },
}

const textIsAsShown: Rule = {
  id: 'text-is-as-shown',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const mission = atGate(scene)
    if (mission === undefined) return undefined
    const { decision, text_hash } = scene.command.body
    const text = approvalText(mission, decision, scene.world.deployment.id)
    const expected = bytes32Of(approvalTextHash(text))
    return expected === text_hash ? undefined : { expected, signed: text_hash }
  },
}

/** Attention is not recorded yet: until it is, the field holds zero, and nothing else may hide in it. */
const attentionIsEmpty: Rule = {
  id: 'attention-is-empty',
  level: 'operational',
  reads: 'body',
  check: ({ command: { body } }) =>
    body.attention_hash === ZERO_HASH ? undefined : { attention_hash: body.attention_hash },
}

const rejectionHasAReason: Rule = {
  id: 'rejection-has-a-reason',
  level: 'responsibility',
  reads: 'body',
  check: ({ command: { body } }) => (body.decision === 'reject' && body.reason_hash === ZERO_HASH ? {} : undefined),
}

const integrationIsCommitted: Rule = {
  id: 'integration-is-committed',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const gate = atGate(scene)?.gate
    if (gate === undefined) return undefined
    const epoch = scene.world.epochOfSeq(gate.seq)
    return scene.world.epochCommitted(epoch) ? undefined : { epoch }
  },
}

/**
 * Whoever approves all day long does not look any more: beyond the day's budget the gate is closed to them (spec 10).
 * Rejections are not counted: to say no is never too much. A day is the last 24 hours.
 */
const withinTheBudget: Rule = {
  id: 'approval-budget-is-left',
  level: 'operational',
  reads: 'subject',
  check: ({ command, principal, world, at }) => {
    if (command.body.decision === 'reject') return undefined
    const { approvalsPerDay } = world.constitution.finalGate
    const approved = world.approvalsSince(principal.id, millis(at - DAY_MS))
    return approved < approvalsPerDay ? undefined : { approved, approvals_per_day: approvalsPerDay }
  },
}

/** High risk is decided on four layers, each of them there and shown (spec 3.1). To reject needs none of them. */
const fourLayers: Rule = {
  id: 'four-layers-present',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const mission = atGate(scene)
    if (mission === undefined || scene.command.body.decision === 'reject') return undefined
    const topology = scene.world.constitution.topologyOf(mission.tier)
    // Nobody reviews a constitutional mission: what stands in for the layers there are its chambers.
    if (topology?.humanFinalGate !== true || topology.constitutionalFlow) return undefined
    const missing = scene.world.missingLayers(mission.id)
    return missing.length === 0 ? undefined : { missing: missing.join(', ') }
  },
}

const gateOpens: Rule = {
  id: 'gate-conditions-hold',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const mission = atGate(scene)
    // Whoever may approve may reject, whatever else still stands in the way of completion.
    if (mission === undefined || scene.command.body.decision === 'reject') return undefined
    const block = blockAtGate({
      tier: mission.tier,
      domainType: domainOfMission(mission),
      adjudicated: isAdjudicated(mission),
      humanAsked: mission.gate.humanRequired,
      chambersPassed: false,
      approval: { kind: scene.principal.kind === 'human' ? 'human' : 'machine', signatureValid: true },
    })
    return block === undefined ? undefined : { needs: block }
  },
}

/** The struct that the approver's wallet signed. */
export function signedStruct(body: Body.Decide): Approval {
  return {
    missionDigest: bytes32OfDigest(body.mission_digest),
    attempt: body.attempt,
    approver: body.approver,
    decision: body.decision,
    reasonHash: body.reason_hash,
    iUnderstandIt: body.i_understand_it,
    iCommitIt: body.i_commit_it,
    iAcceptItsConsequences: body.i_accept_its_consequences,
    textHash: body.text_hash,
    attentionHash: body.attention_hash,
    deadline: body.deadline,
  }
}

export const decide: CommandType<Missions, Body.Decide> = {
  type: 'mission.decide',
  domain: 'mission',
  effect: 'irreversible',
  signers: ['human'],
  owner: 'any verified human who had no hand in the mission',
  subjectKind: 'mission',
  body: Body.decide,
  constraints: [
    beforeItsDeadline,
    digestIsCurrent,
    approverIsHuman,
    approverIsIndependent,
    acknowledged,
    signedByTheWallet,
    textIsAsShown,
    rejectionHasAReason,
    missionIsKnown,
    waitsAtTheGate,
    attentionIsEmpty,
    integrationIsCommitted,
    withinTheBudget,
    fourLayers,
    gateOpens,
  ],
  decide: ({ command, principal, own }) => {
    const mission = own.get(command.subject)
    if (!isPlanned(mission) || mission.status !== 'FinalHumanGate') return []
    const { body } = command
    const decision: HumanDecision = {
      approver: principal.id,
      wallet: body.approver,
      decision: body.decision,
      mission_digest: body.mission_digest,
      reason_hash: body.reason_hash,
      text_hash: body.text_hash,
      attention_hash: body.attention_hash,
      deadline: body.deadline,
      signature: body.signature,
      chain_id: body.chain_id,
      transaction: body.transaction,
    }
    const { attempt } = mission.gate
    const event: MissionEvent =
      body.decision === 'approve'
        ? { event_type: 'mission.completed', subject: mission.id, data: { attempt, by: 'human', decision } }
        : { event_type: 'mission.rejected', subject: mission.id, data: { attempt, decision } }
    return [event]
  },
}
