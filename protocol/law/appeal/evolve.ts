/** The fold of appeals. No default: a new event stops the build until it is answered here. */
import { parseTimestamp, type Millis } from '../../wire/time.ts'
import type { AppealEvent } from './event.ts'
import type { Appeal, Appeals } from './state.ts'

export function evolveAppeal(appeals: Appeals, event: AppealEvent, at: Millis): void {
  const id = event.subject
  if (event.event_type === 'governance.appeal_filed') {
    const { data } = event
    const decision = appeals.decisions.get(data.decision)
    if (decision === undefined) return
    appeals.byId.set(id, {
      id,
      decision,
      level: data.level,
      appellant: data.appellant,
      reasonCode: data.reason_code,
      statement: data.statement,
      grounds: data.grounds,
      evidence: data.evidence,
      respondents: data.respondents,
      answers: new Map(),
      filedAt: at,
      respondBy: millis(data.respond_by),
      panel: undefined,
      status: 'answering',
      outcome: undefined,
    })
    appeals.against.set(decision.id, id)
    appeals.answering.add(id)
    const matter = decision.mission ?? decision.subject
    appeals.ever.set(matter, [...(appeals.ever.get(matter) ?? []), id])
    for (const subject of decision.about) {
      appeals.openOn.set(subject, new Set([...(appeals.openOn.get(subject) ?? []), id]))
    }
    return
  }
  const appeal = appeals.byId.get(id)
  if (appeal === undefined) return
  switch (event.event_type) {
    case 'governance.appeal_answered': {
      const answers = new Map(appeal.answers).set(event.data.respondent, event.data.statement)
      appeals.byId.set(id, { ...appeal, answers })
      return
    }
    case 'governance.appeal_heard':
      appeals.answering.delete(id)
      appeals.byId.set(id, { ...appeal, status: 'heard', panel: event.data.panel })
      return
    case 'governance.appeal_decided':
      appeals.byId.set(id, { ...appeal, status: 'decided', outcome: event.data.outcome })
      close(appeals, appeal)
      return
  }
}

function close(appeals: Appeals, appeal: Appeal): void {
  for (const subject of appeal.decision.about) {
    const others = new Set(appeals.openOn.get(subject))
    others.delete(appeal.id)
    if (others.size === 0) appeals.openOn.delete(subject)
    else appeals.openOn.set(subject, others)
  }
}

/** Times inside events were written by the law itself, so they parse. */
function millis(timestamp: string): Millis {
  const parsed = parseTimestamp(timestamp)
  return parsed.ok ? parsed.value : (0 as Millis)
}
