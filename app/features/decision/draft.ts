/**
 * Build: from what the human has read and written to the struct that their wallet signs. Pure.
 *
 *     digest and text   from the browser's own replay of the ledger
 *     reason            as written; its SHA-256 goes into the struct, its bytes into the artifact store
 *     deadline          24 hours from now, never beyond the gate's own limit; unix seconds
 */
import { bytes32Of, bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import { parseApproval, type Approval } from '../../../protocol/wire/approval.ts'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { err, ok, type Result } from '../../../protocol/wire/result.ts'
import { hash, parseDigest } from '../../../protocol/wire/sha256.ts'
import type { GateView } from '../../data/missions.ts'

export type Verdict = Approval['decision']

export type Draft = {
  readonly verdict: Verdict
  /** The three statements, each confirmed for itself. */
  readonly acknowledged: readonly boolean[]
  readonly reason: string
  /** When it was begun, milliseconds since 1970: fixes the deadline, so that what is shown is what is signed. */
  readonly begunAt: number
}

/** What still has to be done before there is anything to sign. */
export type Missing = 'acknowledgements' | 'reason' | 'time' | 'reason-too-long' | 'reason-ill-formed' | 'unreadable'

export const ACKNOWLEDGEMENTS = 3

/** Bytes of UTF-8. */
export const REASON_MAX = 20_000

const DAY_S = 86_400

/** A signature that expires sooner would be refused on its way. */
const MARGIN_MS = 30_000

export const NOTHING_WRITTEN = `0x${'0'.repeat(64)}`

export function emptyDraft(verdict: Verdict, begunAt: number): Draft {
  return { verdict, acknowledged: Array.from({ length: ACKNOWLEDGEMENTS }, () => false), reason: '', begunAt }
}

/** Unix seconds. */
export function deadlineFor(begunAt: number, decideBy: string): number {
  return Math.min(Math.floor(begunAt / 1000) + DAY_S, Math.floor(Date.parse(decideBy) / 1000))
}

/** Whether enough is left for a signature to get into a block. */
export function isInTime(deadline: number, nowMs: number): boolean {
  return deadline * 1000 > nowMs + MARGIN_MS
}

/** The bytes that are stored and hashed; none when nothing was written. */
export function reasonBytes(reason: string): Uint8Array<ArrayBuffer> | undefined {
  const trimmed = reason.trim()
  return trimmed === '' ? undefined : (utf8(trimmed) as Uint8Array<ArrayBuffer>)
}

export function missingIn(draft: Draft, gate: GateView, nowMs: number): readonly Missing[] {
  const missing: Missing[] = []
  const { reason } = draft
  if (draft.acknowledged.length !== ACKNOWLEDGEMENTS || draft.acknowledged.includes(false)) {
    missing.push('acknowledgements')
  }
  if (draft.verdict === 'reject' && reason.trim() === '') missing.push('reason')
  if (!reason.isWellFormed()) missing.push('reason-ill-formed')
  else if ((reasonBytes(reason)?.length ?? 0) > REASON_MAX) missing.push('reason-too-long')
  if (!isInTime(deadlineFor(draft.begunAt, gate.decide_by), nowMs)) missing.push('time')
  return missing
}

/** The struct that will be signed, whole, whether or not everything is confirmed yet: it is shown while it grows. */
export function previewApproval(draft: Draft, gate: GateView, approver: string): Result<Approval, Missing> {
  const missionDigest = parseDigest(gate.mission_digest)
  if (!missionDigest.ok) return err('unreadable')
  if (!draft.reason.isWellFormed()) return err('reason-ill-formed')
  const reason = reasonBytes(draft.reason)
  const [iUnderstandIt, iCommitIt, iAcceptItsConsequences] = draft.acknowledged
  const approval = parseApproval({
    missionDigest: bytes32OfDigest(missionDigest.value),
    attempt: gate.attempt,
    approver: approver.toLowerCase(),
    decision: draft.verdict,
    reasonHash: reason === undefined ? NOTHING_WRITTEN : bytes32Of(hash(reason)),
    iUnderstandIt: iUnderstandIt === true,
    iCommitIt: iCommitIt === true,
    iAcceptItsConsequences: iAcceptItsConsequences === true,
    textHash: bytes32Of(hash(utf8(gate.texts[draft.verdict]))),
    attentionHash: NOTHING_WRITTEN,
    deadline: deadlineFor(draft.begunAt, gate.decide_by),
  })
  return approval.ok ? ok(approval.value) : err('unreadable')
}

export function buildApproval(
  draft: Draft,
  gate: GateView,
  approver: string,
  nowMs: number,
): Result<Approval, readonly Missing[]> {
  const missing = missingIn(draft, gate, nowMs)
  if (missing.length > 0) return err(missing)
  const approval = previewApproval(draft, gate, approver)
  return approval.ok ? approval : err([approval.error])
}
