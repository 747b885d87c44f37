/** Snapshots of the law of Genesis. */
import { parentPort } from 'node:worker_threads'
import * as Genesis from '../../../protocol/genesis.ts'
import { installNativeSha256, verifyWithSodium } from '../../signatures/signatures.ts'
import { work } from './job.ts'

installNativeSha256()
await work(Genesis, verifyWithSodium)
parentPort?.close()
