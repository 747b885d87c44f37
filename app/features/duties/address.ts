/** Where a duty is done. Pure. */
import type { Duty } from '../../data/duties.ts'
import { addressOf } from '../../routing/route.ts'

export function addressOfDuty({ kind, subject, task }: Pick<Duty, 'kind' | 'subject' | 'task'>): string {
  switch (kind) {
    case 'review-seal':
    case 'review-reveal':
      return addressOf({ page: 'review', id: subject, task: task ?? '' })
    case 'incident':
      return addressOf({ page: 'incident', id: subject })
    case 'panel-vote':
      return addressOf({ page: 'panel', id: subject })
    case 'appeal-answer':
      return addressOf({ page: 'appeal', id: subject })
    case 'revalidation':
      return addressOf({ page: 'suspension', id: subject })
    case 'recertification':
      return addressOf({ page: 'actor', id: subject })
    default:
      return addressOf({ page: 'mission', id: subject })
  }
}
