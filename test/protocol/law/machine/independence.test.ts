/**
 * Signatures of humans about a machine: of several houses, from after what they are about, and counted as they stand
 * (spec 4.5, 4.3; I-05, C-07, S-01).
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatTimestamp, millis } from '../../../../protocol/wire/time.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { closeEpoch, publishAll } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  DAY,
  accused,
  applied,
  decommissionBody,
  examination,
  lifeOf,
  resolved,
  signedBy,
  toZero,
} from '../../../support/law/lives.ts'
import { operational, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, OPERATORS, person, WORKER, type Person } from '../../../support/law/people.ts'
import { inPhase } from '../../../support/law/phase.ts'
import { attest, committed, founded, type Bench } from '../../../support/law/world.ts'

const [bea, cem, dao, eli, fay] = OPERATORS
const MINUTE = 60_000

const base = founded()
toZero(base, WORKER.id)

/** Five humans of that region and house each. */
function house(bench: Bench, name: string, region: string, organization = name): readonly Person[] {
  const members = Array.from({ length: 5 }, (_, i) => person(`${name}-${i}`, region, organization))
  for (const member of members) attest(bench, member)
  return members
}

describe('five signatures', () => {
  for (const [what, same] of [
    ['house', { organizations: 1, regions: 2 }],
    ['region', { organizations: 2, regions: 1 }],
  ] as const) {
    it(`of one ${what} do not bring a machine back; one of another does`, () => {
      const bench = fork(base)
      const members = house(bench, 'ash', 'LATAM')
      const odd = person('odd', what === 'house' ? 'SE' : 'LATAM', what === 'house' ? 'ash' : 'oak')
      attest(bench, odd)
      const application = applied(bench, WORKER)
      const five = signedBy(bench, WORKER, application, ...members.slice(0, 4), odd)
      const { signatures, needed, spread, needed_spread } = five.at(-1)![0]!.data as { [name: string]: unknown }
      assert.deepEqual([signatures, needed, spread, needed_spread], [5, 5, same, { organizations: 2, regions: 2 }])
      lifeOf(bench, WORKER.id, 'quarantined')
      signedBy(bench, WORKER, application, fay)
      lifeOf(bench, WORKER.id, 'probation')
    })
  }

  it('are of as many regions and houses as the phase’s quorum asks for, once there is one', () => {
    const bench = fork(base)
    inPhase(bench, 'G2')
    const application = applied(bench, WORKER)
    const [ash, oak] = [house(bench, 'ash', 'LATAM'), house(bench, 'oak', 'SE')]
    signedBy(bench, WORKER, application, ...ash.slice(0, 3), ...oak.slice(0, 3))
    lifeOf(bench, WORKER.id, 'quarantined')
    signedBy(bench, WORKER, application, fay)
    lifeOf(bench, WORKER.id, 'probation')
  })

  it('are counted again with the close of an epoch: one whose conflict is gone is not stuck', () => {
    const bench = fork(base)
    const application = applied(bench, WORKER)
    signedBy(bench, WORKER, application, ADA, NOOR, bea, dao)
    committed(bench.send(dao, 'identity.declare_conflict', 'dao', { with: 'actor', actor: 'cem' }))
    signedBy(bench, WORKER, application, eli)
    committed(closeEpoch(bench))
    lifeOf(bench, WORKER.id, 'quarantined')
    committed(bench.send(dao, 'identity.withdraw_conflict', 'dao', { with: 'actor', actor: 'cem' }))
    const events = committed(closeEpoch(bench))
    const back = events.find(({ event_type }) => event_type === 'trust.machine_recertified')
    assert.deepEqual(back?.data.signers, ['ada', 'noor', 'bea', 'dao', 'eli'])
    lifeOf(bench, WORKER.id, 'probation')
  })

  it('bring nothing back by time alone while a severe incident is open', () => {
    const bench = fork(base)
    const application = applied(bench, WORKER)
    signedBy(bench, WORKER, application, ADA, NOOR, bea, dao)
    committed(bench.send(dao, 'identity.declare_conflict', 'dao', { with: 'actor', actor: 'cem' }))
    signedBy(bench, WORKER, application, eli)
    committed(bench.send(dao, 'identity.withdraw_conflict', 'dao', { with: 'actor', actor: 'cem' }))
    accused(bench, 'i-1', WORKER.id, fay)
    committed(closeEpoch(bench))
    lifeOf(bench, WORKER.id, 'quarantined')
  })
})

