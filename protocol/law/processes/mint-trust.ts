/**
 * A commitment is final: whoever took part in a mission that was completed in its epoch is minted from that work, once.
 *
 *     mission completed ─▶ its epoch's commitment is seen in a finalized block ─▶ a proof of trust for each
 *       worker       per task        Q: median over the reviewers of the mean of their three scores
 *       planner      per mission     Q: the same, over all reviews of the mission's tasks
 *       integrator   per mission     likewise
 *       reviewer     per task        Q: verdicts that the final outcome did not contradict, of the last twenty
 *
 * The owner gains nothing. A reviewer whose verdict the outcome contradicts gains nothing from it and has failed.
 * What was overturned while its commitment became final is minted from when it stands again.
 *
 * Nothing is believed: every input comes out of the fold, and the record names the entries that it came from.
 *
 * Readings: a mission's plan and its integration are judged by the reviews of the tasks they made possible; a step is
 * clean where no rework was asked for (a task's: in this plan; a plan's or an integration's: no plan before it). A task
 * has no deadline of its own in this law, so what is late is a duty with a window: a seat in a review.
 *
 * Source: spec 4.1, 4.2 («Inputs»). Invariants: I-02, I-03, I-08; D-03, D-15, D-16, D-24, D-25.
 */
import type { EventDraft } from '../constraints/event.ts'
import { isPlanned, type PlannedMission, type Task } from '../mission/state.ts'
import { isSeated, reviewKey, type Seat } from '../review/state.ts'
import type { Role, TrustEvent, Work } from '../trust/event.ts'
import { gain, gateOpens, mayGain, type Merit } from '../trust/rules/gain.ts'
import { median, share, type Share } from '../trust/rules/share.ts'
import { verdictPlace, type Awaiting } from '../trust/state.ts'
import { judged, pushed, shareOf, TWENTY } from '../trust/twenty.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { failed } from './record-failures.ts'
import { isForfeited, move, nextSuspension, type Row, rowOf } from './trust-desk.ts'

export const mintTrust: Process = (event, situation) => {
  if (event.event_type === 'mission.restored') return mintedLate(event.subject, situation)
  if (event.event_type !== 'governance.chain_observed' || event.data.log.event !== 'EpochCommitted') return NOTHING
  const { epoch, commitment } = event.data.log
  const waiting = situation.state.trust.awaiting.get(epoch) ?? []
  return waiting.flatMap((one) => mintedFrom(one, { epoch, commitment }, situation))
}

type Final = { readonly epoch: number; readonly commitment: string }

function mintedFrom(waiting: Awaiting, final: Final, situation: Situation): readonly EventDraft[] {
  const mission = situation.state.missions.get(waiting.mission)
  // A mission that was reversed in the meantime is no work that was found good.
  if (!isPlanned(mission) || mission.status !== 'Completed' || mission.reversals.length > 0) return NOTHING
  return minting(mission, waiting.seq, final, situation)
}

/**
 * A mission that was reversed when the commitment of its epoch became final, and is in force after all: it is minted
 * from now, once.
 */
function mintedLate(id: string, situation: Situation): readonly EventDraft[] {
  const { state, world } = situation
  const mission = state.missions.get(id)
  if (!isPlanned(mission) || mission.status !== 'Completed' || state.trust.proofs.has(id)) return NOTHING
  const completed = [...state.appeals.decisions.values()].findLast(
    ({ type, subject }) => type === 'mission.completed' && subject === id,
  )
  if (completed === undefined) return NOTHING
  const seq = Number(completed.id.slice(0, 12))
  const epoch = world.epochOfSeq(seq)
  const commitment = world.commitmentOf(epoch)
  // Not final yet: then it is minted from when it is.
  if (commitment === undefined || !world.epochCommitted(epoch)) return NOTHING
  return minting(mission, seq, { epoch, commitment }, situation)
}

function minting(mission: PlannedMission, seq: number, final: Final, situation: Situation): readonly EventDraft[] {
  const from = { mission, final, seq, situation }
  const tasks = [...mission.plan.tasks.values()].map((task) => ({ task, seats: seatsOf(mission, task, situation) }))
  const all = tasks.flatMap(({ seats }) => seats)
  const { planner, integrator } = mission.scope
  return [
    ...tasks.flatMap(({ task, seats }) => [
      ...workProof(task.takenBy ?? '', 'worker', task, seats, task.reworks === 0, from),
      ...seats.flatMap((seat) => reviewOutcome(seat, task, from)),
    ]),
    ...workProof(planner, 'planner', undefined, all, mission.plan.attempt === 1, from),
    ...workProof(integrator, 'integrator', undefined, all, mission.plan.attempt === 1, from),
  ]
}

/** The seats of the review that let the task through, all revealed. */
function seatsOf(mission: PlannedMission, task: Task, { state }: Situation): readonly Seat[] {
  const review = state.reviews.byTask.get(reviewKey(mission.id, task.id))
  return isSeated(review) && review.status === 'concluded' ? [...review.seats.values()] : []
}

type From = {
  readonly mission: PlannedMission
  readonly final: Final
  readonly seq: number
  readonly situation: Situation
}

