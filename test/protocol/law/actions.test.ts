/** «Which actions keep the system valid?» (spec 1.3): the list that buttons are drawn from says what then happens. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { actionsFor, payloadOf, readPayload, simulate, type Action } from '../../../protocol/genesis.ts'
import { allCommandTypes } from '../../../protocol/law/commands.ts'
import type { Violation } from '../../../protocol/law/constraints/violation.ts'
import { bodyOf } from '../../support/law/bodies.ts'
import { busy } from '../../support/law/busy.ts'
import { digestOfWhole } from '../../support/law/digest-of-state.ts'
import { fork } from '../../support/law/fork.ts'
import {
  atTheGate,
  decided,
  observed,
  publishAll,
  scoped,
  started,
  submitted,
  underReview,
} from '../../support/law/flow.ts'
import { operational, ownership, responsibility } from '../../support/law/outcomes.ts'
import {
  ADA,
  INTEGRATOR,
  NOOR,
  OPERATORS,
  PLANNER,
  REVIEWERS,
  RUNTIME,
  WORKER,
  type Person,
} from '../../support/law/people.ts'
import { suspend } from '../../support/law/trust.ts'
import { committed, founded, type Bench, type Sender } from '../../support/law/world.ts'

const [bea, cem] = OPERATORS
const ACTORS: readonly Sender[] = [ADA, NOOR, bea, cem, PLANNER, WORKER, INTEGRATOR, REVIEWERS[0], RUNTIME]
const SUBJECTS = ['m-1', 'noor', 'cem', 'worker-1', 'runtime', 'epochs', 'beacon', 'chain', 'nobody']

function stages(): { readonly [stage: string]: Bench } {
  const draft = founded()
  committed(draft.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
  const at = (reach: (bench: Bench, mission: string) => unknown) => {
    const bench = founded()
    reach(bench, 'm-1')
    return bench
  }
  const held = at((bench, mission) => started(bench, mission))
  committed(held.send(NOOR, 'mission.hold', 'm-1', { reason: 'R' }))
  const gate = at((bench, mission) => atTheGate(bench, mission))
  publishAll(gate)
  const rejected = fork(gate)
  const log = decided(rejected, 'm-1', NOOR, 'reject')
  committed(rejected.send(RUNTIME, 'chain.observed', 'chain', observed(log, 'final_gate')))
  return {
    'nothing yet': founded(),
    draft,
    scoped: at((bench, mission) => scoped(bench, mission)),
    started: at((bench, mission) => started(bench, mission)),
    held,
    submitted: at((bench, mission) => submitted(bench, mission)),
    reviewed: at((bench, mission) => underReview(bench, mission)),
    'at the gate': gate,
    rejected,
    complete: at((bench, mission) => atTheGate(bench, mission, 'documentation_update')),
  }
}

/** All of the first, in their order, among the second. */
function within(few: readonly Violation[], all: readonly Violation[]): boolean {
  const texts = few.map((violation) => JSON.stringify(violation))
  return (
    JSON.stringify(all.map((violation) => JSON.stringify(violation)).filter((text) => texts.includes(text))) ===
    JSON.stringify(texts)
  )
}

describe('what an action’s answer promises', () => {
  for (const [stage, bench] of Object.entries(stages())) {
    it(`holds when it is sent, for every subject and actor (${stage})`, () => {
      for (const subject of SUBJECTS) {
        for (const actor of ACTORS) {
          for (const action of actionsFor(bench.state, subject, actor.id, bench.now())) {
            if (action.type !== 'mission.decide') sent(bench, subject, actor, action)
          }
        }
      }
    })
  }

  /** What is allowed is sent; what is blocked is simulated, which gives what would be recorded (kernel.test.ts). */
  function sent(bench: Bench, subject: string, actor: Sender, { type, answer, violations }: Action): void {
    const said = `${actor.id} ${type} ${subject}`
    if (answer === 'allowed') {
      assert.deepEqual(violations, [], said)
      committed(fork(bench).send(actor, type, subject, {}))
      return
    }
    const outcome = simulate(bench.state, drafted(bench, type, subject, actor), bench.now())
    assert.ok('outcome' in outcome, said)
    if (answer === 'needs-input') assert.deepEqual(violations, [], said)
    else {
      assert.ok(violations.length > 0, said)
      assert.ok(outcome.outcome === 'withheld' && within(violations, outcome.violations), said)
    }
  }

  function drafted(bench: Bench, type: string, subject: string, actor: Sender) {
    const deployment = bench.state.founded!.deployment.id
    const draft = { type, subject, body: bodyOf(type) as Json }
    const payload = readPayload(payloadOf(draft, { deployment, actor: actor.id, issued: bench.now(), nonce: 'n' }))
    assert.ok(payload.ok, type)
    return payload.value.command
  }

  it('holds for the decision that a wallet signs', () => {
    const gate = stages()['at the gate']!
    for (const person of [NOOR, ADA, bea, cem] as Person[]) {
      const action = actionsFor(gate.state, 'm-1', person.id, gate.now()).find(({ type }) => type === 'mission.decide')
      assert.ok(action !== undefined)
      const bench = fork(gate)
      const recorded = bench.send(
        RUNTIME,
        'chain.observed',
        'chain',
        observed(decided(bench, 'm-1', person), 'final_gate'),
      )
      assert.ok(recorded.kind === 'entry')
      assert.deepEqual(action.violations, recorded.entry.violations, person.id)
      assert.equal(action.answer, recorded.entry.outcome === 'committed' ? 'needs-input' : 'blocked')
    }
  })
})

