/**
 * A rise that is too fast waits for humans (spec 4.3; C-08, D-07, D-08, D-21): in G0 for ever, in G1 for seven of two
 * regions and two organizations, with nobody standing in for them.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { revalidation, revalidationEnds } from '../../../../protocol/law/trust/rules/quorum.ts'
import { expired, released } from '../../../../protocol/law/processes/release-gain.ts'
import type { Suspension } from '../../../../protocol/law/trust/state.ts'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { millis } from '../../../../protocol/wire/time.ts'
import { fork } from '../../../support/law/fork.ts'
import { closeEpoch, publishAll } from '../../../support/law/flow.ts'
import { withholds, operational, responsibility } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, OPERATORS, person, WORKER } from '../../../support/law/people.ts'
import { completedTogether, highRiskCompleted, next, set, told } from '../../../support/law/trust.ts'
import { attest, committed, founded, type Bench } from '../../../support/law/world.ts'

const DAY = 86_400_000
const base = founded()
completedTogether(base, ['m-1', 'm-2', 'm-3'])
const from = base.texts.length
publishAll(base)

/** The worker's suspension. */
function suspended(bench: Bench): Suspension {
  const found = [...bench.state.trust.suspensions.values()].find(({ actor }) => actor === WORKER.id)
  assert.ok(found !== undefined)
  return found
}

describe('three proofs of high-risk work in one epoch', () => {
  const changes = told(base, 'trust.changed', from).filter(({ subject }) => subject === WORKER.id)
  const [first, second, third] = told(base, 'trust.proof_minted', from).filter(
    ({ subject, data }) => subject === WORKER.id && data.role === 'worker',
  )

  it('move trust twice; the third, which would exceed delta_fast, waits', () => {
    assert.deepEqual(
      [first, second, third].map((proof) => (proof!.data.held as number) > 0),
      [false, false, true],
    )
    assert.equal(third!.data.applied, 0)
    const rises = changes.reduce((sum, { data }) => sum + Math.max(0, (data.to as number) - (data.from as number)), 0)
    assert.ok(rises <= 20_000 && rises + (third!.data.held as number) > 20_000)
    assert.equal(trustOf(base.state.trust, WORKER.id), changes.at(-1)!.data.to)
  })

  it('leave a suspension that names whose, how much, for what, and by which limit', () => {
    const { id, seq, amount, epoch } = suspended(base)
    const event = told(base, 'trust.gain_suspended', from).find(({ subject }) => subject === id)
    assert.deepEqual(event!.data, {
      mission: 'm-3',
      task: 't-1',
      role: 'worker',
      actor: WORKER.id,
      amount,
      epoch,
      risen: (first!.data.applied as number) + (second!.data.applied as number) - decayIn(changes),
      limit: 20_000,
    })
    assert.equal(amount, third!.data.held)
    assert.equal(
      seq,
      base.texts.findIndex((text) => text.includes(`"subject":"${id}"`)),
    )
    assert.equal(worldOf(base.state).kindOf(id), 'suspension')
  })

  it('begin anew with the next epoch: the guard looks at one epoch, and what is held stays held', () => {
    const bench = fork(base)
    highRiskCompleted(bench, 'm-4')
    publishAll(bench)
    const fourth = told(bench, 'trust.proof_minted').findLast(
      ({ subject, data }) => subject === WORKER.id && data.role === 'worker',
    )!
    assert.equal(fourth.data.held, 0)
    assert.equal(suspended(bench).status, 'waiting')
  })

  /** What of the gains only made good for decay. */
  function decayIn(list: typeof changes): number {
    return list.reduce((sum, { data }) => sum + (data.decay as number), 0)
  }
})

describe('in founder stewardship', () => {
  it('nobody can revalidate, the founder with full trust least of all: it waits for G1', () => {
    const bench = fork(base)
    const { id } = suspended(bench)
    for (const signer of [ADA, OPERATORS[3]]) {
      set(bench, signer.id, 950_000)
      const violations = withholds(bench, signer, 'trust.revalidate', id, { reason: 'It is good.' })
      assert.ok(violations.some(({ constraint }) => constraint === 'phase-has-a-revalidation-quorum'))
    }
    assert.deepEqual(released(suspended(bench), ADA.id, 'G0', next(bench)), [])
  })

  it('it waits however long: no window runs', () => {
    const bench = fork(base)
    bench.wait(60 * DAY)
    committed(closeEpoch(bench))
    assert.equal(suspended(bench).status, 'waiting')
    assert.deepEqual(told(bench, 'trust.gain_discarded'), [])
    assert.deepEqual(expired(undefined, next(bench)), [])
  })

  it('of what is no suspension nothing is revalidated, and none can be named before it is there', () => {
    const bench = fork(base)
    for (const id of ['gain:1-1', 'm-1', '__proto__', 'worker-1']) {
      const violations = withholds(bench, ADA, 'trust.revalidate', id, { reason: 'R' })
      assert.ok(
        violations.some(({ constraint }) => constraint === 'suspension-exists'),
        id,
      )
    }
    assert.deepEqual(withholds(bench, NOOR, 'mission.create', 'gain:9-1', { title: 'T', summary: 'S' }), [
      operational('mission-is-new', { subject: 'gain:9-1', kind: 'reserved' }),
    ])
  })
})

