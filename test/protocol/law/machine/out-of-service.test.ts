/** A decommissioned machine signs nothing (spec 4.5; I-04, D-27): its keys are revoked, and the law asks its status too. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { fork } from '../../../support/law/fork.ts'
import { machineIn } from '../../../support/law/lives.ts'
import { withholds } from '../../../support/law/outcomes.ts'
import { WORKER } from '../../../support/law/people.ts'
import { founded } from '../../../support/law/world.ts'

it('a decommissioned machine whose key still stood would not even say what it saw', () => {
  const bench = fork(founded())
  const life = { status: 'decommissioned' } as const
  bench.state.machines.set(WORKER.id, { ...machineIn(bench, WORKER.id), life })
  const report = { kind: 'failed-verification', severity: 'minor', concerns: ['planner-1'], account: 'It differs.' }
  const violations = withholds(bench, WORKER, 'incident.report', 'i-1', report, { grounds: ['000000000003-000'] })
  assert.deepEqual(violations, [
    {
      constraint: 'machine-is-in-service',
      level: 'responsibility',
      params: { machine: WORKER.id, status: 'decommissioned' },
    },
  ])
})
