import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import * as Beacon from '../../../protocol/wire/beacon.ts'
import { publicKeyOf, secretFromEntropy, sign } from '../../../protocol/wire/bls.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { LAST_MILLIS, millis, type Millis } from '../../../protocol/wire/time.ts'
import { casesOf, vectorFile } from '../../support/vectors.ts'

type Round = { round: number; signature: string; randomness: string; message: string; time_ms: number }
const rounds = casesOf('drand-quicknet', 'rounds') as readonly Round[]
const { QUICKNET } = Beacon

const secret = secretFromEntropy(Bytes.utf8('the development beacon of a test'))
const development: Beacon.BeaconScheme = {
  scheme: 'bls-unchained-g1-rfc9380',
  public_key: publicKeyOf(secret),
  genesis_time: 1_770_000_000,
  period_ms: 250,
}
const codeOf = (result: ReturnType<typeof Beacon.verifyRound>): string => (result.ok ? 'accepted' : result.error.code)

for (const { round, signature, randomness } of rounds) {
  test(`quicknet's published round ${round} verifies and gives the published randomness`, () => {
    const verified = Beacon.verifyRound(QUICKNET, round, signature)
    assert.ok(verified.ok)
    assert.equal(Bytes.hex(verified.value.randomness), randomness)
  })
}

test('quicknet is the one that is published', () => {
  assert.deepEqual((vectorFile('drand-quicknet') as { beacon: unknown }).beacon, QUICKNET)
  assert.ok(Beacon.parseBeaconScheme(QUICKNET).ok)
})

test('a signature of another round, of another beacon, or with any bit changed is refused', () => {
  const { round, signature } = rounds[0]!
  assert.equal(codeOf(Beacon.verifyRound(QUICKNET, round + 1, signature)), 'beacon-signature-wrong')
  assert.equal(codeOf(Beacon.verifyRound(QUICKNET, round - 1, signature)), 'beacon-signature-wrong')
  assert.equal(codeOf(Beacon.verifyRound(QUICKNET, rounds[1]!.round, signature)), 'beacon-signature-wrong')
  assert.equal(codeOf(Beacon.verifyRound(development, round, signature)), 'beacon-signature-wrong')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 383 }), (bit) => {
      const raw = Bytes.fromHex(signature)
      assert.ok(raw.ok)
      raw.value[bit >> 3]! ^= 1 << (bit & 7)
      assert.equal(Beacon.verifyRound(QUICKNET, round, Bytes.hex(raw.value)).ok, false)
    }),
    { numRuns: 60 },
  )
})

test('what is no signature is refused before any pairing', () => {
  const { round, signature } = rounds[0]!
  for (const bad of ['', signature.slice(2), signature.toUpperCase(), `0x${signature}`]) {
    assert.equal(codeOf(Beacon.verifyRound(QUICKNET, round, bad)), 'bls-signature-malformed')
  }
  assert.equal(codeOf(Beacon.verifyRound(QUICKNET, round, `c0${'00'.repeat(47)}`)), 'bls-signature-invalid')
})

test('rounds are whole numbers from 1', () => {
  const { signature } = rounds[0]!
  for (const round of [0, -1, 1.5, 2 ** 53, Number.NaN]) {
    assert.equal(codeOf(Beacon.verifyRound(QUICKNET, round, signature)), 'beacon-round-out-of-range')
    assert.throws(() => Beacon.timeOfRound(QUICKNET, round), { code: 'beacon-round' })
    assert.throws(() => Beacon.signRound(secret, round), { code: 'beacon-round' })
  }
})

test('the message is the round in eight bytes, hashed', () => {
  for (const { round, message } of rounds) assert.equal(`0x${Bytes.hex(Beacon.roundMessage(round))}`, message)
})

