/** Adjudication by a panel of humans drawn by lot (spec 3.5; I-21 … I-23, C-15). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { replayAll } from '../../../support/law/replayed.ts'
import { digestOfWhole } from '../../../support/law/digest-of-state.ts'
import { taskOf } from '../../../../protocol/law/mission/state.ts'
import { drawPanel } from '../../../../protocol/law/panel/selection.ts'
import {
  closeEpoch,
  decided,
  decision,
  observed,
  OUTPUT,
  publishAll,
  reviewed,
  started,
  underReview,
} from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { operational, ownership, physical, refuses, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, INTEGRATOR, NOOR, OPERATORS, person, REVIEWERS, RUNTIME, WORKER } from '../../../support/law/people.ts'
import {
  APPROVES,
  awaitingPanel,
  CITIZENS,
  integrated,
  panelOf,
  REJECTS,
  seatedPanel,
  seatNow,
  sitting,
  withCitizens,
} from '../../../support/law/panels.ts'
import { attest, committed, founded, type Bench } from '../../../support/law/world.ts'

const DAY = 86_400_000
const integration = { outputs: [OUTPUT], summary: 'Total 42.' }
const [bea] = OPERATORS

const bare = founded()
const base = withCitizens(fork(bare))
const seated = fork(base)
const PANEL = seatedPanel(seated, 'm-1', 'regulated_analysis')

const taskState = (bench: Bench, mission = 'm-1') => taskOf(bench.state.missions.get(mission), 't-1')!
/** Of the panel's own law; what trust and incidents make of it is tested where they are. */
const types = (events: readonly { event_type: string }[]) =>
  events.map((event) => event.event_type).filter((type) => !/^trust\.|incident/.test(type))

describe('what goes to humans', () => {
  for (const name of ['documentation_update', 'internal_operations_change', 'regulated_analysis']) {
    it(`I-21: a normative task of ${name} that its reviewers approve is not integrated by them`, () => {
      const bench = fork(base)
      const panel = awaitingPanel(bench, 'm-1', name)
      assert.equal(taskState(bench).status, 'UnderReview')
      assert.equal(panelOf(bench, panel).reason, 'normative')
      assert.deepEqual(withholds(bench, INTEGRATOR, 'mission.integrate', 'm-1', integration), [
        operational('step-of-the-machine', { state: 'UnderReview', step: 'assemble_output' }),
      ])
    })
  }

  it('an objective task is as normative as its mission', () => {
    const bench = fork(base)
    const panel = awaitingPanel(bench, 'm-1', 'documentation_update', { domain: 'objective', scope: 'mixed' })
    assert.equal(panelOf(bench, panel).reason, 'normative')
  })

  it('what reviewers send back is reworked without humans', () => {
    const bench = fork(base)
    awaitingPanel(bench, 'm-1', 'documentation_update', { verdict: 'reject' })
    assert.equal(bench.state.panels.byId.size, 0)
    assert.equal(taskState(bench).status, 'Rework')
  })

  it('a dispute of a reviewer takes an objective task there, against a full quorum', () => {
    const bench = fork(base)
    const panel = awaitingPanel(bench, 'm-1', 'regulated_analysis', { domain: 'objective', dispute: true })
    assert.equal(panelOf(bench, panel).reason, 'dispute')
  })

  it('so does a dispute of the owner, while reviews are under way', () => {
    const bench = fork(base)
    underReview(bench, 'm-1')
    committed(bench.send(NOOR, 'mission.dispute', 'm-1', { task: 't-1', reason: 'Whose data is it?' }))
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    const [panel] = bench.state.panels.byId.values()
    assert.equal(panel?.reason, 'dispute')
    assert.equal(taskState(bench).status, 'UnderReview')
  })

  it('a dispute of a task that is at work yet is refused', () => {
    const bench = fork(base)
    started(bench, 'm-1')
    const body = { task: 't-1', reason: 'Whose data is it?' }
    assert.deepEqual(withholds(bench, NOOR, 'mission.dispute', 'm-1', body), [
      operational('review-is-under-way', { state: 'InProgress' }),
    ])
  })

  it('a dispute of somebody else, of none under review, twice or without visible words is refused', () => {
    const bench = fork(base)
    underReview(bench, 'm-1')
    const body = { task: 't-1', reason: 'Whose data is it?' }
    assert.deepEqual(withholds(bench, bea, 'mission.dispute', 'm-1', body), [
      ownership('signed-by-the-owner', { owner: 'noor' }),
    ])
    assert.deepEqual(withholds(bench, NOOR, 'mission.dispute', 'm-1', { ...body, task: 'constructor' }), [
      operational('review-is-under-way', { task: 'constructor' }),
    ])
    assert.throws(() => bench.send(NOOR, 'mission.dispute', 'm-1', { ...body, reason: '\u200b\u2060' }), /field-blank/)
    committed(bench.send(NOOR, 'mission.dispute', 'm-1', body))
    assert.deepEqual(withholds(bench, NOOR, 'mission.dispute', 'm-1', body), [
      operational('review-is-under-way', { disputed: true }),
    ])
  })
})

