/** The way back (spec 4.5; I-05, C-07): results, evidence, five independent humans, probation. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encode } from '../../../../protocol/wire/canonical-json.ts'
import { hex } from '../../../../protocol/wire/bytes.ts'
import { digest } from '../../../../protocol/wire/sha256.ts'
import { formatTimestamp, millis } from '../../../../protocol/wire/time.ts'
import { artifactsOf } from '../../../../protocol/law/artifacts.ts'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { closeEpoch } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  accused,
  applied,
  DAY,
  examination,
  failedBefore,
  GOOD,
  lifeOf,
  machineIn,
  SCORES,
  setTrust,
  signedBy,
  toZero,
  zeroFor,
} from '../../../support/law/lives.ts'
import { operational, ownership, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import {
  ADA,
  fingerprintOf,
  NOOR,
  machine,
  OPERATORS,
  person,
  PLANNER,
  signerOf,
  WORKER,
} from '../../../support/law/people.ts'
import { attest, bindingOf, committed, founded, type Bench } from '../../../support/law/world.ts'

const [bea, cem, dao, eli, fay] = OPERATORS
const FIVE = [ADA, NOOR, bea, dao, eli]
const WINDOW = 14 * DAY

/** Bea runs now what Cem ran before. */
const HEIR = machine('worker-8', bea, 'recompute-ts', 'rule_based_deterministic', true)

const base = founded()
toZero(base, WORKER.id)
const waiting = fork(base)
const application = applied(waiting, WORKER)

function sign(bench: Bench, human = fay, over = application) {
  return withholds(bench, human, 'machine.sign_recertification', WORKER.id, { application: over })
}

/** The window is the constitution's for revalidations; the tests below name it in days. */
it('an application may be signed as long as a revalidation', () => {
  assert.equal(waiting.state.founded?.constitution.reviews.revalidationMs, WINDOW)
  assert.equal(lifeOf(waiting, WORKER.id, 'quarantined').application?.signBy, waiting.now() + WINDOW)
})

