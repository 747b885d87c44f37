/** Snapshots of the tiny law. */
import { parentPort } from 'node:worker_threads'
import { work } from '../../runtime/ledger/snapshot/job.ts'
import { verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import { tinyLaw } from './tiny-law.ts'

await work(tinyLaw(), verifyWithSodium)
parentPort?.close()
