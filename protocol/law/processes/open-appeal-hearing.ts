/**
 * The other side of an appeal has answered, or its time has passed: five humans who had no hand in the matter are
 * drawn, from the pool and by the beacon that nobody could choose.
 *
 * Source: spec 3.6.
 */
import type { AppealEvent } from '../appeal/event.ts'
import type { Appeal } from '../appeal/state.ts'
import type { EventDraft } from '../constraints/event.ts'
import { panelId } from '../panel/selection.ts'
import { keptOutOfAppeal } from '../kept-out.ts'
import { openedPanel } from './open-panel.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

type Filed = Extract<AppealEvent, { event_type: 'governance.appeal_filed' }>
type Heard = Extract<AppealEvent, { event_type: 'governance.appeal_heard' }>

export const openAppealHearing: Process = (event, situation) => {
  const { appeals } = situation.state
  switch (event.event_type) {
    case 'governance.appeal_filed':
      return event.data.respondents.length === 0 ? [heard(event.subject, [])] : NOTHING
    case 'governance.appeal_answered': {
      const appeal = appeals.byId.get(event.subject)
      const answered = [...(appeal?.answers.keys() ?? []), event.data.respondent]
      return appeal !== undefined && answered.length === appeal.respondents.length
        ? [heard(event.subject, answered)]
        : NOTHING
    }
    case 'governance.epoch_closed':
      return [...appeals.answering].toSorted().flatMap((id) => {
        const appeal = appeals.byId.get(id)
        return appeal === undefined || situation.at <= appeal.respondBy
          ? NOTHING
          : [heard(id, [...appeal.answers.keys()])]
      })
    case 'governance.appeal_heard':
      return panelFor(event, situation)
    default:
      return NOTHING
  }
}

function heard(appeal: string, answered: readonly string[]): Heard {
  const panel = panelId({ kind: 'appeal', appeal })
  return { event_type: 'governance.appeal_heard', subject: appeal, data: { answered: answered.toSorted(), panel } }
}

function panelFor(event: Heard, situation: Situation): readonly EventDraft[] {
  const { state, world, soFar } = situation
  // An appeal without another side is heard in the entry that files it: the state does not know it yet.
  const filed = soFar.find((one) => one.event_type === 'governance.appeal_filed' && one.subject === event.subject)
  const matter = filed === undefined ? state.appeals.byId.get(event.subject) : asFiled(filed as Filed, situation)
  if (matter === undefined) return NOTHING
  const { decision, appellant, reasonCode } = matter
  const { size, majority, regions, organizations } = world.constitution.appeals.panel
  const mission = decision.mission === undefined ? undefined : state.missions.get(decision.mission)
  const tier = mission !== undefined && 'tier' in mission ? mission.tier : 'R2'
  return [
    openedPanel(
      {
        purpose: 'appeal',
        about: { kind: 'appeal', appeal: event.subject },
        reason: reasonCode,
        rules: {
          size,
          majority,
          minRegions: regions,
          minOrganizations: organizations,
          trust: world.constitution.reviewThreshold(tier) ?? world.constitution.eligibility.review.R2,
        },
      },
      keptOutOfAppeal({ decision, appellant }, world),
      situation,
    ),
  ]
}

function asFiled(
  { data }: Filed,
  { state }: Situation,
): Pick<Appeal, 'decision' | 'appellant' | 'reasonCode'> | undefined {
  const decision = state.appeals.decisions.get(data.decision)
  return decision === undefined ? undefined : { decision, appellant: data.appellant, reasonCode: data.reason_code }
}
