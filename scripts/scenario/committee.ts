/**
 * The committee of a scenario: fifteen members over a few threads, who are given the entries as they come and sign an
 * epoch once their own fold has closed it. Who is there for an epoch is chance; ten are needed.
 *
 * Faults: `committee-refused` (a member's own fold says otherwise; the run ends), `committee-thread-ended`.
 */
import { Worker } from 'node:worker_threads'
import { assemble, type Certificate } from '../../protocol/wire/certificate.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Where } from '../../verifier/chain/reader.ts'
import { MEMBERS } from '../start/found.ts'
import type { Signed, Task, ThreadData } from './committee-thread.ts'
import type { Seed } from './seed.ts'

export type Committee = {
  /** Every member takes these entries in; those who are present sign the epoch. */
  sign(texts: readonly string[], epoch: number, present: readonly number[]): Promise<Certificate>
  stop(): Promise<void>
}

const THREADS = 3

export function startCommittee(seed: Seed, chain: Where): Committee {
  const threads = Array.from({ length: THREADS }, (_, thread) =>
    openThread({
      members: Array.from({ length: MEMBERS }, (_each, index) => index)
        .filter((index) => index % THREADS === thread)
        .map((index) => ({ index, secret: seed.bls(String(index)).secret })),
      chain,
    }),
  )
  let count = 0
  return {
    sign: async (texts, epoch, present) => {
      count += 1
      const task = { id: count, texts, epoch, present }
      const answers = await Promise.all(threads.map((thread) => thread.ask(task)))
      const refusal = answers.find((answer) => answer.refusal !== undefined)?.refusal
      if (refusal !== undefined) throw new Fault('committee-refused', refusal)
      const shares = answers.flatMap((answer) => answer.shares).toSorted((a, b) => a.member - b.member)
      const certificate = assemble(shares)
      if (!certificate.ok) throw new Fault('committee-refused', { code: certificate.error.code, epoch })
      return certificate.value
    },
    stop: async () => {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}

function openThread(data: ThreadData) {
  const worker = new Worker(new URL('./committee-thread.ts', import.meta.url), { workerData: data })
  const waiting = new Map<number, PromiseWithResolvers<Signed>>()
  let ended: unknown
  const fail = (cause: unknown): void => {
    ended ??= cause
    for (const { reject } of waiting.values()) reject(new Fault('committee-thread-ended', {}, { cause }))
    waiting.clear()
  }
  worker.on('message', (answer: Signed) => {
    waiting.get(answer.id)?.resolve(answer)
    waiting.delete(answer.id)
  })
  worker.on('error', fail)
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail(new Error('exit'))
      resolve()
    })
  })
  return {
    ask: (task: Task): Promise<Signed> => {
      if (ended !== undefined) return Promise.reject(new Fault('committee-thread-ended', {}, { cause: ended }))
      const answer = Promise.withResolvers<Signed>()
      waiting.set(task.id, answer)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(task)
      return answer.promise
    },
    stop: async (): Promise<void> => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage('stop')
      await exited
    },
  }
}
