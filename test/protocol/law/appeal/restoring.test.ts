/**
 * Every effect of an overturned decision has its way back: what a further appeal finds sound stands again as it stood,
 * in the mission, in its reviews and in trust (spec 3.6, 4.2, 4.3).
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { taskOf } from '../../../../protocol/law/mission/state.ts'
import { panelId } from '../../../../protocol/law/panel/selection.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { missionView } from '../../../../protocol/views.ts'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { answered, eventOf, filed, heard, integratedBy, OVERTURN, UPHOLD } from '../../../support/law/appeals.ts'
import {
  adjudicatedAndCompleted,
  base,
  bea,
  before,
  cem,
  done,
  EVERYBODY,
  types,
} from '../../../support/law/contested.ts'
import { decision, evidence, publishAll, reviewed, underReview } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { withholds } from '../../../support/law/outcomes.ts'
import { APPROVES, panelOf, REJECTS, seatedPanel, seatNow, sitting } from '../../../support/law/panels.ts'
import { NOOR, WORKER } from '../../../support/law/people.ts'
import { replayAll } from '../../../support/law/replayed.ts'
import { suspend } from '../../../support/law/trust.ts'
import { committed, drawNow, type Bench } from '../../../support/law/world.ts'

const mission = (bench: Bench, id = 'm-1') => bench.state.missions.get(id)
const reviewOf = (bench: Bench) => bench.state.reviews.byTask.get(reviewKey('m-2', 't-1'))
const task = (bench: Bench) => taskOf(mission(bench, 'm-2'), 't-1')

/** The further appeal against what the first one found, ready to be heard. */
function further(bench: Bench, first: string): void {
  committed(filed(bench, NOOR, 'a-9', first))
  answered(bench, 'a-9', EVERYBODY)
}

const DECIDED = 'governance.appeal_decided'

describe('a completion that was reversed twice', () => {
  /** Its adjudication is contested and its completion as well; both are overturned. */
  const twice = (): { bench: Bench; first: string } => {
    const bench = fork(base)
    const { concluded, completed } = adjudicatedAndCompleted(bench, 'm-2')
    committed(filed(bench, cem, 'a-1', completed))
    answered(bench, 'a-1', EVERYBODY)
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), DECIDED)
    committed(filed(bench, bea, 'a-2', concluded))
    answered(bench, 'a-2', EVERYBODY)
    const second = committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    assert.ok(types(second).includes('mission.reversed'))
    assert.equal(
      second.some(({ event_type }) => event_type === 'trust.failure_recorded'),
      false,
      'it costs nobody twice',
    )
    return { bench, first }
  }

  it('says which records reversed it, and which appeal each of them is of', () => {
    const { bench } = twice()
    const reversals = mission(bench, 'm-2')!.reversals
    assert.deepEqual(
      reversals.map(({ by, appeal }) => [by, appeal]),
      [
        ['appeal', 'a-1'],
        ['appeal', 'a-2'],
      ],
    )
    const shown = missionView(bench.state, 'm-2') as { readonly reversals: readonly { readonly place: string }[] }
    assert.deepEqual(
      shown.reversals.map(({ place }) => place),
      reversals.map(({ place }) => place),
    )
    for (const { place } of reversals) assert.match(place, /^\d{12}-\d{3}$/)
  })

  it('does not come back into force when one of the two findings falls', () => {
    const { bench, first } = twice()
    further(bench, first)
    const events = types(committed(heard(bench, 'a-9', OVERTURN, EVERYBODY)))
    assert.deepEqual(events.slice(-1), ['mission.reversal_withdrawn'])
    assert.deepEqual(
      mission(bench, 'm-2')!.reversals.map(({ appeal }) => appeal),
      ['a-2'],
    )
    const replayed = replayAll(bench.texts)
    assert.ok(replayed.ok, JSON.stringify(replayed))
  })
})

