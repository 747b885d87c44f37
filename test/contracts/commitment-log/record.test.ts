/** The record that the log writes is, byte for byte, the one that protocol/wire writes. */
import { expect } from 'chai'
import fc from 'fast-check'
import type { CommitmentRecord } from '../../../protocol/wire/commitment.ts'
import { openChain, type Chain } from '../../support/contracts/chains.ts'
import { hashOf, structOf, textOf, type RecordStruct } from '../../support/contracts/records.ts'
import { casesOf } from '../../support/vectors.ts'

type RecordCase = { record: CommitmentRecord; end_seconds: number; canonical: string; hash: string }

const LAST_MINUTE_NUMBER = 4_223_371_679

describe('The canonical record', () => {
  let chain: Chain
  let canonicalRecord: (struct: RecordStruct) => Promise<[string, string]>
  before(async () => {
    chain = await openChain('l1')
    const log = await chain.ethers.deployContract('CommitmentLog', [chain.ethers.ZeroAddress])
    canonicalRecord = async (struct) => (await log.getFunction('canonicalRecord')(struct)) as [string, string]
  })

  it('is that of every vector', async () => {
    const cases = casesOf('commitments', 'records') as RecordCase[]
    for (const { record, end_seconds, canonical, hash } of cases) {
      const [json, word] = await canonicalRecord(structOf(record, end_seconds))
      expect(json).to.equal(canonical)
      expect(`sha256:${word.slice(2)}`).to.equal(hash)
    }
    expect(cases.length).to.be.greaterThan(200)
  })

  it('is that of protocol/wire for any record', async () => {
    const word = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((raw) => chain.ethers.hexlify(raw))
    const struct = fc.record({
      previousCommitmentHash: word,
      missionEventRoot: word,
      trustDeltaRoot: word,
      governanceBallotRoot: word,
      reviewDecisionRoot: word,
      publicBeaconRound: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
      chamberNonce: word,
      endsAt: fc.integer({ min: 0, max: LAST_MINUTE_NUMBER }).map((minutes) => 60 * minutes),
    })
    await fc.assert(
      fc.asyncProperty(struct, async (given) => {
        expect(await canonicalRecord(given)).to.deep.equal([textOf(given), hashOf(given)])
      }),
      { numRuns: 500, seed: 20_260_213 },
    )
  })

  it('has the days before and after each end of February', async () => {
    for (const year of [1970, 1972, 1999, 2000, 2024, 2026, 2099, 2100, 2101, 2400, 9996, 9999]) {
      for (const day of [`${year}-02-28`, `${year}-03-01`, `${year}-12-31`, `${year}-01-01`]) {
        const endsAt = Date.parse(`${day}T23:59:00Z`) / 1_000
        const zero = `0x${'00'.repeat(32)}`
        const struct = {
          previousCommitmentHash: zero,
          missionEventRoot: zero,
          trustDeltaRoot: zero,
          governanceBallotRoot: zero,
          reviewDecisionRoot: zero,
          publicBeaconRound: 0n,
          chamberNonce: zero,
          endsAt,
        }
        expect((await canonicalRecord(struct))[0]).to.include(`"timestamp_utc":"${day}T23:59:00Z"`)
      }
    }
  })
})
