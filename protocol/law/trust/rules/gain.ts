/**
 * What a proof of trust is worth, before any cap or guard has seen it.
 *
 *     score = w_Q·Q + w_R·R + w_V·V
 *     gain  = ⌊ min(alpha · score, u_max) · tier_gain ⌋,  0 where Q < Q_min
 *
 * Q, R and V are exact until the product; the one rounding is to µT, towards zero.
 *
 * Units: weights, alpha, tier_gain and Q_min in millionths; u_max and the gain in µT.
 * Source: spec 4.2. Invariants: I-02 (volume without quality mints nothing).
 */
import { ONE } from '../../constitution/decimal.ts'
import type { MachineStatus } from '../../constraints/world.ts'
import { reaches, type Share } from './share.ts'

export type Merit = { readonly quality: Share; readonly reliability: Share; readonly volume: Share }

export type Weights = { readonly quality: number; readonly reliability: number; readonly volume: number }

export type Worth = {
  readonly weights: Weights
  readonly qualityGate: number
  readonly alpha: number
  readonly perProof: number
  readonly tierGain: number
}

/** Numerator and denominator of the score. */
export type Score = { readonly n: bigint; readonly d: bigint }

export function score({ quality, reliability, volume }: Merit, weights: Weights): Score {
  const [q, r, v] = [BigInt(quality.d), BigInt(reliability.d), BigInt(volume.d)]
  const n =
    BigInt(weights.quality) * BigInt(quality.n) * r * v +
    BigInt(weights.reliability) * BigInt(reliability.n) * q * v +
    BigInt(weights.volume) * BigInt(volume.n) * q * r
  return { n, d: BigInt(ONE) * q * r * v }
}

/** The gate opens at Q = Q_min (reading T9). */
export function gateOpens(quality: Share, gate: number): boolean {
  return reaches(quality, gate)
}

/** Out of service, or at zero, a machine gains nothing: it comes back by re-certification alone (reading T17). */
export function mayGain(actor: { readonly trust: number; readonly status?: MachineStatus }): boolean {
  const { status, trust } = actor
  return status === undefined || ((status === 'active' || status === 'probation') && trust > 0)
}

export function gain(merit: Merit, worth: Worth): number {
  if (!gateOpens(merit.quality, worth.qualityGate)) return 0
  const { n, d } = score(merit, worth.weights)
  const earned = BigInt(worth.alpha) * n
  const most = BigInt(worth.perProof) * d
  const least = earned < most ? earned : most
  return Number((least * BigInt(worth.tierGain)) / (d * BigInt(ONE)))
}
