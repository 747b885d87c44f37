/** One system under several identities falls with all of them, whichever was registered first (spec 4.5; I-05, D-23). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatTimestamp, millis } from '../../../../protocol/wire/time.ts'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { closeEpoch, publishAll, seatedFor, underReview } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  accused,
  applied,
  DAY,
  decommissionBody,
  failedBefore,
  HOUR,
  lifeOf,
  machineIn,
  registration,
  resolved,
  setTrust,
  signedBy,
  toZero,
} from '../../../support/law/lives.ts'
import {
  ADA,
  fingerprintOf,
  machine,
  NOOR,
  OPERATORS,
  REVIEWERS,
  WORKER,
  type MachineFacts,
} from '../../../support/law/people.ts'
import { told } from '../../../support/law/trust.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const [bea, cem, dao, eli] = OPERATORS

function register(bench: Bench, one: MachineFacts, change: object = {}): void {
  committed(bench.send(one.operator, 'machine.register', one.id, registration(bench, one, change)))
}

/** Same operator and model as worker-1; the same model elsewhere; another model of the same operator. */
const TWIN = machine('worker-2', cem, WORKER.family, WORKER.method, true)
const ELSEWHERE = machine('worker-3', bea, WORKER.family, WORKER.method, true)
const UNLIKE = machine('worker-4', cem, 'another-model', WORKER.method, true)

const base = founded()
register(base, TWIN)
register(base, ELSEWHERE)
register(base, UNLIKE)

const statusOf = (bench: Bench, { id }: { id: string }) => machineIn(bench, id).life.status

describe('a twin that was registered beforehand', () => {
  it('goes into quarantine in the entry that quarantines its kin, with nothing left, by the name of lineage', () => {
    const bench = fork(base)
    const from = bench.texts.length
    toZero(bench, WORKER.id)
    const quarantined = told(bench, 'trust.machine_quarantined', from)
    const zero_since = formatTimestamp(lifeOf(bench, WORKER.id, 'quarantined').zeroSince)
    assert.deepEqual(
      quarantined.map(({ subject, data }) => [subject, data]),
      [
        [WORKER.id, { cause: 'zero-trust', zero_since }],
        [TWIN.id, { cause: 'lineage', zero_since }],
      ],
    )
    assert.equal(trustOf(bench.state.trust, TWIN.id), 0)
    const change = told(bench, 'trust.changed', from).find(({ subject }) => subject === TWIN.id)
    assert.deepEqual([change!.data.cause, change!.data.to], ['lineage', 0])
  })

  it('is as well off as an identity that is registered afterwards, and no better', () => {
    const bench = fork(base)
    failedBefore(bench, WORKER.id, DAY)
    toZero(bench, WORKER.id)
    const after = machine('worker-5', cem, WORKER.family, WORKER.method, true)
    register(bench, after)
    const seen = [TWIN, after].map(({ id }) => {
      const { extended, failures } = machineIn(bench, id)
      return { extended, failures, zeroSince: lifeOf(bench, id, 'quarantined').zeroSince }
    })
    assert.deepEqual(seen[0], seen[1])
    assert.equal(seen[0]!.failures.length, 1)
  })

  it('falls the other way round too: the first with the second', () => {
    const bench = fork(base)
    toZero(bench, TWIN.id)
    assert.deepEqual(
      [WORKER, TWIN, ELSEWHERE, UNLIKE].map((one) => statusOf(bench, one)),
      ['quarantined', 'quarantined', 'active', 'active'],
    )
  })

  it('comes back by its own re-certification, on probation twice as long', () => {
    const bench = fork(base)
    toZero(bench, WORKER.id)
    signedBy(bench, TWIN, applied(bench, TWIN), ADA, NOOR, bea, dao, eli)
    assert.equal(lifeOf(bench, TWIN.id, 'probation').needed, 200)
    assert.equal(statusOf(bench, WORKER), 'quarantined')
  })

  it('loses its seats', () => {
    const bench = founded()
    const [seat] = underReview(bench, 'm-1')
    const reviewer = REVIEWERS.find(({ id }) => id === seat!.id)!
    const twin = machine('twin-of-it', reviewer.operator, reviewer.family, reviewer.method, false)
    register(bench, twin, { reviews: false })
    toZero(bench, twin.id)
    assert.equal(statusOf(bench, reviewer), 'quarantined')
    assert.ok(!seatedFor(bench, 'm-1').some(({ id }) => id === reviewer.id))
    assert.ok(worldOf(bench.state).unfit('R0').has(reviewer.id))
  })
})

