/**
 * Signature checks in worker threads.
 *
 *     checks ──pack──▶ one ArrayBuffer, handed over ──▶ thread ──▶ one byte a check
 *     packed: message length (4, little-endian) ‖ signature (64) ‖ public key (32) ‖ message, again and again
 *
 * A slice goes to the thread with the least to do. Passing a slice costs about 50 µs, a check 55 µs: slices are
 * large enough for the one not to matter and small enough for all threads to have one.
 */
import { Worker } from 'node:worker_threads'
import { Fault } from '../../protocol/wire/fault.ts'
import type { SignatureCheck } from '../ports/law.ts'
import type { VerifyAhead } from '../ports/signatures.ts'

const SLICE = 64
const SIGNATURE = 64
const KEY = 32
const HEADER = 4 + SIGNATURE + KEY

type Slice = { readonly resolve: (results: Uint8Array) => void; readonly reject: (fault: Fault) => void }
type Thread = { readonly worker: Worker; readonly slices: Slice[] }

/**
 * Threads begin with the first checks: who never asks has none. Throws nothing; a thread that dies takes its slices
 * with it, and the next ones go to the others.
 */
export function verifyInThreads(count: number): VerifyAhead {
  const threads = new Set<Thread>()
  let begun = false

  function begin(): void {
    begun = true
    for (let i = 0; i < count; i++) threads.add(start((dead) => threads.delete(dead)))
  }

  function verifySlice(checks: readonly SignatureCheck[]): Promise<Uint8Array> {
    const [free] = [...threads].sort((a, b) => a.slices.length - b.slices.length)
    if (free === undefined) return Promise.reject(new Fault('signature-threads-gone'))
    const packed = pack(checks)
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    free.slices.push({ resolve, reject })
    free.worker.ref()
    free.worker.postMessage(packed, [packed])
    return promise
  }

  return {
    async verify(checks) {
      if (!begun) begin()
      const slices: Promise<Uint8Array>[] = []
      for (let at = 0; at < checks.length; at += SLICE) slices.push(verifySlice(checks.slice(at, at + SLICE)))
      const results = await Promise.all(slices)
      return results.flatMap((slice) => Array.from(slice, (byte) => byte === 1))
    },
    async close() {
      begun = true
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
    },
  }
}

function start(onDeath: (thread: Thread) => void): Thread {
  const worker = new Worker(new URL('./thread.ts', import.meta.url))
  const thread: Thread = { worker, slices: [] }
  worker.on('message', (results: Uint8Array) => {
    thread.slices.shift()?.resolve(results)
    if (thread.slices.length === 0) worker.unref()
  })
  worker.on('error', () => {})
  worker.on('exit', () => {
    onDeath(thread)
    for (const { reject } of thread.slices.splice(0)) reject(new Fault('signature-threads-gone'))
  })
  // A thread without work does not keep the process alive.
  worker.unref()
  return thread
}

/** A signature or key of another length is packed as zeros, which no strict check accepts. */
function pack(checks: readonly SignatureCheck[]): ArrayBuffer {
  const messages = checks.map((check) => check.message())
  const size = messages.reduce((sum, message) => sum + HEADER + message.length, 0)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let at = 0
  checks.forEach(({ signature, publicKey }, i) => {
    const message = messages[i]!
    view.setUint32(at, message.length, true)
    if (signature.length === SIGNATURE && publicKey.length === KEY) {
      bytes.set(signature, at + 4)
      bytes.set(publicKey, at + 4 + SIGNATURE)
    }
    bytes.set(message, at + HEADER)
    at += HEADER + message.length
  })
  return bytes.buffer
}

/** The other end: what a thread does with a slice. */
export function verifyPacked(
  packed: ArrayBuffer,
  verify: (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(packed)
  const view = new DataView(packed)
  const results: number[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + HEADER + view.getUint32(at, true)
    const signature = bytes.subarray(at + 4, at + 4 + SIGNATURE)
    const publicKey = bytes.subarray(at + 4 + SIGNATURE, at + HEADER)
    results.push(verify(signature, bytes.subarray(at + HEADER, end), publicKey) ? 1 : 0)
    at = end
  }
  return Uint8Array.from(results)
}