describe('the list', () => {
  it('has every command that exists for the subject, and no other', () => {
    const bench = busy()
    suspend(bench, 'worker-1', 'gain:1-1')
    const types = (subject: string) => actionsFor(bench.state, subject, 'noor', bench.now()).map(({ type }) => type)
    const all = allCommandTypes()
    const of = (kind: string) =>
      all.filter(({ subjectKind, creates }) => subjectKind === kind && !creates).map(({ type }) => type)
    for (const [subject, kind] of [
      ['m-open', 'mission'],
      ['noor', 'human'],
      ['worker-1', 'machine'],
      ['runtime', 'runtime'],
      ['epochs', 'epochs'],
      ['beacon', 'beacon'],
      ['chain', 'chain'],
      ['gain:1-1', 'suspension'],
      ['i-open', 'incident'],
      ['panel:none', 'panel'],
      ['a-open', 'appeal'],
    ] as const) {
      assert.deepEqual(types(subject), of(kind), subject)
      assert.ok(types(subject).length > 0, subject)
    }
    assert.deepEqual(types('nobody'), [
      'identity.attest',
      'machine.register',
      'incident.report',
      'mission.create',
      'appeal.file',
    ])
    const seen = [
      'm-open',
      'noor',
      'worker-1',
      'runtime',
      'epochs',
      'beacon',
      'chain',
      'gain:1-1',
      'i-open',
      'panel:none',
      'a-open',
      'nobody',
    ].flatMap(types)
    assert.deepEqual(seen.toSorted(), all.map(({ type }) => type).toSorted(), 'every type is somewhere')
  })

  it('says why, the strongest reason first', () => {
    const bench = founded()
    started(bench, 'm-1')
    committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'R' }))
    const of = (actor: string, type: string) =>
      actionsFor(bench.state, 'm-1', actor, bench.now()).find((action) => action.type === type)
    assert.deepEqual(of('noor', 'mission.release'), {
      type: 'mission.release',
      effect: 'reversible',
      answer: 'allowed',
      violations: [],
    })
    assert.deepEqual(of('worker-1', 'mission.hold'), {
      type: 'mission.hold',
      effect: 'reversible',
      answer: 'blocked',
      violations: [
        responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' }),
        ownership('signed-by-the-owner', { owner: 'noor' }),
        operational('mission-is-not-held', { held: true }),
      ],
    })
  })

  it('blocks a stranger from everything', () => {
    const bench = busy()
    for (const subject of [...SUBJECTS, 'm-open', 'm-high']) {
      for (const { type, answer } of actionsFor(bench.state, subject, '0xstranger', bench.now())) {
        assert.equal(answer, 'blocked', `${type} ${subject}`)
      }
    }
  })

  it('is empty where nothing is founded, and changes nothing anywhere', () => {
    assert.deepEqual(actionsFor({ ...founded().state, founded: undefined }, 'm-1', 'noor', 0 as never), [])
    const bench = busy()
    const before = digestOfWhole(bench.state)
    for (const name of ['__proto__', 'constructor', '', 'm-1/t-1', '\u0000'])
      actionsFor(bench.state, name, name, bench.now())
    assert.equal(digestOfWhole(bench.state), before)
  })

  it('blocks everything but the books when founder stewardship is over', () => {
    const bench = founded()
    bench.wait(365 * 86_400_000)
    const answers = SUBJECTS.flatMap((subject) => actionsFor(bench.state, subject, 'runtime', bench.now()))
    const open = answers.filter(
      ({ violations }) => !violations.some(({ constraint }) => constraint === 'phase-not-expired'),
    )
    assert.deepEqual(
      open.map(({ type }) => type),
      ['epoch.close', 'chain.observed'],
    )
  })
})
