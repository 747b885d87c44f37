/**
 * Decision certificates: at least `threshold` of the committee's members signed one message, and everyone can see which.
 *
 *     message = SHA-256(  SHA-256('genesis.certificate.v1')     32 bytes
 *                       ‖ SHA-256(purpose, ASCII)               32     'epoch-commitment'
 *                       ‖ chain id                              32, big-endian
 *                       ‖ address of the contract that takes it 32, left-padded
 *                       ‖ committee id                          32
 *                       ‖ subject                               32     the commitment hash, raw
 *                       ‖ sequence                              32, big-endian: the epoch's number )
 *     signature = Σ secretᵢ · H(message), tag BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_
 *
 * 224 bytes are hashed. Shape: { "bitmap": 1023, "signature": "8f…" }: bit i stands for member i, the signature is
 * the compressed G1 sum. A set bit means that this member signed, up to collusion among the members it names: two
 * of them may register keys that cancel out. An honest member cannot be framed.
 *
 * Errors: certificate-malformed (with the reason), certificate-bit-out-of-range, certificate-below-threshold,
 * certificate-key-absent (no valid key for a set bit), certificate-key-invalid, certificate-invalid.
 * Source: spec 5.6.
 */
import { addressWord, uintWord } from './abi.ts'
import { aggregate, holds, SIGNATURE_TAG, sumKeys } from './bls.ts'
import { blsSignature, readKey, readSignature, type G2Point } from './bls-point.ts'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'
import * as Sha256 from './sha256.ts'
import { integer, object, parse, type Infer } from './shape.ts'

export const CERTIFICATE_PREFIX = 'genesis.certificate.v1'

/** More members than a bitmap can name exactly are not a committee. */
const MAX_MEMBERS = 32

export const certificate = object({
  bitmap: integer({ min: 0, max: 2 ** MAX_MEMBERS - 1 }),
  signature: blsSignature,
})

export type Certificate = Infer<typeof certificate>

/** What a certificate is about. */
export type CertificateSubject = {
  readonly purpose: string
  readonly chainId: number
  /** The contract that takes the certificate. */
  readonly contract: string
  readonly committeeId: Sha256.Digest
  readonly subject: Sha256.Digest
  readonly sequence: number
}

export const EPOCH_COMMITMENT = 'epoch-commitment'

export function certificateMessage(about: CertificateSubject): Uint8Array {
  return Sha256.hash(
    Bytes.concat(
      Sha256.hash(Bytes.utf8(CERTIFICATE_PREFIX)),
      Sha256.hash(Bytes.utf8(about.purpose)),
      uintWord(about.chainId),
      addressWord(about.contract),
      Sha256.digestBytes(about.committeeId),
      Sha256.digestBytes(about.subject),
      uintWord(about.sequence),
    ),
  )
}

/**
 * The name of a committee: who its members are and in which order, not which keys they hold at the moment.
 *
 *     SHA-256( chain id (32) ‖ CommitteeRegistry (32) ‖ member 0 (32) ‖ … ‖ member n−1 (32) )     as the registry computes it
 */
export function committeeId(chainId: number, registry: string, members: readonly string[]): Sha256.Digest {
  return Sha256.digest(Bytes.concat(uintWord(chainId), addressWord(registry), ...members.map(addressWord)))
}

export function parseCertificate(json: unknown): Result<Certificate, Malformed> {
  const parsed = parse(certificate, json)
  return parsed.ok ? parsed : malformed('certificate-malformed', { reason: parsed.error.code }, parsed.error.path)
}

/** Members named by the bitmap, in order. */
export function signersOf(bitmap: number): number[] {
  return Array.from({ length: MAX_MEMBERS }, (_, i) => i).filter((i) => hasBit(bitmap, i))
}

/** Adds up the shares of members, which must have been verified one by one. Throws Fault `certificate-member` on a member named twice or out of range. */
export function assemble(shares: readonly { member: number; signature: string }[]): Result<Certificate, Malformed> {
  let bitmap = 0
  for (const { member } of shares) {
    const fits = Number.isInteger(member) && member >= 0 && member < MAX_MEMBERS
    if (!fits || hasBit(bitmap, member)) throw new Fault('certificate-member', { member })
    bitmap += 2 ** member
  }
  const signature = aggregate(shares.map((share) => share.signature))
  return signature.ok ? ok({ bitmap, signature: signature.value }) : signature
}

/** `keys[i]` is member i's valid key (compressed hex), undefined where it has none. */
export function verifyCertificate(
  given: Certificate,
  message: Uint8Array,
  keys: readonly (string | undefined)[],
  threshold: number,
): Result<void, Malformed> {
  if (message.length !== 32 || keys.length > MAX_MEMBERS || !(threshold >= 1)) {
    throw new Fault('certificate-context', { keys: keys.length, message: message.length, threshold })
  }
  const parsed = parseCertificate(given)
  if (!parsed.ok) return parsed
  const { bitmap } = parsed.value
  if (bitmap >= 2 ** keys.length) return malformed('certificate-bit-out-of-range', { bitmap, members: keys.length })
  const signers = signersOf(bitmap)
  if (signers.length < threshold)
    return malformed('certificate-below-threshold', { signers: signers.length, threshold })
  const points: G2Point[] = []
  for (const member of signers) {
    if (keys[member] === undefined) return malformed('certificate-key-absent', { member })
    const point = readKey(keys[member])
    if (!point.ok) return malformed('certificate-key-invalid', { member, reason: point.error.code })
    points.push(point.value)
  }
  const signature = readSignature(parsed.value.signature)
  if (!signature.ok) return malformed('certificate-malformed', { reason: signature.error.code }, '/signature')
  return holds(signature.value, message, sumKeys(points), SIGNATURE_TAG)
    ? ok(undefined)
    : malformed('certificate-invalid')
}

function hasBit(bitmap: number, i: number): boolean {
  return ((bitmap >>> i) & 1) === 1
}