describe('a lineage that was declared', () => {
  it('binds who declares it, and not the one that it names', () => {
    const heir = machine('heir-1', bea, 'fine-tuned', WORKER.method, true)
    for (const [falls, stands] of [
      [WORKER, undefined],
      [heir, WORKER],
    ] as const) {
      const bench = fork(base)
      register(bench, heir, { lineage: [WORKER.id] })
      toZero(bench, falls.id)
      assert.equal(statusOf(bench, heir), 'quarantined')
      if (stands !== undefined) assert.equal(statusOf(bench, stands), 'active')
    }
  })

  it('leads along the whole line, each identity once', () => {
    const bench = fork(base)
    const [first, second] = [
      machine('heir-1', bea, 'fine-tuned', WORKER.method, true),
      machine('heir-2', dao, 'finer-tuned', WORKER.method, true),
    ]
    register(bench, first, { lineage: [WORKER.id] })
    register(bench, second, { lineage: [first.id] })
    const from = bench.texts.length
    toZero(bench, TWIN.id)
    assert.deepEqual(
      told(bench, 'trust.machine_quarantined', from)
        .map(({ subject }) => subject)
        .toSorted(),
      [first.id, second.id, TWIN.id, WORKER.id].toSorted(),
    )
  })
})

describe('twins that come to zero at once', () => {
  it('are each quarantined once, by their own', () => {
    const bench = fork(base)
    for (const { id } of [WORKER, TWIN]) setTrust(bench, id, 1)
    const from = bench.texts.length
    bench.wait(HOUR)
    committed(closeEpoch(bench))
    assert.deepEqual(
      told(bench, 'trust.machine_quarantined', from).map(({ subject, data }) => [subject, data.cause]),
      [
        [WORKER.id, 'zero-trust'],
        [TWIN.id, 'zero-trust'],
      ],
    )
  })
})

describe('an environment', () => {
  it('that a fallen twin ran in makes the machine that declares it one with the fallen', () => {
    const bench = fork(base)
    toZero(bench, WORKER.id)
    const fingerprint = fingerprintOf(WORKER.family)
    committed(bench.send(cem, 'machine.declare_environment', UNLIKE.id, { fingerprint }))
    assert.equal(statusOf(bench, UNLIKE), 'quarantined')
    assert.deepEqual(machineIn(bench, UNLIKE.id).kin, [WORKER.id, TWIN.id])
  })

  it('that was declared before makes two machines twins from then on', () => {
    const bench = fork(base)
    committed(bench.send(cem, 'machine.declare_environment', UNLIKE.id, { fingerprint: fingerprintOf(WORKER.family) }))
    assert.equal(statusOf(bench, UNLIKE), 'active')
    toZero(bench, WORKER.id)
    assert.equal(statusOf(bench, UNLIKE), 'quarantined')
  })
})

describe('an end for malice', () => {
  it('puts a twin on extended probation, with no more trust than a machine that comes back', () => {
    const bench = fork(base)
    setTrust(bench, WORKER.id, 900_000)
    accused(bench, 'i-1', WORKER.id, bea)
    resolved(bench, 'i-1', dao, 'upheld')
    publishAll(bench)
    assert.equal(statusOf(bench, TWIN), 'active')
    // Found longer ago than an appeal may take: waiting for that would bring all of them to zero by their rest.
    const { decisions } = bench.state.appeals
    for (const [id, decision] of decisions) decisions.set(id, { ...decision, at: millis(decision.at - 15 * DAY) })
    const expects = worldOf(bench.state).revision(WORKER.id)
    const body = decommissionBody(bench, WORKER.id, 'i-1', eli)
    committed(bench.send(eli, 'machine.decommission', WORKER.id, body, { expects }))
    const { needed, done } = lifeOf(bench, TWIN.id, 'probation')
    assert.deepEqual([needed, done], [200, 0])
    assert.equal(trustOf(bench.state.trust, TWIN.id), 300_000)
    assert.equal(statusOf(bench, ELSEWHERE), 'active')
  })
})