describe('an application', () => {
  it('names what the humans will sign: the digest of the evidence envelope', () => {
    const bench = fork(base)
    const evidence = examination(bench, WORKER)
    const events = committed(bench.send(cem, 'machine.recertify', WORKER.id, { evidence }))
    assert.deepEqual(
      events.map(({ event_type, data }) => [event_type, data]),
      [
        [
          'trust.recertification_applied',
          {
            application: digest(encode(evidence)),
            results: GOOD,
            fingerprint: fingerprintOf(WORKER.family),
            operator: 'cem',
            sign_by: formatTimestamp(millis(bench.now() + WINDOW)),
          },
        ],
      ],
    )
  })

  it('rests on bytes that must lie in the store', () => {
    const bench = fork(base)
    const evidence = examination(bench, WORKER)
    const command = bench.admit(bench.envelope(cem, 'machine.recertify', WORKER.id, { evidence }))
    assert.deepEqual(artifactsOf(command), [SCORES])
  })

  it('S-07: is the operator’s to make, nobody else’s', () => {
    for (const other of [bea, ADA]) {
      const evidence = examination(base, WORKER, { by: other, predicate: { operator: other.id } })
      assert.deepEqual(withholds(fork(base), other, 'machine.recertify', WORKER.id, { evidence }), [
        ownership('signed-by-the-operator', { operator: 'cem' }),
      ])
    }
  })

  it('is not the machine’s own to make', () => {
    const evidence = examination(base, WORKER)
    assert.deepEqual(
      withholds(fork(base), WORKER, 'machine.recertify', WORKER.id, { evidence })[0],
      responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' }),
    )
  })

  it('is of a machine in quarantine', () => {
    const evidence = examination(base, PLANNER)
    assert.deepEqual(withholds(fork(base), bea, 'machine.recertify', PLANNER.id, { evidence }), [
      operational('machine-is-in-quarantine', { status: 'active' }),
    ])
  })

  it('is one at a time', () => {
    const evidence = examination(waiting, WORKER, { results: { correctness_ppm: 960_000 } })
    assert.deepEqual(withholds(fork(waiting), cem, 'machine.recertify', WORKER.id, { evidence }), [
      operational('no-application-waits', { application }),
    ])
  })

  it('is of this machine, by this operator', () => {
    for (const predicate of [{ machine: 'planner-1' }, { operator: 'bea' }]) {
      const evidence = examination(base, WORKER, { predicate })
      assert.deepEqual(withholds(fork(base), cem, 'machine.recertify', WORKER.id, { evidence }), [
        operational('evidence-is-of-this-machine', predicate),
      ])
    }
  })

  it('has evidence that was signed by a key that still signs', () => {
    const bench = fork(base)
    const signer = signerOf('cem second')
    const end = millis(Math.floor((bench.now() + DAY) / 1000) * 1000)
    const key = hex(signer.publicKey)
    const body = { key, purpose: 'cli', not_after: formatTimestamp(end), binding: bindingOf(cem, key, 'cli', end) }
    committed(bench.send(cem, 'identity.bind_key', 'cem', body))
    const evidence = examination(bench, WORKER, { by: { ...cem, signer } })
    committed(fork(bench).send(cem, 'machine.recertify', WORKER.id, { evidence }))
    committed(bench.send(cem, 'identity.revoke_key', 'cem', { key }))
    assert.deepEqual(withholds(bench, cem, 'machine.recertify', WORKER.id, { evidence }), [
      responsibility('evidence-is-signed-by-the-operator', {
        key_id: evidence.signatures[0]!.keyid,
        standing: 'revoked',
      }),
    ])
  })

  it('has evidence that the operator signed, by a key of theirs', () => {
    const forged = { ...examination(base, WORKER), payloadType: 'application/vnd.in-toto+json' }
    const signatures = [{ ...forged.signatures[0]!, sig: examination(base, PLANNER).signatures[0]!.sig }]
    assert.deepEqual(
      withholds(fork(base), cem, 'machine.recertify', WORKER.id, { evidence: { ...forged, signatures } }),
      [responsibility('evidence-is-signed-by-the-operator', { signature: 'invalid' })],
    )
    const strange = examination(base, WORKER, { by: bea })
    const [violation] = withholds(fork(base), cem, 'machine.recertify', WORKER.id, { evidence: strange })
    assert.equal(violation?.constraint, 'evidence-is-signed-by-the-operator')
  })

  for (const [what, results] of [
    ['a string', { correctness_ppm: '960000' }],
    ['true', { correctness_ppm: true }],
    ['a share of one', { correctness_ppm: 0.96 }],
    ['more than all', { correctness_ppm: 1_000_001 }],
    ['less than nothing', { severe_errors_ppm: -1 }],
    ['a field more', { bonus: 1 }],
  ] as const) {
    it(`has results that are integers in millionths: not ${what}`, () => {
      const evidence = examination(base, WORKER, { results })
      const [violation] = withholds(fork(base), cem, 'machine.recertify', WORKER.id, { evidence })
      assert.equal(violation?.constraint, 'evidence-is-well-formed')
    })
  }

  it('does not come while a severe incident about the machine is open', () => {
    const bench = fork(base)
    accused(bench, 'i-1', WORKER.id, bea)
    const evidence = examination(bench, WORKER)
    assert.deepEqual(withholds(bench, cem, 'machine.recertify', WORKER.id, { evidence }), [
      operational('no-severe-incident', { incident: 'i-1' }),
    ])
  })

  for (const [results, suffices] of [
    [{}, true],
    [{ correctness_ppm: 949_999 }, false],
    [{ severe_errors_ppm: 5_001 }, false],
    [{ reproducibility_ppm: 989_999 }, false],
    [{ correctness_ppm: 1_000_000, severe_errors_ppm: 0, reproducibility_ppm: 1_000_000 }, true],
  ] as const) {
    it(`with ${JSON.stringify(results)} ${suffices ? 'waits for signatures' : 'has failed, and counts'}`, () => {
      const bench = fork(base)
      const evidence = examination(bench, WORKER, { results })
      const events = committed(bench.send(cem, 'machine.recertify', WORKER.id, { evidence }))
      const life = lifeOf(bench, WORKER.id, 'quarantined')
      assert.equal(life.application !== undefined, suffices)
      assert.deepEqual(machineIn(bench, WORKER.id).failures, suffices ? [] : [bench.now()])
      assert.equal(events.length, suffices ? 1 : 2)
    })
  }

  it('that failed is not made again with the same evidence', () => {
    const bench = fork(base)
    const evidence = examination(bench, WORKER, { results: { correctness_ppm: 0 } })
    committed(bench.send(cem, 'machine.recertify', WORKER.id, { evidence }))
    assert.deepEqual(withholds(bench, cem, 'machine.recertify', WORKER.id, { evidence }), [
      operational('evidence-is-new', { evidence: digest(encode(evidence)) }),
    ])
  })
})

