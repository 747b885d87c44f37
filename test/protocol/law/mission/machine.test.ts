/**
 * The mission and task machine (spec 3.1; readings E1–E7): eleven states, twelve steps, and nothing else is a step.
 *
 *     Draft ─▶ Scoped ─▶ Decomposed ─▶ InProgress ─▶ EvidenceAttached ─▶ UnderReview ─▶ Integrated ─▶ FinalHumanGate
 *                            ▲             └────────── Rework ◀──────────────┘                         │        │
 *                            └──────────────────────────────────────────────────────────────────── Rejected  Completed
 *
 * The oracle is test/vectors/state_machine.json; every pair and every walk is driven by real commands.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { next, STATES, STEPS, type Step } from '../../../../protocol/law/mission/machine.ts'
import { digestOf } from '../../../support/law/stranger.ts'
import { fork } from '../../../support/law/fork.ts'
import { ask, machineState } from '../../../support/law/steps.ts'
import { NOOR } from '../../../support/law/people.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'
import { casesOf, vectorFile } from '../../../support/vectors.ts'

type Vectors = {
  readonly states: readonly string[]
  readonly events: readonly { readonly event: Step; readonly from: string; readonly to: string }[]
}
const { states, events } = vectorFile('state_machine') as Vectors

/** Benches by the steps that led there, so that no way is gone twice. */
const reached = new Map<string, Bench>()

function at(path: readonly Step[]): Bench {
  const key = path.join(' ')
  const known = reached.get(key)
  if (known !== undefined) return known
  const before = path.at(-1)
  let bench: Bench
  if (before === undefined) {
    bench = founded()
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'A report', summary: 'We need it.' }))
  } else {
    bench = fork(at(path.slice(0, -1)))
    committed(ask(bench, 'm-1', before))
  }
  reached.set(key, bench)
  return bench
}

const TO_REVIEW: readonly Step[] = [
  'define_scope',
  'build_task_graph',
  'start_work',
  'submit_evidence',
  'route_reviewers',
]
const TO_GATE: readonly Step[] = [...TO_REVIEW, 'review_approved', 'assemble_output']
const WAYS: { readonly [state: string]: readonly Step[] } = {
  Draft: [],
  Scoped: TO_REVIEW.slice(0, 1),
  Decomposed: TO_REVIEW.slice(0, 2),
  InProgress: TO_REVIEW.slice(0, 3),
  EvidenceAttached: TO_REVIEW.slice(0, 4),
  UnderReview: TO_REVIEW,
  Rework: [...TO_REVIEW, 'review_failed'],
  Integrated: TO_GATE.slice(0, -1),
  FinalHumanGate: TO_GATE,
  Completed: [...TO_GATE, 'human_approve'],
  Rejected: [...TO_GATE, 'human_reject'],
}

function missionDigest(bench: Bench): string {
  const mission = bench.state.missions.get('m-1')
  return digestOf(JSON.stringify(mission, (_, value: unknown) => (value instanceof Map ? [...value] : value)))
}

/** Asks for a step and tells whether the machine took it; if not, the mission is bit for bit as it was. */
function take(bench: Bench, step: Step): boolean {
  const before = { state: machineState(bench, 'm-1'), digest: missionDigest(bench) }
  ask(bench, 'm-1', step)
  if (missionDigest(bench) !== before.digest) return true
  assert.equal(machineState(bench, 'm-1'), before.state)
  return false
}

describe('the table', () => {
  it('is that of the vectors', () => {
    assert.deepEqual([...STATES].toSorted(), [...states].toSorted())
    assert.deepEqual(STEPS, Object.fromEntries(events.map(({ event, from, to }) => [event, [from, to]])))
  })

  it('answers nothing to what is no state or no step', () => {
    for (const odd of casesOf('state_machine', 'unknown_events_and_states') as { state: unknown; event: unknown }[]) {
      assert.equal(next(odd.state, odd.event), undefined, JSON.stringify(odd))
    }
    for (const odd of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', null, 7, true, ['replan'], {}]) {
      assert.equal(next('Rejected', odd), undefined)
      assert.equal(next(odd, 'replan'), undefined)
    }
  })
})

describe('by real commands', () => {
  for (const state of states) {
    for (const { event, from, to } of events) {
      const expected = from === state ? to : state
      it(`${state}: ${event} ${expected === state ? 'is no step' : `leads to ${to}`}`, () => {
        const bench = fork(at(WAYS[state]!))
        assert.equal(machineState(bench, 'm-1'), state)
        assert.equal(take(bench, event), from === state)
        assert.equal(machineState(bench, 'm-1'), expected)
      })
    }
  }

  it('no pair of the vectors is otherwise', () => {
    for (const pair of casesOf('state_machine', 'pairs_state_event') as {
      state: string
      event: Step
      next: string | null
    }[]) {
      assert.equal(next(pair.state, pair.event) ?? null, pair.next)
    }
  })
})

describe('the walks of the vectors', () => {
  type Walk = {
    readonly events: readonly Step[]
    readonly after: readonly (readonly [boolean, string])[]
    readonly final: string
  }
  const walks = casesOf('state_machine', 'walks') as Walk[]
  const refused = new Set<string>()

  it(`are gone by real commands, all ${walks.length}`, () => {
    for (const { events, after, final } of walks) {
      let path: readonly Step[] = []
      events.forEach((event, i) => {
        const [accepted, state] = after[i]!
        const key = [...path, event].join(' ')
        if (!reached.has(key) && !refused.has(key)) {
          const bench = fork(at(path))
          if (take(bench, event)) reached.set(key, bench)
          else refused.add(key)
        }
        assert.equal(reached.has(key), accepted, key)
        if (accepted) path = [...path, event]
        assert.equal(machineState(at(path), 'm-1'), state)
      })
      assert.equal(machineState(at(path), 'm-1'), final)
    }
  })
})
