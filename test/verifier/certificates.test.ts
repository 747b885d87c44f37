import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Certificate } from '../../protocol/wire/certificate.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { blsSecretOf } from '../support/law/people.ts'
import { publicKeyOf } from '../../protocol/wire/bls.ts'
import type { Finding } from '../../verifier/verify.ts'
import { filesOf } from './support/archive.ts'
import { caught, holds } from './support/caught.ts'
import { certify, MEMBERS, TEN } from './support/committee.ts'
import { begun, closeEpoch, contents, publish, verifyFiles, verifyGenuine, type Genuine } from './support/genuine.ts'

/** One epoch closed, keys registered. */
function closed(): Genuine {
  const genuine = begun()
  closeEpoch(genuine)
  return genuine
}

function commitmentOf(genuine: Genuine): string {
  return genuine.bench.state.epochs.closed[0]!.commitment
}

async function refuse(code: string, certificateOf: (genuine: Genuine) => Certificate): Promise<Finding> {
  const genuine = closed()
  publish(genuine, 0, { certificate: certificateOf(genuine) })
  const fault = caught(await verifyGenuine(genuine), 'certificates', code)
  assert.equal(fault.epoch, 0)
  return fault
}

describe('a certificate', () => {
  it('holds with ten, with fifteen, and with any ten', async () => {
    for (const members of [TEN, MEMBERS.map((_, i) => i), [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]]) {
      const genuine = closed()
      publish(genuine, 0, { certificate: certify(genuine.bench, 0, commitmentOf(genuine), members) })
      holds(await verifyGenuine(genuine))
    }
  })

  it('does not hold with nine', async () => {
    const fault = await refuse('certificate-below-threshold', (g) =>
      certify(g.bench, 0, commitmentOf(g), TEN.slice(0, 9)),
    )
    assert.deepEqual(fault.evidence['signers'], TEN.slice(0, 9))
  })

  it('does not hold with nine who claim to be ten', async () => {
    await refuse('certificate-invalid', (g) => ({
      ...certify(g.bench, 0, commitmentOf(g), TEN.slice(0, 9)),
      bitmap: 2 ** 10 - 1,
    }))
  })

  it('names members of the committee only', async () => {
    await refuse('certificate-bit-out-of-range', (g) => ({
      ...certify(g.bench, 0, commitmentOf(g)),
      bitmap: 2 ** 16 - 1,
    }))
  })

  it('is for this commitment, epoch, chain, contract, committee and purpose', async () => {
    for (const about of [
      { subject: digest('another commitment') },
      { sequence: 1 },
      { chainId: 1 },
      { contract: `0x${'99'.repeat(20)}` },
      { committeeId: digest('another committee') },
      { purpose: 'anchor' },
    ]) {
      await refuse('certificate-invalid', (g) => certify(g.bench, 0, commitmentOf(g), TEN, about))
    }
  })

  it('is a point of the curve', async () => {
    await refuse('certificate-malformed', (g) => ({
      ...certify(g.bench, 0, commitmentOf(g)),
      signature: `8${'0'.repeat(94)}1` as Certificate['signature'],
    }))
  })
})

