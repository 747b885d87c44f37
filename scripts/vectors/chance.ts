/** Repeatable chance: SHA-256 of a name and a counter. */
import * as Bytes from '../../protocol/wire/bytes.ts'
import * as Sha256 from '../../protocol/wire/sha256.ts'

/** 32 bytes that belong to this text and to no other. */
export function bytesOf(name: string): Uint8Array {
  return Sha256.hash(Bytes.utf8(`genesis vectors: ${name}`))
}

/** A whole number from 0 to `below` − 1, `below` at most 2^53. The slight bias does not matter here. */
export function numberOf(name: string, below: number): number {
  const raw = new DataView(bytesOf(name).buffer).getBigUint64(0)
  return Number(raw % BigInt(below))
}

export function digestOf(name: string): Sha256.Digest {
  return Sha256.digestOfHash(bytesOf(name))
}

/** Twenty bytes as an address. */
export function addressOf(name: string): string {
  return `0x${Bytes.hex(bytesOf(name).subarray(0, 20))}`
}
