/** The constraint kernel (spec 1.3; S-01 … S-06): levels, totality, preference, urgency, grounds, revisions. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as Shape from '../../../protocol/wire/shape.ts'
import { judge, type CommandType, type Constraint, type Scene } from '../../../protocol/law/constraints/kernel.ts'
import { byLevel, LEVELS, type Level } from '../../../protocol/law/constraints/violation.ts'
import { allCommandTypes } from '../../../protocol/law/commands.ts'
import { simulate } from '../../../protocol/genesis.ts'
import { bodyOf } from '../../support/law/bodies.ts'
import { digestOfSubjects, digestOfWhole } from '../../support/law/digest-of-state.ts'
import { fork } from '../../support/law/fork.ts'
import { oneTask, scopeBody, scoped } from '../../support/law/flow.ts'
import {
  operational,
  ownership,
  physical,
  responsibility,
  violationsOf,
  withholds,
} from '../../support/law/outcomes.ts'
import { NOOR, OPERATORS, PLANNER, RUNTIME, WORKER } from '../../support/law/people.ts'
import { committed, founded } from '../../support/law/world.ts'

const base = founded()
const withMission = fork(base)
scoped(withMission, 'm-1')
const [bea] = OPERATORS

function failing(id: string, level: Level): Constraint<unknown, unknown> {
  return { id, level, reads: 'subject', check: () => ({}) }
}

function typeWith(...constraints: Constraint<unknown, unknown>[]): CommandType<unknown, unknown> {
  return {
    type: 'test.thing',
    domain: 'mission',
    effect: 'reversible',
    signers: ['human'],
    owner: 'nobody',
    subjectKind: 'thing',
    body: Shape.json(),
    constraints,
    decide: () => [{ event_type: 'mission.thing', subject: 'thing', data: {} }],
  }
}

const NOWHERE = {} as Scene<unknown, unknown>

describe('levels', () => {
  it('are five, from the strongest to the weakest', () => {
    assert.deepEqual(LEVELS, ['physical', 'responsibility', 'state_ownership', 'operational', 'preference'])
  })

  it('order the reasons, whatever the order in which a type lists its constraints', () => {
    const type = typeWith(
      failing('d', 'operational'),
      failing('c', 'state_ownership'),
      failing('a', 'physical'),
      failing('b', 'responsibility'),
    )
    assert.deepEqual(judge(type, [], NOWHERE), {
      outcome: 'withheld',
      violations: [physical('a'), responsibility('b'), ownership('c'), operational('d')],
    })
  })

  it('keep the order of a type within one level', () => {
    const violations = [operational('y'), physical('p'), operational('x'), physical('q')]
    assert.deepEqual(byLevel(violations), [physical('p'), physical('q'), operational('y'), operational('x')])
  })
})

describe('evaluation', () => {
  it('is total: the type’s own constraints are checked although common ones failed', () => {
    const decision = judge(typeWith(failing('own', 'operational')), [failing('common', 'physical')], NOWHERE)
    assert.deepEqual(decision, { outcome: 'withheld', violations: [physical('common'), operational('own')] })
  })

  it('never asks for the events of a withheld command', () => {
    const type = { ...typeWith(failing('a', 'operational')), decide: () => assert.fail('it was asked') }
    assert.equal(judge(type, [], NOWHERE).outcome, 'withheld')
  })

  it('S-03: lets no preference block, and does not even look at it', () => {
    const preference: Constraint<unknown, unknown> = {
      id: 'nicer-elsewhere',
      level: 'preference',
      reads: 'subject',
      check: () => assert.fail('it was checked'),
    }
    assert.equal(judge(typeWith(preference), [], NOWHERE).outcome, 'committed')
  })

  it('S-03: lets no preference rescue what a constraint blocks', () => {
    const happy: Constraint<unknown, unknown> = {
      id: 'nice',
      level: 'preference',
      reads: 'subject',
      check: () => undefined,
    }
    assert.equal(judge(typeWith(happy, failing('a', 'operational')), [], NOWHERE).outcome, 'withheld')
  })

  it('S-04: reports one command’s faults of four levels at once, strongest first', () => {
    const bench = fork(withMission)
    const violations = withholds(bench, WORKER, 'mission.scope', 'm-1', scopeBody('unheard_of'), {
      expects: 9,
      urgent: true,
    })
    assert.deepEqual(violations, [
      physical('subject-at-revision', { expected: 9, current: 2 }),
      responsibility('urgency-is-not-a-ground'),
      responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' }),
      ownership('signed-by-the-owner', { owner: 'noor' }),
      operational('step-of-the-machine', { state: 'Scoped', step: 'define_scope' }),
      operational('class-is-mapped', { mission_class: 'unheard_of' }),
    ])
  })
})

describe('S-01: principals', () => {
  const human = allCommandTypes().filter((type) => !type.signers.includes('machine') && type.type !== 'mission.decide')

  it('no type that is irreversible may be signed by a machine or the runtime', () => {
    const irreversible = allCommandTypes().filter((type) => type.effect === 'irreversible')
    assert.deepEqual(
      irreversible.map(({ type, signers }) => ({ type, signers })),
      [
        { type: 'machine.decommission', signers: ['human'] },
        { type: 'mission.decide', signers: ['human'] },
      ],
    )
  })

  it('the runtime signs mechanical types and nothing else, and nobody else signs those', () => {
    for (const { type, effect, signers } of allCommandTypes()) {
      assert.deepEqual(signers.includes('runtime'), effect === 'mechanical', type)
      if (effect === 'mechanical') assert.deepEqual(signers, ['runtime'], type)
    }
  })

  for (const { type, signers } of human) {
    it(`a machine’s ${type} is withheld because a machine signed it`, () => {
      const bench = fork(withMission)
      const body = bodyOf(type)
      const violations = withholds(bench, WORKER, type, 'm-1', body)
      const reason = responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: signers.join(' or ') })
      assert.deepEqual(
        violations.find((violation) => violation.constraint === reason.constraint),
        reason,
      )
    })
  }

  for (const { type, effect } of allCommandTypes()) {
    if (effect === 'mechanical' || type === 'mission.decide') continue
    it(`the runtime’s ${type} is withheld because the runtime signed it`, () => {
      const bench = fork(withMission)
      const violations = withholds(bench, RUNTIME, type, 'm-1', bodyOf(type))
      assert.ok(violations.some(({ constraint }) => constraint === 'signed-by-the-right-kind'))
    })
  }
})

describe('S-02: urgency', () => {
  const body = { title: 'A report', summary: 'We need it.' }

  it('without a ground is itself the reason', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, NOOR, 'mission.create', 'm-1', body, { urgent: true }), [
      responsibility('urgency-is-not-a-ground'),
    ])
  })

  it('with a ground changes nothing else: the events are those of the calm command', () => {
    const calm = committed(fork(base).send(NOOR, 'mission.create', 'm-1', body))
    const ground = ['000000000000-000']
    const urgent = committed(fork(base).send(NOOR, 'mission.create', 'm-1', body, { urgent: true, grounds: ground }))
    assert.deepEqual(urgent, calm)
  })

  it('with a ground moves no constraint: the violations are those of the calm command', () => {
    const calm = withholds(fork(withMission), NOOR, 'mission.create', 'm-1', body)
    const bench = fork(withMission)
    const urgent = withholds(bench, NOOR, 'mission.create', 'm-1', body, {
      urgent: true,
      grounds: ['000000000000-000'],
    })
    assert.deepEqual(urgent, calm)
  })

  it('after a refusal gives the refusal again', () => {
    const bench = fork(withMission)
    const first = withholds(bench, bea, 'mission.hold', 'm-1', { reason: 'Wait.' })
    const again = withholds(bench, bea, 'mission.hold', 'm-1', { reason: 'Wait.' }, { urgent: true })
    assert.deepEqual(first, [ownership('signed-by-the-owner', { owner: 'noor' })])
    assert.deepEqual(again, [responsibility('urgency-is-not-a-ground'), ...first])
  })
})

describe('grounds', () => {
  const body = { reason: 'Wait.' }

  for (const [what, ground] of [
    ['an entry that is not there yet', '000000000999-000'],
    ['an event beyond those of its entry', '000000000000-004'],
    ['an event of the entry being decided', '000000000020-000'],
  ] as const) {
    it(`refuse ${what}`, () => {
      const bench = fork(withMission)
      assert.deepEqual(withholds(bench, NOOR, 'mission.hold', 'm-1', body, { grounds: [ground] }), [
        physical('grounds-are-recorded', { ground }),
      ])
    })
  }

  for (const ground of ['000000000000-003', '000000000019-000']) {
    it(`take a recorded event (${ground})`, () => {
      committed(fork(withMission).send(NOOR, 'mission.hold', 'm-1', body, { grounds: [ground] }))
    })
  }

  it('take the record of a refusal: it is a fact too', () => {
    const bench = fork(withMission)
    withholds(bench, bea, 'mission.hold', 'm-1', body)
    const ground = `${String(bench.state.books.next - 1).padStart(12, '0')}-000`
    committed(bench.send(NOOR, 'mission.hold', 'm-1', body, { grounds: [ground] }))
  })
})

describe('the revision that a command names', () => {
  for (const [expects, outcome] of [
    [1, 'withheld'],
    [2, 'committed'],
    [3, 'withheld'],
  ] as const) {
    it(`is ${outcome} on revision 2 when it names ${expects}`, () => {
      const bench = fork(withMission)
      const recorded = bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' }, { expects })
      assert.ok(recorded.kind === 'entry')
      assert.equal(recorded.entry.outcome, outcome)
      if (outcome === 'withheld') {
        assert.deepEqual(violationsOf(recorded), [physical('subject-at-revision', { expected: expects, current: 2 })])
      }
    })
  }

  it('does not count refusals: they change nothing', () => {
    const bench = fork(withMission)
    withholds(bench, bea, 'mission.hold', 'm-1', { reason: 'Wait.' })
    committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' }, { expects: 2 }))
  })

  it('loses a race to whoever came first', () => {
    const bench = fork(withMission)
    committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' }, { expects: 2 }))
    assert.deepEqual(withholds(bench, NOOR, 'mission.release', 'm-1', {}, { expects: 2 }), [
      physical('subject-at-revision', { expected: 2, current: 3 }),
    ])
  })
})

describe('S-05, S-06: a withheld command', () => {
  it('is an entry with one record in its domain, and moves no subject', () => {
    const bench = fork(withMission)
    const { next } = bench.state.books
    const recorded = bench.send(bea, 'mission.hold', 'm-1', { reason: 'Wait.' })
    assert.ok(recorded.kind === 'entry')
    const { entry } = recorded
    const at = '2026-02-13T09:00:00.000Z'
    assert.deepEqual(entry.events, [
      {
        actor_id: 'bea',
        data: { command: 'mission.hold', payload: entry.command.payload, violations: entry.violations },
        event_id: `${String(next).padStart(12, '0')}-000`,
        event_timestamp: at,
        event_type: 'mission.withheld',
        subject: 'm-1',
      },
    ])
    assert.deepEqual(Object.keys(JSON.parse(entry.text) as object), [
      'command',
      'outcome',
      'previous',
      'recorded_at',
      'seq',
      'violations',
    ])
    assert.equal(bench.state.books.open.leaves.mission.length, 3)
  })

  it('is withheld a hundred times as it was the first time', () => {
    const bench = fork(withMission)
    const before = digestOfSubjects(bench.state)
    const envelope = bench.envelope(bea, 'mission.hold', 'm-1', { reason: 'Wait.' })
    const first = bench.give(envelope)
    const entries = bench.state.books.next
    for (let i = 0; i < 100; i++) {
      const again = bench.give(envelope)
      assert.deepEqual(again, { kind: 'repeated', seq: entries - 1 })
    }
    assert.equal(bench.state.books.next, entries)
    assert.equal(digestOfSubjects(bench.state), before)
    for (let i = 0; i < 20; i++) {
      assert.deepEqual(withholds(bench, bea, 'mission.hold', 'm-1', { reason: 'Wait.' }), violationsOf(first))
    }
  })
})

describe('simulation', () => {
  it('answers what would be recorded, on the seq and the time that it states, and records nothing', () => {
    const bench = fork(withMission)
    const command = bench.admit(bench.envelope(PLANNER, 'mission.plan', 'm-1', oneTask()))
    const before = digestOfWhole(bench.state)
    const simulated = simulate(bench.state, command, bench.now())
    assert.equal(digestOfWhole(bench.state), before)
    assert.ok('outcome' in simulated && simulated.outcome === 'committed')
    assert.deepEqual(simulated.assumed, { seq: bench.state.books.next, recordedAt: bench.now() })
    const events = committed(bench.give(bench.envelope(PLANNER, 'mission.plan', 'm-1', oneTask())))
    assert.deepEqual(
      events.map(({ event_type, subject, data }) => ({ event_type, subject, data })),
      simulated.events,
    )
  })

  it('spends no nonce', () => {
    const bench = fork(withMission)
    const envelope = bench.envelope(PLANNER, 'mission.plan', 'm-1', oneTask(), { nonce: 'once' })
    simulate(bench.state, bench.admit(envelope), bench.now())
    committed(bench.give(envelope))
  })

  it('assumes no time before the last entry', () => {
    const bench = fork(withMission)
    const command = bench.admit(bench.envelope(PLANNER, 'mission.plan', 'm-1', oneTask()))
    const simulated = simulate(bench.state, command, 0 as never)
    assert.ok('assumed' in simulated)
    assert.equal(simulated.assumed.recordedAt, bench.state.books.lastRecordedAt)
  })

  it('refuses, as a value, whom nobody registered', () => {
    const command = { ...base.admit(base.envelope(NOOR, 'mission.create', 'm', { title: 'T', summary: 'S' })) }
    assert.deepEqual(simulate(base.state, { ...command, actor: 'nobody' }, base.now()), {
      code: 'unknown-actor',
      params: { actor: 'nobody' },
    })
  })

  it('refuses, as a value, a second founding', () => {
    const command = { ...base.admit(base.envelope(NOOR, 'mission.create', 'm', { title: 'T', summary: 'S' })) }
    assert.deepEqual(simulate(base.state, { ...command, type: 'genesis' }, base.now()), {
      code: 'deployment-already-founded',
      params: {},
    })
  })
})
