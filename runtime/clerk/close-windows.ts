/** States that a review window has passed; the law says what follows for whoever was silent. */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import { digest, digestHex } from '../../protocol/wire/sha256.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Duty } from './duty.ts'
import { each, sendDue } from './send.ts'
import type { Sealer } from './sealer.ts'

export type WindowParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly seal: Sealer
  readonly clock: Clock
}

export function closeWindows({ ledger, seal, clock }: WindowParts): Duty {
  return {
    name: 'close-windows',
    run: async () => {
      const passed = await ledger.ask((state) => passedWindows(state, clock.now()))
      return each(passed, ({ mission, task, end }) => {
        // Two windows may pass in one moment.
        const place = digestHex(digest(`${mission}/${task}`)).slice(0, 16)
        const nonce = `window-${place}-${end}-${clock.now()}`
        return sendDue(ledger, clock, seal({ type: 'review.close', subject: mission, body: { task } }, nonce))
      })
    },
  }
}

function passedWindows(state: State, now: number) {
  const passed: { mission: string; task: string; end: number }[] = []
  for (const review of state.reviews.byTask.values()) {
    const end = review.status === 'sealing' ? review.commitBy : review.status === 'revealing' ? review.revealBy : now
    if (end < now) passed.push({ mission: review.mission, task: review.task, end })
  }
  return passed
}
