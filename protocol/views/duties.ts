/**
 * What waits for one human: everything in the state that names them and nobody else can do for them. Whether they may
 * act on it now is the list of actions' to say.
 *
 *     { kind: 'review-seal', command: 'review.commit', subject: 'mission-1', task: 't1', title: '…', until: '2026-…' }
 *
 * `until` is the moment after which the chance has passed; null where there is none.
 */
import type { Json } from '../wire/canonical-json.ts'
import { formatTimestamp, type Millis } from '../wire/time.ts'
import { isSeated, type Review } from '../law/review/state.ts'
import type { State } from '../law/state.ts'
import { worldOf } from '../law/world.ts'
import { machineDuties } from './machines.ts'

type View = { readonly [key: string]: Json }

export function dutiesView(state: State, actor: string, at: Millis): View | undefined {
  if (state.founded === undefined) return undefined
  const found = worldOf(state).actor(actor)
  if (found === undefined || found.kind === 'stranger') return undefined
  return { actor, at: formatTimestamp(at), duties: [...reviewDuties(state, actor), ...machineDuties(state, actor, at)] }
}

function* reviewDuties(state: State, actor: string): Generator<View> {
  for (const review of state.reviews.byTask.values()) {
    const duty = reviewDuty(state, review, actor)
    if (duty !== undefined) yield duty
  }
}

function reviewDuty(state: State, review: Review, actor: string): View | undefined {
  const seat = isSeated(review) ? review.seats.get(actor) : undefined
  if (seat === undefined) return undefined
  const place = {
    subject: review.mission,
    task: review.task,
    title: state.missions.get(review.mission)?.title ?? review.mission,
  }
  if (review.status === 'sealing' && seat.commitment === undefined) {
    return { kind: 'review-seal', command: 'review.commit', ...place, until: formatTimestamp(review.commitBy) }
  }
  if (review.status === 'revealing' && seat.decision === undefined) {
    return { kind: 'review-reveal', command: 'review.reveal', ...place, until: formatTimestamp(review.revealBy) }
  }
  return undefined
}
