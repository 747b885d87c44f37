/** Whole stretches of a mission's way, for tests that begin in the middle of it. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { seal } from '../../../protocol/wire/dsse.ts'
import { EVIDENCE_TYPE, STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../../protocol/wire/evidence.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { approvalDigest, approvalDomain, parseApproval } from '../../../protocol/wire/approval.ts'
import { bytes32Of, bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import { parseDigest } from '../../../protocol/wire/sha256.ts'
import { sign as walletSign } from '../../../protocol/wire/wallet.ts'
import { approvalText, approvalTextHash } from '../../../protocol/law/mission/approval-text.ts'
import { dueEnd } from '../../../protocol/law/epoch/schedule.ts'
import { sealOf } from '../../../protocol/law/review/seal.ts'
import type { ReviewDecision, Verdict } from '../../../protocol/law/review/event.ts'
import { isSeated, reviewKey } from '../../../protocol/law/review/state.ts'
import { CHAIN_ID, committed, CONTRACTS, drawNow, register, type Bench } from './world.ts'
import {
  INTEGRATOR,
  NOOR,
  PLANNER,
  reviewerOf,
  REVIEWERS,
  RUNTIME,
  WORKER,
  type MachineFacts,
  type Person,
} from './people.ts'

export const REPORT = 'sha256:' + createHash('sha256').update('the report').digest('hex')
export const DATA = 'sha256:' + createHash('sha256').update('the data').digest('hex')
export const NOTES = 'sha256:' + createHash('sha256').update('the notes').digest('hex')
export const OUTPUT = { name: 'report.json', digest: REPORT, bytes: 10, media_type: 'application/json' }

export type ClassName = 'documentation_update' | 'internal_operations_change' | 'regulated_analysis'

export function scopeBody(mission_class: string = 'documentation_update', more: object = {}) {
  return {
    scope: 'Compute the report over the data file.',
    mission_class,
    domain_type: 'objective',
    acceptance_criteria: ['The report agrees with the data.'],
    risk_acknowledgement: 'A wrong report would mislead its readers.',
    inputs: [{ name: 'data.csv', digest: DATA, bytes: 10, media_type: 'text/csv' }],
    planner: PLANNER.id,
    integrator: INTEGRATOR.id,
    ...more,
  }
}

export function oneTask(more: object = {}) {
  return {
    tasks: [
      {
        id: 't-1',
        title: 'Report',
        instructions: 'Compute it.',
        domain_type: 'objective',
        depends_on: [],
        worker: WORKER.id,
        ...more,
      },
    ],
  }
}

export function statement(bench: Bench, mission: string, attempt: number, more: object = {}) {
  const now = formatTimestamp(bench.now())
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: 'report.json', digest: { sha256: REPORT.slice(7) } }],
    predicateType: EVIDENCE_TYPE,
    predicate: {
      mission,
      task: 't-1',
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
      started: now,
      finished: now,
      ...more,
    },
  }
}

export function evidence(bench: Bench, mission: string, attempt = 1, more: object = {}) {
  return seal(STATEMENT_PAYLOAD_TYPE, statement(bench, mission, attempt, more), WORKER.signer)
}

export function scoped(bench: Bench, mission: string, name: string = 'documentation_update'): void {
  committed(bench.send(NOOR, 'mission.create', mission, { title: 'A report', summary: 'We need it.' }))
  committed(bench.send(NOOR, 'mission.scope', mission, scopeBody(name)))
}

export function started(bench: Bench, mission: string, name: string = 'documentation_update'): void {
  scoped(bench, mission, name)
  committed(bench.send(PLANNER, 'mission.plan', mission, oneTask()))
  committed(bench.send(WORKER, 'mission.start', mission, { task: 't-1' }))
}

export function submitted(bench: Bench, mission: string, name: string = 'documentation_update'): void {
  started(bench, mission, name)
  committed(bench.send(WORKER, 'mission.submit', mission, { task: 't-1', evidence: evidence(bench, mission) }))
}

export function underReview(
  bench: Bench,
  mission: string,
  name: string = 'documentation_update',
): readonly MachineFacts[] {
  submitted(bench, mission, name)
  committed(drawNow(bench))
  return seatedFor(bench, mission)
}

export function seatedFor(bench: Bench, mission: string): readonly MachineFacts[] {
  const review = bench.state.reviews.byTask.get(reviewKey(mission, 't-1'))
  assert.ok(isSeated(review))
  return [...review.seats.keys()].map((id) => {
    const machine = reviewerOf(id)
    assert.ok(machine !== undefined)
    return machine
  })
}

export function decision(reviewer: string, mission: string, verdict: Verdict, more: object = {}): ReviewDecision {
  return {
    attempt: 1,
    mission,
    normative_dispute: false,
    reasons: [{ text: 'Recomputed it.', references: [{ artifact: REPORT, locator: '/total' }] }],
    reviewer,
    scores: { completeness: 90, correctness: 95, policy_compliance: 90 },
    task: 't-1',
    verdict,
    ...more,
  }
}

export const SALT = '5a'.repeat(32)

/** Seal and reveal one decision per reviewer, in order. */
export function reviewed(
  bench: Bench,
  mission: string,
  verdictOf: (reviewer: MachineFacts, index: number) => ReviewDecision,
): void {
  const seats = seatedFor(bench, mission)
  const decisions = seats.map((seat, i) => verdictOf(seat, i))
  seats.forEach((seat, i) => {
    const commitment = sealOf(decisions[i]!, Buffer.from(SALT, 'hex'))
    committed(bench.send(seat, 'review.commit', mission, { task: 't-1', commitment }))
  })
  seats.forEach((seat, i) => {
    committed(bench.send(seat, 'review.reveal', mission, { task: 't-1', decision: decisions[i], salt: SALT }))
  })
}

