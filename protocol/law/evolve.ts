/**
 * The fold: what one event changes, in every subject that it concerns. In place, because a fold of a million
 * entries must not copy the state a million times; who decides never evolves.
 *
 * Exhaustive, without a default: a new event stops the build until it is answered.
 */
import type { Digest } from '../wire/sha256.ts'
import type { Millis } from '../wire/time.ts'
import type { FrozenPool } from './constraints/pool.ts'
import { evolveAppeal } from './appeal/evolve.ts'
import { evolveBeacon } from './beacon/beacon.ts'
import { noteDecision } from './contested.ts'
import { evolveChain } from './chain/evolve.ts'
import { evolveEpoch } from './epoch/evolve.ts'
import type { LawEvent } from './events.ts'
import { evolveIdentity } from './identity/evolve.ts'
import { evolveIncident } from './incident/evolve.ts'
import { evolveKeyring } from './keyring/evolve.ts'
import { evolveMachine, type EntryOf } from './machine/evolve.ts'
import type { MachineEvent } from './machine/event.ts'
import { noteKinship } from './machine/kinship.ts'
import { evolveMission } from './mission/evolve.ts'
import { evolvePanel } from './panel/evolve.ts'
import { evolveReview } from './review/evolve.ts'
import { act } from './trust/act.ts'
import { duty, verdictStands } from './trust/conduct.ts'
import { drifts, evolveTrust, recertified } from './trust/evolve.ts'
import { admit } from './trust/state.ts'
import type { State } from './state.ts'
import { worldOf } from './world.ts'

export function evolve(
  state: State,
  event: LawEvent,
  /** The entry's place and time, and the event's own id in it. */
  entry: { readonly seq: number; readonly at: Millis; readonly id: string },
): void {
  noteDecision(state, event, entry)
  switch (event.event_type) {
    case 'governance.deployment_founded':
      // `founded` is set with the entry's hash by whoever records it; the first epoch begins here.
      state.epochs.lastEnd = entry.at
      return
    case 'governance.runtime_key_rotated':
      return
    case 'governance.human_attested':
      admit(state.trust.human, event.subject, event.data.trust, entry)
      evolveIdentity(state.identities, event)
      state.pool = undefined
      return
    case 'governance.conflict_declared':
    case 'governance.conflict_withdrawn':
      evolveIdentity(state.identities, event)
      return
    case 'governance.reviewer_enrolled':
    case 'governance.wallet_bound_key':
      evolveIdentity(state.identities, event)
      state.pool = undefined
      return
    case 'governance.key_bound':
    case 'governance.key_revoked':
      evolveKeyring(state.keyring, event)
      return
    case 'trust.machine_registered':
      admit(state.trust.machine, event.subject, event.data.trust, entry)
      live(state, event, entry)
      state.pool = undefined
      return
    case 'trust.machine_key_added':
    case 'trust.lineage_linked':
    case 'trust.machine_quarantined':
    case 'trust.limit_restarted':
    case 'trust.recertification_applied':
    case 'trust.recertification_signed':
    case 'trust.recertification_failed':
    case 'trust.probation_counted':
    case 'trust.machine_activated':
    case 'trust.machine_decommissioned':
    case 'trust.agent_link_proposed':
    case 'trust.agent_linked':
    case 'trust.agent_link_broken':
      live(state, event, entry)
      return
    case 'trust.machine_recertified':
      recertified(state.trust, event.subject, event.data.trust, entry)
      live(state, event, entry)
      return
    case 'trust.machine_drifted':
      drifts(state.trust, event.subject, event.data.drift_ppm)
      live(state, event, entry)
      return
    case 'governance.incident_opened':
    case 'governance.incident_reversed':
    case 'governance.incident_resolved':
      evolveIncident(state.incidents, event, entry)
      return
    case 'governance.beacon_observed':
      evolveBeacon(state.beacons, event)
      return
    case 'governance.chain_observed':
      if (event.data.log.event === 'EpochCommitted') state.trust.awaiting.delete(event.data.log.epoch)
      evolveChain(state.chain, event)
      return
    case 'governance.epoch_closed':
      evolveEpoch(state.epochs, state.books.open, event, entry.seq)
      return
    case 'review.draw_opened':
      state.books.open.nonces.push(event.data.nonce as Digest)
      evolveReview(state.reviews, event, () => frozenFor(state, event.data.tier, entry.at))
      return
    case 'governance.appeal_filed':
    case 'governance.appeal_answered':
    case 'governance.appeal_heard':
    case 'governance.appeal_decided':
      evolveAppeal(state.appeals, event, entry.at)
      return
    case 'review.panel_opened':
      state.books.open.nonces.push(event.data.nonce as Digest)
      evolvePanel(state.panels, event, () => worldOf(state).freezeHumans(event.data.trust, entry.at))
      return
    case 'review.panel_seated':
    case 'review.panel_blocked':
    case 'review.panel_reopened':
    case 'review.panel_voted':
    case 'review.panel_recused':
    case 'review.panel_replaced':
    case 'review.panel_concluded':
    case 'review.panel_closed':
      evolvePanel(state.panels, event)
      return
    case 'review.recused':
    case 'review.assigned':
    case 'review.reopened':
    case 'review.committed':
    case 'review.reveal_opened':
    case 'review.revealed':
      evolveReview(state.reviews, event, undefined, entry.id)
      return
    case 'review.replaced':
      if (['not-sealed', 'not-revealed'].includes(event.data.failure)) unanswered(state, event.data.silent, entry.at)
      evolveReview(state.reviews, event)
      return
    case 'review.blocked':
      unanswered(state, event.data.silent, entry.at)
      evolveReview(state.reviews, event)
      return
    case 'review.concluded':
      for (const { reviewer, counted, verdict } of event.data.reviews) {
        duty(state.trust, reviewer, true, entry.at)
        // Who would have let it pass was not contradicted by anything final, and did not stand either.
        if (event.data.outcome !== 'rework' || !counted || verdict === 'approve') continue
        const { task, attempt } = event.data
        verdictStands(state.trust, reviewer, { mission: event.subject, task, attempt })
      }
      evolveReview(state.reviews, event)
      return
    case 'trust.proof_minted':
    case 'trust.changed':
    case 'trust.failure_recorded':
    case 'trust.gain_suspended':
    case 'trust.revalidation_signed':
    case 'trust.gain_released':
    case 'trust.gain_discarded':
    case 'trust.gain_held_again':
    case 'trust.release_withdrawn':
    case 'trust.proof_withdrawn':
    case 'trust.proof_restored':
    case 'trust.failure_withdrawn':
    case 'trust.settled':
      evolveTrust(state.trust, event, entry, worldOf(state).constitution)
      return
    case 'mission.gate_opened':
      state.missionByDigest.set(event.data.mission_digest, event.subject)
      evolveMission(state.missions, event, entry)
      return
    case 'mission.completed':
      if (event.data.decision !== undefined) countApproval(state, event.data.decision.approver, entry.at)
      signed(state, event.data.decision?.approver, entry.at)
      awaitCommitment(state, event.subject, entry.seq)
      evolveMission(state.missions, event, entry)
      return
    case 'mission.rejected':
      signed(state, event.data.decision.approver, entry.at)
      evolveMission(state.missions, event, entry)
      return
    case 'mission.created':
    case 'mission.scoped':
    case 'mission.planned':
    case 'mission.task_started':
    case 'mission.evidence_attached':
    case 'mission.reviewers_routed':
    case 'mission.task_rework':
    case 'mission.task_corrected':
    case 'mission.task_withdrawn':
    case 'mission.disputed':
    case 'mission.reversed':
    case 'mission.restored':
    case 'mission.reversal_withdrawn':
    case 'mission.gate_reopened':
    case 'mission.rejection_restored':
    case 'mission.gate_renewed':
    case 'mission.rework_reversed':
    case 'mission.task_integrated':
    case 'mission.held':
    case 'mission.released':
      evolveMission(state.missions, event, entry)
      return
  }
}

