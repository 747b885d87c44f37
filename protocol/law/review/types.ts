/** The command types of reviews: seal, reveal, close a window that has passed, draw anew where a draw was blocked. */
import { fromHex } from '../../wire/bytes.ts'
import { noOpenIncident } from '../constraints/common.ts'
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import * as Body from './command.ts'
import type { ReviewEvent } from './event.ts'
import { replaceRecused, replaceSilent, termsOf } from './replacement.ts'
import { decisionDigest, isGrounded, sealOf } from './seal.ts'
import { isSeated, reviewKey, type Review, type Reviews, type Seat } from './state.ts'

type Rule<B> = Constraint<Reviews, B>
type OnTask = { readonly task: string }

const base = { domain: 'review', effect: 'reversible', subjectKind: 'mission' } as const

function reviewIn(scene: Scene<Reviews, OnTask>): Review | undefined {
  return scene.own.byTask.get(reviewKey(scene.command.subject, scene.command.body.task))
}

function seatOf(scene: Scene<Reviews, OnTask>): Seat | undefined {
  const review = reviewIn(scene)
  return isSeated(review) ? review.seats.get(scene.principal.id) : undefined
}

function reviewIs(...statuses: readonly Review['status'][]): Rule<OnTask> {
  return {
    id: 'review-is-at-this-step',
    level: 'operational',
    reads: 'body',
    check: (scene) => {
      const status = reviewIn(scene)?.status ?? 'none'
      return statuses.some((allowed) => allowed === status) ? undefined : { status, needs: statuses.join(' or ') }
    },
  }
}

/** A decision by someone who holds no seat is refused, not ignored (readings R2–R5). */
const signerHoldsASeat: Rule<OnTask> = {
  id: 'signer-holds-a-seat',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => (seatOf(scene) === undefined ? { signer: scene.principal.id } : undefined),
}

const notYetSealed: Rule<OnTask> = {
  id: 'seat-is-not-yet-sealed',
  level: 'operational',
  reads: 'body',
  check: (scene) => (seatOf(scene)?.commitment === undefined ? undefined : { signer: scene.principal.id }),
}

const notYetRevealed: Rule<OnTask> = {
  id: 'seat-is-not-yet-revealed',
  level: 'operational',
  reads: 'body',
  check: (scene) => (seatOf(scene)?.decision === undefined ? undefined : { signer: scene.principal.id }),
}

const withinTheWindow: Rule<OnTask> = {
  id: 'within-the-review-window',
  level: 'physical',
  reads: 'body',
  check: (scene) => {
    const review = reviewIn(scene)
    const end = windowEnd(review)
    return end === undefined || scene.at <= end ? undefined : { late_ms: scene.at - end }
  },
}

const windowHasPassed: Rule<OnTask> = {
  id: 'review-window-has-passed',
  level: 'physical',
  reads: 'body',
  check: (scene) => {
    const end = windowEnd(reviewIn(scene))
    return end === undefined || scene.at > end ? undefined : { early_ms: end - scene.at }
  },
}

function windowEnd(review: Review | undefined): number | undefined {
  if (review?.status === 'sealing') return review.commitBy
  return review?.status === 'revealing' ? review.revealBy : undefined
}

const decisionNamesItsPlace: Rule<Body.Reveal> = {
  id: 'decision-names-its-place',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const { decision, task } = scene.command.body
    const review = reviewIn(scene)
    if (decision.reviewer !== scene.principal.id) return { reviewer: decision.reviewer }
    if (decision.mission !== scene.command.subject) return { mission: decision.mission }
    if (decision.task !== task) return { task: decision.task }
    return review === undefined || decision.attempt === review.attempt ? undefined : { attempt: decision.attempt }
  },
}

const revealMatchesTheSeal: Rule<Body.Reveal> = {
  id: 'reveal-matches-the-seal',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const commitment = seatOf(scene)?.commitment
    const salt = fromHex(scene.command.body.salt)
    if (commitment === undefined || !salt.ok) return { sealed: commitment !== undefined }
    const seal = sealOf(scene.command.body.decision, salt.value)
    return seal === commitment ? undefined : { sealed: commitment, revealed: seal }
  },
}

const signedByTheOwner: Rule<OnTask> = {
  id: 'signed-by-the-owner',
  level: 'state_ownership',
  reads: 'subject',
  check: ({ command, principal, world }) => {
    const owner = world.participants(command.subject)?.owner
    return owner === undefined || owner === principal.id ? undefined : { owner }
  },
}

