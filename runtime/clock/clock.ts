/** The machine's clock, and waiting by it: the face of the room. */
import { millis } from '../../protocol/wire/time.ts'
import type { Clock } from '../ports/clock.ts'

export { developmentClock, requireClockFits, type DevelopmentClock } from './development-clock.ts'

export const systemClock: Clock = { now: () => millis(Date.now()) }

/** Waits so many milliseconds, or until the signal aborts. Never rejects, and leaves nothing behind. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
