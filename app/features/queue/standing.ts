/** How a human stands to a waiting mission, by the list of actions alone. Pure. */
import type { Action } from '../../data/actions.ts'

export type Standing = 'may' | 'not-you' | 'not-yet'

/** Conditions about the human; all others are about the mission or the moment. */
const PERSONAL = ['approver-is-a-verified-human', 'approver-is-independent', 'signed-by-the-right-kind']

export function standingOf({ answer, violations }: Pick<Action, 'answer' | 'violations'>): Standing {
  if (answer !== 'blocked') return 'may'
  return violations.some(({ constraint }) => PERSONAL.includes(constraint)) ? 'not-you' : 'not-yet'
}
