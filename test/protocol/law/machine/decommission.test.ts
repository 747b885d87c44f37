/** Retired for malice (spec 4.5, 1.2; S-01, D-27, I-26): a human commits it with their wallet, and it is for good. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hex } from '../../../../protocol/wire/bytes.ts'
import { formatTimestamp, millis } from '../../../../protocol/wire/time.ts'
import { withdrawProofs } from '../../../../protocol/law/processes/withdraw-proofs.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { eventOf, filed } from '../../../support/law/appeals.ts'
import { evidence, publishAll, started, underReview, seatedFor } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { accused, DAY, decommissionBody, HOUR, lifeOf, resolved, setTrust } from '../../../support/law/lives.ts'
import { operational, physical, refuses, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, OPERATORS, person, PLANNER, signerOf, WORKER, type Person } from '../../../support/law/people.ts'
import { attest, committed, founded, type Bench } from '../../../support/law/world.ts'

const [bea, cem, dao, eli] = OPERATORS

/** Bea reported it, Dao upheld it. */
const proven = founded()
accused(proven, 'i-1', WORKER.id, bea)
resolved(proven, 'i-1', dao, 'upheld')
const [finding] = proven.state.appeals.decisionsOn.get('i-1')!
const contestableUntil = proven.state.appeals.decisions.get(finding!)!.at + 14 * DAY
const fresh = fork(proven)
beyondAppeal(proven)

/** The time to appeal against the finding passes, and the ledger is on chain again. */
function beyondAppeal(bench: Bench): void {
  bench.wait(14 * DAY + 1)
  publishAll(bench)
}

function revision(bench: Bench, id: string = WORKER.id): number {
  return worldOf(bench.state).revision(id)
}

function why(bench: Bench, by: Person, body: object, machine = WORKER.id, expects = revision(bench, machine)) {
  return withholds(bench, by, 'machine.decommission', machine, body, { expects })
}

function decommission(bench: Bench, by: Person, incident = 'i-1') {
  const body = decommissionBody(bench, WORKER.id, incident, by)
  return committed(bench.send(by, 'machine.decommission', WORKER.id, body, { expects: revision(bench) }))
}