describe('a panel', () => {
  it('I-22: is three humans of two regions and two houses, none of whom had a hand in the mission', () => {
    const members = panelOf(seated, PANEL).members
    assert.equal(members.length, 3)
    assert.ok(new Set(members.map((member) => member.region)).size >= 2)
    assert.ok(new Set(members.map((member) => member.organization)).size >= 2)
    const involved = ['noor', 'bea', 'cem', 'dao', ...REVIEWERS.map((one) => one.operator.id)]
    for (const { id } of members) {
      assert.equal(seated.state.identities.humans.has(id), true)
      assert.equal(involved.includes(id), false, id)
    }
  })

  it('is what anyone gets who draws again from the frozen pool', () => {
    const panel = panelOf(seated, PANEL)
    assert.ok(panel.status === 'voting')
    const { drawn } = drawPanel(panel.frozen, panel.rules, panel.randomness, [], [])
    assert.ok(drawn.ok && drawn.value.outcome === 'seated')
    assert.deepEqual(
      drawn.value.members.map((member) => member.id),
      panel.members.map((member) => member.id),
    )
  })

  it('draws from those who were there when it was opened', () => {
    const bench = fork(base)
    const id = awaitingPanel(bench, 'm-1')
    const late = Array.from({ length: 6 }, (_, i) => person(`late-${i}`, 'OC', `late-house-${i}`))
    for (const one of late) attest(bench, one)
    committed(seatNow(bench))
    for (const { id: member } of panelOf(bench, id).members) assert.equal(member.startsWith('late-'), false)
  })

  it('keeps out who declared a conflict with a participant, their operator or their house, until they withdraw it', () => {
    const everyone = CITIZENS.map((one) => one.id)
    for (const party of [
      { with: 'actor', actor: WORKER.id },
      { with: 'actor', actor: 'cem' },
      { with: 'organization', organization: NOOR.organization },
    ]) {
      const bench = fork(base)
      const [first] = CITIZENS
      committed(bench.send(first!, 'identity.declare_conflict', first!.id, party))
      const id = awaitingPanel(bench, 'm-1')
      assert.equal(panelOf(bench, id).frozen.excluded.actors.includes(first!.id), true, JSON.stringify(party))
      committed(bench.send(first!, 'identity.withdraw_conflict', first!.id, party))
      assert.equal(panelOf(bench, id).frozen.excluded.actors.includes(first!.id), true, 'the open draw keeps them out')
      const later = awaitingPanel(bench, 'm-2')
      assert.equal(panelOf(bench, later).frozen.excluded.actors.includes(first!.id), false)
      assert.equal(everyone.includes(first!.id), true)
    }
  })

  it('that cannot be drawn blocks the task and says what starves', () => {
    const bench = fork(bare)
    const id = awaitingPanel(bench, 'm-1', 'regulated_analysis')
    committed(seatNow(bench))
    const panel = panelOf(bench, id)
    assert.ok(panel.status === 'blocked')
    assert.equal(panel.why, 'insufficient_eligible')
    assert.equal(taskState(bench).status, 'UnderReview')
    assert.deepEqual(withholds(bench, ADA, 'panel.reopen', id, {}), [
      ownership('signed-by-the-owner', { owner: 'noor' }),
    ])
    withCitizens(bench)
    committed(bench.send(NOOR, 'panel.reopen', id, {}))
    committed(seatNow(bench))
    assert.equal(panelOf(bench, id).status, 'voting')
    assert.deepEqual(withholds(bench, NOOR, 'panel.reopen', id, {}), [
      operational('panel-is-at-this-step', { status: 'voting', needs: 'blocked' }),
    ])
  })

  it('of one house is blocked, however many there are', () => {
    const bench = fork(bare)
    withCitizens(
      bench,
      Array.from({ length: 5 }, (_, i) => person(`same-${i}`, i % 2 === 0 ? 'EU' : 'NA', 'founders')),
    )
    const id = awaitingPanel(bench, 'm-1', 'regulated_analysis')
    committed(seatNow(bench))
    const panel = panelOf(bench, id)
    assert.ok(panel.status === 'blocked')
    assert.equal(panel.why, 'organization_diversity')
  })

  it('takes a name that nobody could have taken before', () => {
    assert.deepEqual(withholds(base, NOOR, 'mission.create', PANEL, { title: 'Mine', summary: 'Now.' }), [
      operational('mission-is-new', { subject: PANEL, kind: 'panel' }),
    ])
  })
})

