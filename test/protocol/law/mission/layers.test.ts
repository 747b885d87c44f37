/** The four layers behind a decision of high risk: each is there, or nobody approves (spec 3.1). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { layersOf, type Layer } from '../../../../protocol/law/layers.ts'
import { isPlanned } from '../../../../protocol/law/mission/state.ts'
import { isSeated, reviewKey } from '../../../../protocol/law/review/state.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { layersView } from '../../../../protocol/views/layers.ts'
import { atTheGate, decided, observed, publishAll } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { operational, withholds } from '../../../support/law/outcomes.ts'
import { NOOR, REVIEWERS, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const base = founded()
atTheGate(base, 'm-1')
const gate = fork(base)
publishAll(gate)

const layers = (bench: Bench) => {
  const found = layersOf(bench.state, 'm-1', (seq) => worldOf(bench.state).epochOfSeq(seq))
  assert.ok(found !== undefined)
  return found
}
const approval = (bench: Bench) => observed(decided(bench, 'm-1', NOOR), 'final_gate')
const rejection = (bench: Bench) => observed(decided(bench, 'm-1', NOOR, 'reject'), 'final_gate')

describe('the four layers', () => {
  it('name the worker and every reviewer with the entry that registered them', () => {
    const { identity } = layers(gate)
    assert.deepEqual(
      identity.map(({ actor }) => actor).toSorted(),
      [WORKER.id, ...REVIEWERS.map(({ id }) => id)].toSorted(),
    )
    for (const { actor, registered, operator } of identity) {
      const entry = JSON.parse(gate.texts[registered!]!) as { events: { event_type: string; subject: string }[] }
      assert.equal(entry.events[0]?.event_type, 'trust.machine_registered')
      assert.equal(entry.events[0]?.subject, actor)
      assert.equal(gate.state.machines.get(actor)?.operator, operator)
    }
  })

  it('name where each record lies: the event there is that record', () => {
    const { records } = layers(gate)
    assert.equal(records.length, 6)
    for (const { what, place, committed: final } of records) {
      const [seq, position] = [Number(place!.slice(0, 12)), Number(place!.slice(13))]
      const entry = JSON.parse(gate.texts[seq]!) as { events: { event_type: string; event_id: string }[] }
      const event = entry.events[position]!
      assert.equal(event.event_id, place)
      assert.equal(event.event_type, what.startsWith('evidence') ? 'mission.evidence_attached' : 'review.revealed')
      assert.equal(final, true)
    }
  })

  it('are all there for a mission that went its way, and then a human approves', () => {
    assert.deepEqual(layers(gate).missing, [])
    assert.deepEqual(layersView(gate.state, 'm-1')?.missing, [])
    committed(fork(gate).send(RUNTIME, 'chain.observed', 'chain', approval(gate)))
  })

  it('are none of a mission that is not there, and show what is not final yet', () => {
    assert.equal(layersView(gate.state, 'constructor'), undefined)
    assert.deepEqual(layers(base).missing, [])
    assert.equal(
      layers(base).records.some((record) => record.committed),
      false,
    )
  })
})

describe('a missing layer', () => {
  const spoils: readonly (readonly [Layer, (bench: Bench) => void])[] = [
    ['identity', (bench) => bench.state.machines.delete(WORKER.id)],
    [
      'reviews',
      (bench) => {
        const mission = bench.state.missions.get('m-1')
        assert.ok(isPlanned(mission))
        const [task] = mission.plan.tasks.values()
        const tasks = new Map(mission.plan.tasks).set('t-1', { ...task!, reviews: task!.reviews.slice(1) })
        bench.state.missions.set('m-1', { ...mission, plan: { ...mission.plan, tasks } })
      },
    ],
    [
      'records',
      (bench) => {
        const review = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))
        assert.ok(isSeated(review))
        const seats = new Map([...review.seats].map(([id, seat]) => [id, { ...seat, place: undefined }]))
        bench.state.reviews.byTask.set(reviewKey('m-1', 't-1'), { ...review, seats })
      },
    ],
    [
      'compliance',
      (bench) => {
        const { machine } = bench.state.trust
        machine.index.delete(WORKER.id)
      },
    ],
  ]
  for (const [layer, spoil] of spoils) {
    it(`(${layer}) withholds the approval, and not the rejection`, () => {
      const bench = fork(gate)
      const signed = approval(bench)
      spoil(bench)
      assert.equal(layers(bench).missing.includes(layer), true)
      const found = withholds(bench, RUNTIME, 'chain.observed', 'chain', layer === 'reviews' ? approval(bench) : signed)
      assert.deepEqual(
        found.filter(({ constraint }) => constraint === 'four-layers-present'),
        [operational('four-layers-present', { missing: layers(bench).missing.join(', ') })],
      )
      committed(bench.send(RUNTIME, 'chain.observed', 'chain', rejection(bench)))
    })
  }
})
