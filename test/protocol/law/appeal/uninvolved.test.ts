/** Who hears an appeal has no part in it: not in what an incident is about, and not in another hearing of the matter. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answered, appealOf, CROWD, eventOf, FACT, filed } from '../../../support/law/appeals.ts'
import { adjudicatedAndCompleted, appealed, base, bea, cem, done, EVERYBODY } from '../../../support/law/contested.ts'
import { fork } from '../../../support/law/fork.ts'
import { panelOf, seatNow } from '../../../support/law/panels.ts'
import { ADA, NOOR, REVIEWERS } from '../../../support/law/people.ts'
import { suspend } from '../../../support/law/trust.ts'
import { committed, type Bench } from '../../../support/law/world.ts'

/** An incident about this was resolved, which its reporter contests: who is kept out of the hearing. */
function keptOutOfHearing(bench: Bench, concerned: string): readonly string[] {
  const [reporter, resolver] = CROWD
  const report = { kind: 'policy-breach', severity: 'minor', concerns: [concerned], account: 'The total is wrong.' }
  committed(bench.send(reporter!, 'incident.report', 'i-1', report, { grounds: [FACT] }))
  const resolution = { resolution: 'dismissed', reason: 'There is nothing to it.' }
  const decision = eventOf(bench.send(resolver!, 'incident.resolve', 'i-1', resolution), 'governance.incident_resolved')
  committed(filed(bench, reporter!, 'a-9', decision))
  answered(bench, 'a-9', EVERYBODY)
  return panelOf(bench, appealOf(bench, 'a-9').panel!).frozen.excluded.actors
}

describe('an appeal about an incident', () => {
  it('is heard by nobody who had a hand in the mission that the incident concerns, nor by who runs their machines', () => {
    const bench = fork(done)
    const { everReviewed } = bench.state.missions.get('m-1')!
    const reviewing = REVIEWERS.filter(({ id }) => everReviewed.includes(id)).map(({ operator }) => operator.id)
    assert.equal(reviewing.length, 1)
    const out = keptOutOfHearing(bench, 'm-1')
    for (const id of [NOOR.id, bea.id, cem.id, 'dao', ...reviewing]) assert.equal(out.includes(id), true, id)
  })

  it('is not heard by the parties to the appeal that the incident concerns', () => {
    const out = keptOutOfHearing(fork(appealed), 'a-1')
    for (const id of [cem.id, bea.id, NOOR.id]) assert.equal(out.includes(id), true, id)
  })

  it('is not heard by whom the suspended gain would go to that the incident concerns', () => {
    const bench = fork(done)
    suspend(bench, ADA.id, 'gain:1-1')
    assert.equal(keptOutOfHearing(bench, 'gain:1-1').includes(ADA.id), true)
  })
})

describe('two appeals in one mission that wait for the same round', () => {
  it('are heard by different people, and the seating says whom it passed over', () => {
    const bench = fork(base)
    const { concluded, completed } = adjudicatedAndCompleted(bench, 'm-2')
    committed(filed(bench, cem, 'a-1', completed))
    committed(filed(bench, bea, 'a-2', concluded))
    for (const id of ['a-1', 'a-2']) answered(bench, id, EVERYBODY)
    assert.equal(bench.state.panels.awaiting.size, 1)
    const seatings = committed(seatNow(bench)).filter(({ event_type }) => event_type === 'review.panel_seated')
    assert.equal(seatings.length, 2)
    const [first, second] = seatings.map(({ data }) => (data.members as { id: string }[]).map(({ id }) => id))
    assert.deepEqual(
      first!.filter((id) => second!.includes(id)),
      [],
    )
    assert.deepEqual(
      first!.filter((id) => !(seatings[1]!.data.passed as string[]).includes(id)),
      [],
    )
  })
})
