/**
 * A majority of the seats has spoken: the panel is concluded at once, dissent and all, and what it was about moves.
 * Whoever has not voted then may still put their vote on record until the window ends; it moves nothing.
 *
 *     adjudication   approve ─▶ the task is integrated      reject ─▶ rework, reason adjudication
 *
 * Source: spec 3.5. What follows from a heard appeal is in decide-appeal.ts.
 */
import type { EventDraft } from '../constraints/event.ts'
import { taskOf } from '../mission/state.ts'
import type { PanelEvent } from '../panel/event.ts'
import { majority } from '../panel/majority.ts'
import { isSeated, reviewKey } from '../review/state.ts'
import { agreement } from '../review/tally.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

type Voted = Extract<PanelEvent, { event_type: 'review.panel_voted' }>
type Concluded = Extract<PanelEvent, { event_type: 'review.panel_concluded' }>

export const concludePanel: Process = (event, situation) => {
  switch (event.event_type) {
    case 'review.panel_voted':
      return afterVote(event, situation)
    case 'review.panel_concluded':
      return taskMoves(event, situation)
    default:
      return NOTHING
  }
}

function afterVote({ subject, data }: Voted, { state }: Situation): readonly EventDraft[] {
  const panel = state.panels.byId.get(subject)
  if (panel?.status !== 'voting') return NOTHING
  const votes = [
    ...[...panel.votes].map(([member, { vote }]) => ({ member, vote })),
    { member: data.member, vote: data.vote },
  ]
  const outcome = majority(
    votes.map(({ vote }) => vote),
    panel.rules.majority,
  )
  if (outcome === undefined) return NOTHING
  const dissent = votes.filter(({ vote }) => vote !== outcome)
  const { purpose, about } = panel
  const concluded: Concluded = {
    event_type: 'review.panel_concluded',
    subject,
    data: { purpose, about, outcome, votes, dissent },
  }
  return [concluded]
}

function taskMoves({ subject, data }: Concluded, { state }: Situation): readonly EventDraft[] {
  const { about, outcome, votes } = data
  if (about.kind !== 'task') return NOTHING
  const { mission, task, attempt } = about
  if (taskOf(state.missions.get(mission), task)?.attempt !== attempt) return NOTHING
  if (outcome !== 'approve') {
    return [{ event_type: 'mission.task_rework', subject: mission, data: { task, attempt, reason: 'adjudication' } }]
  }
  const review = state.reviews.byTask.get(reviewKey(mission, task))
  const reviews = isSeated(review) ? [...review.seats.values()].flatMap(({ record }) => record ?? []) : []
  const adjudication = { panel: subject, votes }
  const agreement_permille = agreement(reviews.map(({ verdict }) => verdict))
  return [
    {
      event_type: 'mission.task_integrated',
      subject: mission,
      data: { task, attempt, agreement_permille, reviews, adjudication },
    },
  ]
}