describe('the evidence of an examination', () => {
  const since = lifeOf(base, WORKER.id, 'quarantined').since
  const stamp = (ms: number) => formatTimestamp(millis(ms))
  const brought = (bench: Bench, predicate: { started: string; finished: string }) =>
    withholds(bench, cem, 'machine.recertify', WORKER.id, { evidence: examination(bench, WORKER, { predicate }) })

  it('is from after the quarantine: its very moment is, a millisecond before is not', () => {
    const bench = fork(base)
    bench.wait(MINUTE)
    const finished = stamp(bench.now())
    const early = stamp(since - 1)
    assert.deepEqual(brought(bench, { started: early, finished }), [
      operational('evidence-is-from-after-the-quarantine', { started: early, quarantined: stamp(since) }),
    ])
    const evidence = examination(bench, WORKER, { predicate: { started: stamp(since), finished } })
    committed(bench.send(cem, 'machine.recertify', WORKER.id, { evidence }))
  })

  it('is from after the last quarantine, where there was one before', () => {
    const bench = fork(base)
    signedBy(bench, WORKER, applied(bench, WORKER), ADA, NOOR, bea, dao, eli)
    const between = stamp(bench.now())
    toZero(bench, WORKER.id)
    const [violation] = brought(bench, { started: between, finished: between })
    assert.equal(violation?.constraint, 'evidence-is-from-after-the-quarantine')
  })

  it('is over: it does not end before it begins, nor farther ahead than a clock may be', () => {
    const bench = fork(base)
    bench.wait(MINUTE)
    const now = bench.now()
    for (const [started, finished] of [
      [now, now - 1],
      [now, now + 5 * MINUTE + 1],
    ] as const) {
      const times = { started: stamp(started), finished: stamp(finished) }
      assert.deepEqual(brought(bench, times), [physical('examination-is-over', times)])
    }
    const times = { started: stamp(now), finished: stamp(now + 5 * MINUTE) }
    const evidence = examination(bench, WORKER, { predicate: times })
    committed(bench.send(cem, 'machine.recertify', WORKER.id, { evidence }))
  })
})

describe('a decommission for malice', () => {
  const proven = founded()
  accused(proven, 'i-1', WORKER.id, bea)
  resolved(proven, 'i-1', dao, 'upheld')
  // The time to appeal against the finding passes, and the ledger is on chain again.
  proven.wait(14 * DAY + 1)
  publishAll(proven)

  it('is not signed by whoever found it proven, nor by the house that reported it', () => {
    const bench = fork(proven)
    const colleague = person('bea-two', 'NA', bea.organization)
    attest(bench, colleague)
    const expects = worldOf(bench.state).revision(WORKER.id)
    const why = (by: Person) =>
      withholds(bench, by, 'machine.decommission', WORKER.id, decommissionBody(bench, WORKER.id, 'i-1', by), {
        expects,
      })
    assert.deepEqual(why(dao), [responsibility('signer-is-not-the-resolver', { resolver: 'dao' })])
    assert.deepEqual(why(colleague), [
      responsibility('signer-is-not-the-reporter', { reporter: 'bea', organization: bea.organization }),
    ])
    const body = decommissionBody(bench, WORKER.id, 'i-1', eli)
    committed(bench.send(eli, 'machine.decommission', WORKER.id, body, { expects }))
    lifeOf(bench, WORKER.id, 'decommissioned')
  })
})
