/**
 * The final human gate of R2 (spec 3.1, 3.2, 1.2; readings E5, E6; S-01; issue: stale digest, deadline, wrong chain or
 * contract, high s): every constraint by the decision that breaks it, and by nothing else.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseApproval } from '../../../../protocol/wire/approval.ts'
import { simulateDecision } from '../../../../protocol/law/decide.ts'
import { signedStruct } from '../../../../protocol/law/mission/decision.ts'
import { next } from '../../../../protocol/law/mission/machine.ts'
import { millis } from '../../../../protocol/wire/time.ts'
import { copyOf, fork } from '../../../support/law/fork.ts'
import { digestOfSubjects } from '../../../support/law/digest-of-state.ts'
import {
  atTheGate,
  closeEpoch,
  decided,
  evidence,
  observed,
  oneTask,
  OUTPUT,
  publishAll,
  reinforced,
  reviewed,
  decision,
  scopeBody,
} from '../../../support/law/flow.ts'
import { operational, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import {
  ADA,
  INTEGRATOR,
  NOOR,
  OPERATORS,
  person,
  PLANNER,
  REVIEWERS,
  RUNTIME,
  WORKER,
} from '../../../support/law/people.ts'
import { readLedger } from '../../../support/law/stranger.ts'
import { CHAIN_ID, committed, CONTRACTS, drawNow, founded } from '../../../support/law/world.ts'
import { SEE, ZERO, notPublished, base, gateOf, see, withheldFor } from '../../../support/law/gate.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const EVE = person('eve', 'EU', 'evil')

describe('an approval that holds', () => {
  it('completes the mission, and the record keeps what was signed', () => {
    const bench = fork(base)
    const log = decided(bench, 'm-1', NOOR)
    const events = committed(see(bench, log))
    const {
      event: _event,
      signature,
      i_understand_it: _u,
      i_commit_it: _c,
      i_accept_its_consequences: _a,
      ...kept
    } = log
    const { by_contract: _b, approver: wallet, attempt, ...rest } = kept
    assert.deepEqual(events[1]?.data.by, 'human')
    assert.deepEqual(events[1]?.data.decision, {
      ...rest,
      approver: 'noor',
      wallet,
      signature,
      chain_id: CHAIN_ID,
      transaction: (events[0]!.data as { transaction: string }).transaction,
    })
    assert.equal(attempt, 1)
    assert.equal(bench.state.missions.get('m-1')?.status, 'Completed')
  })

  it('may be the founder’s: any verified human without a hand in it', () => {
    assert.equal(committed(see(fork(base), decided(base, 'm-1', ADA))).length, 2)
  })

  it('may be a contract account’s: the chain vouches for that signature, the law has the event', () => {
    const log = { ...decided(base, 'm-1', NOOR), signature: '0x', by_contract: true }
    assert.equal(committed(see(fork(base), log)).length, 2)
  })

  it('can be known beforehand: simulated, it gives what is recorded and changes nothing', () => {
    const bench = fork(base)
    const log = decided(bench, 'm-1', NOOR)
    const approval = parseApproval(signedStruct({ ...log, chain_id: CHAIN_ID, transaction: ZERO } as never))
    assert.ok(approval.ok)
    const before = digestOfSubjects(bench.state)
    const simulated = simulateDecision(bench.state, approval.value, log.signature, false, bench.now())
    assert.equal(digestOfSubjects(bench.state), before)
    assert.equal(simulated.outcome, 'committed')
    const wrong = simulateDecision(
      bench.state,
      { ...approval.value, iCommitIt: false },
      log.signature,
      true,
      bench.now(),
    )
    assert.deepEqual(wrong, { outcome: 'withheld', violations: [responsibility('consequences-are-acknowledged')] })
  })
})

describe('an approver', () => {
  const [bea, cem, dao, eli, fay, gus, hua, ivy] = OPERATORS

  it('who is no verified human commits nothing', () => {
    assert.deepEqual(withheldFor(decided(base, 'm-1', EVE)), [
      responsibility('signed-by-the-right-kind', { signer: 'stranger', allowed: 'human' }),
      responsibility('approver-is-a-verified-human', { approver: EVE.wallet, kind: 'stranger' }),
      operational('gate-conditions-hold', { needs: 'approval-by-a-machine' }),
    ])
  })

  for (const [who, part] of [
    [bea, 'operator of the planner'],
    [cem, 'operator of the worker'],
    [dao, 'operator of the integrator'],
    [eli, 'operator of the reviewer'],
    [fay, 'operator of the reviewer'],
    [gus, 'operator of the reviewer'],
    [hua, 'operator of the reviewer'],
    [ivy, 'operator of the reviewer'],
  ] as const) {
    it(`who is ${part} (${who.id}) may neither approve nor reject`, () => {
      const reason = [responsibility('approver-is-independent', { approver: who.id, part })]
      assert.deepEqual(withheldFor(decided(base, 'm-1', who)), reason)
      assert.deepEqual(withheldFor(decided(base, 'm-1', who, 'reject')), reason)
    })
  }

  for (const part of ['planner', 'integrator'] as const) {
    it(`who was ${part} themselves may not, the owner neither`, () => {
      const bench = founded()
      const roles = { [part]: 'noor' }
      committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
      committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody('regulated_analysis', roles)))
      const planner = part === 'planner' ? NOOR : PLANNER
      committed(bench.send(planner, 'mission.plan', 'm-1', oneTask()))
      committed(bench.send(WORKER, 'mission.start', 'm-1', { task: 't-1' }))
      committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1') }))
      committed(drawNow(bench))
      reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
      const integrator = part === 'integrator' ? NOOR : INTEGRATOR
      committed(bench.send(integrator, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' }))
      publishAll(bench)
      assert.deepEqual(withheldFor(decided(bench, 'm-1', NOOR), bench), [
        responsibility('approver-is-independent', { approver: 'noor', part }),
      ])
    })
  }

  it('is not chosen by who comes first: an ineligible decision does not squat, the first eligible one wins', () => {
    const bench = fork(base)
    withheldFor(decided(bench, 'm-1', EVE), bench)
    withheldFor(decided(bench, 'm-1', cem), bench)
    committed(see(bench, decided(bench, 'm-1', NOOR)))
    assert.deepEqual(withheldFor(decided(bench, 'm-1', ADA, 'reject'), bench), [
      operational('step-of-the-machine', { state: 'Completed' }),
    ])
    assert.equal(bench.state.missions.get('m-1')?.status, 'Completed')
  })
})

describe('a rejection', () => {
  it('gives a reason', () => {
    assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'reject', { reasonHash: ZERO })), [
      responsibility('rejection-has-a-reason'),
    ])
  })

  it('is as good as an approval, and the mission goes back to planning', () => {
    const bench = fork(base)
    const events = committed(see(bench, decided(bench, 'm-1', NOOR, 'reject')))
    assert.deepEqual(
      events.map(({ event_type }) => event_type),
      [
        'governance.chain_observed',
        'mission.rejected',
        // What the worker did and four reviewers approved did not stand.
        ...Array.from({ length: 5 }, () => ['trust.failure_recorded', 'trust.changed']).flat(),
      ],
    )
    assert.equal(next(bench.state.missions.get('m-1')?.status, 'replan'), 'Decomposed')
  })

  it('leaves nothing of the attempt before: its approval is stale, and its evidence and reviews fit no longer', () => {
    const bench = fork(base)
    const stale = decided(bench, 'm-1', NOOR)
    const oldEvidence = evidence(bench, 'm-1', 1)
    const oldDigest = gateOf(bench).digest
    committed(see(bench, decided(bench, 'm-1', NOOR, 'reject')))
    reinforced(bench)
    assert.deepEqual(withheldFor(stale, fork(bench)), [operational('step-of-the-machine', { state: 'Rejected' })])
    committed(bench.send(PLANNER, 'mission.replan', 'm-1', oneTask()))
    committed(bench.send(WORKER, 'mission.start', 'm-1', { task: 't-1' }))
    assert.deepEqual(withholds(bench, WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: oldEvidence }), [
      operational('evidence-is-of-this-task', { attempt: 1, expected: 2 }),
    ])
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1', 2) }))
    committed(drawNow(bench))
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve', { attempt: 2 }))
    committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'Total 42.' }))
    publishAll(bench)
    assert.notEqual(gateOf(bench).digest, oldDigest)
    assert.equal(gateOf(bench).attempt, 2)
    const [first] = withheldFor(stale, bench)
    assert.deepEqual(
      first,
      physical('mission-digest-is-current', { signed: oldDigest, current: gateOf(bench).digest, attempt: 2 }),
    )
    committed(see(bench, decided(bench, 'm-1', NOOR)))
  })
})

describe('the deadline', () => {
  const opened = readLedger(base.texts).flatMap(({ events }) =>
    events.filter((e) => e.event_type === 'mission.gate_opened'),
  )
  const openedAt = Date.parse(opened[0]!.event_timestamp)

  for (const [ms, held] of [
    [-1, true],
    [0, true],
    [1, false],
  ] as const) {
    it(`that the human signed ${held ? 'holds' : 'has passed'} ${ms} ms from it`, () => {
      const bench = fork(base)
      const deadline = Math.floor(bench.now() / 1000) + 60
      const log = decided(bench, 'm-1', NOOR, 'approve', { deadline })
      bench.wait(deadline * 1000 + ms - bench.now())
      if (held) committed(see(bench, log))
      else
        assert.deepEqual(withheldFor(log, bench), [physical('decided-before-its-deadline', { deadline, late_ms: ms })])
    })

    it(`of the gate, fourteen days on, ${held ? 'holds' : 'has passed'} ${ms} ms from it`, () => {
      const bench = fork(base)
      const { decideBy } = gateOf(bench)
      const limit = Date.parse(decideBy)
      assert.equal(limit - openedAt, 14 * DAY)
      bench.wait(limit - 60_000 + ms - bench.now())
      publishAll(bench)
      const deadline = Math.floor(limit / 1000)
      const log = decided(bench, 'm-1', NOOR, 'approve', { deadline })
      assert.equal(bench.now(), limit + ms)
      if (held) committed(see(bench, log))
      else
        assert.deepEqual(withheldFor(log, bench), [physical('decided-before-its-deadline', { deadline, late_ms: ms })])
    })
  }

  for (const [more, held] of [
    [0, true],
    [1, false],
  ] as const) {
    it(`${more} s beyond the gate’s is ${held ? 'taken' : 'refused'}`, () => {
      const limit = Math.floor(Date.parse(gateOf(base).decideBy) / 1000)
      const log = decided(base, 'm-1', NOOR, 'approve', { deadline: limit + more })
      if (held) committed(see(fork(base), log))
      else {
        assert.deepEqual(withheldFor(log), [
          physical('decided-before-its-deadline', { deadline: limit + more, beyond: gateOf(base).decideBy }),
        ])
      }
    })
  }

  it('may be absurdly far: a refusal, not a fault', () => {
    const deadline = Number.MAX_SAFE_INTEGER
    const [violation] = withheldFor(decided(base, 'm-1', NOOR, 'approve', { deadline }))
    assert.equal(violation?.constraint, 'decided-before-its-deadline')
  })
})

describe('the ledger on chain', () => {
  it('holds the integration before anyone can approve it', () => {
    const bench = fork(notPublished)
    const log = decided(bench, 'm-1', NOOR)
    assert.deepEqual(withheldFor(log, fork(bench)), [operational('integration-is-committed', { epoch: 0 })])
    committed(closeEpoch(bench))
    assert.deepEqual(withheldFor(log, bench), [operational('integration-is-committed', { epoch: 0 })])
  })

  it('takes the same decision once the epoch is there: only the state had to change', () => {
    const bench = fork(notPublished)
    const log = decided(bench, 'm-1', NOOR)
    withheldFor(log, bench)
    publishAll(bench)
    committed(see(bench, log))
  })

  for (const [ms, held] of [
    [-1, true],
    [0, true],
    [1, false],
  ] as const) {
    it(`is ${held ? 'fresh' : 'overdue'} ${ms} ms from when the next commitment is due`, () => {
      const bench = fork(base)
      const { epochs } = bench.state
      const due = (Math.floor(epochs.lastEnd / 300_000) + 1) * 300_000 + 300_000
      bench.wait(due + ms - bench.now())
      const log = decided(bench, 'm-1', NOOR)
      if (held) committed(see(bench, log))
      else assert.deepEqual(withheldFor(log, bench), [operational('commitments-are-fresh', { overdue_epoch: 1 })])
    })
  }

  it('tells of our gate only, on our chain', () => {
    const log = decided(base, 'm-1', NOOR)
    const contract = `0x${'ee'.repeat(20)}`
    assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, observed(log, 'final_gate', { contract })), [
      physical('log-is-of-our-contract', { contract, expected: CONTRACTS.final_gate.address }),
    ])
    assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, observed(log, 'final_gate', { chain_id: 1 })), [
      physical('log-is-of-our-contract', { chain_id: 1, expected: CHAIN_ID }),
    ])
  })

  it('S-01: tells it through the runtime, which cannot make it up: without the wallet’s signature it commits nothing', () => {
    const log = { ...decided(base, 'm-1', NOOR), signature: `0x${'11'.repeat(64)}1b` }
    const [violation] = withheldFor(log)
    assert.equal(violation?.constraint, 'signed-by-the-wallet')
  })
})

describe('a mission that waits for no signature', () => {
  it('of low risk is complete already', () => {
    const bench = founded()
    atTheGate(bench, 'm-1', 'documentation_update')
    publishAll(bench)
    assert.deepEqual(withheldFor(decided(bench, 'm-1', NOOR), bench), [
      operational('step-of-the-machine', { state: 'Completed' }),
    ])
  })

  it('that nobody has adjudicated although it is normative can be rejected, and not approved', () => {
    const bench = founded()
    atTheGate(bench, 'm-1')
    publishAll(bench)
    // No command leads here: the gate asks all the same.
    const mission = bench.state.missions.get('m-1')
    assert.ok(mission?.status === 'FinalHumanGate')
    bench.state.missions.set('m-1', { ...mission, scope: { ...mission.scope, domain_type: 'normative' } })
    assert.deepEqual(withheldFor(decided(bench, 'm-1', NOOR), bench), [
      operational('gate-conditions-hold', { needs: 'adjudication-required' }),
    ])
    committed(see(bench, decided(bench, 'm-1', NOOR, 'reject')))
  })
})

describe('the state', () => {
  it('is not touched by a decision that is only asked about', () => {
    const state = copyOf(base.state)
    const log = decided(base, 'm-1', NOOR)
    const approval = parseApproval(signedStruct({ ...log, chain_id: CHAIN_ID, transaction: ZERO } as never))
    assert.ok(approval.ok)
    const before = digestOfSubjects(state)
    for (const at of [base.now(), millis(base.now() + 100 * DAY)]) {
      simulateDecision(state, approval.value, log.signature, false, at)
    }
    assert.equal(digestOfSubjects(state), before)
  })

  it('knows five reviewers, so that all of them were there to be excluded', () => {
    assert.deepEqual(base.state.missions.get('m-1')?.everReviewed.toSorted(), REVIEWERS.map(({ id }) => id).toSorted())
  })
})
