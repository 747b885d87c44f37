/** A seat is filled by who may judge when it is filled, whatever the frozen pool says (spec 3.4–3.6). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { timeOfRound } from '../../../../protocol/wire/beacon.ts'
import { drawPanel } from '../../../../protocol/law/panel/selection.ts'
import { taskOf } from '../../../../protocol/law/mission/state.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { answered, appealOf, CROWD, filed, heard, OVERTURN } from '../../../support/law/appeals.ts'
import { appealed, bea, cem, COMPLETED, done, EVERYBODY } from '../../../support/law/contested.ts'
import { closeEpoch, decision, evidence, reviewed, seatedFor, submitted } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { responsibility, withholds } from '../../../support/law/outcomes.ts'
import {
  APPROVES,
  awaitingPanel,
  CITIZENS,
  panelOf,
  REJECTS,
  seatedPanel,
  seatNow,
  sitting,
  withCitizens,
} from '../../../support/law/panels.ts'
import { ADA, NOOR, OPERATORS, REVIEWERS, WORKER, type Person } from '../../../support/law/people.ts'
import { replayAll } from '../../../support/law/replayed.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const DAY = 86_400_000
const base = withCitizens(founded())
const withWorker = { with: 'actor', actor: WORKER.id }

function declares(bench: Bench, who: Person, party: object = withWorker): void {
  committed(bench.send(who, 'identity.declare_conflict', who.id, party))
}

/** Who would be next in the draw of a panel that sits, in rank order, were nobody passed over. */
function nextOf(bench: Bench, id: string): Person {
  const panel = panelOf(bench, id)
  assert.ok(panel.status === 'voting')
  const stay = panel.members.slice(1)
  const { drawn } = drawPanel(panel.frozen, panel.rules, panel.randomness, stay, [panel.members[0]!.id])
  assert.ok(drawn.ok && drawn.value.outcome === 'seated')
  const [first] = drawn.value.drawn
  const next = [...CITIZENS, ADA, ...OPERATORS].find((one) => one.id === first!.id)
  assert.ok(next !== undefined)
  return next
}

const eventIn = (recorded: Parameters<typeof committed>[0], type: string) =>
  committed(recorded).find((event) => event.event_type === type)!.data as { readonly passed: readonly string[] }

