/**
 * A discarded gain that is contested (spec 3.6, 4.3). In founder stewardship no gain expires, so the discarding is put
 * into the state by hand; what follows from it is the law's own.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import { appealOf, eventOf, CROWD, filed, heard, OVERTURN, UPHOLD } from '../../../support/law/appeals.ts'
import { fork } from '../../../support/law/fork.ts'
import { panelOf, withCitizens } from '../../../support/law/panels.ts'
import { ADA, NOOR, OPERATORS, type Person } from '../../../support/law/people.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD]
const DECISION = '000000000001-000'
const GAIN = 'gain:1-1'
const AMOUNT = 20_000

const base = withCitizens(founded(), CROWD)

function discardedFor(reason: 'expired' | 'withdrawn'): Bench {
  const bench = fork(base)
  const work = { mission: 'm-1', task: 't-1', role: 'worker', tier: 'R0' } as const
  bench.state.trust.suspensions.set(GAIN, {
    ...work,
    id: GAIN,
    actor: NOOR.id,
    amount: AMOUNT,
    epoch: 0,
    seq: 1,
    at: bench.now(),
    signatures: [],
    status: 'discarded',
    discarded: reason,
    applied: 0,
  })
  bench.state.appeals.decisions.set(DECISION, {
    id: DECISION,
    type: 'trust.gain_discarded',
    subject: GAIN,
    at: bench.now(),
    about: [GAIN],
    mission: undefined,
    task: undefined,
    attempt: 0,
    actor: NOOR.id,
    outcome: reason,
    by: undefined,
    appeal: undefined,
  })
  return bench
}

describe('a discarded gain', () => {
  it('has no other side: its appeal is heard in the entry that files it', () => {
    const bench = discardedFor('expired')
    const types = committed(filed(bench, NOOR, 'a-1', DECISION)).map(({ event_type }) => event_type)
    assert.deepEqual(types, ['governance.appeal_filed', 'governance.appeal_heard', 'review.panel_opened'])
  })

  it('is released when five humans overturn it, by the names of those who did', () => {
    const bench = discardedFor('expired')
    committed(filed(bench, NOOR, 'a-1', DECISION))
    const before = trustOf(bench.state.trust, NOOR.id)
    const events = committed(heard(bench, 'a-1', OVERTURN, EVERYBODY))
    const released = events.find(({ event_type }) => event_type === 'trust.gain_released')
    assert.equal((released?.data.signers as unknown[] | undefined)?.length, 3)
    assert.equal(bench.state.trust.suspensions.get(GAIN)?.status, 'released')
    assert.equal(trustOf(bench.state.trust, NOOR.id) - before, AMOUNT)
  })

  it('stays discarded where the work was reversed after the window had passed', () => {
    const bench = discardedFor('expired')
    const figures = {
      attempt: 1,
      seq: 1,
      at: bench.now(),
      gain: AMOUNT,
      applied: 0,
      place: 1,
      clean: true,
      withdrawn: 1,
    }
    const proof = { mission: 'm-1', task: 't-1', role: 'worker', actor: NOOR.id, ...figures } as const
    bench.state.trust.proofs.set('m-1', [proof])
    committed(filed(bench, NOOR, 'a-1', DECISION))
    const types = committed(heard(bench, 'a-1', OVERTURN, EVERYBODY)).map(({ event_type }) => event_type)
    assert.equal(types.includes('trust.gain_released'), false)
  })

  it('stays discarded when they uphold it, and where the work behind it was reversed', () => {
    for (const [reason, vote] of [
      ['expired', UPHOLD],
      ['withdrawn', OVERTURN],
    ] as const) {
      const bench = discardedFor(reason)
      committed(filed(bench, NOOR, 'a-1', DECISION))
      const types = committed(heard(bench, 'a-1', vote, EVERYBODY)).map(({ event_type }) => event_type)
      assert.equal(types.includes('trust.gain_released'), false)
      assert.equal(bench.state.trust.suspensions.get(GAIN)?.status, 'discarded')
    }
  })

  it('that a first appeal released is taken back when a further one finds that it had rightly been discarded', () => {
    const bench = discardedFor('expired')
    const before = trustOf(bench.state.trust, NOOR.id)
    committed(filed(bench, NOOR, 'a-1', DECISION))
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
    assert.equal(trustOf(bench.state.trust, NOOR.id), before + AMOUNT)
    committed(filed(bench, NOOR, 'a-2', first))
    const { excluded } = panelOf(bench, appealOf(bench, 'a-2').panel!).frozen
    for (const { id } of panelOf(bench, appealOf(bench, 'a-1').panel!).members) {
      assert.equal(excluded.actors.includes(id), true, id)
    }
    const events = committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    const taken = events.find(({ event_type }) => event_type === 'trust.release_withdrawn')
    assert.deepEqual(taken?.data, { actor: NOOR.id, amount: AMOUNT, taken: AMOUNT })
    assert.equal(trustOf(bench.state.trust, NOOR.id), before)
    const { status, discarded } = bench.state.trust.suspensions.get(GAIN)!
    assert.deepEqual([status, discarded], ['discarded', 'expired'])
  })
})
