/** Brings in the beacon rounds that draws wait for, as soon as they exist. */
import { timeOfRound } from '../../protocol/wire/beacon.ts'
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import type { Beacon } from '../ports/beacon.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Duty } from './duty.ts'
import { each, sendDue } from './send.ts'
import type { Sealer } from './sealer.ts'

export type BeaconParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly seal: Sealer
  readonly clock: Clock
  readonly beacon: Beacon
}

export function observeBeacon({ ledger, seal, clock, beacon }: BeaconParts): Duty {
  return {
    name: 'observe-beacon',
    run: async () => {
      const rounds = await ledger.ask((state) => dueRounds(state, clock.now()))
      return each(rounds, async (round) => {
        const signature = await beacon.signatureOf(round)
        if (signature === undefined) return false
        const draft = { type: 'beacon.observed', subject: 'beacon', body: { round, signature } }
        return sendDue(ledger, clock, seal(draft, `round-${round}-${clock.now()}`))
      })
    },
  }
}

function dueRounds(state: State, now: number): readonly number[] {
  const scheme = state.founded?.deployment.beacon
  if (scheme === undefined) return []
  return [...new Set([...state.reviews.awaiting.keys(), ...state.panels.awaiting.keys()])]
    .filter((round) => timeOfRound(scheme, round) <= now)
    .toSorted((a, b) => a - b)
}
