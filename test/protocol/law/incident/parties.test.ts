/** An incident about an appeal is nobody's to resolve who is a party to it (spec 3.6). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FACT } from '../../../support/law/appeals.ts'
import { appealed, bea, cem } from '../../../support/law/contested.ts'
import { fork } from '../../../support/law/fork.ts'
import { responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA } from '../../../support/law/people.ts'
import { committed } from '../../../support/law/world.ts'

describe('an incident that concerns an appeal', () => {
  const bench = fork(appealed)
  const report = { kind: 'policy-breach', severity: 'minor', concerns: ['a-1'], account: 'It was written elsewhere.' }
  committed(bench.send(ADA, 'incident.report', 'i-1', report, { grounds: [FACT] }))

  for (const [who, party] of [
    [cem, 'who filed it'],
    [bea, 'who was asked to answer it'],
  ] as const) {
    it(`is not resolved by ${party}`, () => {
      const body = { resolution: 'dismissed', reason: 'There is nothing to it.' }
      assert.deepEqual(withholds(fork(bench), who, 'incident.resolve', 'i-1', body), [
        responsibility('resolver-is-uninvolved', { signer: who.id, part: 'party' }),
      ])
    })
  }
})
