/** One committee member in a thread of its own. It is told where to look and what to sign with, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads'
import { openChain, type Where } from '../../verifier/chain/reader.ts'
import { systemClock } from '../clock/clock.ts'
import { installNativeSha256, verifyWithSodium } from '../signatures/signatures.ts'
import { serve, type Note } from './member.ts'

export type WorkerData = {
  readonly index: number
  readonly secret: Uint8Array
  readonly url: string
  readonly checkpointFile: string
  readonly chain: Where
}

export type WorkerNote = Note & { readonly member: number }

const { index, secret, url, checkpointFile, chain } = workerData as WorkerData
const stopping = new AbortController()

parentPort?.on('message', (message: unknown) => {
  if (message !== 'stop') return
  stopping.abort()
  parentPort?.close()
})

installNativeSha256()
await serve(
  {
    index,
    secret,
    url,
    checkpointFile,
    chain: await openChain(chain),
    clock: systemClock,
    verify: verifyWithSodium,
    onNote: (note) => parentPort?.postMessage({ ...note, member: index } satisfies WorkerNote),
  },
  stopping.signal,
)
