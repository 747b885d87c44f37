/** What readers see of appeals, what one may still contest, and what waits for one's answer. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { appealsView, appealView, contestableView } from '../../../../protocol/views/appeals.ts'
import { dutiesView } from '../../../../protocol/views/duties.ts'
import { CROWD, eventOf, filed, integratedBy } from '../../../support/law/appeals.ts'
import { decision, reviewed, underReview } from '../../../support/law/flow.ts'
import { withCitizens } from '../../../support/law/panels.ts'
import { NOOR, OPERATORS } from '../../../support/law/people.ts'
import { millis } from '../../../../protocol/wire/time.ts'
import { committed, founded } from '../../../support/law/world.ts'

const DAY = 86_400_000
const [bea, cem] = OPERATORS

describe('the view of appeals', () => {
  const bench = withCitizens(founded(), CROWD)
  underReview(bench, 'm-1')
  reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
  const id = eventOf(integratedBy(bench, 'm-1'), 'mission.completed')

  it('says what one may still contest, to those whom it affected and while it lasts', () => {
    const of = (actor: string, at = bench.now()) => contestableView(bench.state, actor, at)
    const decisions = of(cem.id)?.['decisions'] as readonly { decision: string; type: string }[] | undefined
    const mine = decisions?.[0]
    assert.deepEqual([mine?.decision, mine?.type], [id, 'mission.completed'])
    assert.deepEqual(of(CROWD[0]!.id)?.decisions, [])
    assert.deepEqual(of(cem.id, millis(bench.now() + 15 * DAY))?.decisions, [])
    assert.equal(of('constructor'), undefined)
  })

  it('shows both sides and what waits for whom', () => {
    committed(filed(bench, cem, 'a-1', id))
    committed(bench.send(bea, 'appeal.respond', 'a-1', { statement: 'It is so.' }))
    const view = appealView(bench.state, 'a-1')
    assert.deepEqual(
      [view?.status, view?.appellant, view?.answers],
      ['answering', 'cem', [{ respondent: 'bea', statement: 'It is so.' }]],
    )
    assert.equal((appealsView(bench.state).appeals as unknown[]).length, 1)
    assert.equal(appealView(bench.state, '__proto__'), undefined)
    const owes = (actor: string) => {
      const duties = dutiesView(bench.state, actor, bench.now())?.['duties'] as { kind: string }[] | undefined
      return duties?.some(({ kind }) => kind === 'appeal-answer')
    }
    assert.deepEqual([owes(NOOR.id), owes(bea.id), owes(cem.id)], [true, false, false])
    assert.deepEqual(contestableView(bench.state, NOOR.id, bench.now())?.decisions, [])
  })
})
