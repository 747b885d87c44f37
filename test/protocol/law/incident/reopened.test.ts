/** An incident that an appeal opened again (spec 3.6): others judge it now, and what they find is not turned round twice. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { worldOf } from '../../../../protocol/law/world.ts'
import { answered, CROWD, eventOf, filed, heard, OVERTURN } from '../../../support/law/appeals.ts'
import { fork } from '../../../support/law/fork.ts'
import { accused } from '../../../support/law/lives.ts'
import { withCitizens } from '../../../support/law/panels.ts'
import { responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, OPERATORS, WORKER, type Person } from '../../../support/law/people.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD]
const [bea, cem, dao] = OPERATORS
const UPHELD = { resolution: 'upheld', reason: 'The files are the same.' }

/** Bea reported it, Dao dismissed it, a panel found that he should not have. */
const reopened = withCitizens(founded(), CROWD)
accused(reopened, 'i-1', WORKER.id, bea)
const dismissal = reopened.send(dao, 'incident.resolve', 'i-1', { resolution: 'dismissed', reason: 'No.' })
committed(filed(reopened, bea, 'a-1', eventOf(dismissal, 'governance.incident_resolved')))
answered(reopened, 'a-1', EVERYBODY)
const FOUND = eventOf(heard(reopened, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')

function statusIn(bench: Bench): string | undefined {
  return worldOf(bench.state).incident('i-1')?.status
}

describe('an incident that was reopened', () => {
  it('is not theirs to resolve again who resolved it before', () => {
    assert.equal(statusIn(reopened), 'open')
    assert.deepEqual(withholds(fork(reopened), dao, 'incident.resolve', 'i-1', UPHELD), [
      responsibility('resolver-is-uninvolved', { signer: 'dao', part: 'resolver' }),
    ])
    committed(fork(reopened).send(ADA, 'incident.resolve', 'i-1', UPHELD))
  })

  it('was still decided by who dismissed it: they answer the further appeal, and do not hear it', () => {
    const concerned = worldOf(reopened.state).affectedBy(FOUND)
    assert.deepEqual(concerned?.answerable, ['dao'])
    assert.ok(concerned.deciders.includes('dao'))
  })

  it('keeps what a human found since, whatever a further appeal says of the first word', () => {
    const bench = fork(reopened)
    committed(filed(bench, cem, 'a-2', FOUND))
    committed(bench.send(ADA, 'incident.resolve', 'i-1', UPHELD))
    answered(bench, 'a-2', EVERYBODY)
    const events = committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    assert.ok(!events.some(({ event_type }) => event_type === 'governance.incident_reversed'))
    assert.equal(statusIn(bench), 'upheld')
  })

  it('is dismissed again by a further appeal where nobody has resolved it', () => {
    const bench = fork(reopened)
    committed(filed(bench, cem, 'a-2', FOUND))
    answered(bench, 'a-2', EVERYBODY)
    heard(bench, 'a-2', OVERTURN, EVERYBODY)
    assert.equal(statusIn(bench), 'dismissed')
  })
})
