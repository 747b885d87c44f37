/**
 * A small deployment for browser tests whose flows need more than minutes: the law, the ledger, the API and the app, and
 * a clock that stands still until the test moves it. No chain and no agents: a test says what machines sign.
 *
 *     const house = await bench((it) => completed(it, 'mission-1'))   // begins where test/support/law leads
 *     await house.as(ADA, 'incident.resolve', 'incident-1', { … })     // by API, as anybody would
 *     house.wait(72 * HOUR); await house.closeEpoch()                  // what time decides
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as Genesis from '../../../protocol/genesis.ts'
import type { AdmittedCommand, Draft, State } from '../../../protocol/genesis.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { hex, utf8 } from '../../../protocol/wire/bytes.ts'
import { digest } from '../../../protocol/wire/sha256.ts'

import { developmentBeacon } from '../../../runtime/beacon/beacon.ts'
import { clientOf, send, type Author } from '../../../runtime/client/client.ts'
import { closeEpochs } from '../../../runtime/clerk/close-epochs.ts'
import { observeBeacon } from '../../../runtime/clerk/observe-beacon.ts'
import { sealerOf } from '../../../runtime/clerk/sealer.ts'
import { openLedger } from '../../../runtime/ledger/ledger.ts'

import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import { SCRATCH } from '../../../scripts/setup/places.mjs'
import { builtApp } from '../../../scripts/start/app.ts'
import { CROWD } from '../../support/law/appeals.ts'
import { ADA, NOOR, OPERATORS, RUNTIME } from '../../support/law/people.ts'
import { BEACON_SECRET, CHAIN_ID, founded, type Bench } from '../../support/law/world.ts'
import { memoryStore } from '../../support/runtime/memory-store.ts'
import { serveApiOver } from '../../support/runtime/serve-api.ts'
import type { Stack } from './stack.ts'

export type House = Pick<Stack, 'url' | 'rpc' | 'chainId' | 'wallet' | 'get'> & {
  /** Sends a command through the API, and requires that it is recorded and committed. */
  as(author: Author, type: string, subject: string, body: Json, more?: Partial<Draft>): Promise<void>
  /** Beacon rounds that have come by now, for the draws that wait for them. */
  draw(): Promise<void>
  wait(ms: number): void
  /** What time alone decides is decided when an epoch closes. */
  closeEpoch(): Promise<void>
  stop(): Promise<void>
}

/** Files that the worked evidence names. */
const FILES = ['the report', 'the data', 'the notes', 'the scores']

const PEOPLE = [ADA, NOOR, ...OPERATORS, ...CROWD]

export async function openBench(prepare: (bench: Bench) => void): Promise<House> {
  const bench = founded()
  prepare(bench)
  mkdirSync(SCRATCH, { recursive: true })
  const folder = mkdtempSync(join(SCRATCH, 'bench-'))
  const clock = { now: bench.now }
  const ledger = await openLedger<State, AdmittedCommand>({
    store: memoryStore(bench.texts),
    law: Genesis,
    verify: verifyWithSodium,
    clock,
  })
  const faults: unknown[] = []
  const api = await serveApiOver({
    ledger,
    folder,
    files: FILES.map((text) => ({ digest: digest(text), bytes: utf8(text) })),
    app: await builtApp(() => {}),
    onFault: (cause) => faults.push(cause),
  })
  const { id: deployment, beacon } = await ledger.ask((state) => state.founded!.deployment)
  const seal = sealerOf({ deployment, actor: RUNTIME.id, signer: RUNTIME.signer, clock })
  const duties = {
    beacon: observeBeacon({ ledger, seal, clock, beacon: developmentBeacon(beacon, BEACON_SECRET, clock) }),
    epochs: closeEpochs({ ledger, seal, clock, chainTime: async () => bench.now() }),
  }
  const client = clientOf(api.url)
  return {
    url: api.url,
    rpc: api.url,
    chainId: CHAIN_ID,
    wallet: (id) => {
      const { wallet, walletSecret } = PEOPLE.find((one) => one.id === id)!
      return { id, address: wallet, private_key: `0x${hex(walletSecret)}` }
    },
    get: async (path) => {
      const reply = await client.get(path)
      if (!reply.ok) throw new Error(`${path}: ${reply.problem.code}`)
      return reply.value as { readonly [name: string]: Json }
    },
    as: async (author, type, subject, body, more = {}) => {
      const reply = await send(client, deployment, author, clock, { ...more, type, subject, body })
      if (!reply.ok) throw new Error(`${type}: ${reply.problem.code} ${JSON.stringify(reply.problem.violations ?? [])}`)
    },
    draw: async () => {
      bench.wait(5 * 60_000)
      await duties.beacon.run()
    },
    wait: bench.wait,
    closeEpoch: async () => {
      bench.wait(60_000)
      if (!(await duties.epochs.run())) throw new Error('no epoch was due')
    },
    stop: async () => {
      await api.close()
      await ledger.close()
      rmSync(folder, { recursive: true, force: true })
      if (faults.length > 0) throw new AggregateError(faults, 'the server ran into mistakes of ours')
    },
  }
}
