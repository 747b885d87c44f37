/**
 * Public randomness as the ledger has seen it. A round enters once, with its signature, and is checked by everyone
 * who folds the ledger (spec 2.2: outside facts enter as commands of their own).
 */
import type { EventDraft } from '../constraints/event.ts'

export type BeaconEvent = EventDraft<
  'governance.beacon_observed',
  { round: number; randomness: string; signature: string }
>

/** Randomness (hex) by round. */
export type Beacons = Map<number, string>

export function evolveBeacon(beacons: Beacons, event: BeaconEvent): void {
  beacons.set(event.data.round, event.data.randomness)
}