/** Nine strangers to the work, of high trust, in four organizations and three regions. */
const REGIONS = ['EU', 'NA', 'SA'] as const
const JURY = Array.from({ length: 9 }, (_, i) => person(`jury-${i}`, REGIONS[i % 3]!, `house-${i % 4}`))

function withJury(): Bench {
  const bench = fork(base)
  for (const one of JURY) {
    attest(bench, one)
    set(bench, one.id, 850_000)
  }
  return bench
}

function signedBy(bench: Bench, count: number): Suspension {
  const signatures = JURY.slice(0, count).map(({ id: by }, seq) => ({ by, seq }))
  return { ...suspended(bench), signatures }
}

describe('with the rules of G1', () => {
  it('the seventh signature releases the gain, unguarded and within the cap', () => {
    const bench = withJury()
    const before = trustOf(bench.state.trust, WORKER.id)
    assert.deepEqual(released(signedBy(bench, 5), JURY[5]!.id, 'G1', next(bench)), [])
    const [release, change] = released(signedBy(bench, 6), JURY[6]!.id, 'G1', next(bench))
    assert.equal(release!.event_type, 'trust.gain_released')
    const { amount } = suspended(bench)
    const data = change!.data as { from: number; to: number; gain: number; decay: number; cause: string }
    assert.deepEqual([data.cause, data.gain, data.from], ['release', amount, before])
    assert.equal(data.to, before + amount - data.decay)
    assert.deepEqual(
      release!.data.signers,
      JURY.slice(0, 7).map(({ id }) => id),
    )
  })

  it('the same human twice is one human', () => {
    const bench = withJury()
    assert.deepEqual(released(signedBy(bench, 6), JURY[0]!.id, 'G1', next(bench)), [])
  })

  it('whoever has lost their trust since they signed counts no longer', () => {
    const bench = withJury()
    set(bench, JURY[0]!.id, 849_999)
    assert.deepEqual(released(signedBy(bench, 6), JURY[6]!.id, 'G1', next(bench)), [])
    assert.equal(released(signedBy(bench, 7), JURY[7]!.id, 'G1', next(bench)).length, 2)
  })

  it('a machine that has come to zero gets nothing by it: it comes back by re-certification alone', () => {
    const bench = withJury()
    set(bench, WORKER.id, 0)
    const [release, change] = released(signedBy(bench, 6), JURY[6]!.id, 'G1', next(bench))
    assert.deepEqual([release!.data.applied, change!.data.to], [0, 0])
  })

  it('a machine in quarantine gets nothing by it either, whatever trust it has (T17)', () => {
    for (const status of ['quarantined', 'decommissioned'] as const) {
      const bench = withJury()
      const machine = bench.state.machines.get(WORKER.id)!
      bench.state.machines.set(WORKER.id, { ...machine, life: { ...machine.life, status } as typeof machine.life })
      const [release, change] = released(signedBy(bench, 6), JURY[6]!.id, 'G1', next(bench))
      assert.deepEqual([release!.data.applied, change!.data.gain], [0, 0], status)
    }
  })

  it('the window is fourteen days from the beginning of G1, its last moment included; then the gain is discarded', () => {
    const bench = fork(base)
    const since = bench.now() + 5 * DAY
    for (const [ms, left] of [
      [14 * DAY, 0],
      [14 * DAY + 1, bench.state.trust.suspensions.size],
    ] as const) {
      const situation = { ...next(bench), at: millis(since + ms) }
      const events = expired(since, situation)
      assert.equal(events.length, left)
      assert.ok(
        events.every(({ event_type, data }) => event_type === 'trust.gain_discarded' && data.reason === 'expired'),
      )
    }
  })
})

