/** One line on standard error that is written over, and only where a person watches. */
import type { Io } from './command.ts'

export type ProgressLine = { show(text: string): void; clear(): void }

/** Between two writings. Milliseconds. */
const EVERY_MS = 80

export function progressLine(io: Io): ProgressLine {
  let last = 0
  let shown = false
  return {
    show: (text) => {
      const now = performance.now()
      if (!io.watched || now - last < EVERY_MS) return
      last = now
      shown = true
      io.err(`\r\u001b[2K${text}`)
    },
    clear: () => {
      if (shown) io.err('\r\u001b[2K')
      shown = false
    },
  }
}
