/** Every property holds of a busy deployment, and of none that was doctored: a property that cannot fail proves nothing. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { brokenByEntry, brokenInState, PROPERTIES } from '../../protocol/catalogue/properties/all.ts'
import type { Mission, PlannedMission, Task } from '../../protocol/law/mission/state.ts'
import type { Panel } from '../../protocol/law/panel/state.ts'
import { reviewKey, type Seat, type SeatedReview } from '../../protocol/law/review/state.ts'
import { emptyState, readEntry, replay, checksOf, type Prepared, type State } from '../../protocol/genesis.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { busy } from '../support/law/busy.ts'

const { texts } = busy()

/** The busy ledger folded anew, with what its entries broke. */
function folded(): { state: State; entries: readonly Prepared[]; broken: readonly string[] } {
  const state = emptyState()
  const entries: Prepared[] = []
  const broken: string[] = []
  for (const text of texts) {
    const entry = readEntry(text, state.books.next)
    assert.ok(entry.ok)
    const checks = checksOf(state, entry.value.command)
    assert.ok(!('code' in checks))
    const taken = replay(
      state,
      entry.value,
      checks.map(() => true),
    )
    assert.ok(taken.ok, JSON.stringify(taken))
    broken.push(...brokenByEntry(state, taken.value).map(({ property }) => property))
    entries.push(taken.value)
  }
  return { state, entries, broken }
}

const whole = folded()

type Doctor = (state: State) => void

/** Overwrites a part that is read-only to everybody else. */
function put(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, configurable: true, writable: true, enumerable: true })
}

function missionThat(state: State, fits: (mission: Mission) => boolean): Mission {
  const found = [...state.missions.values()].find(fits)
  assert.ok(found !== undefined)
  return found
}

function planned(state: State): PlannedMission {
  return missionThat(state, ({ status }) => status === 'Completed') as PlannedMission
}

function taskWith(state: State, change: Partial<Task>): void {
  const mission = planned(state)
  const [task] = mission.plan.tasks.values()
  put(mission.plan, 'tasks', new Map([[task!.id, { ...task!, ...change }]]))
}

function reviewOf(state: State): SeatedReview {
  const review = [...state.reviews.byTask.values()].find((one) => 'seats' in one && one.tier === 'R2')
  assert.ok(review !== undefined && 'seats' in review)
  return review
}

function seats(state: State, change: (seat: Seat, index: number) => Seat): void {
  const review = reviewOf(state)
  const changed = [...review.seats].map(([id, seat], i) => [id, change(seat, i)] as const)
  state.reviews.byTask.set(reviewKey(review.mission, review.task), { ...review, seats: new Map(changed) })
}

const completed = (state: State, fits: (mission: Mission) => boolean = () => true): Mission =>
  missionThat(state, (mission) => mission.status === 'Completed' && fits(mission))

const byAHuman = (mission: Mission): boolean => 'decision' in mission && mission.decision !== undefined

const STATES: { readonly [property: string]: Doctor } = {
  'a-human-completes-what-is-critical': (state) => put(completed(state, byAHuman), 'decision', undefined),
  'amendments-wait-for-chambers': (state) => put(completed(state, byAHuman), 'tier', 'R3'),
  'tier-is-the-mapped-one': (state) => put(completed(state), 'tier', 'R0x'),
  'mission-says-what-is-asked': (state) => put((completed(state) as PlannedMission).scope, 'acceptance_criteria', []),
  'task-graph-has-no-circle': (state) => taskWith(state, { depends_on: ['t-1'] }),
  'task-has-a-domain': (state) => taskWith(state, { domain_type: 'subjective' }),
  'reviewed-work-has-evidence': (state) => taskWith(state, { evidence: undefined }),
  'integration-follows-approval': (state) => taskWith(state, { reviews: [] }),
  'reviewers-are-independent': (state) =>
    seats(state, (seat, i) => (i > 0 ? seat : { ...seat, member: { ...seat.member, operator: 'cem' } })),
  'reviewers-are-different': (state) =>
    seats(state, (seat) => ({ ...seat, member: { ...seat.member, model_family: 'one' } })),
  'reviewers-say-what-they-are': (state) =>
    seats(state, (seat) => ({ ...seat, member: { ...seat.member, method_type: 'intuition' } })),
  'draws-rest-on-public-chance': (state) => state.beacons.delete(reviewOf(state).frozen.round),
  'normative-work-is-adjudicated': (state) => taskWith(state, { domain_type: 'mixed', adjudication: undefined }),
  'panels-are-wide-and-say-why': (state) => {
    const member = { id: 'noor', region: 'ME', organization: 'owners' }
    const panel = { id: 'panel:few', status: 'voting', purpose: 'adjudication', members: [member], votes: new Map() }
    const rules = { size: 1, majority: 1, minRegions: 1, minOrganizations: 1, trust: 0 }
    state.panels.byId.set('panel:few', { ...panel, rules } as unknown as Panel)
  },
  'one-human-one-wallet': (state) => {
    const [first, second] = state.identities.humans.values()
    put(second!, 'wallet', first!.wallet)
  },
  'machines-are-machines': (state) => {
    const [machine] = state.machines.values()
    put(machine!, 'modelFamily', 'human')
  },
  'trust-within-its-bounds': (state) => {
    state.trust.human.columns.value[0] = 0
  },
  'epochs-lie-end-to-end': (state) => put(state.epochs.closed.at(-1)!, 'firstSeq', 0),
  'constitution-is-the-ratified-one': (state) => {
    const { constitution, deployment } = state.founded!
    const params = structuredClone(constitution.documents.params) as { quality_gates: { Q_min_H: number } }
    params.quality_gates.Q_min_H = 0.5
    const documents = { ...constitution.documents, params: params as unknown as Json }
    state.founded = { deployment, constitution: { ...constitution, documents } }
  },
}

