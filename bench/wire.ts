/** The wire's primitives, each beside the library that people would take instead. */
import canonicalize from 'canonicalize'
import { createHash, hash as nativeHash } from 'node:crypto'
import { MerkleTree } from 'merkletreejs'
import sodium from 'sodium-native'
import { encode } from '../protocol/wire/canonical-json.ts'
import { publicKeyOf, sign, verify } from '../protocol/wire/ed25519.ts'
import { rootOfFlat } from '../protocol/wire/merkle.ts'
import { installNativeSha256, verifyWithSodium } from '../runtime/signatures/signatures.ts'
import { median, ms, perSecond, rate, timed, us, type Bench, type Measure } from './support/measure.ts'

const LEAVES = 1_000_000
const EVENTS = 20_000
const SIGNATURES = 2_000

export const wire: Bench = {
  name: 'wire',
  about: 'Merkle roots, canonical JSON and Ed25519 beside merkletreejs, canonicalize and bare libsodium',
  run: async (say) => {
    installNativeSha256()
    say(await merkle())
    say(await canonical())
    for (const measure of await signatures()) say(measure)
  },
}

async function merkle(): Promise<Measure> {
  const flat = new Uint8Array(LEAVES * 32)
  for (let i = 0; i < LEAVES; i++) new DataView(flat.buffer).setUint32(i * 32, i)
  const ours = await timed(() => rootOfFlat(flat))
  const entries = Array.from({ length: LEAVES }, (_, i) => Buffer.from(flat.buffer, i * 32, 32))
  const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest()
  const prefixed = (data: Buffer): Buffer => sha256(Buffer.concat([data.length === 64 ? INNER : LEAF, data]))
  const theirs = await timed(() => new MerkleTree(entries.map(prefixed), prefixed).getRoot())
  return {
    what: `Merkle root of ${LEAVES.toLocaleString('en-GB')} entries`,
    figure: ms(ours),
    baseline: `merkletreejs with the same prefixes ${ms(theirs)}`,
    ratio: theirs / ours,
    goal: { at: 'least', ratio: 6 },
    note: 'one run; it builds no proofs, merkletreejs keeps its layers',
  }
}

const LEAF = Buffer.from([0])
const INNER = Buffer.from([1])

async function canonical(): Promise<Measure> {
  const events = Array.from({ length: EVENTS }, (_, i) => event(i))
  const rounds = []
  for (let round = 0; round < 5; round++) {
    rounds.push({
      ours: await timed(() => events.forEach((one) => encode(one))),
      theirs: await timed(() => events.forEach((one) => canonicalize(one))),
    })
  }
  const ours = median(rounds.map((round) => round.ours))
  const theirs = median(rounds.map((round) => round.theirs))
  return {
    what: 'canonical JSON of a ledger event (1.2 KB)',
    figure: us((ours * 1000) / EVENTS),
    baseline: `canonicalize ${us((theirs * 1000) / EVENTS)}`,
    ratio: theirs / ours,
    goal: { at: 'least', ratio: 3 },
    note: 'keys ascending, as records are written',
  }
}

function event(i: number) {
  return {
    actor_id: `machine-${i}`,
    data: {
      acceptance_criteria: ['Every figure follows from the data.', 'It can be made again, byte for byte.'],
      digest: `sha256:${nativeHash('sha256', String(i))}`,
      inputs: Array.from({ length: 4 }, (_, n) => ({
        bytes: 1000 + n,
        digest: `sha256:${nativeHash('sha256', `${i} ${n}`)}`,
        media_type: 'text/csv',
        name: `data-${n}.csv`,
      })),
      scope:
        'Compute the annual report from the data under the regulation, and disclose what it wants disclosed. “Ünïcode” too.',
    },
    event_id: `${String(i).padStart(12, '0')}-000`,
    event_timestamp: '2026-02-13T09:05:07.042Z',
    event_type: 'mission.scoped',
    subject: `mission-${i}`,
  }
}

async function signatures(): Promise<readonly Measure[]> {
  const secret = new Uint8Array(32).fill(7)
  const publicKey = publicKeyOf(secret)
  const signed = Array.from({ length: SIGNATURES }, (_, i) => {
    const message = Buffer.from(`message ${i} ${'x'.repeat(1200)}`)
    return { message, signature: sign(message, secret) }
  })
  const count = (check: (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean) => (): void => {
    for (const { message, signature } of signed)
      if (!check(signature, message, publicKey)) throw new Error('not verified')
  }
  const bare = await timed(
    count((signature, message, key) =>
      sodium.crypto_sign_verify_detached(signature as Buffer, message as Buffer, key as Buffer),
    ),
  )
  const strict = await timed(count(verifyWithSodium))
  const portable = await timed(() => {
    for (const { message, signature } of signed.slice(0, 100)) verify(signature, message, publicKey)
  })
  return [
    {
      what: 'Ed25519, the strict predicate on libsodium',
      figure: rate(perSecond(SIGNATURES, strict)),
      baseline: `bare libsodium ${rate(perSecond(SIGNATURES, bare))}`,
      ratio: bare / strict,
      note: 'encodings are checked first, so that every engine agrees',
    },
    {
      what: 'Ed25519, the portable engine',
      figure: rate(perSecond(100, portable)),
      note: 'where no native engine is at hand',
    },
  ]
}