describe('a signature', () => {
  it('of a human who declared a conflict after it counts no longer, and another makes five', () => {
    const bench = fork(waiting)
    signedBy(bench, WORKER, application, ...FIVE.slice(0, 4))
    committed(bench.send(dao, 'identity.declare_conflict', 'dao', { with: 'actor', actor: 'cem' }))
    const [fourth] = signedBy(bench, WORKER, application, eli)
    assert.equal(fourth?.length, 1)
    assert.equal(fourth[0]?.data['signatures'], 4)
    lifeOf(bench, WORKER.id, 'quarantined')
    const [last] = signedBy(bench, WORKER, application, fay)
    assert.deepEqual(last?.[1]?.data['signers'], ['ada', 'noor', 'bea', 'eli', 'fay'])
    lifeOf(bench, WORKER.id, 'probation')
  })

  it('is not that of who ran an earlier identity, nor of their house, nor in conflict with them', () => {
    const bench = fork(base)
    const colleague = person('cem-two', 'ME', 'birch')
    attest(bench, colleague)
    const registered = {
      model_family: HEIR.family,
      method_type: HEIR.method,
      fingerprint: fingerprintOf(HEIR.family),
      key: HEIR.key,
      key_not_after: formatTimestamp(millis(bench.now() + 30 * DAY)),
      lineage: [WORKER.id],
      reviews: true,
    }
    committed(bench.send(bea, 'machine.register', HEIR.id, registered))
    const over = applied(bench, HEIR)
    committed(bench.send(fay, 'identity.declare_conflict', 'fay', { with: 'actor', actor: 'cem' }))
    for (const [human, part] of [
      [cem, 'operator'],
      [colleague, 'organization'],
      [fay, 'declared conflict'],
    ] as const) {
      assert.deepEqual(withholds(bench, human, 'machine.sign_recertification', HEIR.id, { application: over }), [
        responsibility('signer-is-independent', { signer: human.id, part }),
      ])
    }
    signedBy(bench, HEIR, over, ADA)
  })

  it('is counted up to the fifth, which brings the machine back on probation', () => {
    const bench = fork(waiting)
    const four = signedBy(bench, WORKER, application, ...FIVE.slice(0, 4))
    assert.deepEqual(
      four.map(([event]) => (event!.data as { signatures: number }).signatures),
      [1, 2, 3, 4],
    )
    lifeOf(bench, WORKER.id, 'quarantined')
    const [last] = signedBy(bench, WORKER, application, eli)
    assert.deepEqual(last?.[1]?.data, {
      application,
      signers: FIVE.map(({ id }) => id),
      fingerprint: fingerprintOf(WORKER.family),
      trust: 300_000,
      probation_tasks: 100,
    })
    const { done, needed } = lifeOf(bench, WORKER.id, 'probation')
    assert.deepEqual([done, needed, trustOf(bench.state.trust, WORKER.id)], [0, 100, 300_000])
  })

  it('is one per human, by whatever key they send it', () => {
    const bench = fork(waiting)
    signedBy(bench, WORKER, application, bea)
    const signer = signerOf('bea second')
    const end = millis(Math.floor((bench.now() + DAY) / 1000) * 1000)
    const key = hex(signer.publicKey)
    const body = { key, purpose: 'cli', not_after: formatTimestamp(end), binding: bindingOf(bea, key, 'cli', end) }
    committed(bench.send(bea, 'identity.bind_key', 'bea', body))
    for (const sender of [bea, { id: 'bea', signer }]) {
      const violations = withholds(bench, sender, 'machine.sign_recertification', WORKER.id, { application })
      assert.deepEqual(violations, [responsibility('signer-has-not-signed', { signer: 'bea' })])
    }
  })

  it('is not that of the operator’s house either where the machine was registered for another one', () => {
    const bench = fork(waiting)
    const colleague = person('cem-two', 'ME', 'birch')
    attest(bench, colleague)
    bench.state.machines.set(WORKER.id, { ...machineIn(bench, WORKER.id), organization: 'elsewhere' })
    assert.deepEqual(sign(bench, colleague), [
      responsibility('signer-is-independent', { signer: 'cem-two', part: 'organization' }),
    ])
  })

  it('is not the operator’s, nor of anybody of the operator’s house, whatever id they have', () => {
    const bench = fork(waiting)
    const colleague = person('cem-two', 'ME', 'birch')
    attest(bench, colleague)
    assert.deepEqual(sign(bench, cem), [responsibility('signer-is-independent', { signer: 'cem', part: 'operator' })])
    assert.deepEqual(sign(bench, colleague), [
      responsibility('signer-is-independent', { signer: 'cem-two', part: 'organization' }),
    ])
  })

  it('is not that of a human who declared a conflict with the operator or their house', () => {
    for (const party of [
      { with: 'actor', actor: 'cem' },
      { with: 'actor', actor: WORKER.id },
      { with: 'organization', organization: 'birch' },
    ]) {
      const bench = fork(waiting)
      committed(bench.send(fay, 'identity.declare_conflict', 'fay', party))
      assert.deepEqual(sign(bench), [
        responsibility('signer-is-independent', { signer: 'fay', part: 'declared conflict' }),
      ])
    }
  })

  it('is no machine’s, and no stranger’s', () => {
    const violations = withholds(fork(waiting), PLANNER, 'machine.sign_recertification', WORKER.id, { application })
    assert.deepEqual(violations, [responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' })])
  })

  it('names the application that waits: none is spent on another', () => {
    const bench = fork(base)
    const other = applied(bench, WORKER, { results: { correctness_ppm: 960_000 } })
    assert.notEqual(other, application)
    assert.deepEqual(sign(bench, fay, application), [
      physical('signature-names-the-application', { application, waits: other }),
    ])
  })

  it('of one machine is none of another’s, and its envelope sent twice is one signature', () => {
    const bench = fork(waiting)
    toZero(bench, PLANNER.id)
    const others = applied(bench, PLANNER)
    const envelope = bench.envelope(fay, 'machine.sign_recertification', WORKER.id, { application })
    const first = bench.give(envelope)
    const again = bench.give(envelope)
    assert.ok(first.kind === 'entry' && again.kind === 'repeated')
    assert.equal(lifeOf(bench, WORKER.id, 'quarantined').application?.signers.length, 1)
    assert.deepEqual(withholds(bench, fay, 'machine.sign_recertification', PLANNER.id, { application }), [
      physical('signature-names-the-application', { application, waits: others }),
    ])
  })

  it('needs an application', () => {
    assert.deepEqual(sign(fork(base)), [operational('application-waits', { application: 'none' })])
  })

  for (const [late, counts] of [
    [0, true],
    [1, false],
  ] as const) {
    it(`${counts ? 'counts at the last moment' : 'does not count a millisecond later, swept or not'} (T16)`, () => {
      const bench = fork(waiting)
      bench.wait(WINDOW + late)
      if (counts) signedBy(bench, WORKER, application, fay)
      else assert.deepEqual(sign(bench), [physical('within-the-window-for-signatures', { late_ms: 1 })])
    })
  }
})

describe('an application that nobody signed in time', () => {
  it('has failed at the next close of an epoch', () => {
    const bench = fork(waiting)
    bench.wait(WINDOW)
    const events = committed(closeEpoch(bench))
    const failed = events.find(({ event_type }) => event_type === 'trust.recertification_failed')
    assert.deepEqual(failed?.data, { application, reason: 'not-signed-in-time', failed_in_window: 1 })
    assert.deepEqual(machineIn(bench, WORKER.id).failures, [bench.now()])
    assert.equal(lifeOf(bench, WORKER.id, 'quarantined').application, undefined)
  })

  it('is not swept before its window has passed', () => {
    const bench = fork(waiting)
    bench.wait(WINDOW - 60_000)
    committed(closeEpoch(bench))
    assert.notEqual(lifeOf(bench, WORKER.id, 'quarantined').application, undefined)
  })
})

describe('three failed re-certifications within 180 days', () => {
  function fail(bench: Bench) {
    const evidence = examination(bench, WORKER, { results: { correctness_ppm: 0 } })
    return committed(bench.send(cem, 'machine.recertify', WORKER.id, { evidence }))
  }

  for (const [ago, ends] of [
    [180 * DAY - 1, true],
    [180 * DAY, true],
    [180 * DAY + 1, false],
  ] as const) {
    it(`${ends ? 'end' : 'do not end'} a machine whose first was ${ago} ms ago (T16)`, () => {
      const bench = fork(base)
      failedBefore(bench, WORKER.id, ago, DAY)
      const events = fail(bench)
      const last = events.find(({ event_type }) => event_type === 'trust.machine_decommissioned')
      assert.equal(last !== undefined, ends)
      if (ends) {
        assert.deepEqual(last!.data, {
          cause: 'failed-recertifications',
          anchor: 'at-once',
          incident: null,
          act: null,
        })
      }
    })
  }

  it('are three: two leave it where it is', () => {
    const bench = fork(base)
    failedBefore(bench, WORKER.id, DAY)
    fail(bench)
    lifeOf(bench, WORKER.id, 'quarantined')
  })

  it('count those that nobody signed, by time alone', () => {
    const bench = fork(waiting)
    failedBefore(bench, WORKER.id, 2 * DAY, DAY)
    bench.wait(WINDOW + 1)
    committed(closeEpoch(bench))
    lifeOf(bench, WORKER.id, 'decommissioned')
  })
})

describe('180 days at zero without success', () => {
  for (const [days, ends] of [
    [180 * DAY - 60_001, false],
    [180 * DAY - 60_000, true],
    [180 * DAY, true],
  ] as const) {
    it(`${ends ? 'end' : 'do not end'} a machine after ${days + 60_000} ms, by time alone (T16, D-26)`, () => {
      const bench = fork(base)
      zeroFor(bench, WORKER.id, days)
      const events = committed(closeEpoch(bench))
      const last = events.find(({ event_type }) => event_type === 'trust.machine_decommissioned')
      assert.equal((last?.data as { cause?: string } | undefined)?.cause, ends ? 'zero-trust' : undefined)
    })
  }

  it('withhold an application and a signature before the close has come', () => {
    const bench = fork(waiting)
    zeroFor(bench, WORKER.id, 180 * DAY)
    const limit = physical('limit-at-zero-has-not-come', { limit_ms: 180 * DAY })
    assert.deepEqual(sign(bench), [limit])
    const late = fork(base)
    zeroFor(late, WORKER.id, 180 * DAY)
    const evidence = examination(late, WORKER)
    assert.deepEqual(withholds(late, cem, 'machine.recertify', WORKER.id, { evidence }), [limit])
    zeroFor(late, WORKER.id, 180 * DAY - 1)
    committed(late.send(cem, 'machine.recertify', WORKER.id, { evidence }))
  })

  it('begin anew after a success', () => {
    const bench = fork(waiting)
    zeroFor(bench, WORKER.id, 179 * DAY)
    signedBy(bench, WORKER, application, ...FIVE)
    setTrust(bench, WORKER.id, 1)
    bench.wait(3_600_000)
    committed(closeEpoch(bench))
    assert.equal(lifeOf(bench, WORKER.id, 'quarantined').zeroSince, bench.now())
  })
})
