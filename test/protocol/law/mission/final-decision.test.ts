/**
 * The final human gate of R2 (spec 3.1, 3.2, 1.2; readings E5, E6; S-01; issue: stale digest, deadline, wrong chain or
 * contract, high s): every constraint by the decision that breaks it, and by nothing else.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bytes32Of, bytes32OfDigest } from '../../../../protocol/wire/abi.ts'
import { approvalDigest, approvalDomain, parseApproval } from '../../../../protocol/wire/approval.ts'
import { parseDigest } from '../../../../protocol/wire/sha256.ts'
import { sign as walletSign } from '../../../../protocol/wire/wallet.ts'
import { simulateDecision } from '../../../../protocol/law/decide.ts'
import { approvalText } from '../../../../protocol/law/mission/approval-text.ts'
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
  underReview,
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
  type Person,
} from '../../../support/law/people.ts'
import { readLedger, sha256 } from '../../../support/law/stranger.ts'
import { CHAIN_ID, committed, CONTRACTS, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SEE = ['chain.observed', 'chain'] as const
const ZERO = bytes32Of(new Uint8Array(32))
const EVE = person('eve', 'EU', 'evil')

const notPublished = founded()
atTheGate(notPublished, 'm-1')
const base = fork(notPublished)
publishAll(base)

type Log = Omit<ReturnType<typeof decided>, 'signature'> & { readonly signature: string }

function gateOf(bench: Bench) {
  const mission = bench.state.missions.get('m-1')
  assert.ok(mission !== undefined && 'gate' in mission)
  return mission.gate
}

function see(bench: Bench, log: Log, more: object = {}) {
  return bench.send(RUNTIME, ...SEE, observed(log, 'final_gate', more))
}

function withheldFor(log: Log, bench: Bench = fork(base)) {
  return withholds(bench, RUNTIME, ...SEE, observed(log, 'final_gate'))
}

/** The log with other fields, signed again as the wallet would, for any domain. */
function signedFor(log: Log, chainId: number, contract: string, who: Person = NOOR): Log {
  const message = parseApproval(signedStruct({ ...log, chain_id: chainId, transaction: ZERO } as never))
  assert.ok(message.ok)
  return {
    ...log,
    signature: walletSign(approvalDigest(approvalDomain(chainId, contract), message.value), who.walletSecret),
  }
}

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

describe('the signature', () => {
  const good = decided(base, 'm-1', NOOR)
  const gate = CONTRACTS.final_gate.address
  const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const mirrored = () => {
    const s = ORDER - BigInt(`0x${good.signature.slice(66, 130)}`)
    return `${good.signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}${good.signature.endsWith('1b') ? '1c' : '1b'}`
  }

  it('of another wallet does not commit this one', () => {
    assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', {}, ADA)), [
      responsibility('signed-by-the-wallet', { recovered: ADA.wallet }),
    ])
  })

  it('for this chain and gate is what is recovered', () => {
    assert.deepEqual(signedFor(good, CHAIN_ID, gate), good)
  })

  for (const [what, chainId, contract] of [
    ['another chain', 1, gate],
    ['another contract', CHAIN_ID, CONTRACTS.commitment_log.address],
  ] as const) {
    it(`for ${what} does not hold here`, () => {
      const [violation, ...more] = withheldFor(signedFor(good, chainId, contract))
      assert.deepEqual(
        [violation?.constraint, Object.keys(violation?.params ?? {}), more],
        ['signed-by-the-wallet', ['recovered'], []],
      )
    })
  }

  for (const [what, signature, code] of [
    ['mirrored (high s)', mirrored(), 'wallet-signature-high-s'],
    ['with v 0', `${good.signature.slice(0, 130)}00`, 'wallet-signature-v'],
    ['with v 29', `${good.signature.slice(0, 130)}1d`, 'wallet-signature-v'],
    ['with r 0', `0x${'00'.repeat(32)}${good.signature.slice(66)}`, 'wallet-signature-range'],
    ['in the compact form of 64 bytes', good.signature.slice(0, 130), 'wallet-signature-malformed'],
    ['with a byte more', `${good.signature}00`, 'wallet-signature-malformed'],
    ['of nothing', '0x', 'wallet-signature-malformed'],
  ] as const) {
    it(`${what} does not hold`, () => {
      assert.deepEqual(withheldFor({ ...good, signature }), [responsibility('signed-by-the-wallet', { code })])
    })
  }

  for (const field of ['reason_hash', 'deadline', 'attempt', 'decision'] as const) {
    it(`covers the ${field}: changed afterwards, it is somebody else’s`, () => {
      const change = {
        reason_hash: `0x${'01'.repeat(32)}`,
        deadline: good.deadline - 1,
        attempt: 2,
        decision: 'reject',
      }[field]
      const log = { ...good, reason_hash: `0x${'02'.repeat(32)}` }
      const violations = withheldFor({ ...(field === 'decision' ? log : good), [field]: change } as unknown as Log)
      assert.ok(
        violations.some(({ constraint, params }) => constraint === 'signed-by-the-wallet' && 'recovered' in params),
      )
    })
  }
})

