/** Curve points as the contracts take them: uncompressed, in the padded form of EIP-2537. */
import { encodeG1 } from '../../protocol/wire/eip2537.ts'
import { readSignature } from '../../protocol/wire/bls-point.ts'
import { hex } from '../../protocol/wire/bytes.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Hex } from 'viem'

export function bytesOfSignature(signature: string): Hex {
  const point = readSignature(signature)
  if (!point.ok) throw new Fault('bls-signature-unreadable', { code: point.error.code })
  return `0x${hex(encodeG1(point.value))}`
}