describe('votes', () => {
  it('of a majority integrate the task, and the dissent stays on record', () => {
    const bench = fork(seated)
    const [a, b, c] = sitting(bench, PANEL)
    committed(bench.send(a!, 'panel.vote', PANEL, REJECTS))
    committed(bench.send(b!, 'panel.vote', PANEL, APPROVES))
    const events = committed(bench.send(c!, 'panel.vote', PANEL, APPROVES))
    assert.deepEqual(types(events), ['review.panel_voted', 'review.panel_concluded', 'mission.task_integrated'])
    const { dissent, outcome } = events[1]!.data as { dissent: unknown; outcome: string }
    assert.deepEqual([outcome, dissent], ['approve', [{ member: a!.id, vote: 'reject' }]])
    assert.equal(taskState(bench).status, 'Integrated')
    assert.equal(taskState(bench).adjudication?.panel, PANEL)
  })

  it('that reject send the task back', () => {
    const bench = fork(seated)
    const [a, b] = sitting(bench, PANEL)
    committed(bench.send(a!, 'panel.vote', PANEL, REJECTS))
    const events = committed(bench.send(b!, 'panel.vote', PANEL, REJECTS))
    assert.deepEqual(types(events), ['review.panel_voted', 'review.panel_concluded', 'mission.task_rework'])
    assert.deepEqual([taskState(bench).status, taskState(bench).reworkReason], ['Rework', 'adjudication'])
  })

  it('may still be cast after the majority, and move nothing', () => {
    const bench = fork(seated)
    const [a, b, c] = sitting(bench, PANEL)
    committed(bench.send(a!, 'panel.vote', PANEL, APPROVES))
    committed(bench.send(b!, 'panel.vote', PANEL, APPROVES))
    assert.deepEqual(types(committed(bench.send(c!, 'panel.vote', PANEL, REJECTS))), ['review.panel_voted'])
    assert.equal(taskState(bench).status, 'Integrated')
    assert.equal(panelOf(bench, PANEL).votes.get(c!.id)?.vote, 'reject')
  })

  it('of one seat count once', () => {
    const bench = fork(seated)
    const [a] = sitting(bench, PANEL)
    committed(bench.send(a!, 'panel.vote', PANEL, APPROVES))
    assert.deepEqual(withholds(bench, a!, 'panel.vote', PANEL, APPROVES), [
      operational('seat-has-not-voted', { signer: a!.id }),
    ])
  })

  it('of somebody without a seat, of a machine and of the owner are refused', () => {
    const outsider = CITIZENS.find(({ id }) => !panelOf(seated, PANEL).members.some((member) => member.id === id))!
    const stranger = responsibility('signer-holds-a-seat', { signer: outsider.id })
    assert.deepEqual(withholds(seated, outsider, 'panel.vote', PANEL, APPROVES), [stranger])
    assert.deepEqual(withholds(seated, NOOR, 'panel.vote', PANEL, APPROVES), [
      responsibility('signer-holds-a-seat', { signer: 'noor' }),
    ])
    const machine = withholds(seated, WORKER, 'panel.vote', PANEL, APPROVES).map((one) => one.constraint)
    assert.deepEqual(machine, ['signed-by-the-right-kind', 'signer-holds-a-seat'])
  })

  it('copied from another panel are worth nothing here', () => {
    const bench = fork(seated)
    const other = awaitingPanel(bench, 'm-2')
    committed(seatNow(bench))
    const both = sitting(bench, PANEL).find((one) => sitting(bench, other).some(({ id }) => id === one.id))
    const [first] = sitting(bench, other)
    const envelope = bench.envelope(first!, 'panel.vote', other, APPROVES, { nonce: 'once' })
    bench.give(envelope)
    assert.equal(bench.give(envelope).kind, 'repeated')
    const moved = JSON.parse(envelope) as { payload: string; signatures: unknown; payloadType: string }
    const payload = JSON.parse(Buffer.from(moved.payload, 'base64').toString()) as { subject: string }
    payload.subject = PANEL
    const forged = { ...moved, payload: Buffer.from(JSON.stringify(payload)).toString('base64') }
    assert.equal(refuses(bench, JSON.stringify(forged)).code, 'signature-invalid')
    assert.equal(panelOf(bench, PANEL).votes.size, 0)
    assert.ok(both === undefined || !panelOf(bench, PANEL).votes.has(both.id))
  })

  it('I-23: without documented reasons are not even commands', () => {
    const [a] = sitting(seated, PANEL)
    for (const reasons of ['', '   ', '\u200b', '\u2060\u00ad']) {
      assert.throws(() => seated.send(a!, 'panel.vote', PANEL, { vote: 'approve', reasons }), /field-blank|field-range/)
    }
    assert.throws(() => seated.send(a!, 'panel.vote', PANEL, { vote: 'approve' }), /field-missing/)
    assert.throws(() => seated.send(a!, 'panel.vote', PANEL, { ...APPROVES, vote: true }), /field-value/)
  })

  it('in the words of an appeal do not fit', () => {
    const [a] = sitting(seated, PANEL)
    assert.deepEqual(withholds(seated, a!, 'panel.vote', PANEL, { ...APPROVES, vote: 'uphold' }), [
      operational('vote-fits-the-panel', { vote: 'uphold', purpose: 'adjudication' }),
    ])
    assert.deepEqual(withholds(seated, a!, 'panel.vote', PANEL, { ...APPROVES, reason_code: 'facts-wrong' }), [
      operational('vote-fits-the-panel', { reason_code: 'not-asked' }),
    ])
  })

  it('on a panel that is none are refused, prototype names too', () => {
    for (const name of ['panel:constructor', 'constructor', '__proto__', 'm-1']) {
      const [first] = withholds(seated, NOOR, 'panel.vote', name, APPROVES)
      assert.deepEqual(first, operational('panel-exists', { panel: name }))
    }
  })
})

