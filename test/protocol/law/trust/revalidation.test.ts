/**
 * A gain that waits, through its whole life in G1 and by commands alone: signed and released, expired and discarded,
 * appealed, fallen with its mission and waiting again (spec 4.3, 3.6; D-07, D-08, D-21).
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Suspension } from '../../../../protocol/law/trust/state.ts'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { CROWD, latest, overturned } from '../../../support/law/appeals.ts'
import { closeEpoch, publishAll } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { operational, physical, withholds } from '../../../support/law/outcomes.ts'
import { withCitizens } from '../../../support/law/panels.ts'
import { ADA, NOOR, OPERATORS, person, WORKER, type Person } from '../../../support/law/people.ts'
import { inPhase } from '../../../support/law/phase.ts'
import { completedTogether, set, told } from '../../../support/law/trust.ts'
import { attest, committed, founded, type Bench } from '../../../support/law/world.ts'

const DAY = 86_400_000
const WINDOW = 14 * DAY
const [, cem] = OPERATORS
const REGIONS = ['EU', 'NA', 'SA'] as const
/** Nine strangers to the work, of four houses and three regions; and seven of one house. */
const JURY = Array.from({ length: 9 }, (_, i) => person(`jury-${i}`, REGIONS[i % 3]!, `house-${i % 4}`))
const CLAN = Array.from({ length: 7 }, (_, i) => person(`clan-${i}`, REGIONS[i % 3]!, 'clan'))
const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD, ...JURY, ...CLAN]

const base = withCitizens(founded(), CROWD)
for (const one of [...JURY, ...CLAN]) attest(base, one)
completedTogether(base, ['m-1', 'm-2', 'm-3'])
const COMPLETED = told(base, 'mission.completed').length
publishAll(base)

/** The same deployment in G1, which begins now, with a jury of high trust. */
function inG1(): Bench {
  const bench = fork(base)
  trusted(bench)
  inPhase(bench, 'G1')
  return bench
}

function trusted(bench: Bench): void {
  for (const one of [...JURY, ...CLAN]) set(bench, one.id, 850_000)
}

function held(bench: Bench): Suspension {
  const found = [...bench.state.trust.suspensions.values()].find(({ actor }) => actor === WORKER.id)
  assert.ok(found !== undefined)
  return found
}

const REASON = { reason: 'I looked at all three pieces of work.' }

function sign(bench: Bench, ...signers: readonly Person[]) {
  const { id } = held(bench)
  return signers.map((one) => committed(bench.send(one, 'trust.revalidate', id, REASON))).at(-1)!
}

it('three missions of high risk were completed in one epoch', () => assert.equal(COMPLETED, 3))

describe('a quorum', () => {
  it('is reached by the seventh signature: trust rises by what waited, and its incident is settled', () => {
    const bench = inG1()
    const { id, amount } = held(bench)
    sign(bench, ...JURY.slice(0, 6))
    assert.equal(held(bench).status, 'waiting')
    const before = trustOf(bench.state.trust, WORKER.id)
    const events = sign(bench, JURY[6]!)
    assert.deepEqual(
      events.map(({ event_type }) => event_type),
      ['trust.revalidation_signed', 'trust.gain_released', 'governance.incident_resolved', 'trust.changed'],
    )
    assert.deepEqual(
      events[1]!.data.signers,
      JURY.slice(0, 7).map((one) => one.id),
    )
    assert.equal(events[1]!.data.phase, 'G1')
    const { decay } = events[3]!.data as { decay: number }
    assert.equal(trustOf(bench.state.trust, WORKER.id), before + amount - decay)
    assert.deepEqual([...(bench.state.incidents.openOn.get(id) ?? [])], [])
    assert.deepEqual(withholds(bench, JURY[7]!, 'trust.revalidate', id, REASON), [
      operational('suspension-still-waits', { status: 'released' }),
    ])
  })

  it('is not reached by seven of one house, nor by one of them twice; an eighth of another house completes it', () => {
    const bench = inG1()
    sign(bench, ...CLAN)
    assert.equal(held(bench).status, 'waiting')
    const [again] = withholds(bench, CLAN[0]!, 'trust.revalidate', held(bench).id, REASON)
    assert.equal(again?.constraint, 'revalidation-is-signed-once')
    sign(bench, JURY[0]!)
    assert.equal(held(bench).status, 'released')
  })

  for (const [what, lose, regain] of [
    [
      'lost their trust',
      (bench: Bench) => set(bench, JURY[2]!.id, 849_999),
      (bench: Bench) => set(bench, JURY[2]!.id, 850_000),
    ],
    [
      'declared a conflict',
      (bench: Bench) => committed(bench.send(JURY[2]!, 'identity.declare_conflict', JURY[2]!.id, PARTY)),
      (bench: Bench) => committed(bench.send(JURY[2]!, 'identity.withdraw_conflict', JURY[2]!.id, PARTY)),
    ],
  ] as const) {
    it(`does not count who ${what} since they signed, and is not stuck when they stand right again`, () => {
      const bench = inG1()
      sign(bench, ...JURY.slice(0, 6))
      lose(bench)
      sign(bench, JURY[6]!)
      committed(closeEpoch(bench))
      assert.equal(held(bench).status, 'waiting')
      regain(bench)
      const events = committed(closeEpoch(bench))
      const released = events.find(
        ({ event_type, subject }) => event_type === 'trust.gain_released' && subject === held(bench).id,
      )
      assert.deepEqual(
        released?.data.signers,
        JURY.slice(0, 7).map((one) => one.id),
      )
      assert.equal(held(bench).status, 'released')
    })
  }
})