/** Fresh reviewers: whoever approved what a human rejected is not trusted enough for an R2 draw any more. */
export function reinforced(bench: Bench): void {
  const { machines } = bench.state
  for (const { id } of REVIEWERS) {
    let number = 2
    while (machines.has(`${id}-${number}`)) number += 1
    register(bench, reviewerOf(`${id}-${number}`)!)
  }
}

export function atTheGate(bench: Bench, mission: string, name: string = 'regulated_analysis'): void {
  underReview(bench, mission, name)
  reviewed(bench, mission, (seat, i) => decision(seat.id, mission, i === 4 ? 'reject' : 'approve'))
  committed(bench.send(INTEGRATOR, 'mission.integrate', mission, { outputs: [OUTPUT], summary: 'Total 42.' }))
}

export function closeEpoch(bench: Bench) {
  bench.wait(60_000)
  const { epochs, founded } = bench.state
  const { epochMs = 0, development = true } = founded?.deployment ?? {}
  const end = dueEnd({ lastEnd: epochs.lastEnd, epochMs, development }, bench.now(), true)
  assert.ok(end !== undefined)
  return bench.send(RUNTIME, 'epoch.close', 'epochs', { epoch: epochs.current, end: formatTimestamp(end) })
}

let logs = 0

export function observed(log: object, contract: keyof typeof CONTRACTS, more: object = {}) {
  logs += 1
  return {
    chain_id: CHAIN_ID,
    contract: CONTRACTS[contract].address,
    block_number: logs,
    block_hash: `0x${'b0'.repeat(32)}`,
    block_time: 1_770_000_000,
    transaction: `0x${logs.toString(16).padStart(64, '0')}`,
    log_index: 0,
    log,
    ...more,
  }
}

/** Close the open epoch and see every closed one committed on chain. */
export function publishAll(bench: Bench): void {
  committed(closeEpoch(bench))
  for (const { epoch, commitment } of bench.state.epochs.closed) {
    if (bench.state.chain.committed.has(epoch)) continue
    const body = observed({ event: 'EpochCommitted', epoch, commitment }, 'commitment_log')
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', body))
  }
}

/** The log of the final gate for a decision that this person signs, unless `more` says otherwise. */
export function decided(
  bench: Bench,
  mission: string,
  person: Person,
  verdict: 'approve' | 'reject' = 'approve',
  more: { [field: string]: unknown } = {},
  signer: Person = person,
) {
  const found = bench.state.missions.get(mission)
  assert.ok(found !== undefined && 'gate' in found)
  const digest = parseDigest(found.gate.digest)
  assert.ok(digest.ok)
  const text = approvalText(found, verdict, bench.state.founded?.deployment.id ?? '')
  const message = {
    missionDigest: bytes32OfDigest(digest.value),
    attempt: found.gate.attempt,
    approver: person.wallet,
    decision: verdict,
    reasonHash: bytes32Of(new Uint8Array(32).fill(verdict === 'reject' ? 7 : 0)),
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    textHash: bytes32Of(approvalTextHash(text)),
    attentionHash: bytes32Of(new Uint8Array(32)),
    deadline: Math.floor(millis(bench.now() + 3_600_000) / 1000),
    ...more,
  }
  const approval = parseApproval(message)
  assert.ok(approval.ok, JSON.stringify(approval))
  const domain = approvalDomain(CHAIN_ID, CONTRACTS.final_gate.address)
  const value = approval.value
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
    signature: walletSign(approvalDigest(domain, value), signer.walletSecret),
    by_contract: false,
  }
}