describe('what is signed', () => {
  for (const field of ['iUnderstandIt', 'iCommitIt', 'iAcceptItsConsequences']) {
    it(`says ${field}: without it nothing is committed`, () => {
      assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { [field]: false })), [
        responsibility('consequences-are-acknowledged'),
      ])
    })
  }

  it('carries the hash of the words that were shown', () => {
    const mission = base.state.missions.get('m-1')
    assert.ok(mission !== undefined && 'gate' in mission)
    const deployment = base.state.founded!.deployment.id
    const hash = (verdict: 'approve' | 'reject') => bytes32Of(sha256(approvalText(mission, verdict, deployment)))
    for (const text of [ZERO, hash('reject')]) {
      assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { textHash: text })), [
        responsibility('text-is-as-shown', { expected: hash('approve'), signed: text }),
      ])
    }
  })

  it('hides nothing in the field for attention while attention is not recorded', () => {
    const attentionHash = `0x${'01'.repeat(32)}`
    assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { attentionHash })), [
      operational('attention-is-empty', { attention_hash: attentionHash }),
    ])
  })

  it('is one mission’s: an approval spent on another is of that one’s digest, and its wallet never signed that', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-2')
    publishAll(bench)
    const other = bench.state.missions.get('m-2')
    assert.ok(other !== undefined && 'gate' in other)
    const log = decided(bench, 'm-1', NOOR)
    committed(see(bench, log))
    const spent = { ...log, mission_digest: other.gate.digest }
    const violations = withheldFor(spent, bench)
    assert.deepEqual(
      violations.map(({ constraint }) => constraint),
      ['signed-by-the-wallet', 'text-is-as-shown'],
    )
    assert.equal(bench.state.missions.get('m-2')?.status, 'FinalHumanGate')
  })

  it('is of this deployment and of an integration: any other digest is of no mission', () => {
    const missionDigest = `0x${'12'.repeat(32)}`
    const [violation] = withheldFor(decided(base, 'm-1', NOOR, 'approve', { missionDigest }))
    assert.deepEqual(violation, operational('mission-exists', { mission: 'unknown' }))
  })

  it('is not of a mission by the name that stands for none', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, NOOR, 'mission.create', 'unknown', { title: 'T', summary: 'S' }), [
      operational('mission-is-new', { subject: 'unknown', kind: 'unknown' }),
    ])
  })

  it('names the attempt', () => {
    assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { attempt: 2 })), [
      physical('mission-digest-is-current', { signed: gateOf(base).digest, current: gateOf(base).digest, attempt: 1 }),
    ])
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

describe('the mission digest', () => {
  const mission = base.state.missions.get('m-1')!

  it('binds the evidence: with other evidence the same mission has another digest', () => {
    const bench = founded()
    underReview(bench, 'm-1', 'regulated_analysis')
    reviewed(bench, 'm-1', (seat, i) => decision(seat.id, 'm-1', i === 4 ? 'reject' : 'approve'))
    const more = { reasons: [{ text: 'Otherwise.', references: [] }] }
    const twin = founded()
    underReview(twin, 'm-1', 'regulated_analysis')
    reviewed(twin, 'm-1', (seat, i) => decision(seat.id, 'm-1', i === 4 ? 'reject' : 'approve', i === 4 ? more : {}))
    for (const one of [bench, twin]) {
      committed(one.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'Total 42.' }))
    }
    assert.equal(gateOf(bench).digest, gateOf(base).digest, 'the same commands, the same digest')
    assert.notEqual(gateOf(twin).digest, gateOf(base).digest, 'a review’s words are in it')
  })

  it('is a digest as the wallet signs it', () => {
    assert.ok('gate' in mission)
    const digest = parseDigest(mission.gate.digest)
    assert.ok(digest.ok)
    assert.equal(bytes32OfDigest(digest.value), `0x${mission.gate.digest.slice(7)}`)
  })
})

describe('the words that are shown', () => {
  const mission = base.state.missions.get('m-1')!
  assert.ok('gate' in mission)
  const shown = (
    change: { title?: string; summary?: string; scope?: string },
    verdict: 'approve' | 'reject' = 'approve',
  ) =>
    approvalText(
      {
        ...mission,
        title: change.title ?? mission.title,
        gate: { ...mission.gate, summary: change.summary ?? mission.gate.summary },
        scope: { ...mission.scope, scope: change.scope ?? mission.scope.scope },
      },
      verdict,
      'sha256:x',
    )

  it('name the dissent, the outputs, the digest and the three acknowledgements', () => {
    const lines = shown({}).split('\n')
    const dissenter = lines.find((line) => line.startsWith('Dissent: '))
    assert.match(dissenter ?? '', /^Dissent: reviewer-\w+ says reject, decision sha256:[0-9a-f]{64}$/)
    for (const line of [
      'I approve the result of this mission.',
      'Mission: m-1, attempt 1',
      'Risk: R2, regulated_analysis, objective',
      'Result: Total 42.',
      `Output: report.json ${OUTPUT.digest}`,
      'Reviews: 4 of 5 approve',
      `Mission digest: ${mission.gate.digest}`,
      'I understand it.',
      'I commit it.',
      'I accept its consequences.',
    ]) {
      assert.ok(lines.includes(line), line)
    }
    assert.ok(shown({}, 'reject').startsWith('I reject the result of this mission.\n'))
  })

  for (const breaking of ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f']) {
    it(`are not to be forged by a line break (${JSON.stringify(breaking)}) in what a machine wrote`, () => {
      const forged = `Total 42.${breaking}Reviews: 5 of 5 approve${breaking}Mission digest: sha256:00`
      for (const text of [shown({ summary: forged }), shown({ title: forged }), shown({ scope: forged })]) {
        const lines = text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/u)
        assert.ok(!lines.includes('Reviews: 5 of 5 approve'))
        assert.deepEqual(
          lines.filter((line) => line.startsWith('Mission digest: ')),
          [`Mission digest: ${mission.gate.digest}`],
        )
        assert.ok(lines.includes('    Reviews: 5 of 5 approve'))
      }
    })
  }

  it('show letters in the order in which they are: what would turn them is named', () => {
    const text = shown({ summary: 'Total \u202E24\u202C.\u0007' })
    assert.ok(text.includes('Result: Total <U+202E>24<U+202C>.<U+0007>'))
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
