/** A thread that checks what it is handed and answers with one byte a check. */
import { parentPort } from 'node:worker_threads'
import { verifyWithSodium } from './sodium.ts'
import { verifyPacked } from './threads.ts'

parentPort?.on('message', (packed: ArrayBuffer) => {
  const results = verifyPacked(packed, verifyWithSodium)
  parentPort?.postMessage(results, [results.buffer])
})
