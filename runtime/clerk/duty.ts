/** Duties and the beat at which they look around. A duty that fails is reported and tried again at the next beat. */
import { pause } from '../clock/clock.ts'

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
