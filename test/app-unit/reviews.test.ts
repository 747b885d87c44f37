import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { firstNotGreen, waitingSteps, withUpdate } from '../../app/features/verification/steps.ts'
import { approvingIn, dissentIn, inReadingOrder, spreadOf } from '../../app/features/mission/spread.ts'
import { filesOf } from '../../app/features/mission/names.ts'
import { mission, REPORT, review, seat } from './missions.ts'

const decision = (verdict: 'approve' | 'reject' | 'rework') => ({ ...seat('x').decision!, verdict })

const mixed = {
  ...review,
  seats: [
    seat('a'),
    seat('b', { region: 'NA', method_type: 'retrieval_augmented' }),
    seat('c', { counted: false }),
    seat('d', { decision: decision('reject'), region: 'AF' }),
    seat('e', { decision: null, sealed: false }),
  ],
}

describe('reviews', () => {
  it('that dissent are read first', () => {
    assert.deepEqual(
      inReadingOrder(mixed).map(({ id }) => id),
      ['d', 'a', 'b', 'c', 'e'],
    )
  })

  it('count as dissent when they are not approvals, and as nothing before they are revealed', () => {
    assert.deepEqual(
      dissentIn(mixed).map(({ id }) => id),
      ['d'],
    )
  })

  it('count as approvals only when the law counted them', () => {
    assert.deepEqual(
      approvingIn(mixed).map(({ id }) => id),
      ['a', 'b'],
    )
  })

  it('are as different as their families, methods, regions and organizations', () => {
    assert.deepEqual(spreadOf(approvingIn(mixed)), {
      seats: 2,
      families: 2,
      methods: 2,
      regions: 2,
      organizations: 2,
    })
  })

  it('refer to files by digest, and are read with their names', () => {
    assert.equal(filesOf(mission, []).get(REPORT)?.name, 'report.json')
  })
})

describe('steps of the verification', () => {
  it('are green only when all of them hold', () => {
    const waiting = waitingSteps(['archive', 'law'])
    assert.equal(firstNotGreen(waiting)?.id, 'archive')
    const half = withUpdate(waiting, { id: 'archive', state: 'holds' })
    assert.equal(firstNotGreen(half)?.id, 'law')
    assert.equal(firstNotGreen(withUpdate(half, { id: 'law', state: 'skipped' }))?.id, 'law')
    assert.equal(firstNotGreen(withUpdate(half, { id: 'law', state: 'holds' })), undefined)
  })

  it('keep their figures until there are new ones', () => {
    const [step] = withUpdate(
      withUpdate(waitingSteps(['ledger']), { id: 'ledger', state: 'running', done: 1, total: 2 }),
      { id: 'ledger', state: 'holds' },
    )
    assert.deepEqual([step?.done, step?.total], [1, 2])
  })
})
