/**
 * What a mission's owner is shown to do, from the protocol's list of actions. Pure.
 *
 * An action whose moment it is not is left out; one whose moment it is stays, blocked where something else stands in
 * the way, and says by what. The law says which of its constraints are about the moment.
 */
import type { Action } from '../../data/actions.ts'
import type { Mission, TaskView } from '../../data/missions.ts'

export type OwnerAct =
  | 'mission.hold'
  | 'mission.release'
  | 'mission.withdraw_task'
  | 'mission.dispute'
  | 'review.reopen'
  | 'mission.renew'
  | 'mission.reverse'

/** The constraints that say it is not the moment for an action. */
const MOMENTS: { readonly [act in OwnerAct]: readonly string[] } = {
  'review.reopen': [],
  'mission.withdraw_task': ['work-is-under-way'],
  'mission.dispute': ['work-is-under-way'],
  'mission.hold': ['mission-is-before-its-gate', 'mission-is-not-held'],
  'mission.release': ['mission-is-held'],
  'mission.renew': ['gate-has-lapsed'],
  'mission.reverse': ['completion-stays-reversible'],
}

export function openActs(mission: Mission, actions: readonly Action[]): readonly OwnerAct[] {
  return (Object.keys(MOMENTS) as OwnerAct[]).filter((act) => {
    const action = actions.find(({ type }) => type === act)
    if (action === undefined) return false
    if (action.violations.some(({ constraint }) => MOMENTS[act].includes(constraint))) return false
    if (act === 'mission.withdraw_task') return halted(mission).length > 0
    if (act === 'mission.dispute') return disputable(mission).length > 0
    return act !== 'review.reopen' || blocked(mission).length > 0
  })
}

/** Tasks whose question can still be given to humans. */
export function disputable({ tasks }: Mission): readonly TaskView[] {
  return tasks.filter(({ state, disputed }) => state === 'UnderReview' && !disputed)
}

/** Tasks whose worker is out of service. */
export function halted({ tasks }: Mission): readonly TaskView[] {
  return tasks.filter((task) => task.halted)
}

/** Tasks for which nobody could be drawn. */
export function blocked({ tasks }: Mission): readonly TaskView[] {
  return tasks.filter(({ review }) => review?.status === 'blocked')
}
