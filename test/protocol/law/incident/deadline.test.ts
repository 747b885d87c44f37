/** A phase that comes to its limit opens an incident, by the first close of an epoch behind it (spec 3.6, 5.1; I-10). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { millis } from '../../../../protocol/wire/time.ts'
import { closeEpoch } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { DAY } from '../../../support/law/lives.ts'
import { withholds } from '../../../support/law/outcomes.ts'
import { NOOR, OPERATORS } from '../../../support/law/people.ts'
import { committed, founded, START, type Bench } from '../../../support/law/world.ts'

const [bea] = OPERATORS
/** The close of an epoch waits a minute first. */
const MINUTE = 60_000
const base = founded()

/** A deployment of that age at its next close; whoever lived so long has renewed their keys. */
function aged(bench: Bench, ms: number): Bench {
  bench.wait(START + ms - MINUTE - bench.now())
  for (const [id, key] of bench.state.keyring)
    bench.state.keyring.set(id, { ...key, notAfter: millis(START + ms + DAY) })
  return bench
}

const deadlines = (bench: Bench) =>
  [...bench.state.incidents.byId.values()].filter(({ kind }) => kind === 'phase-deadline')

describe('the limit of founder stewardship', () => {
  for (const [more, opened] of [
    [-1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    it(`${opened === 0 ? 'has opened nothing' : 'opens an incident'} ${more} ms from day 365`, () => {
      const bench = aged(fork(base), 365 * DAY + more)
      committed(closeEpoch(bench))
      assert.equal(deadlines(bench).length, opened)
    })
  }

  it('opens one that is severe, the law’s own, and about the founding', () => {
    const bench = aged(fork(base), 365 * DAY)
    committed(closeEpoch(bench))
    const [incident] = deadlines(bench)
    const { id, severity, concerns, accused, reporter, status } = incident!
    assert.deepEqual([id, severity, concerns, status], ['incident-phase-g0', 'severe', ['genesis'], 'open'])
    assert.deepEqual([accused, reporter], [undefined, undefined])
    assert.equal(bench.state.incidents.openBy.size, 0, 'it counts against nobody')
  })

  it('is one incident, however many epochs are closed behind it', () => {
    const bench = aged(fork(base), 365 * DAY)
    for (let i = 0; i < 3; i++) committed(closeEpoch(bench))
    assert.equal(deadlines(bench).length, 1)
  })

  it('finds another name where somebody took that one before', () => {
    const bench = fork(base)
    const seen = { kind: 'policy-breach', severity: 'minor', concerns: ['worker-1'], account: 'First come.' }
    committed(bench.send(bea, 'incident.report', 'incident-phase-g0', seen, { grounds: ['000000000000-000'] }))
    committed(closeEpoch(aged(bench, 365 * DAY)))
    assert.deepEqual(
      deadlines(bench).map(({ id }) => id),
      ['incident-phase-g0.2'],
    )
  })

  it('is resolved by nobody while the deployment stands still', () => {
    const bench = aged(fork(base), 365 * DAY)
    committed(closeEpoch(bench))
    const resolution = { resolution: 'dismissed', reason: 'We go on.' }
    const violations = withholds(bench, NOOR, 'incident.resolve', 'incident-phase-g0', resolution)
    assert.deepEqual(
      violations.map(({ constraint }) => constraint),
      ['phase-not-expired'],
    )
  })
})
