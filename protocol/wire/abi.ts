/**
 * Words of the Ethereum ABI: 32 bytes, big-endian, padded on the left.
 *
 *     uintWord(31337)      0x…00007a69
 *     addressWord(0x7099…) 0x000000000000000000000000 7099…79c8
 *     bytes32Word(0x…)     as it stands
 *
 * Shapes: an address is `0x` and 40 lower-case hex characters (identifiers.ts), a bytes32 `0x` and 64.
 *
 * Errors: Faults `abi-uint-range`, `abi-address`, `abi-bytes32`: values from outside are parsed before they come here.
 * Source: Solidity ABI specification, "Formal Specification of the Encoding".
 */
import type { Brand } from './brand.ts'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { digestHex, digestOfHash, type Digest } from './sha256.ts'
import { branded, string } from './shape.ts'

export type Bytes32 = Brand<string, 'Bytes32'>

const ADDRESS = /^0x[0-9a-f]{40}$/
const BYTES32 = /^0x[0-9a-f]{64}$/

export const bytes32 = branded<'Bytes32'>(string({ max: 66, pattern: BYTES32 }))

/** A non-negative integer below 2^256. */
export function uintWord(value: number | bigint): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Fault('abi-uint-range', { value })
  let rest = BigInt(value)
  if (rest < 0n || rest >= 1n << 256n) throw new Fault('abi-uint-range', { value: String(value) })
  const word = new Uint8Array(32)
  for (let i = 31; rest > 0n; i--) {
    word[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return word
}

export function boolWord(value: boolean): Uint8Array {
  return uintWord(value ? 1 : 0)
}

export function addressWord(address: string): Uint8Array {
  const word = new Uint8Array(32)
  word.set(addressBytes(address), 12)
  return word
}

/** The 20 bytes of an address. */
export function addressBytes(address: string): Uint8Array {
  const raw = ADDRESS.test(address) ? Bytes.fromHex(address.slice(2)) : undefined
  if (raw?.ok !== true) throw new Fault('abi-address', { length: address.length })
  return raw.value
}

export function bytes32Word(value: string): Uint8Array {
  const raw = BYTES32.test(value) ? Bytes.fromHex(value.slice(2)) : undefined
  if (raw?.ok !== true) throw new Fault('abi-bytes32', { length: value.length })
  return raw.value
}

export function bytes32Of(raw: Uint8Array): Bytes32 {
  if (raw.length !== 32) throw new Fault('abi-bytes32', { length: raw.length })
  return `0x${Bytes.hex(raw)}` as Bytes32
}

/** The same 32 bytes in the other notation: `sha256:…` becomes `0x…`. */
export function bytes32OfDigest(digest: Digest): Bytes32 {
  return `0x${digestHex(digest)}` as Bytes32
}

export function digestOfBytes32(value: string): Digest {
  return digestOfHash(bytes32Word(value))
}
