/**
 * Signed decisions that this browser keeps until the ledger has them: what was signed once is sent again, never
 * signed again, whatever breaks in between. No secret: everything in it is meant for the chain.
 */
import { parseApproval, type Approval } from '../../../protocol/wire/approval.ts'
import type { SignedApproval } from '../../data/approvals.ts'

export type Kept = SignedApproval & {
  /** The written reason: its bytes may still have to be stored. */
  readonly reason: string
  /** The transaction that this wallet sent with it. */
  readonly transaction?: string
}

type Key = Pick<Approval, 'missionDigest' | 'attempt' | 'approver'>

function nameOf({ missionDigest, attempt, approver }: Key): string {
  return `genesis:approval:${missionDigest}:${attempt}:${approver}`
}

/** Returns whether the browser could keep it: some keep nothing. */
export function keep(kept: Kept): boolean {
  try {
    localStorage.setItem(nameOf(kept.approval), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export function recall(key: Key): Kept | undefined {
  try {
    return parseKept(localStorage.getItem(nameOf(key)), key)
  } catch {
    return undefined
  }
}

export function forget(key: Key): void {
  try {
    localStorage.removeItem(nameOf(key))
  } catch {
    // Nothing was kept where nothing can be.
  }
}

export function parseKept(text: string | null, key: Key): Kept | undefined {
  if (text === null) return undefined
  const { approval, signature, reason, transaction } = JSON.parse(text) as Partial<Record<keyof Kept, unknown>>
  const parsed = parseApproval(approval)
  if (!parsed.ok || typeof signature !== 'string' || !/^0x[0-9a-f]+$/.test(signature)) return undefined
  const { missionDigest, attempt, approver } = parsed.value
  const same = missionDigest === key.missionDigest && attempt === key.attempt && approver === key.approver
  if (!same) return undefined
  return {
    approval: parsed.value,
    signature: signature as `0x${string}`,
    reason: typeof reason === 'string' ? reason : '',
    ...(typeof transaction === 'string' ? { transaction } : {}),
  }
}