describe('a decommission for malice', () => {
  it('is committed by a human’s wallet, keeps what they signed, and is anchored at once', () => {
    const bench = fork(proven)
    const body = decommissionBody(bench, WORKER.id, 'i-1', eli)
    const [event] = decommission(bench, eli)
    const { act, ...facts } = event!.data as { act: { [field: string]: unknown } }
    assert.deepEqual(facts, { cause: 'malice', anchor: 'at-once', incident: 'i-1' })
    assert.deepEqual([act['signer'], act['wallet'], act['signature']], ['eli', eli.wallet, body.act.signature])
    lifeOf(bench, WORKER.id, 'decommissioned')
  })

  it('revokes every key in the same entry: nothing that it signs is even recorded', () => {
    const bench = fork(proven)
    const second = signerOf('worker second')
    const not_after = formatTimestamp(millis(bench.now() + DAY))
    committed(bench.send(cem, 'machine.add_key', WORKER.id, { key: hex(second.publicKey), not_after }))
    const events = decommission(bench, eli)
    assert.equal(events.filter(({ event_type }) => event_type === 'governance.key_revoked').length, 2)
    for (const signer of [WORKER.signer, second]) {
      const sender = { id: WORKER.id, signer }
      assert.equal(refuses(bench, bench.envelope(sender, 'mission.start', 'm-1', { task: 't-1' })).code, 'key-revoked')
    }
  })

  it('gives the machine no new key, no environment, no second end and no way back', () => {
    const bench = fork(proven)
    decommission(bench, eli)
    const gone = operational('machine-is-not-decommissioned', { status: 'decommissioned' })
    const key = { key: 'ab'.repeat(32), not_after: formatTimestamp(millis(bench.now() + DAY)) }
    assert.deepEqual(withholds(bench, cem, 'machine.add_key', WORKER.id, key), [gone])
    const fingerprint = `sha256:${'0'.repeat(64)}`
    assert.deepEqual(withholds(bench, cem, 'machine.declare_environment', WORKER.id, { fingerprint }), [gone])
    assert.deepEqual(why(bench, NOOR, decommissionBody(bench, WORKER.id, 'i-1', NOOR)), [gone])
    const application = fingerprint
    assert.deepEqual(
      withholds(bench, NOOR, 'machine.sign_recertification', WORKER.id, { application }).map((one) => one.constraint),
      ['machine-is-in-quarantine', 'application-waits'],
    )
  })

  it('takes the seats of a reviewer', () => {
    const bench = founded()
    const [seat] = underReview(bench, 'm-1')
    accused(bench, 'i-1', seat!.id, bea)
    resolved(bench, 'i-1', ADA, 'upheld')
    beyondAppeal(bench)
    const body = decommissionBody(bench, seat!.id, 'i-1', NOOR)
    committed(bench.send(NOOR, 'machine.decommission', seat!.id, body, { expects: revision(bench, seat!.id) }))
    assert.ok(!seatedFor(bench, 'm-1').some(({ id }) => id === seat!.id))
  })

  it('S-01: is no machine’s to commit, nor the runtime’s', () => {
    const body = decommissionBody(proven, WORKER.id, 'i-1', eli)
    const violations = withholds(fork(proven), PLANNER, 'machine.decommission', WORKER.id, body, {
      expects: revision(proven),
    })
    assert.deepEqual(violations[0], responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' }))
  })

  it('is not the operator’s, nor the operator’s house’s, nor the reporter’s', () => {
    const bench = fork(proven)
    const colleague = person('cem-two', 'ME', 'birch')
    attest(bench, colleague)
    for (const [human, violation] of [
      [cem, responsibility('signer-is-independent', { signer: 'cem', part: 'operator' })],
      [colleague, responsibility('signer-is-independent', { signer: 'cem-two', part: 'organization' })],
      [bea, responsibility('signer-is-not-the-reporter', { reporter: 'bea' })],
    ] as const) {
      assert.deepEqual(why(fork(bench), human, decommissionBody(bench, WORKER.id, 'i-1', human)), [violation])
    }
  })

  for (const field of ['iUnderstandIt', 'iCommitIt', 'iAcceptItsConsequences']) {
    it(`needs all three acknowledgements: ${field} is one`, () => {
      const body = decommissionBody(proven, WORKER.id, 'i-1', eli, { [field]: false })
      assert.deepEqual(why(fork(proven), eli, body), [responsibility('consequences-are-acknowledged')])
    })
  }

  for (const [late, holds] of [
    [0, true],
    [1000, false],
  ] as const) {
    it(`${holds ? 'holds at' : 'does not hold after'} its deadline (T16)`, () => {
      const bench = fork(proven)
      const deadline = Math.ceil(bench.now() / 1000)
      const body = decommissionBody(bench, WORKER.id, 'i-1', eli, { deadline })
      bench.wait(deadline * 1000 + late - bench.now())
      if (holds) committed(bench.send(eli, 'machine.decommission', WORKER.id, body, { expects: revision(bench) }))
      else assert.deepEqual(why(bench, eli, body), [physical('act-before-its-deadline', { deadline, late_ms: late })])
    })
  }
})

describe('a signed act', () => {
  const signed = decommissionBody(proven, WORKER.id, 'i-1', eli)

  /** The same signature under something else that it was not given for. */
  function other(
    bench: Bench,
    body: object,
    by: Person = eli,
    machine = WORKER.id,
    expects = revision(bench, machine),
  ) {
    const found = why(bench, by, body, machine, expects).find(({ constraint }) => constraint === 'signed-by-the-wallet')
    assert.ok(found !== undefined, 'the signature was taken')
    return found.params
  }

  it('counts for no other machine', () => {
    const bench = fork(proven)
    accused(bench, 'i-2', PLANNER.id, cem)
    resolved(bench, 'i-2', ADA, 'upheld')
    assert.ok('recovered' in other(bench, signed, eli, PLANNER.id))
  })

  it('counts for no other revision, although nothing else is different', () => {
    const bench = fork(proven)
    const key = { key: 'ab'.repeat(32), not_after: formatTimestamp(millis(bench.now() + DAY)) }
    committed(bench.send(cem, 'machine.add_key', WORKER.id, key))
    assert.ok('recovered' in other(bench, signed))
    const late = why(bench, eli, signed, WORKER.id, revision(proven))
    assert.equal(late[0]?.constraint, 'subject-at-revision')
  })

  it('names its revision', () => {
    const violations = withholds(fork(proven), eli, 'machine.decommission', WORKER.id, signed)
    assert.equal(violations[0]?.constraint, 'irreversible-names-its-revision')
  })

  it('counts for no other incident and no other reason', () => {
    for (const change of [{ incident: 'i-9' }, { reason: 'Another reason.' }]) {
      assert.ok('recovered' in other(fork(proven), { ...signed, ...change }))
    }
  })

  it('counts for no other deadline', () => {
    const act = { ...signed.act, deadline: signed.act.deadline + 1 }
    assert.ok('recovered' in other(fork(proven), { ...signed, act }))
  })

  it('counts in no other deployment', () => {
    const deployment = `0x${'0'.repeat(64)}`
    assert.ok('recovered' in other(fork(proven), decommissionBody(proven, WORKER.id, 'i-1', eli, { deployment })))
  })

  it('is nobody’s but the sender’s wallet’s', () => {
    assert.deepEqual(other(fork(proven), signed, NOOR), { signer: eli.wallet, wallet: NOOR.wallet })
    const byAnother = decommissionBody(proven, WORKER.id, 'i-1', eli, {}, NOOR)
    assert.deepEqual(other(fork(proven), byAnother), { recovered: NOOR.wallet })
  })

  it('is spent once: the same envelope again is the same answer', () => {
    const bench = fork(proven)
    const envelope = bench.envelope(eli, 'machine.decommission', WORKER.id, signed, { expects: revision(bench) })
    assert.equal(bench.give(envelope).kind, 'entry')
    assert.equal(bench.give(envelope).kind, 'repeated')
  })

  for (const length of [0, 64, 66, 200]) {
    it(`of a contract account is refused with a word that says so (${length} bytes)`, () => {
      const act = { ...signed.act, signature: `0x${'ab'.repeat(length)}` }
      assert.deepEqual(other(fork(proven), { ...signed, act }), { code: 'contract-account-unsupported' })
    })
  }

  it('has one spelling: the mirrored signature and capitals are none', () => {
    const upper = { ...signed, act: { ...signed.act, signature: signed.act.signature.toUpperCase() } }
    assert.throws(() => fork(proven).send(eli, 'machine.decommission', WORKER.id, upper), /field-pattern/)
    const zero = { ...signed, act: { ...signed.act, signature: `0x${'00'.repeat(64)}1b` } }
    assert.deepEqual(other(fork(proven), zero), { code: 'wallet-signature-range' })
  })
})

const base = founded()

describe('malice', () => {
  function whyWith(bench: Bench, incident: string) {
    return why(bench, eli, decommissionBody(bench, WORKER.id, incident, eli))
  }

  it('is not proven by an incident that there is not, nor by a prototype’s name', () => {
    for (const incident of ['i-0', '__proto__', 'constructor', WORKER.id]) {
      assert.deepEqual(whyWith(fork(base), incident), [operational('malice-is-proven', { incident, status: 'none' })])
    }
  })

  it('is not proven while the incident is open: its subject is not even stable', () => {
    const bench = fork(base)
    accused(bench, 'i-1', WORKER.id, bea)
    assert.deepEqual(whyWith(bench, 'i-1'), [
      operational('subject-is-stable', { open: 'incident', id: 'i-1' }),
      operational('malice-is-proven', { incident: 'i-1', status: 'open' }),
    ])
  })

  it('is not proven by a dismissed one', () => {
    const bench = fork(base)
    accused(bench, 'i-1', WORKER.id, bea)
    resolved(bench, 'i-1', dao, 'dismissed')
    assert.deepEqual(whyWith(bench, 'i-1'), [operational('malice-is-proven', { incident: 'i-1', status: 'dismissed' })])
  })

  it('is not proven by a severe finding that is no misconduct', () => {
    const bench = fork(base)
    accused(bench, 'i-1', WORKER.id, bea, { kind: 'red-team-finding' })
    resolved(bench, 'i-1', dao, 'upheld')
    assert.deepEqual(whyWith(bench, 'i-1'), [
      operational('malice-is-proven', { incident: 'i-1', kind: 'red-team-finding', severity: 'severe' }),
    ])
  })

  it('of another is not its', () => {
    const bench = fork(base)
    accused(bench, 'i-1', PLANNER.id, cem, { concerns: [PLANNER.id, WORKER.id] })
    resolved(bench, 'i-1', ADA, 'upheld')
    assert.deepEqual(whyWith(bench, 'i-1'), [operational('malice-is-proven', { incident: 'i-1', accused: PLANNER.id })])
  })

  it('waits while another incident about the machine is open, and while the chain is behind', () => {
    const bench = fork(proven)
    accused(bench, 'i-2', WORKER.id, dao, { kind: 'collusion' })
    assert.deepEqual(why(bench, eli, decommissionBody(bench, WORKER.id, 'i-1', eli)), [
      operational('subject-is-stable', { open: 'incident', id: 'i-2' }),
    ])
    const late = fork(proven)
    late.wait(HOUR)
    assert.deepEqual(why(late, eli, decommissionBody(late, WORKER.id, 'i-1', eli)), [
      operational('commitments-are-fresh', { overdue_epoch: late.state.epochs.current }),
    ])
  })
})

describe('a decommissioned machine', () => {
  it('gains nothing, were its work restored and its trust not at zero', () => {
    const bench = fork(base)
    setTrust(bench, WORKER.id, 900_000)
    accused(bench, 'i-1', WORKER.id, bea)
    resolved(bench, 'i-1', dao, 'upheld')
    const proof = { mission: 'm-1', task: 't-1', role: 'worker', actor: WORKER.id, gain: 5, applied: 5 } as const
    bench.state.trust.proofs.set('m-1', [{ ...proof, withdrawn: true } as never])
    const given = () => {
      const { state } = bench
      const entry = { state, world: worldOf(state), at: bench.now(), seq: state.books.next, soFar: [] }
      const restored = {
        event_type: 'mission.restored',
        subject: 'm-1',
        data: { attempt: 1, appeal: 'a-1', of: 'a-0' },
      } as const
      return withdrawProofs(restored, entry)[0]?.data['applied']
    }
    assert.equal(given(), 5)
    beyondAppeal(bench)
    decommission(bench, eli)
    assert.equal(given(), 0)
  })
})

describe('a finding that can still be appealed', () => {
  it('retires nobody, to the last moment of the time to appeal', () => {
    const bench = fork(fresh)
    const until = formatTimestamp(millis(contestableUntil))
    const open = [operational('finding-is-beyond-appeal', { decision: finding!, until })]
    assert.deepEqual(why(bench, eli, decommissionBody(bench, WORKER.id, 'i-1', eli)), open)
    bench.wait(contestableUntil - bench.now())
    const last = why(bench, eli, decommissionBody(bench, WORKER.id, 'i-1', eli))
    assert.equal(last.at(-1)?.constraint, 'finding-is-beyond-appeal')
    bench.wait(1)
    const after = why(bench, eli, decommissionBody(bench, WORKER.id, 'i-1', eli))
    assert.equal(
      after.some(({ constraint }) => constraint === 'finding-is-beyond-appeal'),
      false,
    )
  })
})

describe('a finding that is appealed', () => {
  it('retires nobody while the appeal runs, were the accused among the subjects or not', () => {
    for (const concerns of [[WORKER.id], [PLANNER.id]]) {
      const bench = fork(base)
      accused(bench, 'i-1', WORKER.id, bea, { concerns })
      const upheld = bench.send(ADA, 'incident.resolve', 'i-1', { resolution: 'upheld', reason: 'I looked.' })
      committed(filed(bench, cem, 'a-1', eventOf(upheld, 'governance.incident_resolved')))
      assert.deepEqual(why(bench, eli, decommissionBody(bench, WORKER.id, 'i-1', eli)), [
        operational('subject-is-stable', { open: 'appeal', id: 'a-1' }),
      ])
    }
  })
})

describe('a mission of a decommissioned machine', () => {
  it('stands still where its hand would be needed', () => {
    const bench = founded()
    started(bench, 'm-1')
    accused(bench, 'i-1', WORKER.id, bea)
    resolved(bench, 'i-1', dao, 'upheld')
    beyondAppeal(bench)
    decommission(bench, eli)
    const envelope = bench.envelope(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1') })
    assert.equal(refuses(bench, envelope).code, 'key-revoked')
  })
})
