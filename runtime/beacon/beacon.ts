/**
 * A beacon of our own for development: drand's scheme under a key that this process holds. Its holder could know
 * rounds in advance, so a deployment that is not for development never uses it.
 */
import { roundAt, signRound, type BeaconScheme } from '../../protocol/wire/beacon.ts'
import type { Beacon } from '../ports/beacon.ts'
import type { Clock } from '../ports/clock.ts'

export function developmentBeacon(scheme: BeaconScheme, secret: Uint8Array, clock: Clock): Beacon {
  return {
    signatureOf: async (round) =>
      round <= roundAt(scheme, clock.now()) ? signRound(secret, round).signature : undefined,
  }
}