describe('a panel is seated from its frozen pool', () => {
  it('without those who declared a conflict after it was frozen, and says whom it passed over', () => {
    const bench = fork(base)
    const id = awaitingPanel(bench, 'm-1')
    for (const one of CITIZENS.slice(0, 3)) declares(bench, one)
    const seated = eventIn(seatNow(bench), 'review.panel_seated')
    assert.deepEqual(
      seated.passed,
      CITIZENS.slice(0, 3).map((one) => one.id),
    )
    for (const { id: member } of panelOf(bench, id).members) assert.equal(seated.passed.includes(member), false)
    assert.ok(replayAll(bench.texts).ok)
  })

  it('and whoever draws again without those it passed over gets the same seats', () => {
    const bench = fork(base)
    const id = awaitingPanel(bench, 'm-1')
    declares(bench, CITIZENS[0]!)
    const { passed } = eventIn(seatNow(bench), 'review.panel_seated')
    const panel = panelOf(bench, id)
    assert.ok(panel.status === 'voting')
    const { drawn } = drawPanel(panel.frozen, panel.rules, panel.randomness, [], passed)
    assert.ok(drawn.ok && drawn.value.outcome === 'seated')
    assert.deepEqual(
      drawn.value.members.map((member) => member.id),
      panel.members.map((member) => member.id),
    )
  })

  it('without whoever a severe incident has come to concern since', () => {
    const bench = fork(base)
    awaitingPanel(bench, 'm-1')
    const [accused] = CITIZENS
    const report = {
      kind: 'forged-evidence',
      severity: 'severe',
      concerns: [accused!.id],
      account: 'They signed for files that never were.',
      accused: accused!.id,
    }
    committed(bench.send(NOOR, 'incident.report', 'i-1', report, { grounds: ['000000000000-000'] }))
    assert.deepEqual(eventIn(seatNow(bench), 'review.panel_seated').passed, [accused!.id])
  })

  it('and nobody moves a seat by a report once the round is public that decides who sits', () => {
    const bench = fork(base)
    const id = awaitingPanel(bench, 'm-1')
    const { round } = panelOf(bench, id).frozen
    const isPublic = timeOfRound(bench.state.founded!.deployment.beacon, round)
    const [early, late] = CITIZENS
    const report = (one: Person) => ({
      kind: 'forged-evidence',
      severity: 'severe',
      concerns: [one.id],
      account: 'They signed for files that never were.',
      accused: one.id,
    })
    const grounds = { grounds: ['000000000000-000'] }
    bench.wait(isPublic - 1 - bench.now())
    committed(bench.send(NOOR, 'incident.report', 'i-early', report(early!), grounds))
    bench.wait(1)
    committed(bench.send(NOOR, 'incident.report', 'i-late', report(late!), grounds))
    assert.deepEqual(eventIn(seatNow(bench), 'review.panel_seated').passed, [early!.id])
    const unfit = worldOf(bench.state).unfit('R2', isPublic)
    assert.deepEqual([unfit.has(early!.id), unfit.has(late!.id)], [true, false], 'nor a seat in a review')
    assert.ok(replayAll(bench.texts).ok)
  })

  it('so is an empty seat: the next of the draw is passed over for a conflict of now', () => {
    const bench = fork(base)
    const id = seatedPanel(bench, 'm-1')
    const next = nextOf(bench, id)
    declares(bench, next)
    const [first] = sitting(bench, id)
    const left = eventIn(bench.send(first!, 'panel.recuse', id, { reason: 'I know them.' }), 'review.panel_recused')
    assert.equal(left.passed.includes(next.id), true)
    assert.equal(
      panelOf(bench, id).members.some((member) => member.id === next.id),
      false,
    )
  })

  it('and a draw that is opened anew keeps out who is in conflict by then', () => {
    const bench = fork(base)
    const id = seatedPanel(bench, 'm-1')
    while (panelOf(bench, id).status === 'voting') {
      committed(bench.send(sitting(bench, id)[0]!, 'panel.recuse', id, { reason: 'I know them.' }))
    }
    const kept = CITIZENS.find((one) => !panelOf(bench, id).frozen.excluded.actors.includes(one.id))!
    declares(bench, kept)
    committed(bench.send(NOOR, 'panel.reopen', id, {}))
    assert.equal(panelOf(bench, id).frozen.excluded.actors.includes(kept.id), true)
  })
})

describe('a seat of a review', () => {
  it('goes to nobody whose operator declared a conflict after the pool was frozen', () => {
    const bench = founded()
    submitted(bench, 'm-1')
    for (const { operator } of REVIEWERS.slice(1)) declares(bench, operator)
    const { passed } = eventIn(drawNow(bench), 'review.assigned')
    assert.deepEqual(
      passed,
      REVIEWERS.slice(1)
        .map((one) => one.id)
        .toSorted(),
    )
    assert.deepEqual(
      seatedFor(bench, 'm-1').map((one) => one.id),
      [REVIEWERS[0].id],
    )
  })

  it('that falls empty does not either', () => {
    const bench = founded()
    submitted(bench, 'm-1')
    committed(drawNow(bench))
    const [seat] = seatedFor(bench, 'm-1')
    const others = REVIEWERS.filter((one) => one.id !== seat!.id)
    for (const { operator } of others.slice(1)) declares(bench, operator)
    committed(bench.send(seat!, 'review.recuse', 'm-1', { task: 't-1', reason: 'I know too little.' }))
    assert.deepEqual(
      seatedFor(bench, 'm-1').map((one) => one.id),
      [others[0]!.id],
    )
  })
})

