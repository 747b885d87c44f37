/** A quarantine that an appeal overturns (spec 3.6, 4.5): time is given back, and nothing else. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { CROWD, eventOf, filed, heard, appealOf, OVERTURN, UPHOLD } from '../../../support/law/appeals.ts'
import { closeEpoch, publishAll } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { DAY, failedBefore, HOUR, lifeOf, machineIn, setTrust, zeroFor } from '../../../support/law/lives.ts'
import { withCitizens } from '../../../support/law/panels.ts'
import { ADA, NOOR, OPERATORS, WORKER, type Person } from '../../../support/law/people.ts'
import { committed, founded } from '../../../support/law/world.ts'

const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD]
const [, cem] = OPERATORS

const base = withCitizens(founded(), CROWD)
setTrust(base, WORKER.id, 1)
base.wait(HOUR)
const QUARANTINED = eventOf(closeEpoch(base), 'trust.machine_quarantined')
committed(filed(base, cem, 'a-1', QUARANTINED))
base.wait(73 * HOUR)
publishAll(base)
assert.notEqual(appealOf(base, 'a-1').panel, undefined)
failedBefore(base, WORKER.id, 9 * DAY, DAY)
zeroFor(base, WORKER.id, 100 * DAY)

it('an overturned quarantine begins its limit anew, forgets the failures, and is still one', () => {
  const bench = fork(base)
  const events = committed(heard(bench, 'a-1', OVERTURN, EVERYBODY))
  assert.ok(events.some(({ event_type }) => event_type === 'trust.limit_restarted'))
  assert.equal(lifeOf(bench, WORKER.id, 'quarantined').zeroSince, bench.now())
  assert.deepEqual(machineIn(bench, WORKER.id).failures, [])
})

it('an upheld one changes nothing', () => {
  const bench = fork(base)
  const before = machineIn(bench, WORKER.id)
  committed(heard(bench, 'a-1', UPHOLD, EVERYBODY))
  assert.deepEqual(machineIn(bench, WORKER.id), before)
})

it('a further panel that upholds the finding does not begin the limit a second time', () => {
  const bench = fork(base)
  const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
  const { zeroSince } = lifeOf(bench, WORKER.id, 'quarantined')
  bench.wait(DAY)
  committed(filed(bench, cem, 'a-2', first))
  const events = committed(heard(bench, 'a-2', UPHOLD, EVERYBODY))
  assert.equal(
    events.some(({ event_type }) => event_type === 'trust.limit_restarted'),
    false,
  )
  assert.equal(lifeOf(bench, WORKER.id, 'quarantined').zeroSince, zeroSince)
})
