/** What comes after a decision comes after it: a reversal, more time at the gate (spec 3.1). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fork } from '../../../support/law/fork.ts'
import { operational, withholds } from '../../../support/law/outcomes.ts'
import { NOOR } from '../../../support/law/people.ts'
import { committed, founded } from '../../../support/law/world.ts'

const base = founded()
const body = { title: 'Once more', summary: 'Rightly.' }

describe('a mission that is not there yet', () => {
  const bench = fork(base)
  committed(bench.send(NOOR, 'mission.create', 'm-1', body))

  it('cannot be taken back before it is completed', () => {
    assert.deepEqual(withholds(bench, NOOR, 'mission.reverse', 'm-1', { reason: 'It was wrong.' }), [
      operational('completion-stays-reversible', { state: 'Draft' }),
    ])
  })

  it('has no time to decide that could be prolonged before it is at its gate', () => {
    assert.deepEqual(withholds(bench, NOOR, 'mission.renew', 'm-1', {}), [
      operational('gate-has-lapsed', { state: 'Draft' }),
    ])
  })
})