describe('the window for voting', () => {
  it('includes its last millisecond, and closes before the sweep comes', () => {
    const bench = fork(seated)
    const [a, b] = sitting(bench, PANEL)
    const panel = panelOf(bench, PANEL)
    assert.ok(panel.status === 'voting')
    bench.wait(panel.voteBy - bench.now())
    committed(bench.send(a!, 'panel.vote', PANEL, APPROVES))
    bench.wait(1)
    assert.deepEqual(withholds(bench, b!, 'panel.vote', PANEL, APPROVES), [
      physical('within-the-voting-window', { late_ms: 1 }),
    ])
  })

  it('replaces the silent from the same draw at the next epoch; those who voted stay, who left stays out', () => {
    const bench = fork(seated)
    const [a, b, c] = sitting(bench, PANEL)
    committed(bench.send(a!, 'panel.vote', PANEL, APPROVES))
    bench.wait(7 * DAY + 1)
    const events = committed(closeEpoch(bench))
    assert.deepEqual(types(events), ['governance.epoch_closed', 'review.panel_replaced'])
    const now = panelOf(bench, PANEL).members.map((member) => member.id)
    assert.equal(now.length, 3)
    assert.equal(now.includes(a!.id), true)
    assert.equal(now.includes(b!.id) || now.includes(c!.id), false)
    assert.deepEqual(withholds(bench, b!, 'panel.vote', PANEL, APPROVES), [
      responsibility('signer-holds-a-seat', { signer: b!.id }),
    ])
    const [, next] = sitting(bench, PANEL)
    assert.equal(
      types(committed(bench.send(next!, 'panel.vote', PANEL, APPROVES))).includes('mission.task_integrated'),
      true,
    )
  })

  it('starves when nobody is left, keeps the votes, and a new draw fills the empty seats alone', () => {
    const bench = fork(bare)
    withCitizens(bench, CITIZENS.slice(0, 3))
    const id = seatedPanel(bench, 'm-1', 'regulated_analysis')
    const [a] = sitting(bench, id)
    committed(bench.send(a!, 'panel.vote', id, REJECTS))
    bench.wait(7 * DAY + 1)
    assert.deepEqual(types(committed(closeEpoch(bench))).slice(1), ['review.panel_replaced', 'review.panel_blocked'])
    withCitizens(bench, CITIZENS.slice(3))
    committed(bench.send(NOOR, 'panel.reopen', id, {}))
    committed(seatNow(bench))
    const panel = panelOf(bench, id)
    assert.equal(
      panel.members.some((member) => member.id === a!.id),
      true,
    )
    assert.deepEqual([...panel.votes.keys()], [a!.id])
    assert.equal(panel.frozen.draw, 2)
  })

  it('is swept at no other epoch', () => {
    const bench = fork(seated)
    assert.deepEqual(types(committed(closeEpoch(bench))), ['governance.epoch_closed'])
  })
})

