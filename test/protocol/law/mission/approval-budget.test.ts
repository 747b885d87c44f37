/** The day's budget of approvals (spec 10: attention; parameter APPROVALS_PER_DAY_MAX). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fork } from '../../../support/law/fork.ts'
import { digestOfSubjects } from '../../../support/law/digest-of-state.ts'
import { atTheGate, decided, observed, publishAll } from '../../../support/law/flow.ts'
import { operational, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, RUNTIME } from '../../../support/law/people.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const BUDGET = 20
const HOUR = 3_600_000
const SEE = ['chain.observed', 'chain'] as const

const base = founded()
for (let i = 0; i <= BUDGET; i++) atTheGate(base, `m-${i}`)
publishAll(base)
const spent = fork(base)
for (let i = 0; i < BUDGET; i++) approve(spent, `m-${i}`)

function approve(bench: Bench, mission: string, who = NOOR) {
  return committed(bench.send(RUNTIME, ...SEE, observed(decided(bench, mission, who), 'final_gate')))
}

describe('the approvals of one human in a day', () => {
  it('are as many as the constitution allows, and one more is withheld', () => {
    assert.equal([...spent.state.missions.values()].filter((mission) => mission.status === 'Completed').length, BUDGET)
    const before = digestOfSubjects(spent.state)
    const bench = fork(spent)
    const body = observed(decided(bench, `m-${BUDGET}`, NOOR), 'final_gate')
    const [violation] = withholds(bench, RUNTIME, ...SEE, body)
    assert.deepEqual(violation, operational('approval-budget-is-left', { approved: 20, approvals_per_day: 20 }))
    assert.equal(digestOfSubjects(bench.state), before)
  })

  it('do not keep anyone from rejecting', () => {
    const bench = fork(spent)
    const log = decided(bench, `m-${BUDGET}`, NOOR, 'reject')
    committed(bench.send(RUNTIME, ...SEE, observed(log, 'final_gate')))
    assert.equal(bench.state.missions.get(`m-${BUDGET}`)?.status, 'Rejected')
  })

  it('are each human’s own', () => {
    assert.equal(approve(fork(spent), `m-${BUDGET}`, ADA).length, 2)
  })

  for (const [ms, counts] of [
    [0, true],
    [1, false],
  ] as const) {
    it(`of a day and ${ms} ms ago ${counts ? 'still count' : 'count no more'}`, () => {
      const bench = fork(spent)
      bench.wait(24 * HOUR + ms)
      const violations = withholds(bench, RUNTIME, ...SEE, observed(decided(bench, `m-${BUDGET}`, NOOR), 'final_gate'))
      assert.equal(
        violations.some(({ constraint }) => constraint === 'approval-budget-is-left'),
        counts,
      )
    })
  }

  it('are counted over the last 24 hours, so the budget comes back', () => {
    const bench = fork(spent)
    bench.wait(24 * HOUR)
    publishAll(bench)
    approve(bench, `m-${BUDGET}`)
  })
})