/** Who may be drawn for a task of this tier, as the registry stands at the entry that opens the draw. */
function frozenFor(state: State, tier: string, at: Millis): FrozenPool {
  const world = worldOf(state)
  return world.freezePool(world.constitution.reviewThreshold(tier) ?? Infinity, at, tier)
}

/** One step of a machine's life. Who is not plainly active stands in a list of their own: draws look there. */
function live(state: State, event: MachineEvent, entry: EntryOf): void {
  evolveMachine(state.machines, event, entry)
  noteKinship(state.kinship, state.machines, event)
  const status = state.machines.get(event.subject)?.life.status
  if (status === undefined || status === 'active') state.notActive.delete(event.subject)
  else state.notActive.set(event.subject, status)
}

/** A wallet's decision is its human's act, though the runtime carries it in. */
function signed(state: State, human: string | undefined, at: Millis): void {
  if (human !== undefined) act(state.trust, human, at, worldOf(state).constitution.trust)
}

/** Its work is minted from when the commitment of the epoch that holds this entry is final. */
function awaitCommitment(state: State, mission: string, seq: number): void {
  const { current } = state.epochs
  state.trust.awaiting.set(current, [...(state.trust.awaiting.get(current) ?? []), { mission, seq }])
}

function unanswered(state: State, ids: readonly string[], at: Millis): void {
  for (const id of ids) duty(state.trust, id, false, at)
}

/** No more are kept than a day's budget asks about. */
function countApproval(state: State, human: string, at: Millis): void {
  const budget = state.founded?.constitution.finalGate.approvalsPerDay ?? 0
  const before = state.approvals.get(human) ?? []
  state.approvals.set(human, [...before, at].slice(-budget))
}
