/** A successor takes the place of a mission of one's own whose completion was reversed, and of no other (spec 3.1). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fork } from '../../../support/law/fork.ts'
import { operational, withholds } from '../../../support/law/outcomes.ts'
import { NOOR } from '../../../support/law/people.ts'
import { committed, founded } from '../../../support/law/world.ts'

const base = founded()
const body = { title: 'Once more', summary: 'Rightly.' }

describe('a successor', () => {
  it('is of a mission that there is', () => {
    for (const successor_of of ['m-0', 'constructor', 'noor']) {
      assert.deepEqual(withholds(fork(base), NOOR, 'mission.create', 'm-2', { ...body, successor_of }), [
        operational('successor-of-a-reversed-mission', { unknown: successor_of }),
      ])
    }
  })

  it('is not of a mission that still stands', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', body))
    assert.deepEqual(withholds(bench, NOOR, 'mission.create', 'm-2', { ...body, successor_of: 'm-1' }), [
      operational('successor-of-a-reversed-mission', { successor_of: 'm-1', state: 'Draft' }),
    ])
  })
})