describe('a member who cannot judge', () => {
  it('leaves with a reason before voting and is replaced at once', () => {
    const bench = fork(seated)
    const [a] = sitting(bench, PANEL)
    const [event] = committed(bench.send(a!, 'panel.recuse', PANEL, { reason: 'The worker is my cousin.' }))
    assert.equal(event?.event_type, 'review.panel_recused')
    assert.equal(panelOf(bench, PANEL).members.length, 3)
    assert.equal(
      panelOf(bench, PANEL).members.some((member) => member.id === a!.id),
      false,
    )
  })

  it('does not leave once the vote is cast', () => {
    const bench = fork(seated)
    const [a] = sitting(bench, PANEL)
    committed(bench.send(a!, 'panel.vote', PANEL, APPROVES))
    assert.deepEqual(withholds(bench, a!, 'panel.recuse', PANEL, { reason: 'Never mind.' }), [
      operational('seat-has-not-voted', { signer: a!.id }),
    ])
  })
})

describe('after adjudication', () => {
  it('R0 completes under the standing mandate, R2 by a human who sees the panel in what they sign', () => {
    const low = fork(base)
    const id = seatedPanel(low, 'm-low')
    for (const member of sitting(low, id).slice(0, 2)) {
      committed(low.send(member, 'panel.vote', id, APPROVES))
    }
    assert.deepEqual(types(committed(integrated(low, 'm-low'))), ['mission.gate_opened', 'mission.completed'])

    const high = fork(seated)
    for (const member of sitting(high, PANEL).slice(0, 2)) committed(high.send(member, 'panel.vote', PANEL, APPROVES))
    committed(integrated(high, 'm-1'))
    publishAll(high)
    committed(high.send(RUNTIME, 'chain.observed', 'chain', observed(decided(high, 'm-1', NOOR), 'final_gate')))
    assert.equal(high.state.missions.get('m-1')?.status, 'Completed')
  })

  it('the ledger is folded alike by everybody', () => {
    const bench = withCitizens(founded())
    const id = seatedPanel(bench, 'm-1')
    for (const member of sitting(bench, id).slice(0, 2)) {
      committed(bench.send(member, 'panel.vote', id, REJECTS))
    }
    const replayed = replayAll(bench.texts)
    assert.ok(replayed.ok, JSON.stringify(replayed))
    assert.equal(digestOfWhole(replayed.value), digestOfWhole(bench.state))
  })
})
