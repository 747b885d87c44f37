/** Incidents (spec 3.6, 1.3; C-12): facts, few at a time, held while open, resolved by a human with a reason. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LawEvent } from '../../../../protocol/law/events.ts'
import { openIncidents } from '../../../../protocol/law/processes/open-incidents.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import {
  atTheGate,
  closeEpoch,
  decided,
  evidence,
  observed,
  oneTask,
  OUTPUT,
  publishAll,
  scoped,
  scopeBody,
  seatedFor,
  started,
  submitted,
  underReview,
} from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { accused, HOUR, resolved } from '../../../support/law/lives.ts'
import { operational, physical, responsibility, violationsOf, withholds } from '../../../support/law/outcomes.ts'
import { ADA, INTEGRATOR, NOOR, OPERATORS, PLANNER, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { completedTogether } from '../../../support/law/trust.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const [bea, cem, dao, eli] = OPERATORS
const base = founded()
const GROUNDS = { grounds: ['000000000003-000'] }

function report(change: object = {}) {
  return { kind: 'failed-verification', severity: 'minor', concerns: ['worker-1'], account: 'It differs.', ...change }
}

function minor(bench: Bench, id: string, concerns: readonly string[], by = bea): void {
  const grounds = [formatGround(bench.state.incidents.byId.size)]
  committed(bench.send(by, 'incident.report', id, report({ concerns }), { grounds }))
}

function formatGround(n: number): string {
  return `${String(n).padStart(12, '0')}-000`
}

describe('a report', () => {
  it('opens an incident that says what it holds and on what it rests', () => {
    const bench = fork(base)
    const [event] = committed(
      bench.send(WORKER, 'incident.report', 'i-1', report({ concerns: ['planner-1'] }), GROUNDS),
    )
    assert.equal(event?.event_type, 'governance.incident_opened')
    assert.deepEqual(event?.data, {
      kind: 'failed-verification',
      severity: 'minor',
      concerns: ['planner-1'],
      accused: null,
      reporter: 'worker-1',
      responsible: 'cem',
      account: 'It differs.',
      grounds: GROUNDS.grounds,
    })
    assert.deepEqual(worldOf(bench.state).openIncidents('planner-1'), ['i-1'])
    assert.equal(worldOf(bench.state).kindOf('i-1'), 'incident')
  })

  it('rests on recorded facts: free text alone is no ground, nor is a fact that there is not', () => {
    assert.deepEqual(withholds(fork(base), bea, 'incident.report', 'i-1', report()), [
      responsibility('grounds-are-stated'),
    ])
    const grounds = ['999999999999-000']
    assert.deepEqual(withholds(fork(base), bea, 'incident.report', 'i-1', report(), { grounds }), [
      physical('grounds-are-recorded', { ground: '999999999999-000' }),
    ])
  })

  for (const subject of ['nobody', '__proto__', 'constructor', 'm-1', 'gain:9-1']) {
    it(`concerns what there is: not ${subject}`, () => {
      const body = report({ concerns: ['worker-1', subject] })
      assert.deepEqual(withholds(fork(base), bea, 'incident.report', 'i-1', body, GROUNDS), [
        operational('concerns-what-there-is', { subject }),
      ])
    })
  }

  it('does not concern an incident: nobody holds what would free them', () => {
    const bench = fork(base)
    minor(bench, 'i-1', ['worker-1'])
    assert.deepEqual(withholds(bench, bea, 'incident.report', 'i-2', report({ concerns: ['i-1'] }), GROUNDS), [
      operational('concerns-what-there-is', { subject: 'i-1' }),
    ])
  })

  for (const [what, change] of [
    ['nothing', { concerns: [] }],
    ['five subjects', { concerns: ['ada', 'bea', 'cem', 'dao', 'eli'] }],
    ['the same twice', { concerns: ['ada', 'ada'] }],
    ['a blank account', { account: ' \u200B\u2060 ' }],
    ['an unknown kind', { kind: 'murmur' }],
    ['a kind that only the law opens', { kind: 'suspended-gain' }],
    ['the name of a prototype as its kind', { kind: '__proto__' }],
    ['an unknown severity', { severity: 'Severe' }],
    ['true as its severity', { severity: true }],
  ] as const) {
    it(`is none with ${what}`, () => {
      assert.throws(() => fork(base).send(bea, 'incident.report', 'i-1', report(change), GROUNDS), /field-/)
    })
  }

  for (const kind of ['forged-evidence', 'collusion', 'irreproducible-approval', 'false-vouching']) {
    it(`of ${kind} is severe and somebody’s`, () => {
      const anonymous = report({ kind, severity: 'severe' })
      assert.deepEqual(withholds(fork(base), bea, 'incident.report', 'i-1', anonymous, GROUNDS), [
        operational('accused-is-an-actor', { kind, accused: 'none' }),
      ])
      const slight = report({ kind, accused: 'worker-1' })
      assert.deepEqual(withholds(fork(base), bea, 'incident.report', 'i-1', slight, GROUNDS), [
        operational('severity-is-of-the-kind', { kind, allowed: 'severe' }),
      ])
      committed(fork(base).send(bea, 'incident.report', 'i-1', { ...slight, severity: 'severe' }, GROUNDS))
    })
  }

  it('accuses a human or a machine, and nobody themselves', () => {
    for (const nobody of ['runtime', 'm-1', '__proto__']) {
      const body = report({ accused: nobody })
      assert.deepEqual(withholds(fork(base), bea, 'incident.report', 'i-1', body, GROUNDS), [
        operational('accused-is-an-actor', { accused: nobody }),
      ])
    }
    assert.deepEqual(withholds(fork(base), bea, 'incident.report', 'i-1', report({ accused: 'bea' }), GROUNDS), [
      responsibility('accused-is-another', { accused: 'bea' }),
    ])
  })

  it('has a name of its own', () => {
    for (const [id, kind] of [
      ['bea', 'human'],
      ['worker-1', 'machine'],
      ['epochs', 'epochs'],
    ] as const) {
      assert.deepEqual(withholds(fork(base), bea, 'incident.report', id, report(), GROUNDS), [
        operational('incident-is-new', { subject: id, kind }),
      ])
    }
    const bench = fork(base)
    minor(bench, 'i-1', ['worker-1'])
    assert.deepEqual(withholds(bench, NOOR, 'mission.create', 'i-1', { title: 'T', summary: 'S' }), [
      operational('mission-is-new', { subject: 'i-1', kind: 'incident' }),
    ])
  })

  it('is not the runtime’s, and urgency does nothing for it', () => {
    const [violation] = withholds(fork(base), RUNTIME, 'incident.report', 'i-1', report(), GROUNDS)
    assert.equal(violation?.constraint, 'signed-by-the-right-kind')
    const urgent = withholds(fork(base), bea, 'incident.report', 'i-1', report(), { urgent: true })
    assert.deepEqual(urgent, [responsibility('urgency-is-not-a-ground'), responsibility('grounds-are-stated')])
  })
})

describe('a flood of reports', () => {
  it('ends at three open ones, a human’s own and all their machines’ together', () => {
    const bench = fork(base)
    minor(bench, 'i-1', ['worker-1'], cem)
    committed(bench.send(WORKER, 'incident.report', 'i-2', report({ concerns: ['planner-1'] }), GROUNDS))
    minor(bench, 'i-3', ['reviewer-ts'], cem)
    for (const sender of [cem, WORKER]) {
      assert.deepEqual(withholds(bench, sender, 'incident.report', 'i-4', report({ concerns: ['ada'] }), GROUNDS), [
        physical('open-reports-are-few', { open: 3, most: 3 }),
      ])
    }
    minor(bench, 'i-4', ['ada'], bea)
    committed(bench.send(ADA, 'incident.resolve', 'i-1', { resolution: 'dismissed', reason: 'No.' }))
    minor(bench, 'i-5', ['ada'], cem)
  })

  it('S-06: gets no other answer by asking again: the same facts are judged once, whoever brings them', () => {
    const bench = fork(base)
    const seen = report({ concerns: ['worker-1', 'planner-1'], accused: 'worker-1' })
    const grounds = ['000000000001-000', '000000000002-000']
    committed(bench.send(dao, 'incident.report', 'i-1', seen, { grounds }))
    const turned = { ...seen, concerns: ['planner-1', 'worker-1'], account: 'In other words.' }
    const again = () => withholds(bench, eli, 'incident.report', 'i-2', turned, { grounds: grounds.toReversed() })
    assert.deepEqual(again(), [operational('report-says-something-new', { kind: 'failed-verification' })])
    resolved(bench, 'i-1', ADA, 'dismissed')
    assert.deepEqual(again(), [operational('report-says-something-new', { kind: 'failed-verification' })])
    committed(bench.send(eli, 'incident.report', 'i-2', turned, { grounds: ['000000000004-000'] }))
  })
})

describe('a report of the same facts', () => {
  const grounds = ['000000000001-000']
  const said = (severity: 'minor' | 'severe') => ({
    ...report({ concerns: ['worker-1'], accused: 'worker-1' }),
    severity,
  })

  it('is shadowed by no smaller word for them: what was reported as minor can be reported as severe', () => {
    const bench = fork(base)
    committed(bench.send(dao, 'incident.report', 'i-1', said('minor'), { grounds }))
    committed(bench.send(eli, 'incident.report', 'i-2', said('severe'), { grounds }))
    assert.deepEqual(worldOf(bench.state).severeIncident('worker-1'), 'i-2')
  })

  it('says nothing new where it is as severe as before, or less', () => {
    const bench = fork(base)
    committed(bench.send(dao, 'incident.report', 'i-1', said('severe'), { grounds }))
    for (const severity of ['minor', 'severe'] as const) {
      assert.deepEqual(withholds(bench, eli, 'incident.report', 'i-2', said(severity), { grounds }), [
        operational('report-says-something-new', { kind: 'failed-verification' }),
      ])
    }
  })
})

describe('an open incident about a mission', () => {
  it('withholds every step of it, and lets it go on once it is resolved', () => {
    const bench = founded()
    scoped(bench, 'm-1')
    minor(bench, 'i-1', ['m-1'], eli)
    const held = operational('no-open-incident', { incident: 'i-1' })
    const steps = [() => withholds(bench, PLANNER, 'mission.plan', 'm-1', oneTask())]
    for (const step of steps) assert.deepEqual(step(), [held])
    resolved(bench, 'i-1', ADA, 'dismissed')
    committed(bench.send(PLANNER, 'mission.plan', 'm-1', oneTask()))
    minor(bench, 'i-2', ['m-1'], eli)
    assert.deepEqual(withholds(bench, WORKER, 'mission.start', 'm-1', { task: 't-1' }), [
      operational('no-open-incident', { incident: 'i-2' }),
    ])
    resolved(bench, 'i-2', ADA, 'dismissed')
    committed(bench.send(WORKER, 'mission.start', 'm-1', { task: 't-1' }))
    minor(bench, 'i-3', ['m-1'], eli)
    const body = { task: 't-1', evidence: evidence(bench, 'm-1') }
    assert.deepEqual(withholds(bench, WORKER, 'mission.submit', 'm-1', body), [
      operational('no-open-incident', { incident: 'i-3' }),
    ])
  })

  it('withholds its scope and its integration', () => {
    const bench = founded()
    committed(bench.send(NOOR, 'mission.create', 'm-0', { title: 'T', summary: 'S' }))
    minor(bench, 'i-0', ['m-0'], eli)
    assert.deepEqual(withholds(bench, NOOR, 'mission.scope', 'm-0', scopeBody()), [
      operational('no-open-incident', { incident: 'i-0' }),
    ])
    started(bench, 'm-1')
    minor(bench, 'i-1', ['m-1'], eli)
    const integration = withholds(bench, INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' })
    assert.deepEqual(integration.at(-1), operational('no-open-incident', { incident: 'i-1' }))
  })

  it('keeps a signed final decision from completing it: irreversible comes from a stable state', () => {
    const bench = founded()
    atTheGate(bench, 'm-1')
    publishAll(bench)
    minor(bench, 'i-1', ['m-1'], bea)
    const log = observed(decided(bench, 'm-1', NOOR), 'final_gate')
    const recorded = bench.send(RUNTIME, 'chain.observed', 'chain', log)
    assert.deepEqual(violationsOf(recorded), [operational('subject-is-stable', { open: 'incident', id: 'i-1' })])
  })

  it('holds another mission not at all', () => {
    const bench = founded()
    scoped(bench, 'm-1')
    scoped(bench, 'm-2')
    minor(bench, 'i-1', ['m-1'], eli)
    committed(bench.send(PLANNER, 'mission.plan', 'm-2', oneTask()))
  })
})

describe('an open severe incident about someone', () => {
  it('gives a machine no new work, and lets it finish what it has', () => {
    const bench = founded()
    started(bench, 'm-1')
    scoped(bench, 'm-2')
    committed(bench.send(PLANNER, 'mission.plan', 'm-2', oneTask()))
    accused(bench, 'i-1', WORKER.id, bea)
    assert.deepEqual(withholds(bench, WORKER, 'mission.start', 'm-2', { task: 't-1' }), [
      operational('signer-is-not-held-by-an-incident', { signer: WORKER.id, incident: 'i-1' }),
    ])
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1') }))
  })

  it('a minor one does not', () => {
    const bench = founded()
    scoped(bench, 'm-2')
    committed(bench.send(PLANNER, 'mission.plan', 'm-2', oneTask()))
    minor(bench, 'i-1', [WORKER.id])
    committed(bench.send(WORKER, 'mission.start', 'm-2', { task: 't-1' }))
  })

  it('seats nobody whom it concerns, were they frozen into the pool or not', () => {
    const all = founded()
    submitted(all, 'm-1')
    const drawn = fork(all)
    committed(drawNow(drawn))
    const [seat] = seatedFor(drawn, 'm-1')
    const held = fork(all)
    accused(held, 'i-1', seat!.id, bea)
    committed(drawNow(held))
    assert.notEqual(seatedFor(held, 'm-1')[0]!.id, seat!.id)
    const freed = fork(all)
    accused(freed, 'i-1', seat!.id, bea)
    resolved(freed, 'i-1', ADA, 'dismissed')
    committed(drawNow(freed))
    assert.equal(seatedFor(freed, 'm-1')[0]!.id, seat!.id)
  })
})

describe('a resolution', () => {
  const bench = founded()
  underReview(bench, 'm-1')
  accused(bench, 'i-1', WORKER.id, bea, { concerns: ['m-1'] })
  const body = { resolution: 'upheld', reason: 'The files are the same.' }

  it('is a human’s, with a reason that can be seen', () => {
    const violations = withholds(fork(bench), PLANNER, 'incident.resolve', 'i-1', body)
    assert.deepEqual(violations[0], responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' }))
    for (const reason of ['', ' ', '\u200B', '\u2060\uFEFF']) {
      assert.throws(() => fork(bench).send(ADA, 'incident.resolve', 'i-1', { ...body, reason }), /field-/)
    }
    assert.throws(() => fork(bench).send(ADA, 'incident.resolve', 'i-1', { ...body, resolution: 'settled' }), /field-/)
  })

  for (const [human, part] of [
    [bea, 'reporter'],
    [cem, 'accused'],
    [NOOR, 'participant'],
    [dao, 'participant'],
  ] as const) {
    it(`is not ${human.id}’s, who is there as ${part}`, () => {
      assert.deepEqual(withholds(fork(bench), human, 'incident.resolve', 'i-1', body), [
        responsibility('resolver-is-uninvolved', { signer: human.id, part }),
      ])
    })
  }

  it('is not that of a reviewer’s operator', () => {
    const [seat] = seatedFor(bench, 'm-1')
    assert.deepEqual(withholds(fork(bench), seat!.operator, 'incident.resolve', 'i-1', body), [
      responsibility('resolver-is-uninvolved', { signer: seat!.operator.id, part: 'participant' }),
    ])
  })

  it('is not that of the operator of a machine that reported it', () => {
    const reported = fork(base)
    committed(reported.send(WORKER, 'incident.report', 'i-1', report({ concerns: ['planner-1'] }), GROUNDS))
    for (const [human, part] of [
      [cem, 'reporter'],
      [bea, 'concerned'],
    ] as const) {
      assert.deepEqual(withholds(reported, human, 'incident.resolve', 'i-1', body), [
        responsibility('resolver-is-uninvolved', { signer: human.id, part }),
      ])
    }
  })

  it('is not that of a human who declared a conflict with somebody in it', () => {
    const conflicted = fork(bench)
    committed(conflicted.send(ADA, 'identity.declare_conflict', 'ada', { with: 'actor', actor: WORKER.id }))
    assert.deepEqual(withholds(conflicted, ADA, 'incident.resolve', 'i-1', body), [
      responsibility('resolver-is-uninvolved', { signer: 'ada', part: 'declared conflict' }),
    ])
  })

  it('is not that of a human in conflict with the operator of a machine in it', () => {
    const conflicted = fork(bench)
    committed(conflicted.send(ADA, 'identity.declare_conflict', 'ada', { with: 'actor', actor: 'cem' }))
    assert.deepEqual(withholds(conflicted, ADA, 'incident.resolve', 'i-1', body), [
      responsibility('resolver-is-uninvolved', { signer: 'ada', part: 'declared conflict' }),
    ])
  })

  it('says what it resolved, whom it concerns and why, for those who act on it', () => {
    const resolvedBench = fork(bench)
    const events = committed(resolvedBench.send(ADA, 'incident.resolve', 'i-1', body))
    assert.deepEqual(events[0]?.data, {
      resolution: 'upheld',
      kind: 'forged-evidence',
      severity: 'severe',
      concerns: ['m-1'],
      accused: WORKER.id,
      by: 'ada',
      reason: body.reason,
    })
    assert.deepEqual(worldOf(resolvedBench.state).openIncidents('m-1'), [])
    assert.deepEqual(worldOf(resolvedBench.state).openIncidents(WORKER.id), [])
    assert.deepEqual(withholds(resolvedBench, ADA, 'incident.resolve', 'i-1', body), [
      operational('incident-is-open', { status: 'upheld' }),
    ])
  })

  it('frees a subject only when the last of its incidents is resolved', () => {
    const two = fork(base)
    minor(two, 'i-1', ['worker-1'])
    minor(two, 'i-2', ['worker-1'], dao)
    resolved(two, 'i-1', ADA, 'dismissed')
    assert.deepEqual(worldOf(two.state).openIncidents('worker-1'), ['i-2'])
    resolved(two, 'i-2', ADA, 'dismissed')
    assert.deepEqual(worldOf(two.state).openIncidents('worker-1'), [])
  })

  it('is of an incident that there is', () => {
    for (const id of ['i-9', '__proto__', 'worker-1']) {
      assert.deepEqual(withholds(fork(base), ADA, 'incident.resolve', id, body), [
        operational('incident-exists', { incident: id }),
      ])
    }
  })
})

describe('a gain that waits for humans', () => {
  const bench = founded()
  completedTogether(bench, ['m-1', 'm-2', 'm-3'])
  publishAll(bench)
  const [suspension] = [...bench.state.trust.suspensions.values()]

  it('is an incident that the law opens, and holds nothing else', () => {
    const incident = bench.state.incidents.byId.get(`incident-${suspension!.id}`)
    assert.deepEqual(
      [incident?.kind, incident?.severity, incident?.concerns, incident?.reporter, incident?.status],
      ['suspended-gain', 'minor', [suspension!.id], undefined, 'open'],
    )
    assert.deepEqual(worldOf(bench.state).openIncidents(suspension!.actor), [])
  })

  it('is resolved by its revalidation and by nobody’s word', () => {
    const body = { resolution: 'dismissed', reason: 'It is good work.' }
    assert.deepEqual(withholds(fork(bench), ADA, 'incident.resolve', `incident-${suspension!.id}`, body), [
      operational('incident-waits-for-nothing', { waits_for: 'revalidation' }),
    ])
  })

  for (const event_type of ['trust.gain_released', 'trust.gain_discarded'] as const) {
    it(`is settled by ${event_type}`, () => {
      const { state } = bench
      const cause = { event_type, subject: suspension!.id, data: {} } as unknown as LawEvent
      const entry = { state, world: worldOf(state), at: bench.now(), seq: state.books.next, soFar: [] }
      const [event] = openIncidents(cause, entry)
      assert.deepEqual(
        [event?.subject, event?.data['resolution'], event?.data['by']],
        [`incident-${suspension!.id}`, 'settled', null],
      )
    })
  }
})

describe('a commitment that is late on chain', () => {
  /** An hour with nothing on chain: the close finds the first epoch late. */
  function late(bench: Bench): Bench {
    bench.wait(HOUR)
    committed(closeEpoch(bench))
    return bench
  }

  it('is an incident that the law opens, once', () => {
    const bench = late(fork(base))
    const open = worldOf(bench.state).openIncidents('epochs')
    assert.deepEqual(open, ['incident-epoch-0'])
    bench.wait(HOUR)
    committed(closeEpoch(bench))
    assert.deepEqual(worldOf(bench.state).openIncidents('epochs'), open)
  })

  it('has a name that nobody can take away beforehand', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'incident-epoch-0', { title: 'T', summary: 'S' }))
    late(bench)
    assert.deepEqual(worldOf(bench.state).openIncidents('epochs'), ['incident-epoch-0.2'])
  })

  it('is resolved by a human, and not before the chain has it', () => {
    const bench = late(fork(base))
    bench.wait(HOUR)
    const body = { resolution: 'upheld', reason: 'The node was down.' }
    assert.deepEqual(withholds(bench, bea, 'incident.resolve', 'incident-epoch-0', body), [
      operational('incident-waits-for-nothing', { waits_for: 'commitment', epoch: 0 }),
    ])
    publishAll(bench)
    committed(bench.send(bea, 'incident.resolve', 'incident-epoch-0', body))
    assert.deepEqual(worldOf(bench.state).openIncidents('epochs'), [])
    assert.equal(bench.state.incidents.byId.get('incident-epoch-0')?.status, 'upheld')
  })
})