describe('the keys of a certificate', () => {
  const DAY = 86_400

  /** Registers a further key for member 0 before the epoch is published; it signs with the old or the new one. */
  function rotated(signsWith: 'old' | 'new', notAfter?: (genuine: Genuine) => number): Genuine {
    const genuine = closed()
    const secret = blsSecretOf('member 0, rotated')
    const until = notAfter?.(genuine) ?? Math.floor(genuine.bench.now() / 1000) + 80 * DAY
    const log = { event: 'KeyRegistered', member: 0, key: publicKeyOf(secret), not_after: until } as const
    genuine.chain.emit(log, 'committee_registry', genuine.bench.now())
    const before = MEMBERS[0]!
    if (signsWith === 'new') MEMBERS[0] = { secret, key: publicKeyOf(secret) }
    try {
      publish(genuine, 0, { certificate: certify(genuine.bench, 0, commitmentOf(genuine)) })
    } finally {
      MEMBERS[0] = before
    }
    return genuine
  }

  it('are those that the registry held in that block: a new one counts, the one before is retired', async () => {
    holds(await verifyGenuine(rotated('new')))
    caught(await verifyGenuine(rotated('old')), 'certificates', 'certificate-invalid')
  })

  it('count up to and including their last second', async () => {
    const at = (genuine: Genuine): number => Math.floor(genuine.bench.now() / 1000)
    holds(await verifyGenuine(rotated('new', at)))
    caught(await verifyGenuine(rotated('new', (g) => at(g) - 1)), 'certificates', 'certificate-key-expired')
  })

  it('end with their revocation, not before it', async () => {
    const revoke = (genuine: Genuine): void => {
      const log = { event: 'KeyRevoked', member: 3, key: MEMBERS[3]!.key } as const
      genuine.chain.emit(log, 'committee_registry', genuine.bench.now())
    }
    const before = closed()
    revoke(before)
    publish(before, 0)
    caught(await verifyGenuine(before), 'certificates', 'certificate-key-revoked')
    const after = closed()
    publish(after, 0)
    revoke(after)
    holds(await verifyGenuine(after))
  })

  it('are registered: a member without one signs nothing', async () => {
    const genuine = closed()
    const at = genuine.chain.seen.findIndex(
      ({ observed: { log } }) => log.event === 'KeyRegistered' && log.member === 2,
    )
    publish(genuine, 0)
    const [removed] = genuine.chain.seen.splice(at, 1)
    const verification = await verifyGenuine(genuine)
    // The ledger saw that log, so its absence is also told where observations are compared.
    const failed = verification.report.steps.filter(({ status }) => status === 'failed')
    assert.deepEqual(
      failed.map(({ id, findings }) => [id, findings[0]?.code]),
      [
        ['certificates', 'certificate-key-absent'],
        ['observations', 'observed-log-not-on-chain'],
      ],
    )
    assert.equal(failed[1]?.findings[0]?.transaction, removed!.observed.transaction)
  })
})

describe('certificates.json', () => {
  it('has the certificate of every epoch whose log does not carry it', async () => {
    const genuine = closed()
    publish(genuine, 0, { bare: true })
    const given = contents(genuine)
    holds(await verifyFiles(genuine, filesOf(given)))
    caught(await verifyFiles(genuine, filesOf({ ...given, certificates: [] })), 'certificates', 'certificate-missing')
  })

  it('has no certificate that does not verify, though the chain has a good one', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const wrong = { epoch: 0, ...certify(genuine.bench, 0, digest('another')) }
    const archive = filesOf({ ...contents(genuine), certificates: [wrong] })
    caught(await verifyFiles(genuine, archive), 'certificates', 'certificate-invalid')
  })

  it('may have the certificate of another ten than the chain took', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const other = { epoch: 0, ...certify(genuine.bench, 0, commitmentOf(genuine), MEMBERS.map((_, i) => i).slice(5)) }
    holds(await verifyFiles(genuine, filesOf({ ...contents(genuine), certificates: [other] })))
  })

  it('may have a certificate that is not on chain yet, and it verifies', async () => {
    const genuine = closed()
    publish(genuine, 0)
    genuine.bench.wait(60_000)
    closeEpoch(genuine)
    const { commitment } = genuine.bench.state.epochs.closed[1]!
    const good = { epoch: 1, ...certify(genuine.bench, 1, commitment) }
    const bad = { epoch: 1, ...certify(genuine.bench, 1, commitment, TEN.slice(1)) }
    const given = contents(genuine)
    holds(await verifyFiles(genuine, filesOf({ ...given, certificates: [...given.certificates, good] })))
    const archive = filesOf({ ...given, certificates: [...given.certificates, bad] })
    caught(await verifyFiles(genuine, archive), 'certificates', 'certificate-below-threshold')
  })

  it('has no certificate for an epoch that was never closed', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const stray = { epoch: 7, ...certify(genuine.bench, 7, digest('nothing')) }
    const given = contents(genuine)
    const archive = filesOf({ ...given, certificates: [...given.certificates, stray] })
    caught(await verifyFiles(genuine, archive), 'certificates', 'certificate-unexpected')
  })
})
