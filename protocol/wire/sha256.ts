/**
 * SHA-256 and the one way a digest is written in JSON: `sha256:` and 64 lower-case hex characters.
 *
 * The engine is @noble until a host installs a faster one. An engine is taken only after it has agreed with
 * @noble on the check inputs, so a wrong one stops the process instead of the truth.
 *
 * Errors: `digest-malformed`; Faults `sha256-engine-wrong`, `digest-not-32-bytes`.
 * Source: FIPS 180-4; spec 2.1.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Brand } from './brand.ts'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'

export type Digest = Brand<string, 'Digest'>

/**
 * `hex` of a string hashes its UTF-8 form. `into` writes the 32 bytes at `at` of `out`; an engine that can do so
 * without a fresh buffer builds Merkle trees faster. All are repeatable and keep no hold on their input.
 */
export type Sha256Engine = {
  hash(bytes: Uint8Array): Uint8Array
  hex(input: Uint8Array | string): string
  into?(input: Uint8Array, out: Uint8Array, at: number): void
}

const PREFIX = 'sha256:'
const DIGEST = /^sha256:[0-9a-f]{64}$/

/** Stands before the first of a chain of hashes. */
export const ZERO_DIGEST = (PREFIX + '0'.repeat(64)) as Digest

const portable: Sha256Engine = {
  hash: (bytes) => sha256(bytes),
  hex: (input) => Bytes.hex(sha256(typeof input === 'string' ? Bytes.utf8(input) : input)),
}

let engine = portable
let into = throughHash(portable)

export function hash(bytes: Uint8Array): Uint8Array {
  return engine.hash(bytes)
}

/** The hash, written at `at` of `out`. */
export function hashInto(input: Uint8Array, out: Uint8Array, at: number): void {
  into(input, out, at)
}

/** Digest of bytes, or of a text's UTF-8 form. Throws Fault `text-ill-formed` on a lone surrogate. */
export function digest(input: Uint8Array | string): Digest {
  if (typeof input === 'string' && !input.isWellFormed()) throw new Fault('text-ill-formed')
  return (PREFIX + engine.hex(input)) as Digest
}

export function digestOfHash(raw: Uint8Array): Digest {
  if (raw.length !== 32) throw new Fault('digest-not-32-bytes', { length: raw.length })
  return (PREFIX + Bytes.hex(raw)) as Digest
}

/** The 64 hex characters. */
export function digestHex(digest: Digest): string {
  return digest.slice(PREFIX.length)
}

/** The 32 raw bytes. */
export function digestBytes(digest: Digest): Uint8Array {
  const raw = Bytes.fromHex(digestHex(digest))
  if (!raw.ok || raw.value.length !== 32) throw new Fault('digest-not-32-bytes', { length: digest.length })
  return raw.value
}

export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && DIGEST.test(value)
}

export function parseDigest(value: unknown): Result<Digest, Malformed> {
  return isDigest(value) ? ok(value) : malformed('digest-malformed')
}

/** Throws Fault `sha256-engine-wrong` and keeps the present engine when the new one differs on any check input. */
export function installSha256(native: Sha256Engine): void {
  const nativeInto = native.into?.bind(native) ?? throughHash(native)
  const out = new Uint8Array(34)
  for (const input of checkInputs()) {
    const expected = portable.hex(input)
    const bytes = typeof input === 'string' ? Bytes.utf8(input) : input
    nativeInto(bytes, out, 1)
    const answers = [native.hex(input), Bytes.hex(native.hash(bytes)), Bytes.hex(out.subarray(1, 33))]
    const strayed = out[0] !== 0 || out[33] !== 0
    if (strayed || answers.some((answer) => answer !== expected)) {
      throw new Fault('sha256-engine-wrong', { length: bytes.length })
    }
  }
  engine = native
  into = nativeInto
}

function throughHash(source: Sha256Engine): (input: Uint8Array, out: Uint8Array, at: number) => void {
  return (input, out, at) => out.set(source.hash(input), at)
}

/** FIPS examples, text beyond ASCII, every length around the block and padding borders, and a view into a larger buffer. */
function* checkInputs(): Generator<Uint8Array | string> {
  yield ''
  yield 'abc'
  yield 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'
  yield 'é€😀\u0000\ufeff'
  const pattern = Uint8Array.from({ length: 260 }, (_, i) => (i * 7 + 1) & 0xff)
  for (let length = 0; length <= 130; length++) yield pattern.subarray(length, 2 * length)
}