describe('a rework that a first appeal overturned and a further one finds sound', () => {
  const overturned = (): { bench: Bench; first: string } => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-2')
    reviewed(bench, 'm-2', () => decision(seat!.id, 'm-2', 'reject'))
    const contested = [...bench.state.appeals.decisions.values()].find((one) => one.mission === 'm-2')!
    committed(filed(bench, cem, 'a-1', contested.id))
    answered(bench, 'a-1', EVERYBODY)
    return { bench, first: eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), DECIDED) }
  }

  it('stands again, whoever was to review it anew: that review is over without a verdict', () => {
    const { bench, first } = overturned()
    assert.equal(task(bench)?.status, 'EvidenceAttached')
    further(bench, first)
    const events = types(committed(heard(bench, 'a-9', OVERTURN, EVERYBODY)))
    assert.deepEqual(events.slice(-2), ['review.concluded', 'mission.task_rework'])
    assert.deepEqual([task(bench)?.status, task(bench)?.reworkReason], ['Rework', 'appeal'])
    assert.equal(reviewOf(bench)?.status, 'concluded')
    assert.equal(bench.state.reviews.awaiting.size, 0)
  })

  it('stands again while others review: they seal nothing any more', () => {
    const { bench, first } = overturned()
    committed(drawNow(bench))
    further(bench, first)
    committed(heard(bench, 'a-9', OVERTURN, EVERYBODY))
    assert.equal(task(bench)?.status, 'Rework')
    assert.equal(reviewOf(bench)?.status, 'concluded')
    committed(bench.send(WORKER, 'mission.correct', 'm-2', { task: 't-1' }))
    committed(bench.send(WORKER, 'mission.submit', 'm-2', { task: 't-1', evidence: evidence(bench, 'm-2', 2) }))
  })

  it('takes back what was integrated on the second review, and what was completed on it', () => {
    for (const complete of [false, true]) {
      const { bench, first } = overturned()
      committed(drawNow(bench))
      reviewed(bench, 'm-2', (other) => decision(other.id, 'm-2', 'approve'))
      if (complete) committed(integratedBy(bench, 'm-2'))
      further(bench, first)
      committed(heard(bench, 'a-9', OVERTURN, EVERYBODY))
      if (complete) assert.equal(mission(bench, 'm-2')?.reversals[0]?.appeal, 'a-9')
      else assert.equal(task(bench)?.status, 'Rework')
    }
  })

  it('closes the panel that the second reviewers had sent the question to: it answers nothing', () => {
    const { bench, first } = overturned()
    committed(drawNow(bench))
    reviewed(bench, 'm-2', (other) => decision(other.id, 'm-2', 'approve', { normative_dispute: true }))
    committed(seatNow(bench))
    const id = panelId({ kind: 'task', mission: 'm-2', task: 't-1', attempt: 1 })
    assert.equal(panelOf(bench, id).status, 'voting')
    further(bench, first)
    const events = types(committed(heard(bench, 'a-9', OVERTURN, EVERYBODY)))
    assert.deepEqual(events.slice(-2), ['review.panel_closed', 'mission.task_rework'])
    assert.equal(panelOf(bench, id).status, 'closed')
    assert.equal(bench.state.panels.open.has(id), false)
    const [late] = withholds(bench, sitting(bench, id, EVERYBODY)[0]!, 'panel.vote', id, APPROVES)
    assert.equal(late?.constraint, 'panel-is-at-this-step')
  })

  it('stays overturned where the further appeal upholds that', () => {
    const { bench, first } = overturned()
    further(bench, first)
    committed(heard(bench, 'a-9', UPHOLD, EVERYBODY))
    assert.equal(task(bench)?.status, 'UnderReview')
  })
})

describe('trust', () => {
  it('is minted late from a mission that was reversed when its commitment became final, and stands after all', () => {
    const bench = fork(before)
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), DECIDED)
    publishAll(bench)
    assert.equal(bench.state.trust.proofs.has('m-1'), false)
    further(bench, first)
    const events = committed(heard(bench, 'a-9', OVERTURN, EVERYBODY))
    assert.ok(events.some((event) => event.event_type === 'trust.proof_minted' && event.subject === WORKER.id))
    publishAll(bench)
    assert.equal(bench.state.trust.proofs.get('m-1')!.filter(({ role }) => role === 'worker').length, 1)
  })

  it('that waited for humans when its mission was reversed waits for them again when it is restored', () => {
    const bench = fork(before)
    suspend(bench, WORKER.id, 'gain:1-1')
    const held = () => bench.state.trust.suspensions.get('gain:1-1')
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), DECIDED)
    assert.deepEqual([held()?.status, held()?.discarded], ['discarded', 'withdrawn'])
    further(bench, first)
    committed(heard(bench, 'a-9', OVERTURN, EVERYBODY))
    assert.deepEqual([held()?.status, held()?.at], ['waiting', bench.now()])
    assert.equal(bench.state.incidents.openOn.get('gain:1-1')?.size, 1)
  })

  it('that approving reviewers lost by a panel’s rework is given back when an appeal gives the other answer', () => {
    const bench = fork(base)
    const panel = seatedPanel(bench, 'm-2')
    const review = reviewOf(bench)
    assert.ok(review !== undefined && 'seats' in review)
    const [reviewer] = review.seats.keys()
    const whole = trustOf(bench.state.trust, reviewer!)
    const [a, b] = sitting(bench, panel, EVERYBODY)
    committed(bench.send(a!, 'panel.vote', panel, REJECTS))
    const concluded = eventOf(bench.send(b!, 'panel.vote', panel, REJECTS), 'review.panel_concluded')
    assert.ok(trustOf(bench.state.trust, reviewer!) < whole)
    committed(filed(bench, cem, 'a-1', concluded))
    answered(bench, 'a-1', EVERYBODY)
    const back = committed(heard(bench, 'a-1', OVERTURN, EVERYBODY)).filter(
      ({ event_type }) => event_type === 'trust.failure_withdrawn',
    )
    assert.deepEqual(
      back.map(({ subject, data }) => [subject, data.kind]),
      [[reviewer, 'contradicted-review']],
    )
  })
})

describe('the mission that nobody reversed', () => {
  it('names no reversal', () => {
    assert.deepEqual(mission(done)?.reversals, [])
  })
})
