/**
 * The clerk writes down what needs no decision: an epoch has ended, a beacon round has come, a window has passed,
 * the chain holds a log. Each duty looks at the state, and sends at most what the law would take.
 *
 * A duty that fails is reported and tried again at the next beat: everything it needs is in the ledger or on the
 * chain, so nothing is lost by trying later.
 */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import type { Ledger } from '../ports/ledger.ts'

export type Duty = {
  readonly name: string
  /** One round of it. Answers whether anything was written. */
  readonly run: () => Promise<boolean>
}

export type Clerk = { stop(): Promise<void> }

export type Trouble = { readonly duty: string; readonly cause: unknown }

export function startClerk(duties: readonly Duty[], beatMs: number, onTrouble: (trouble: Trouble) => void): Clerk {
  const stopping = new AbortController()
  const loops = duties.map((duty) => attend(duty, beatMs, stopping.signal, onTrouble))
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

async function attend(duty: Duty, beatMs: number, signal: AbortSignal, onTrouble: (trouble: Trouble) => void) {
  while (!signal.aborted) {
    let wrote = false
    try {
      wrote = await duty.run()
    } catch (cause) {
      onTrouble({ duty: duty.name, cause })
    }
    // After something was written more may follow from it at once.
    await pause(wrote ? Math.min(beatMs, 50) : beatMs, signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/** Send a mechanical command; true when it is on record, whatever the law said to it. */
export async function sendTo(ledger: Ledger<State, AdmittedCommand>, command: AdmittedCommand): Promise<boolean> {
  const answer = await ledger.submit(command)
  return answer.kind === 'recorded' && !answer.repeated
}