describe('whoever declares a conflict while they sit', () => {
  it('casts no vote in the panel, and can leave the seat', () => {
    const bench = fork(base)
    const id = seatedPanel(bench, 'm-1')
    const [member] = sitting(bench, id)
    declares(bench, member!)
    assert.deepEqual(withholds(bench, member!, 'panel.vote', id, APPROVES), [
      responsibility('signer-declared-no-conflict', { signer: member!.id }),
    ])
    committed(bench.send(member!, 'panel.recuse', id, { reason: 'I know them.' }))
  })

  it('seals no review, nor does a machine of theirs, and it can leave the seat', () => {
    const bench = founded()
    submitted(bench, 'm-1')
    committed(drawNow(bench))
    const [seat] = seatedFor(bench, 'm-1')
    declares(bench, REVIEWERS.find((one) => one.id === seat!.id)!.operator)
    const sealed = { task: 't-1', commitment: `sha256:${'ab'.repeat(32)}` }
    assert.deepEqual(withholds(bench, seat!, 'review.commit', 'm-1', sealed), [
      responsibility('signer-declared-no-conflict', { signer: seat!.id }),
    ])
    committed(bench.send(seat!, 'review.recuse', 'm-1', { task: 't-1', reason: 'My operator knows them.' }))
    assert.notEqual(bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))?.status, 'concluded')
  })
})

describe('who lost or left a seat', () => {
  it('about a task is not drawn when its next attempt goes to humans', () => {
    const bench = fork(base)
    const id = seatedPanel(bench, 'm-1')
    const [left, ...rest] = sitting(bench, id)
    committed(bench.send(left!, 'panel.recuse', id, { reason: 'I know them.' }))
    bench.wait(8 * DAY)
    committed(closeEpoch(bench))
    const silent = rest.map((one) => one.id)
    const [a, b] = sitting(bench, id)
    committed(bench.send(a!, 'panel.vote', id, REJECTS))
    committed(bench.send(b!, 'panel.vote', id, REJECTS))
    committed(bench.send(WORKER, 'mission.correct', 'm-1', { task: 't-1' }))
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1', 2) }))
    committed(drawNow(bench))
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve', { attempt: 2 }))
    assert.equal(taskOf(bench.state.missions.get('m-1'), 't-1')?.attempt, 2)
    const second = [...bench.state.panels.byId.values()].find((panel) => panel.id !== id)!
    for (const who of [left!.id, ...silent]) assert.equal(second.frozen.excluded.actors.includes(who), true, who)
  })

  it('of a panel that was blocked and drawn anew hears no further appeal in the matter', () => {
    const bench = fork(appealed)
    answered(bench, 'a-1', EVERYBODY)
    committed(seatNow(bench))
    const panel = appealOf(bench, 'a-1').panel!
    const ever = new Set(panelOf(bench, panel).members.map(({ id }) => id))
    while (panelOf(bench, panel).status === 'voting') {
      committed(bench.send(sitting(bench, panel, EVERYBODY)[0]!, 'panel.recuse', panel, { reason: 'I know them.' }))
      for (const { id } of panelOf(bench, panel).members) ever.add(id)
    }
    committed(bench.send(cem, 'panel.reopen', panel, {}))
    const { sat } = panelOf(bench, panel)
    assert.deepEqual([...sat].toSorted(), [...ever].toSorted())
    // Those who kept a seat without a vote lost it with the new draw: the second panel is entirely new all the same.
    assert.ok(panelOf(bench, panel).members.length < sat.length)
  })

  it('in a first hearing, kept or lost, hears no further appeal', () => {
    const bench = fork(done)
    committed(filed(bench, cem, 'a-1', COMPLETED))
    answered(bench, 'a-1', EVERYBODY)
    const first = committed(heard(bench, 'a-1', OVERTURN, EVERYBODY))
    const decided = first.find((event) => event.event_type === 'governance.appeal_decided')!.event_id
    const sat = panelOf(bench, appealOf(bench, 'a-1').panel!).sat
    committed(filed(bench, bea, 'a-2', decided))
    answered(bench, 'a-2', EVERYBODY)
    const { excluded } = panelOf(bench, appealOf(bench, 'a-2').panel!).frozen
    for (const id of sat) assert.equal(excluded.actors.includes(id), true, id)
    assert.equal(
      CROWD.some(({ id }) => !excluded.actors.includes(id)),
      true,
    )
  })
})