function workProof(
  actor: string,
  role: Role,
  task: Task | undefined,
  seats: readonly Seat[],
  clean: boolean,
  from: From,
): readonly EventDraft[] {
  const row = beneficiary(actor, from)
  const quality = qualityOf(seats)
  if (row === undefined || quality === undefined) return NOTHING
  row.tasks = pushed(row.tasks, clean)
  row.accepted += 1
  const { n, d } = shareOf(row.tasks)
  return proof(
    row,
    role,
    task,
    seats,
    { quality, reliability: share(n, d), volume: volumeOf(row.accepted) },
    clean,
    from,
  )
}

/** A verdict that stood earns; one that the outcome contradicts is a failure; an approval without grounds is neither. */
function reviewOutcome(seat: Seat, task: Task, from: From): readonly EventDraft[] {
  const { record, member } = seat
  if (record === undefined || !record.counted) return NOTHING
  if (record.verdict !== 'approve') {
    const { id: mission } = from.mission
    const about = { mission, task: task.id, attempt: task.attempt, finding: 'completion', incident: null } as const
    return failed(member.id, 'minor', 'contradicted-review', about, from.situation)
  }
  const row = beneficiary(member.id, from)
  if (row === undefined) return NOTHING
  const sitting = { mission: from.mission.id, task: task.id, attempt: task.attempt }
  row.verdicts = judged(row.verdicts, verdictPlace(from.situation.state.trust, member.id, sitting), true)
  const verdicts = shareOf(row.verdicts)
  const duties = shareOf(row.duties)
  if (duties.d === 0) return NOTHING
  const merit = {
    quality: share(verdicts.n, verdicts.d),
    reliability: share(duties.n, duties.d),
    volume: volumeOf(row.answered),
  }
  return proof(row, 'reviewer', task, [seat], merit, true, from)
}

/**
 * Whoever may gain from this mission at all: never its owner, nobody who is in quarantine or out of service, and no machine
 * whose token has changed hands since the mission was completed.
 */
function beneficiary(id: string, { mission, seq, situation }: From): Row | undefined {
  if (id === mission.owner) return undefined
  if (isForfeited(id, seq, situation)) return undefined
  const row = rowOf(id, situation)
  if (row === undefined) return undefined
  const actor = situation.world.actor(id)
  const status = actor?.kind === 'machine' ? { status: actor.status } : {}
  return mayGain({ trust: row.trust, ...status }) ? row : undefined
}

/** Scores count only from decisions that count: an approval without grounds is nobody's (spec 3.2). */
function qualityOf(seats: readonly Seat[]): Share | undefined {
  const sums = seats.flatMap(({ decision, record }) => {
    if (decision === undefined || record?.counted !== true) return []
    const { completeness, correctness, policy_compliance } = decision.scores
    return [completeness + correctness + policy_compliance]
  })
  return median(sums, 300)
}

function volumeOf(count: number): Share {
  return share(Math.min(count, TWENTY), TWENTY)
}

function proof(
  row: Row,
  role: Role,
  task: Task | undefined,
  seats: readonly Seat[],
  merit: Merit,
  clean: boolean,
  { mission, final, seq, situation }: From,
): readonly EventDraft[] {
  const { trust } = situation.world.constitution
  const worth = {
    weights: trust.weights,
    qualityGate: trust.qualityGate[row.kind],
    alpha: trust.alpha[row.kind],
    perProof: trust.gainPerProofMax[row.kind],
    tierGain: tierGain(trust.tierGain, mission.tier),
  }
  const open = gateOpens(merit.quality, worth.qualityGate)
  const earned = gain(merit, worth)
  const { risen } = row
  const cause = { cause: 'proof', gain: earned, penalty: 0, renews: open, guarded: true } as const
  const { step, event } = move(row, cause, situation)
  const work: Work = { mission: mission.id, task: task?.id ?? null, role }
  const minted: TrustEvent = {
    event_type: 'trust.proof_minted',
    subject: row.id,
    data: {
      ...work,
      attempt: task?.attempt ?? mission.plan.attempt,
      tier: mission.tier,
      evidence: task?.evidence?.digest ?? null,
      reviews: seats.flatMap(({ record }) =>
        record === undefined ? [] : [{ reviewer: record.reviewer, decision: record.decision }],
      ),
      completed_by_seq: seq,
      ...final,
      ...merit,
      gate: open ? 'open' : 'closed',
      gain: earned,
      applied: step.applied,
      held: step.held,
      clean,
    },
  }
  if (step.held === 0) return [minted, event]
  const data = {
    ...work,
    actor: row.id,
    amount: step.held,
    epoch: situation.state.epochs.current,
    risen,
    limit: trust.fastElevation,
  }
  return [minted, event, { event_type: 'trust.gain_suspended', subject: nextSuspension(situation), data }]
}

/** Nothing is minted from a tier that has no gain of its own. */
function tierGain(tiers: { readonly [tier: string]: number }, tier: string): number {
  return Object.hasOwn(tiers, tier) ? (tiers[tier] ?? 0) : 0
}
