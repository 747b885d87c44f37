/** The wire's primitives, each beside the library that people would take instead. */
import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import { MerkleTree } from 'merkletreejs'
import sodium from 'sodium-native'
import type { EventRecord } from '../protocol/law/constraints/event.ts'
import { eventText } from '../protocol/law/event-text.ts'
import { encode } from '../protocol/wire/canonical-json.ts'
import { publicKeyOf, sign, verify } from '../protocol/wire/ed25519.ts'
import { rootOfFlat } from '../protocol/wire/merkle.ts'
import { installNativeSha256, verifyWithSodium } from '../runtime/signatures/signatures.ts'
import { fastBench, workUntil } from './support/missions.ts'
import { median, ms, perSecond, rate, timed, us, type Bench, type Measure } from './support/measure.ts'

const LEAVES = 1_000_000
const ENTRIES = 5_000
const SIGNATURES = 2_000

export const wire: Bench = {
  name: 'wire',
  about: 'Merkle roots, canonical JSON and Ed25519 beside merkletreejs, canonicalize and bare libsodium',
  run: async (say) => {
    installNativeSha256()
    say(await merkle())
    for (const measure of await canonical()) say(measure)
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

/** The records that the law makes of worked missions, each in the order of fields in which it makes them. */
async function canonical(): Promise<readonly Measure[]> {
  const events = await recordsOfTheLaw()
  const size = events.reduce((sum, event) => sum + encode(event).length, 0) / events.length
  const rounds: { readonly compiled: number; readonly generic: number; readonly theirs: number }[] = []
  for (let round = 0; round < 9; round++) {
    rounds.push({
      compiled: await timed(() => events.forEach((one) => eventText(one))),
      generic: await timed(() => events.forEach((one) => encode(one))),
      theirs: await timed(() => events.forEach((one) => canonicalize(one))),
    })
  }
  for (const event of events) if (eventText(event) !== canonicalize(event)) throw new Error(event.event_type)
  const each = (name: 'compiled' | 'generic' | 'theirs'): number =>
    (median(rounds.map((round) => round[name])) * 1000) / events.length
  const baseline = `canonicalize ${us(each('theirs'))}`
  return [
    {
      what: `canonical JSON of a ledger event (${Math.round(size)} bytes)`,
      figure: us(each('compiled')),
      baseline,
      ratio: each('theirs') / each('compiled'),
      goal: { at: 'least', ratio: 3 },
      note: `${events.length} events of worked missions, by the form of their type`,
    },
    {
      what: 'the same by the writer for any value',
      figure: us(each('generic')),
      baseline,
      ratio: each('theirs') / each('generic'),
    },
  ]
}

async function recordsOfTheLaw(): Promise<readonly EventRecord[]> {
  const bench = fastBench()
  const events: EventRecord[] = []
  const give = bench.give
  bench.give = (text) => {
    const recorded = give(text)
    if (recorded.kind === 'entry') events.push(...recorded.entry.events)
    return recorded
  }
  await workUntil(bench, ENTRIES, () => {})
  return events
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
