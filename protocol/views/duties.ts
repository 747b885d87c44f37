/**
 * What waits for one human or machine: tasks and seats that name them, tasks that wait for anybody, and what any human in
 * their position may do for others. Whether they may act on it now is said by the same judgement that the list of
 * actions is made from.
 *
 *     { kind: 'review-seal', command: 'review.commit', subject: 'mission-1', task: 't1', title: '…', until: '2026-…' }
 *
 * `until` is the moment after which the chance has passed; null where there is none.
 */
import type { Json } from '../wire/canonical-json.ts'
import { formatTimestamp, type Millis } from '../wire/time.ts'
import { actionsFor } from '../law/actions.ts'
import { isMember } from '../law/panel/state.ts'
import { isSeated, type Review } from '../law/review/state.ts'
import type { State } from '../law/state.ts'
import { worldOf } from '../law/world.ts'

type View = { readonly [key: string]: Json }

type Duty = {
  readonly kind: string
  readonly command: string
  readonly subject: string
  readonly task?: string
  readonly title: string
  readonly until: Millis | undefined
}

export function dutiesView(state: State, actor: string, at: Millis): View | undefined {
  if (state.founded === undefined) return undefined
  const found = worldOf(state).actor(actor)
  if (found === undefined || found.kind === 'stranger') return undefined
  const mayAct = ({ subject, command }: Duty) =>
    actionsFor(state, subject, actor, at).some(({ type, answer }) => type === command && answer !== 'blocked')
  const open = found.kind === 'human' ? [...forAnyHuman(state)] : [...tasks(state, undefined)]
  const mine = [...tasks(state, actor), ...seats(state, actor)]
  const duties = [...mine, ...open.filter(mayAct)].map(({ until, ...duty }) => ({
    ...duty,
    until: until === undefined ? null : formatTimestamp(until),
  }))
  return { actor, at: formatTimestamp(at), duties }
}

/** Tasks that this actor can take the next step of; of nobody, those that are open to any machine. */
function* tasks(state: State, actor: string | undefined): Generator<Duty> {
  for (const mission of state.missions.values()) {
    if (!('plan' in mission) || mission.held !== undefined) continue
    for (const task of mission.plan.tasks.values()) {
      if ((task.takenBy ?? task.worker) !== actor) continue
      const duty = { subject: mission.id, task: task.id, title: task.title, until: undefined }
      const withdrawn = actor === undefined && task.withdrawnFrom.length > 0
      if (withdrawn && (task.status === 'InProgress' || task.status === 'Rework'))
        yield { kind: 'task-open', command: 'mission.start', ...duty }
      if (actor !== undefined && task.status === 'InProgress')
        yield { kind: 'task-submit', command: 'mission.submit', ...duty }
      if (task.status !== 'Decomposed') continue
      if (!task.depends_on.every((id) => mission.plan.tasks.get(id)?.status === 'Integrated')) continue
      yield { kind: actor === undefined ? 'task-open' : 'task-start', command: 'mission.start', ...duty }
    }
  }
}

/** What the lot has given to this actor. */
function* seats(state: State, actor: string): Generator<Duty> {
  for (const review of state.reviews.byTask.values()) {
    const duty = reviewDuty(state, review, actor)
    if (duty !== undefined) yield duty
  }
  yield* panelSeats(state, actor)
  yield* answersOwed(state, actor)
}

/** Notices that name this human as the other side. */
function* answersOwed(state: State, actor: string): Generator<Duty> {
  for (const id of state.appeals.answering) {
    const appeal = state.appeals.byId.get(id)
    if (appeal === undefined || !appeal.respondents.includes(actor) || appeal.answers.has(actor)) continue
    const title = state.missions.get(appeal.decision.mission ?? '')?.title ?? appeal.decision.subject
    yield { kind: 'appeal-answer', command: 'appeal.respond', subject: id, title, until: appeal.respondBy }
  }
}

function reviewDuty(state: State, review: Review, actor: string): Duty | undefined {
  const seat = isSeated(review) ? review.seats.get(actor) : undefined
  if (seat === undefined) return undefined
  const place = {
    subject: review.mission,
    task: review.task,
    title: state.missions.get(review.mission)?.title ?? review.mission,
  }
  if (review.status === 'sealing' && seat.commitment === undefined) {
    return { kind: 'review-seal', command: 'review.commit', ...place, until: review.commitBy }
  }
  if (review.status === 'revealing' && seat.decision === undefined) {
    return { kind: 'review-reveal', command: 'review.reveal', ...place, until: review.revealBy }
  }
  return undefined
}

function* panelSeats(state: State, actor: string): Generator<Duty> {
  for (const id of state.panels.open) {
    const panel = state.panels.byId.get(id)
    if (panel?.status !== 'voting' || !isMember(panel, actor) || panel.votes.has(actor)) continue
    const about = panel.about.kind === 'task' ? panel.about.mission : panel.about.appeal
    const title = state.missions.get(about)?.title ?? about
    yield { kind: 'panel-vote', command: 'panel.vote', subject: id, title, until: panel.voteBy }
  }
}

/** What waits for humans who have nothing to do with it. */
function* forAnyHuman(state: State): Generator<Duty> {
  const open = new Set([...state.incidents.openOn.values()].flatMap((ids) => [...ids]))
  for (const id of open) {
    const title = state.incidents.byId.get(id)?.concerns.join(', ') ?? id
    yield { kind: 'incident', command: 'incident.resolve', subject: id, title, until: undefined }
  }
  for (const { id, actor, status } of state.trust.suspensions.values()) {
    if (status !== 'waiting') continue
    yield { kind: 'revalidation', command: 'trust.revalidate', subject: id, title: actor, until: undefined }
  }
  for (const { id, life } of state.machines.values()) {
    if (life.status !== 'quarantined' || life.application === undefined) continue
    const until = life.application.signBy
    yield { kind: 'recertification', command: 'machine.sign_recertification', subject: id, title: id, until }
  }
}
