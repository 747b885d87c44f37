/** One committee member in a thread of its own. It is told where to look and what to sign with, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads'
import { Fault } from '../../protocol/wire/fault.ts'
import { openChain, type ChainReader, type Where } from '../../verifier/chain/reader.ts'
import { pause, systemClock } from '../clock/clock.ts'
import { installNativeSha256, verifyWithSodium } from '../signatures/signatures.ts'
import { serve, type Note } from './member.ts'

export type WorkerData = {
  readonly index: number
  readonly secret: Uint8Array
  readonly deployment: string
  readonly url: string
  readonly checkpointFile: string
  readonly chain: Where
}

export type WorkerNote = Note & { readonly member: number }

/** How often a chain that does not answer is asked again. Milliseconds. */
const ASK_EVERY_MS = 2_000

const { chain: where, ...data } = workerData as WorkerData
const stopping = new AbortController()

parentPort?.on('message', (message: unknown) => {
  if (message !== 'stop') return
  stopping.abort()
  parentPort?.close()
})

function tell(note: Note): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage({ ...note, member: data.index } satisfies WorkerNote)
}

async function reachedChain(): Promise<ChainReader | undefined> {
  while (!stopping.signal.aborted) {
    try {
      return await openChain(where)
    } catch (cause) {
      tell({ kind: 'waiting', code: cause instanceof Fault ? cause.code : 'chain-unreachable' })
      await pause(ASK_EVERY_MS, stopping.signal)
    }
  }
  return undefined
}

installNativeSha256()
const chain = await reachedChain()
if (chain !== undefined) {
  await serve({ ...data, chain, clock: systemClock, verify: verifyWithSodium, onNote: tell }, stopping.signal)
}
