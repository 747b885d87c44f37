/** What keeps a mission at its gate, asked of the rule itself (spec 3.1, 3.5; reading R13). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { domainOfTask } from '../../../../protocol/law/mission/domain.ts'
import { blockAtGate } from '../../../../protocol/law/mission/final-gate.ts'
import { atTheGate, decided, evidence, observed } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { operational, physical, withholds } from '../../../support/law/outcomes.ts'
import { ADA, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { founded } from '../../../support/law/world.ts'

const base = founded()
atTheGate(base, 'm-1')

describe('an approval at the gate', () => {
  const gate = { tier: 'R2', domainType: 'objective', adjudicated: false, chambersPassed: false } as const

  it('whose signature does not hold is none, on every tier', () => {
    for (const tier of ['R0', 'R1', 'R2', 'R3']) {
      const forged = { ...gate, tier, approval: { kind: 'human', signatureValid: false } } as const
      assert.equal(blockAtGate(forged), 'approval-not-signed')
    }
  })

  it('that a human signed lets R2 pass', () => {
    assert.equal(blockAtGate({ ...gate, approval: { kind: 'human', signatureValid: true } }), undefined)
  })
})

describe('a task that there is not', () => {
  it('is as normative as can be, so that humans decide', () => {
    assert.equal(domainOfTask(undefined, 't-1'), 'normative')
    assert.equal(domainOfTask(base.state.missions.get('m-1'), 'constructor'), 'normative')
    assert.equal(domainOfTask(base.state.missions.get('m-1'), 't-1'), 'objective')
  })
})

describe('a mission at its gate', () => {
  it('takes no decision after its time, however long the decision itself would last', () => {
    const bench = fork(base)
    const mission = bench.state.missions.get('m-1')
    assert.ok(mission?.status === 'FinalHumanGate')
    const { decideBy } = mission.gate
    const limit = Date.parse(decideBy)
    bench.wait(limit + 1 - bench.now())
    const log = decided(bench, 'm-1', ADA, 'approve', { deadline: Math.floor(limit / 1000) + 60 })
    const violations = withholds(bench, RUNTIME, 'chain.observed', 'chain', observed(log, 'final_gate'))
    assert.deepEqual(violations[0], physical('decided-before-its-deadline', { decide_by: decideBy }))
  })

  it('takes no work on any task, and says where it stands', () => {
    const bench = fork(base)
    const body = { task: 't-1', evidence: evidence(bench, 'm-1') }
    const violations = withholds(bench, WORKER, 'mission.submit', 'm-1', body)
    const step = violations.filter(({ constraint }) => constraint === 'step-of-the-machine')
    assert.deepEqual(step, [operational('step-of-the-machine', { state: 'FinalHumanGate', step: 'submit_evidence' })])
  })
})
