/** The task graph (spec 3.1; C-03): not empty, no dangling dependency, no cycle; a refusal names what is at fault. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { faultOfGraph, type GraphNode } from '../../../../protocol/law/mission/graph.ts'
import { fork } from '../../../support/law/fork.ts'
import { scoped } from '../../../support/law/flow.ts'
import { operational, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { PLANNER } from '../../../support/law/people.ts'
import { committed, founded } from '../../../support/law/world.ts'

const base = founded()
scoped(base, 'm-1')

function task(id: string, depends_on: readonly string[] = [], more: object = {}) {
  return { id, title: 'T', instructions: 'I', domain_type: 'objective', depends_on, ...more }
}

function planned(...tasks: object[]) {
  return withholds(fork(base), PLANNER, 'mission.plan', 'm-1', { tasks })
}

describe('a plan', () => {
  it('that is empty is withheld, on record', () => {
    assert.deepEqual(planned(), [operational('task-graph-is-sound', { fault: 'empty' })])
  })

  it('whose task depends on one that is not there is withheld', () => {
    assert.deepEqual(planned(task('a'), task('b', ['a', 'c'])), [
      operational('task-graph-is-sound', { fault: 'unknown-dependency', task: 'b', dependency: 'c' }),
    ])
  })

  it('whose task depends on __proto__ is withheld: the name is looked up among tasks', () => {
    assert.deepEqual(planned(task('a', ['__proto__'])), [
      operational('task-graph-is-sound', { fault: 'unknown-dependency', task: 'a', dependency: '__proto__' }),
    ])
  })

  it('with one task twice is withheld', () => {
    assert.deepEqual(planned(task('a'), task('b'), task('a')), [
      operational('task-graph-is-sound', { fault: 'duplicate-task', task: 'a' }),
    ])
  })

  it('whose task depends on itself is withheld', () => {
    assert.deepEqual(planned(task('a', ['a'])), [
      operational('task-graph-is-sound', { fault: 'cycle', cycle: 'a > a' }),
    ])
  })

  it('that goes round is withheld, and the round is named along its arrows', () => {
    assert.deepEqual(planned(task('z'), task('a', ['b', 'z']), task('b', ['c']), task('c', ['a'])), [
      operational('task-graph-is-sound', { fault: 'cycle', cycle: 'a > b > c > a' }),
    ])
  })

  it('of sixty-four tasks in a row is taken, of sixty-five is no command', () => {
    const row = Array.from({ length: 65 }, (_, i) => task(`t-${i}`, i === 0 ? [] : [`t-${i - 1}`]))
    committed(fork(base).send(PLANNER, 'mission.plan', 'm-1', { tasks: row.slice(0, 64) }))
    assert.throws(() => planned(...row), /field-range/)
  })

  it('names domain types that are known', () => {
    assert.deepEqual(planned(task('a'), task('b', [], { domain_type: 'subjective' })), [
      operational('domain-type-is-known', { task: 'b', domain_type: 'subjective' }),
    ])
  })

  it('names workers that there are, and not the runtime', () => {
    for (const worker of ['nobody', 'runtime', '__proto__']) {
      assert.deepEqual(planned(task('a', [], { worker })), [responsibility('workers-are-known', { worker })])
    }
  })

  it('does not make the owner a worker: the task could never be started', () => {
    assert.deepEqual(planned(task('a'), task('b', [], { worker: 'noor' })), [
      responsibility('worker-is-not-the-owner', { task: 'b', owner: 'noor' }),
    ])
  })

  it('is told all its faults at once', () => {
    assert.deepEqual(planned(task('a', ['a'], { worker: 'nobody', domain_type: 'x' })), [
      responsibility('workers-are-known', { worker: 'nobody' }),
      operational('task-graph-is-sound', { fault: 'cycle', cycle: 'a > a' }),
      operational('domain-type-is-known', { task: 'a', domain_type: 'x' }),
    ])
  })
})

describe('any graph', () => {
  /** Arrows that point to earlier nodes only, then the nodes in any order. */
  const acyclic = fc
    .integer({ min: 1, max: 20 })
    .chain((size) =>
      fc.tuple(
        fc.array(fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }),
        fc.shuffledSubarray(
          Array.from({ length: size }, (_, i) => i),
          { minLength: size },
        ),
      ),
    )
    .map(([arrows, order]) => {
      const nodes = arrows.map((to, i) => ({ id: `t-${i}`, depends_on: to.filter((j) => j < i).map((j) => `t-${j}`) }))
      return order.map((i) => nodes[i]!)
    })

  it('whose arrows all point backwards is sound, in whatever order it is written', () => {
    fc.assert(
      fc.property(acyclic, (nodes) => assert.equal(faultOfGraph(nodes), undefined)),
      { seed: 31, numRuns: 500 },
    )
  })

  it('with one arrow added either stays sound or has the cycle that is named', () => {
    const withArrow = acyclic.chain((nodes) =>
      fc.tuple(fc.constant(nodes), fc.nat({ max: nodes.length - 1 }), fc.nat({ max: nodes.length - 1 })),
    )
    fc.assert(
      fc.property(withArrow, ([nodes, from, to]) => {
        const more: GraphNode[] = nodes.map((node, i) =>
          i === from ? { ...node, depends_on: [...node.depends_on, nodes[to]!.id] } : node,
        )
        const fault = faultOfGraph(more)
        assert.equal(fault !== undefined, reaches(nodes, nodes[to]!.id, nodes[from]!.id))
        if (fault === undefined) return
        assert.equal(fault.fault, 'cycle')
        const cycle = (fault as { cycle: string }).cycle.split(' > ')
        assert.equal(cycle[0], cycle.at(-1))
        for (let i = 0; i + 1 < cycle.length; i++) {
          assert.ok(more.find(({ id }) => id === cycle[i])!.depends_on.includes(cycle[i + 1]!))
        }
      }),
      { seed: 32, numRuns: 500 },
    )
  })

  function reaches(nodes: readonly GraphNode[], from: string, to: string): boolean {
    if (from === to) return true
    return nodes.find(({ id }) => id === from)!.depends_on.some((id) => reaches(nodes, id, to))
  }
})
