/**
 * Starts the committee's members, each a thread that reads the API like a stranger. They share nothing with the
 * runtime but the machine: the same code serves on fifteen machines. The face of the room.
 *
 * A thread that dies is started again: what it has signed is in its checkpoint.
 */
import { Worker } from 'node:worker_threads'
import { pause } from '../clock/clock.ts'
import type { WorkerData, WorkerNote } from './worker.ts'

export type { WorkerData, WorkerNote } from './worker.ts'

export type Committee = { stop(): Promise<void> }

export type CommitteeParts = {
  readonly members: readonly WorkerData[]
  readonly onNote: (note: WorkerNote) => void
  /** A member's thread that died. */
  readonly onDeath: (member: number, cause: unknown) => void
}

/** How long a member gets to put its pen down. Milliseconds. */
const STOP_WITHIN_MS = 3_000

/** How long after its death a thread is started again. Milliseconds. */
const REVIVE_AFTER_MS = 5_000

export function startCommittee(parts: CommitteeParts): Committee {
  const stopping = new AbortController()
  const lives = parts.members.map((data) => attend(parts, data, stopping.signal))
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(lives)
    },
  }
}

async function attend(parts: CommitteeParts, data: WorkerData, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const death = await live(parts, data, signal)
    if (signal.aborted || death === undefined) return
    parts.onDeath(data.index, death)
    await pause(REVIVE_AFTER_MS, signal)
  }
}

/** One life of a thread. Answers what it died of, if it was not told to end. */
function live({ onNote }: CommitteeParts, data: WorkerData, signal: AbortSignal): Promise<unknown> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: data,
    name: `member-${data.index}`,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  worker.on('message', onNote)
  return new Promise((resolve) => {
    let cause: unknown
    let late: NodeJS.Timeout | undefined
    const stop = (): void => {
      late = setTimeout(() => void worker.terminate(), STOP_WITHIN_MS)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage('stop')
    }
    worker.once('error', (fault) => {
      cause = fault
    })
    worker.once('exit', (code) => {
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
      resolve(cause ?? (code === 0 ? undefined : new Error(`exit ${code}`)))
    })
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
  })
}