type Edit = (entry: Prepared, state: State) => Prepared

const withCommand = (entry: Prepared, more: object): Prepared => ({ ...entry, command: { ...entry.command, ...more } })

/** An entry of the ledger made what it must not be: which one, and how. */
const ENTRIES: { readonly [property: string]: readonly [type: string, edit: Edit] } = {
  'phase-ends-at-its-limit': [
    'mission.create',
    (entry, { founded: facts }) => ({
      ...entry,
      recordedAt: (facts!.deployment.startedAt + facts!.constitution.phases.g0MaxMs) as Prepared['recordedAt'],
    }),
  ],
  'machines-commit-nothing-irreversible': [
    'chain.observed',
    (entry) => withCommand(entry, { type: 'mission.integrate' }),
  ],
  'the-right-kind-signs': ['mission.create', (entry) => withCommand(entry, { actor: 'worker-1' })],
  'urgency-moves-nothing': ['mission.create', (entry) => withCommand(entry, { urgent: true })],
  'a-refusal-says-so-and-nothing-else': ['mission.create', (entry) => ({ ...entry, outcome: 'withheld' })],
  'every-event-has-a-root': [
    'mission.create',
    (entry) => ({ ...entry, events: entry.events.map((event) => ({ ...event, actor_id: 'somebody' })) }),
  ],
  'one-nonce-one-answer': ['mission.create', (entry) => ({ ...entry, seq: entry.seq + 1 })],
}

describe('the properties of the catalogue', () => {
  it('hold of a busy deployment, entry by entry and in the end', () => {
    assert.deepEqual(whole.broken, [])
    assert.deepEqual(brokenInState(whole.state), [])
  })

  it('can each be broken by a test', () => {
    const doctored = [...Object.keys(STATES), ...Object.keys(ENTRIES)]
    assert.deepEqual(
      PROPERTIES.map(({ id }) => id).filter((id) => !doctored.includes(id)),
      [],
    )
  })

  for (const [property, doctor] of Object.entries(STATES)) {
    it(`${property}: is broken in a doctored state, whether all is looked at or what changed`, () => {
      const { state } = folded()
      doctor(state)
      const broken = brokenInState(state)
      assert.ok(
        broken.some((one) => one.property === property),
        JSON.stringify(broken),
      )
      const subjects = new Set(broken.map(({ subject }) => subject))
      assert.deepEqual(new Set(brokenInState(state, subjects).map((one) => one.property)).has(property), true)
    })
  }

  for (const [property, [type, edit]] of Object.entries(ENTRIES)) {
    it(`${property}: is broken by a doctored entry`, () => {
      const candidates = whole.entries.filter(
        ({ command, outcome }) => command.type === type && outcome === 'committed',
      )
      const broken = candidates.flatMap((entry) => brokenByEntry(whole.state, edit(entry, whole.state)))
      assert.ok(
        broken.some((one) => one.property === property),
        JSON.stringify(broken),
      )
    })
  }
})
