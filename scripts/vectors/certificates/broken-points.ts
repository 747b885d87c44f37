/**
 * Encodings that must be refused: each is almost a point.
 *
 * Coordinates are bigints; `g1` and `g2` write whatever they are given, on the curve or not.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js'
import * as Bytes from '../../../protocol/wire/bytes.ts'

const { Fp, Fp2 } = bls12_381.fields
export const MODULUS = Fp.ORDER

export type Fp2Value = { readonly c0: bigint; readonly c1: bigint }
export type Point1 = { readonly x: bigint; readonly y: bigint }
export type Point2 = { readonly x: Fp2Value; readonly y: Fp2Value }

/** A coordinate in 64 bytes, as the chain takes it. */
export function wide(value: bigint): string {
  return value.toString(16).padStart(128, '0')
}

/** A coordinate in 48 bytes. */
export function narrow(value: bigint): string {
  return value.toString(16).padStart(96, '0')
}

export function wideG1({ x, y }: Point1): string {
  return `0x${wide(x)}${wide(y)}`
}

export function wideG2({ x, y }: Point2): string {
  return `0x${wide(x.c0)}${wide(x.c1)}${wide(y.c0)}${wide(y.c1)}`
}

/** Compressed: flag bits compressed (1), infinity (0), and whether y is the larger of the two roots. */
export function narrowG1({ x, y }: Point1): string {
  return withFlags(narrow(x), larger(y % MODULUS))
}

export function narrowG2({ x, y }: Point2): string {
  const part = y.c1 % MODULUS === 0n ? y.c0 : y.c1
  return withFlags(narrow(x.c1) + narrow(x.c0), larger(part % MODULUS))
}

/** The same compressed text with other flag bits: 0x80 compressed, 0x40 infinity, 0x20 larger root. */
export function reflag(text: string, change: (top: number) => number): string {
  const raw = Bytes.fromHex(text)
  if (!raw.ok) throw new Error(raw.error.code)
  raw.value[0] = change(raw.value[0]!)
  return Bytes.hex(raw.value)
}

/** On the curve, outside the subgroup of prime order: the smallest x that has a y. */
export function strayG1(): Point1 {
  for (let x = 1n; ; x++) {
    const y = rootOf(() => Fp.sqrt(Fp.add(Fp.pow(x, 3n), 4n)))
    if (y !== undefined && !bls12_381.G1.Point.fromAffine({ x, y }).isTorsionFree()) return { x, y }
  }
}

export function strayG2(): Point2 {
  for (let c0 = 1n; ; c0++) {
    const x = Fp2.create({ c0, c1: 1n })
    const y = rootOf(() => Fp2.sqrt(Fp2.add(Fp2.pow(x, 3n), Fp2.create({ c0: 4n, c1: 4n }))))
    if (y !== undefined && !bls12_381.G2.Point.fromAffine({ x, y }).isTorsionFree()) return { x, y }
  }
}

/** No point has this x. */
export function xWithoutY(): bigint {
  for (let x = 1n; ; x++) {
    if (rootOf(() => Fp.sqrt(Fp.add(Fp.pow(x, 3n), 4n))) === undefined) return x
  }
}

function rootOf<T>(root: () => T): T | undefined {
  try {
    return root()
  } catch {
    return undefined
  }
}

function larger(y: bigint): boolean {
  return 2n * y > MODULUS
}

function withFlags(text: string, isLarger: boolean): string {
  return reflag(text, (top) => top | 0x80 | (isLarger ? 0x20 : 0))
}
