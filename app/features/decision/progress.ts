/**
 * How far a decision has come, from all that can be seen of it. Nothing is shown further than the chain says.
 *
 *     none ─▶ signed ─▶ included ─▶ final ─▶ recorded
 *
 *     signed     a signature exists: kept by this browser, or in the relay's hands
 *     included   its log lies in a block
 *     final      that block is finalized
 *     recorded   the ledger took it: the mission is completed or rejected
 *
 * Pure. A reorganization takes a decision back from included to signed; nothing takes it back from final.
 */
import type { OnChain, Verdict } from '../../chain/final-gate.ts'
import type { Relayed } from '../../data/approvals.ts'
import type { Mission } from '../../data/missions.ts'
import type { Kept } from './kept.ts'

export const STAGES = ['signed', 'included', 'final', 'recorded'] as const

export type Stage = (typeof STAGES)[number]

export type Progress = {
  readonly reached: Stage | 'none'
  readonly verdict: Verdict | undefined
  readonly transaction: string | undefined
  readonly block: number | undefined
  /** The gate refused an earlier signature for good: its reason. */
  readonly refused: string | undefined
  /** In whose hands it is while it is only signed. */
  readonly held: 'relay' | 'wallet' | 'browser' | undefined
  /** Why the relay waits. */
  readonly waitsFor: string | undefined
}

export type Seen = {
  readonly mission: Pick<Mission, 'state' | 'decision'>
  readonly onChain: OnChain | undefined
  readonly relayed: Relayed | undefined
  readonly kept: Kept | undefined
}

const NOTHING: Progress = {
  reached: 'none',
  verdict: undefined,
  transaction: undefined,
  block: undefined,
  refused: undefined,
  held: undefined,
  waitsFor: undefined,
}

export function progressOf({ mission, onChain, relayed, kept }: Seen): Progress {
  const { decision } = mission
  const log = onChain?.log
  if (decision !== null) {
    const block = log?.transaction === decision.transaction ? log.block : undefined
    return { ...NOTHING, reached: 'recorded', verdict: decision.decision, transaction: decision.transaction, block }
  }
  if (onChain?.decision !== undefined) {
    const isFinal = log !== undefined && log.block <= onChain.finalized
    return {
      ...NOTHING,
      reached: isFinal ? 'final' : 'included',
      verdict: onChain.decision,
      transaction: log?.transaction,
      block: log?.block,
    }
  }
  // What the gate refused for good is no decision any more: the human may make another.
  const refused = relayed?.state === 'refused' ? relayed : undefined
  const carried = refused === undefined ? relayed : undefined
  const own = kept !== undefined && kept.signature === refused?.signature ? undefined : kept
  const signed = carried?.approval.decision ?? own?.approval.decision
  if (signed === undefined) return { ...NOTHING, refused: refused === undefined ? undefined : (refused.note ?? '') }
  return {
    ...NOTHING,
    reached: 'signed',
    verdict: signed,
    transaction: carried?.transaction ?? own?.transaction,
    held: carried !== undefined ? 'relay' : own?.transaction === undefined ? 'browser' : 'wallet',
    waitsFor: carried?.note ?? undefined,
  }
}

/** Among what the relay holds for a mission, the decision of this human on this attempt. */
export function relayedFor(
  all: readonly Relayed[],
  key: { readonly missionDigest: string; readonly attempt: number; readonly approver: string },
): Relayed | undefined {
  return all.find(
    ({ approval }) =>
      approval.missionDigest === key.missionDigest &&
      approval.attempt === key.attempt &&
      approval.approver === key.approver,
  )
}
