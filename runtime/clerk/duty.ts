/** Duties and the beat at which they look around. A duty that fails is reported and tried again at the next beat. */
import { pause } from '../clock/clock.ts'

export type Duty = {
  readonly name: string
  /** One round of it. Answers whether anything was written. */
  readonly run: () => Promise<boolean>
}

export type Clerk = {
  /** Duties whose last round failed, or that have finished none for long: what they do is not done now. */
  unwell(): readonly string[]
  stop(): Promise<void>
}

export type Trouble = { readonly duty: string; readonly cause: unknown }

/** Every round asks the chain or the ledger something; one that takes longer has got no answer. Milliseconds. */
const LATE_MS = 30_000

export function startClerk(duties: readonly Duty[], beatMs: number, onTrouble: (trouble: Trouble) => void): Clerk {
  const stopping = new AbortController()
  const loops = duties.map((duty) => attend(duty, beatMs, stopping.signal, onTrouble))
  return {
    unwell: () => duties.filter((_, i) => !loops[i]!.isWell()).map(({ name }) => name),
    stop: async () => {
      stopping.abort()
      await Promise.all(loops.map(({ ended }) => ended))
    },
  }
}

function attend(duty: Duty, beatMs: number, signal: AbortSignal, onTrouble: (trouble: Trouble) => void) {
  /** When a round last ended well; the first has yet to. */
  let well: number | undefined

  async function round(): Promise<boolean> {
    try {
      const wrote = await duty.run()
      well = performance.now()
      return wrote
    } catch (cause) {
      well = undefined
      onTrouble({ duty: duty.name, cause })
      return false
    }
  }

  async function again(): Promise<void> {
    while (!signal.aborted) {
      const wrote = await round()
      // After something was written more may follow from it at once.
      await pause(wrote ? Math.min(beatMs, 50) : beatMs, signal)
    }
  }

  return { ended: again(), isWell: () => well !== undefined && performance.now() - well < beatMs + LATE_MS }
}
