/** Trust as a whole as readers see it: the population behind the cap, and the limits of the constitution. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { trustOverviewView, trustView } from '../../../protocol/views/trust.ts'
import { emptyState } from '../../../protocol/genesis.ts'
import { publishAll } from '../../support/law/flow.ts'
import { ADA, NOOR } from '../../support/law/people.ts'
import { completedTogether, set } from '../../support/law/trust.ts'
import { founded } from '../../support/law/world.ts'

const DAY = 86_400_000

describe('trust as a whole', () => {
  it('is nothing before there is a deployment', () => {
    assert.equal(trustOverviewView(emptyState()), undefined)
  })

  it('is the founder’s alone in the first epoch, with the limits of the constitution', () => {
    assert.deepEqual(trustOverviewView(founded().state), {
      epoch: 0,
      cap_micro: 860_000,
      population: { active: 1, sum_micro: 500_000, mean_micro: 500_000, deviation_micro: 0 },
      humans: {
        count: 10,
        floor_micro: 100_000,
        max_micro: 950_000,
        gain_per_proof_max_micro: 10_000,
        gain_per_epoch_max_micro: 50_000,
        held_above_micro: 20_000,
        gain_per_window_max_micro: 120_000,
        window_ms: 30 * DAY,
      },
      machines: {
        count: 8,
        floor_micro: 0,
        max_micro: 950_000,
        gain_per_proof_max_micro: 10_000,
        gain_per_epoch_max_micro: 50_000,
        held_above_micro: 20_000,
      },
      waiting: { count: 0, amount_micro: 0 },
    })
  })

  it('counts those who were active when the epoch before was closed, as the cap does', () => {
    const bench = founded()
    set(bench, ADA.id, 800_000)
    publishAll(bench)
    const { epoch, cap_micro, population } = trustOverviewView(bench.state)!
    // Nine at 0.5 and one at 0.8: mean 0.53, spread 0.09, below the least that counts.
    assert.deepEqual(population, { active: 10, sum_micro: 5_300_000, mean_micro: 530_000, deviation_micro: 90_000 })
    assert.deepEqual([epoch, cap_micro], [1, 890_000])
    assert.equal(trustView(bench.state, NOOR.id)!.cap_micro, cap_micro)
  })

  it('says how much waits for humans', () => {
    const bench = founded()
    completedTogether(bench, ['m-1', 'm-2', 'm-3'])
    publishAll(bench)
    const waiting = [...bench.state.trust.suspensions.values()]
    assert.ok(waiting.length > 0)
    assert.deepEqual(trustOverviewView(bench.state)!.waiting, {
      count: waiting.length,
      amount_micro: waiting.reduce((sum, { amount }) => sum + amount, 0),
    })
  })
})