const missionIsNotHeld: Rule<OnTask> = {
  id: 'mission-is-not-held',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) =>
    world.taskUnderReview(command.subject, command.body.task)?.held === true ? { held: true } : undefined,
}

/** Whoever has declared a conflict since they were seated leaves the seat to another; until then they seal nothing. */
const declaredNoConflict: Rule<OnTask> = {
  id: 'signer-declared-no-conflict',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const review = reviewIn(scene)
    if (review === undefined) return undefined
    const { mission, task, attempt } = review
    const { id } = scene.principal
    return scene.world.inConflict(id, { kind: 'task', mission, task, attempt }) ? { signer: id } : undefined
  },
}

export const commit: CommandType<Reviews, Body.Commit> = {
  ...base,
  type: 'review.commit',
  signers: ['human', 'machine'],
  owner: 'whoever was drawn for the seat',
  body: Body.commit,
  constraints: [withinTheWindow, signerHoldsASeat, declaredNoConflict, reviewIs('sealing'), notYetSealed],
  decide: (scene) => {
    const { task, commitment } = scene.command.body
    const place = placeOf(reviewIn(scene), task)
    const reviewer = scene.principal.id
    return events({
      event_type: 'review.committed',
      subject: scene.command.subject,
      data: { ...place, reviewer, commitment },
    })
  },
}

export const reveal: CommandType<Reviews, Body.Reveal> = {
  ...base,
  type: 'review.reveal',
  signers: ['human', 'machine'],
  owner: 'whoever was drawn for the seat',
  body: Body.reveal,
  constraints: [
    withinTheWindow,
    signerHoldsASeat,
    decisionNamesItsPlace,
    revealMatchesTheSeal,
    reviewIs('revealing'),
    notYetRevealed,
  ],
  decide: (scene) => {
    const { task, decision } = scene.command.body
    const review = reviewIn(scene)
    const counted = decision.verdict !== 'approve' || isGrounded(decision, review?.references ?? [])
    return events({
      event_type: 'review.revealed',
      subject: scene.command.subject,
      data: {
        ...placeOf(review, task),
        reviewer: scene.principal.id,
        decision,
        digest: decisionDigest(decision),
        counted,
      },
    })
  },
}

export const close: CommandType<Reviews, Body.OfTask> = {
  ...base,
  effect: 'mechanical',
  type: 'review.close',
  signers: ['runtime'],
  owner: 'nobody: it states that a window has passed',
  body: Body.ofTask,
  constraints: [windowHasPassed, reviewIs('sealing', 'revealing')],
  decide: (scene) => {
    const review = reviewIn(scene)
    if (review === undefined || (review.status !== 'sealing' && review.status !== 'revealing')) return []
    return replaceSilent(review, recusedFrom(review, scene), termsOf(review.mission, scene.world, scene.at))
  },
}

/** Who was silent in a seat of the task or left it. */
function recusedFrom(review: Review, { own }: Scene<Reviews, OnTask>): ReadonlySet<string> {
  return own.recused.get(reviewKey(review.mission, review.task)) ?? new Set()
}

/** Whoever cannot judge this task says so before they have sealed anything; it is no failure of theirs. */
export const recuse: CommandType<Reviews, Body.Recuse> = {
  ...base,
  type: 'review.recuse',
  signers: ['human', 'machine'],
  owner: 'whoever was drawn for the seat',
  body: Body.recuse,
  constraints: [withinTheWindow, signerHoldsASeat, reviewIs('sealing'), notYetSealed],
  decide: (scene) => {
    const review = reviewIn(scene)
    if (review?.status !== 'sealing') return []
    const leaving = { reviewer: scene.principal.id, reason: scene.command.body.reason }
    return replaceRecused(review, leaving, recusedFrom(review, scene), termsOf(review.mission, scene.world, scene.at))
  },
}

export const reopen: CommandType<Reviews, Body.OfTask> = {
  ...base,
  type: 'review.reopen',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.ofTask,
  constraints: [signedByTheOwner, reviewIs('blocked'), missionIsNotHeld, noOpenIncident],
  /** What follows is the opening of a new draw: a consequence that crosses subjects (processes/open-draw.ts). */
  decide: (scene) =>
    events({
      event_type: 'review.reopened',
      subject: scene.command.subject,
      data: placeOf(reviewIn(scene), scene.command.body.task),
    }),
}

function placeOf(review: Review | undefined, task: string) {
  return { task, attempt: review?.attempt ?? 0, draw: review?.frozen.draw ?? 0 }
}

function events(event: ReviewEvent): readonly ReviewEvent[] {
  return [event]
}
