/** Constitutional missions (R3): they prepare a proposal and stop at their gate (spec 3.1, 3.2; I-06, D-08). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seal } from '../../../../protocol/wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../../../protocol/wire/evidence.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { fork } from '../../../support/law/fork.ts'
import { decided, observed, publishAll, REPORT, scopeBody, started, statement } from '../../../support/law/flow.ts'
import { operational, withholds } from '../../../support/law/outcomes.ts'
import { INTEGRATOR, NOOR, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const SEE = ['chain.observed', 'chain'] as const
const PARTS = ['text.md', 'changes/diff.patch', 'threat-impact.md']

/** One digest under three names is enough: the law asks for the parts, their readers for what is in them. */
function files(names: readonly string[]) {
  return names.map((name) => ({ name, digest: REPORT, bytes: 10, media_type: 'text/plain' }))
}

function submitted(bench: Bench, id: string) {
  started(bench, id, 'constitutional_change')
  const subject = PARTS.map((name) => ({ name, digest: { sha256: REPORT.slice(7) } }))
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, { ...statement(bench, id, 1), subject }, WORKER.signer)
  return committed(bench.send(WORKER, 'mission.submit', id, { task: 't-1', evidence }))
}

const base = founded()
const prepared = submitted(base, 'r3')

function integrate(bench: Bench, names: readonly string[]) {
  return bench.send(INTEGRATOR, 'mission.integrate', 'r3', { outputs: files(names), summary: 'A proposal.' })
}

const atItsGate = fork(base)
committed(integrate(atItsGate, PARTS))
publishAll(atItsGate)

describe('a constitutional mission', () => {
  it('is prepared by machines and reviewed by nobody', () => {
    assert.deepEqual(
      prepared.map(({ event_type }) => event_type),
      ['mission.evidence_attached', 'mission.reviewers_routed', 'mission.task_integrated'],
    )
    assert.deepEqual(prepared[1]?.data.reviewers, [])
    assert.equal(base.state.reviews.byTask.has(reviewKey('r3', 't-1')), false)
  })

  for (const part of PARTS) {
    it(`does not reach its gate without its ${part}`, () => {
      const bench = fork(base)
      const others = PARTS.filter((name) => name !== part)
      const outputs = files([...others, `not-${part.split('/').at(-1)}`])
      const [violation] = withholds(bench, INTEGRATOR, 'mission.integrate', 'r3', { outputs, summary: 'A proposal.' })
      const missing = part.split('/').at(-1)!.split('.')[0]!
      assert.deepEqual(violation, operational('proposal-is-whole', { missing }))
    })
  }

  it('stops at its gate: a human’s approval alone completes nothing', () => {
    const log = observed(decided(atItsGate, 'r3', NOOR), 'final_gate')
    const [violation] = withholds(fork(atItsGate), RUNTIME, ...SEE, log)
    assert.deepEqual(violation, operational('gate-conditions-hold', { needs: 'chambers-required' }))
  })

  it('can be rejected by a human at its gate', () => {
    const bench = fork(atItsGate)
    committed(bench.send(RUNTIME, ...SEE, observed(decided(bench, 'r3', NOOR, 'reject'), 'final_gate')))
    assert.equal(bench.state.missions.get('r3')?.status, 'Rejected')
  })

  it('is never created or scoped by a machine', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'r3-b', { title: 'T', summary: 'S' }))
    const violations = withholds(bench, WORKER, 'mission.scope', 'r3-b', scopeBody('constitutional_change'))
    assert.equal(violations[0]?.constraint, 'signed-by-the-right-kind')
  })
})