describe('a signature', () => {
  const objected = (bench: Bench, signer: (typeof OPERATORS)[number]) =>
    withholds(bench, signer, 'trust.revalidate', suspended(bench).id, { reason: 'R' })[0]

  it('is of a human of high trust: a µT below tau_prop is not', () => {
    const bench = withJury()
    set(bench, JURY[0]!.id, 849_999)
    assert.deepEqual(
      objected(bench, JURY[0]!),
      responsibility('revalidation-signer-is-independent', {
        signer: 'jury-0',
        objection: 'trust',
        trust: 849_999,
        propose: 850_000,
      }),
    )
    assert.deepEqual(objected(bench, JURY[1]!)?.constraint, 'phase-has-a-revalidation-quorum')
  })

  it('is not of the operator of the beneficiary, of its organization, or of anybody who had a hand in the work', () => {
    const bench = fork(base)
    const [bea, cem, , eli] = OPERATORS
    const house = person('cousin', 'NA', cem.organization)
    attest(bench, house)
    for (const [signer, objection] of [
      [cem, 'organization'],
      [house, 'organization'],
      [bea, 'conflict'],
      [eli, 'conflict'],
      [NOOR, 'conflict'],
    ] as const) {
      set(bench, signer.id, 900_000)
      assert.equal(objected(bench, signer)?.params.objection, objection, signer.id)
    }
  })

  it('is not of whoever declared a conflict with somebody who had a hand in the work, or with their house', () => {
    for (const party of [
      { with: 'actor', actor: WORKER.id },
      { with: 'actor', actor: NOOR.id },
      { with: 'organization', organization: OPERATORS[1].organization },
    ]) {
      const bench = withJury()
      const [first] = JURY
      committed(bench.send(first!, 'identity.declare_conflict', first!.id, party))
      assert.equal(objected(bench, first!)?.params.objection, 'conflict')
      assert.deepEqual(released(signedBy(bench, 6), JURY[6]!.id, 'G1', next(bench)), [])
      assert.equal(released(signedBy(bench, 7), JURY[7]!.id, 'G1', next(bench)).length, 2)
    }
  })

  it('is not of a machine', () => {
    const bench = fork(base)
    const violations = withholds(bench, WORKER, 'trust.revalidate', suspended(bench).id, { reason: 'R' })
    assert.ok(violations.some(({ constraint }) => constraint === 'signed-by-the-right-kind'))
  })
})

describe('the quorum as a rule', () => {
  const quorum = { humans: 7, regions: 2, organizations: 2 }
  const signers = Array.from({ length: 7 }, (_, i) => ({
    id: `h-${i}`,
    kind: 'human' as const,
    trust: 850_000,
    region: i === 0 ? 'EU' : 'NA',
    organization: i === 0 ? 'a' : 'b',
    conflict: false,
  }))
  const beneficiary = { id: 'x', organization: 'c' }

  it('passes with its numbers exactly', () => {
    const { valid: _valid, ...figures } = revalidation(signers, beneficiary, quorum, 850_000)
    assert.deepEqual(figures, { regions: 2, organizations: 2, passes: true })
  })

  for (const [name, change] of [
    ['one human fewer', signers.slice(1)],
    ['one region', signers.map((signer) => ({ ...signer, region: 'EU' }))],
    ['one organization', signers.map((signer) => ({ ...signer, organization: 'a' }))],
    ['a machine among them', signers.map((signer, i) => (i === 1 ? { ...signer, kind: 'machine' as const } : signer))],
    ['one in conflict', signers.map((signer, i) => (i === 1 ? { ...signer, conflict: true } : signer))],
    ['the beneficiary', signers.map((signer, i) => (i === 1 ? { ...signer, id: 'x' } : signer))],
    ['one of their house', signers.map((signer, i) => (i === 1 ? { ...signer, organization: 'c' } : signer))],
    ['one twice', signers.map((signer, i) => (i === 1 ? signers[2]! : signer))],
    ['one without the trust', signers.map((signer, i) => (i === 1 ? { ...signer, trust: 849_999 } : signer))],
  ] as const) {
    it(`does not pass with ${name}`, () => {
      assert.equal(revalidation(change, beneficiary, quorum, 850_000).passes, false)
    })
  }

  it('never passes where the phase has none', () => {
    assert.equal(revalidation(signers, beneficiary, undefined, 850_000).passes, false)
    assert.equal(revalidationEnds(5, undefined, 10), undefined)
    assert.equal(revalidationEnds(5, 7, 10), 17)
    assert.equal(revalidationEnds(9, 7, 10), 19)
  })
})