const PARTY = { with: 'actor', actor: WORKER.id }

describe('the window', () => {
  it('is open at its last moment and shut a millisecond later, swept or not', () => {
    const bench = inG1()
    sign(bench, ...JURY.slice(0, 5))
    bench.wait(WINDOW)
    trusted(bench)
    sign(bench, JURY[5]!)
    bench.wait(1)
    assert.deepEqual(withholds(bench, JURY[6]!, 'trust.revalidate', held(bench).id, REASON), [
      physical('within-the-revalidation-window', { late_ms: 1 }),
    ])
  })

  it('ends in a discarded gain: nothing moves, the incident is settled, and the beneficiary’s operator may appeal', () => {
    const bench = inG1()
    const { id, amount } = held(bench)
    sign(bench, ...JURY.slice(0, 6))
    bench.wait(WINDOW + 1)
    const from = bench.texts.length
    committed(closeEpoch(bench))
    const discarded = told(bench, 'trust.gain_discarded', from).find(({ subject }) => subject === id)
    assert.deepEqual(discarded?.data, { actor: WORKER.id, amount, reason: 'expired' })
    assert.deepEqual(told(bench, 'trust.changed', from), [])
    assert.deepEqual([held(bench).status, held(bench).discarded], ['discarded', 'expired'])
    assert.equal(bench.state.incidents.openOn.has(id), false)
    const before = trustOf(bench.state.trust, WORKER.id)
    const first = overturned(bench, 'a-1', latest(bench, 'trust.gain_discarded', id), cem, EVERYBODY)
    const change = told(bench, 'trust.changed', from).find(({ subject }) => subject === WORKER.id)
    assert.equal(trustOf(bench.state.trust, WORKER.id), before + amount - (change!.data.decay as number))
    // And back again, should a further appeal find that it was rightly discarded.
    overturned(bench, 'a-2', first, cem, EVERYBODY)
    assert.equal(trustOf(bench.state.trust, WORKER.id), before - (change!.data.decay as number))
    assert.deepEqual([held(bench).status, held(bench).discarded], ['discarded', 'expired'])
  })

  it('does not release at its end what became complete only after it', () => {
    const bench = inG1()
    sign(bench, ...JURY.slice(0, 6))
    set(bench, JURY[0]!.id, 849_999)
    sign(bench, JURY[6]!)
    bench.wait(WINDOW + 1)
    trusted(bench)
    committed(closeEpoch(bench))
    assert.equal(held(bench).status, 'discarded')
  })
})

describe('what falls with its mission', () => {
  it('takes no signature while it lies, and none of before when it waits again', () => {
    const bench = inG1()
    const { id, mission } = held(bench)
    sign(bench, ...JURY.slice(0, 6))
    const first = overturned(bench, 'a-1', latest(bench, 'mission.completed', mission), cem, EVERYBODY)
    assert.deepEqual(withholds(bench, JURY[6]!, 'trust.revalidate', id, REASON), [
      operational('suspension-still-waits', { status: 'discarded' }),
    ])
    committed(closeEpoch(bench))
    assert.equal(held(bench).discarded, 'withdrawn')
    overturned(bench, 'a-2', first, NOOR, EVERYBODY)
    trusted(bench)
    sign(bench, JURY[6]!)
    assert.deepEqual([held(bench).status, held(bench).signatures.length], ['waiting', 1])
    sign(bench, ...JURY.slice(0, 6))
    assert.equal(held(bench).status, 'released')
  })

  it('has a whole window again, and can expire in it: that, and not its fall, is what an appeal overturns', () => {
    const bench = inG1()
    const { id, mission } = held(bench)
    const first = overturned(bench, 'a-1', latest(bench, 'mission.completed', mission), cem, EVERYBODY)
    overturned(bench, 'a-2', first, NOOR, EVERYBODY)
    const since = held(bench).at
    bench.wait(since + WINDOW - bench.now() - 60_000)
    committed(closeEpoch(bench))
    assert.equal(held(bench).status, 'waiting')
    committed(closeEpoch(bench))
    assert.deepEqual([held(bench).status, held(bench).discarded], ['discarded', 'expired'])
    overturned(bench, 'a-3', latest(bench, 'trust.gain_discarded', id), cem, EVERYBODY)
    assert.equal(held(bench).status, 'released')
  })
})
