/**
 * Starts the committee's members, each a thread that reads the API like a stranger. They share nothing with the
 * runtime but the machine: the same code serves on fifteen machines.
 */
import { Worker } from 'node:worker_threads'
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

export function startCommittee({ members, onNote, onDeath }: CommitteeParts): Committee {
  let stopping = false
  const workers = members.map((data) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: data,
      name: `member-${data.index}`,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    worker.on('message', onNote)
    worker.on('error', (cause) => onDeath(data.index, cause))
    worker.on('exit', (code) => {
      if (code !== 0 && !stopping) onDeath(data.index, new Error(`exit ${code}`))
    })
    return worker
  })
  return {
    stop: async () => {
      stopping = true
      await Promise.all(workers.map(stopWorker))
    },
  }
}

function stopWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => void worker.terminate(), STOP_WITHIN_MS)
    worker.once('exit', () => {
      clearTimeout(late)
      resolve()
    })
    worker.postMessage('stop')
  })
}
