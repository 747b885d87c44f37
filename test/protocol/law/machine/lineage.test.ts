/** A new identity sheds no history (spec 4.5; I-05, D-23). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  applied,
  DAY,
  failedBefore,
  HOUR,
  lifeOf,
  machineIn,
  registration,
  setTrust,
  signedBy,
  toZero,
  zeroFor,
} from '../../../support/law/lives.ts'
import { operational, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, fingerprintOf, NOOR, OPERATORS, machine, WORKER, type MachineFacts } from '../../../support/law/people.ts'
import { closeEpoch } from '../../../support/law/flow.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const [bea, cem, dao, eli] = OPERATORS
const FIVE = [ADA, NOOR, bea, dao, eli]
const SAME = fingerprintOf(WORKER.family)

const another = machine('worker-9', cem, 'recompute-ts', 'rule_based_deterministic', true)
const elsewhere = machine('worker-8', bea, 'recompute-ts', 'rule_based_deterministic', true)
const unlike = machine('worker-7', cem, 'another-model', 'rule_based_deterministic', true)

function register(bench: Bench, one: MachineFacts, change: object = {}) {
  return committed(bench.send(one.operator, 'machine.register', one.id, registration(bench, one, change)))
}

function linkOf(events: ReturnType<typeof register>) {
  return events.find(({ event_type }) => event_type === 'trust.lineage_linked')?.data
}

const base = founded()
const fallen = fork(base)
toZero(fallen, WORKER.id)

describe('a new identity of a machine in quarantine', () => {
  for (const [how, one, change, by] of [
    ['the same operator with the same fingerprint', another, {}, 'operator-and-fingerprint'],
    ['another name for the family, the same fingerprint', unlike, { fingerprint: SAME }, 'operator-and-fingerprint'],
    ['a lineage that says so', unlike, { lineage: [WORKER.id] }, 'declared'],
    ['a lineage that says so, by another operator', elsewhere, { lineage: [WORKER.id] }, 'declared'],
  ] as const) {
    it(`is found by ${how}: it is in quarantine, as the one before`, () => {
      const bench = fork(fallen)
      const events = register(bench, one, change)
      assert.deepEqual(linkOf(events), {
        kin: [{ machine: WORKER.id, status: 'quarantined', by }],
        trust: 0,
        extended: true,
        probation_tasks: 200,
        failures: [],
      })
      assert.equal(trustOf(bench.state.trust, one.id), 0)
      assert.equal(lifeOf(bench, one.id, 'quarantined').zeroSince, lifeOf(bench, WORKER.id, 'quarantined').zeroSince)
    })
  }

  it('is not somebody else’s machine of the same model', () => {
    const bench = fork(fallen)
    assert.equal(linkOf(register(bench, elsewhere)), undefined)
    assert.deepEqual(machineIn(bench, elsewhere.id).life, { status: 'active' })
  })

  it('is not another model of the same operator', () => {
    assert.equal(linkOf(register(fork(fallen), unlike)), undefined)
  })

  it('does not bring the key of the one before, nor does anybody else', () => {
    for (const [operator, one] of [
      [cem, another],
      [bea, elsewhere],
    ] as const) {
      const stolen = registration(fallen, one, { key: WORKER.key })
      assert.deepEqual(withholds(fork(fallen), operator, 'machine.register', one.id, stolen), [
        responsibility('key-is-new', { key: WORKER.key, holder: WORKER.id }),
      ])
    }
  })

  it('needs the five signatures too, and then the extended probation', () => {
    const bench = fork(fallen)
    register(bench, another)
    signedBy(bench, another, applied(bench, another), ...FIVE)
    assert.equal(lifeOf(bench, another.id, 'probation').needed, 200)
    assert.equal(trustOf(bench.state.trust, another.id), 300_000)
  })

  it('has the failures of the one before, and its limit', () => {
    const bench = fork(fallen)
    failedBefore(bench, WORKER.id, 3 * DAY, DAY)
    zeroFor(bench, WORKER.id, 180 * DAY - 60_000)
    register(bench, another)
    assert.deepEqual(machineIn(bench, another.id).failures, machineIn(bench, WORKER.id).failures)
    committed(closeEpoch(bench))
    lifeOf(bench, another.id, 'decommissioned')
  })

  it('is linked to those before its own lineage too', () => {
    const bench = fork(fallen)
    register(bench, unlike, { lineage: [WORKER.id] })
    const third = machine('worker-6', bea, 'third-model', 'rule_based_deterministic', true)
    const kin = (linkOf(register(bench, third, { lineage: [unlike.id] })) as { kin: { machine: string }[] }).kin
    assert.deepEqual(
      kin.map((one) => one.machine),
      [WORKER.id, unlike.id],
    )
  })

  it('is found by a fingerprint that the one before only declared', () => {
    const bench = fork(base)
    const declared = fingerprintOf('another-model')
    committed(bench.send(cem, 'machine.declare_environment', WORKER.id, { fingerprint: declared }))
    toZero(bench, WORKER.id)
    assert.notEqual(linkOf(register(bench, unlike)), undefined)
  })
})

describe('a new identity of a decommissioned machine', () => {
  const ended = fork(fallen)
  zeroFor(ended, WORKER.id, 180 * DAY)
  committed(closeEpoch(ended))
  lifeOf(ended, WORKER.id, 'decommissioned')

  it('begins at zero with a limit of its own: there is a way back, and it is the long one', () => {
    const bench = fork(ended)
    const link = linkOf(register(bench, another)) as { extended: boolean }
    assert.equal(link.extended, true)
    assert.equal(lifeOf(bench, another.id, 'quarantined').zeroSince, bench.now())
  })

  it('never has more trust than the one before, nor more than a machine that came back', () => {
    for (const [trust, carried] of [
      [700_000, 300_000],
      [300_001, 300_000],
      [299_999, 299_999],
    ] as const) {
      const bench = fork(ended)
      setTrust(bench, WORKER.id, trust)
      register(bench, another)
      assert.equal(trustOf(bench.state.trust, another.id), carried)
      assert.deepEqual(
        [lifeOf(bench, another.id, 'probation').done, lifeOf(bench, another.id, 'probation').needed],
        [0, 200],
      )
    }
  })
})

describe('a new identity of a machine on probation', () => {
  it('is on the extended one: to begin anew does not make it shorter', () => {
    const bench = fork(fallen)
    signedBy(bench, WORKER, applied(bench, WORKER), ...FIVE)
    register(bench, another)
    assert.equal(lifeOf(bench, another.id, 'probation').needed, 200)
  })

  it('has its failures: coming back did not clear them', () => {
    const bench = fork(fallen)
    failedBefore(bench, WORKER.id, 3 * DAY, DAY)
    signedBy(bench, WORKER, applied(bench, WORKER), ...FIVE)
    register(bench, another)
    assert.equal(machineIn(bench, WORKER.id).failures.length, 2)
    assert.deepEqual(machineIn(bench, another.id).failures, machineIn(bench, WORKER.id).failures)
  })
})

describe('a twin of an active machine', () => {
  it('is active, and as trusted as the least trusted of them at most', () => {
    const bench = fork(base)
    setTrust(bench, WORKER.id, 20_000)
    register(bench, another)
    assert.deepEqual(machineIn(bench, another.id).life, { status: 'active' })
    assert.equal(trustOf(bench.state.trust, another.id), 20_000)
  })

  it('of a trusted machine has the initial trust, not the other’s', () => {
    const bench = fork(base)
    setTrust(bench, WORKER.id, 900_000)
    register(bench, another)
    assert.equal(trustOf(bench.state.trust, another.id), 500_000)
  })
})

describe('a fingerprint', () => {
  for (const fingerprint of [
    '',
    'f'.repeat(64),
    `sha256:${'F'.repeat(64)}`,
    `sha256:${'f'.repeat(63)}`,
    `sha256:${'f'.repeat(64)}\u200B`,
    '__proto__',
    true,
    null,
  ]) {
    it(`has one spelling: not ${JSON.stringify(fingerprint)}`, () => {
      const bench = fork(base)
      assert.throws(
        () => bench.send(cem, 'machine.register', unlike.id, registration(bench, unlike, { fingerprint })),
        /field-/,
      )
    })
  }

  it('is required', () => {
    const bench = fork(base)
    const { fingerprint: _none, ...rest } = registration(bench, unlike)
    assert.throws(() => bench.send(cem, 'machine.register', unlike.id, rest), /field-missing/)
  })
})

describe('a declared environment', () => {
  it('is all the drift there is where it is another, and none where it is the verified one', () => {
    const bench = fork(base)
    for (const [fingerprint, drift_ppm] of [
      [fingerprintOf('later'), 1_000_000],
      [SAME, 0],
    ] as const) {
      const [event] = committed(bench.send(cem, 'machine.declare_environment', WORKER.id, { fingerprint }))
      assert.deepEqual(event?.data, { fingerprint, verified: SAME, drift_ppm })
    }
  })

  it('costs trust at the next close', () => {
    const still = fork(base)
    const drifted = fork(base)
    committed(drifted.send(cem, 'machine.declare_environment', WORKER.id, { fingerprint: fingerprintOf('later') }))
    for (const bench of [still, drifted]) {
      bench.wait(HOUR)
      committed(closeEpoch(bench))
    }
    const { drift } = base.state.founded!.constitution.trust
    assert.equal(trustOf(still.state.trust, WORKER.id) - trustOf(drifted.state.trust, WORKER.id), drift)
  })

  it('S-07: is its operator’s to declare', () => {
    const violations = withholds(fork(base), bea, 'machine.declare_environment', WORKER.id, { fingerprint: SAME })
    assert.deepEqual(
      violations.map(({ constraint }) => constraint),
      ['signed-by-the-operator'],
    )
  })
})

describe('a lineage', () => {
  it('names machines that there are, not people, not prototypes', () => {
    for (const id of ['cem', 'nobody', '__proto__', 'constructor']) {
      assert.deepEqual(
        withholds(fork(base), cem, 'machine.register', unlike.id, registration(base, unlike, { lineage: [id] })),
        [operational('lineage-is-known', { machine: id })],
      )
    }
  })
})
