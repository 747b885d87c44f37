/**
 * Writes test/vectors/drand-quicknet.json: three published rounds of drand's quicknet, in every form that we use.
 *
 *     node scripts/vectors/drand-quicknet.ts
 *
 * Signatures and randomness are copied from the published rounds; only the chain's form of the points is computed.
 */
import { QUICKNET, BEACON_TAG, roundMessage, timeOfRound } from '../../protocol/wire/beacon.ts'
import { readKey, readSignature } from '../../protocol/wire/bls-point.ts'
import * as Bytes from '../../protocol/wire/bytes.ts'
import { encodeG1, encodeG2 } from '../../protocol/wire/eip2537.ts'
import { writeVectors, type VectorFile } from './write.ts'

const PUBLISHED = [
  {
    round: 123,
    signature: 'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92',
    randomness: 'fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc',
  },
  {
    round: 1000,
    signature: 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
    randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  },
  {
    round: 657413,
    signature: 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
    randomness: 'fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587',
  },
] as const

export function build(): VectorFile {
  const key = readKey(QUICKNET.public_key)
  if (!key.ok) throw new Error(key.error.code)
  const shared = { beacon: QUICKNET, public_key_eip2537: `0x${Bytes.hex(encodeG2(key.value))}` }
  return {
    file: 'drand-quicknet',
    title: 'Published rounds of drand quicknet',
    conventions: {
      message: 'SHA-256(round as 8 bytes, big-endian)',
      tag: BEACON_TAG,
      randomness: 'SHA-256(signature, 48 bytes compressed)',
      time_ms: 'genesis_time * 1000 + (round - 1) * period_ms',
    },
    ...shared,
    sections: [
      {
        name: 'rounds',
        basis: 'published',
        cases: PUBLISHED.map((published) => ({
          ...published,
          message: `0x${Bytes.hex(roundMessage(published.round))}`,
          signature_eip2537: wide(published.signature),
          time_ms: timeOfRound(QUICKNET, published.round),
        })),
      },
    ],
  }
}

function wide(signature: string): string {
  const point = readSignature(signature)
  if (!point.ok) throw new Error(point.error.code)
  return `0x${Bytes.hex(encodeG1(point.value))}`
}

if (import.meta.main) writeVectors(build())