test('the development beacon signs rounds that verify like any other', () => {
  for (const round of [1, 2, 1_000_000, Number.MAX_SAFE_INTEGER]) {
    const { signature, randomness } = Beacon.signRound(secret, round)
    assert.deepEqual(Beacon.verifyRound(development, round, signature), { ok: true, value: { randomness } })
    assert.equal(codeOf(Beacon.verifyRound(QUICKNET, round, signature)), 'beacon-signature-wrong')
  }
})

test('a round signed under the tag of certificates is refused', () => {
  const signature = sign(Beacon.roundMessage(5), secret)
  assert.equal(codeOf(Beacon.verifyRound(development, 5, signature)), 'beacon-signature-wrong')
})

test('there is no round before genesis, and round 1 is at genesis', () => {
  const genesis = QUICKNET.genesis_time * 1_000
  assert.equal(Beacon.roundAt(QUICKNET, 0 as Millis), 0)
  assert.equal(Beacon.roundAt(QUICKNET, (genesis - 1) as Millis), 0)
  assert.equal(Beacon.roundAt(QUICKNET, genesis as Millis), 1)
  assert.equal(Beacon.roundAt(QUICKNET, (genesis + 1) as Millis), 1)
  assert.equal(Beacon.timeOfRound(QUICKNET, 1), genesis)
})

test('a round begins exactly at its time: one before, at, one after', () => {
  for (const scheme of [QUICKNET, development, { ...development, period_ms: 1 }]) {
    for (const round of [2, 3, 123, 657_413, 10_000_000]) {
      const at = Beacon.timeOfRound(scheme, round)
      assert.equal(Beacon.roundAt(scheme, millis(at - 1)), round - 1)
      assert.equal(Beacon.roundAt(scheme, at), round)
      assert.equal(Beacon.roundAt(scheme, millis(at + 1)), scheme.period_ms === 1 ? round + 1 : round)
      assert.equal(Beacon.roundAt(scheme, millis(at + scheme.period_ms - 1)), round)
    }
  }
})

test('the published rounds fall on their published times', () => {
  for (const { round, time_ms } of rounds) {
    assert.equal(Beacon.timeOfRound(QUICKNET, round), time_ms)
    assert.equal(Beacon.roundAt(QUICKNET, time_ms as Millis), round)
  }
})

test('the round at a moment is the last whose time is not later', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 2_000_000_000 }),
      (at, period_ms, genesis_time) => {
        const scheme = { ...development, genesis_time, period_ms }
        const round = Beacon.roundAt(scheme, at as Millis)
        if (round > 0) assert.ok(Beacon.timeOfRound(scheme, round) <= at)
        assert.ok(Beacon.timeOfRound(scheme, round + 1) > at)
      },
    ),
  )
})

test('a round beyond the calendar has no time', () => {
  assert.throws(() => Beacon.timeOfRound(QUICKNET, Number.MAX_SAFE_INTEGER), { code: 'time-out-of-range' })
  const last = Beacon.roundAt(QUICKNET, LAST_MILLIS)
  assert.ok(Beacon.timeOfRound(QUICKNET, last) <= LAST_MILLIS)
  assert.throws(() => Beacon.timeOfRound(QUICKNET, last + 1), { code: 'time-out-of-range' })
})

test('a scheme is read only with its name, a real key, a genesis and a period', () => {
  const bad: [object, string][] = [
    [{ scheme: 'pedersen-bls-chained' }, 'field-value'],
    [{ public_key: 'zz' }, 'field-pattern'],
    [{ public_key: `c0${'00'.repeat(95)}` }, 'bls-key-invalid'],
    [{ period_ms: 0 }, 'field-range'],
    [{ period_ms: 0.5 }, 'field-type'],
    [{ genesis_time: -1 }, 'field-range'],
    [{ genesis_time: 1_692_803_367_000 }, 'field-range'],
    [{ chain: 'x' }, 'field-unknown'],
  ]
  for (const [change, code] of bad) {
    const parsed = Beacon.parseBeaconScheme({ ...QUICKNET, ...change })
    assert.ok(!parsed.ok)
    assert.equal(parsed.error.code, code)
  }
})
