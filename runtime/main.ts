/**
 * The composition root: the only file that knows concrete parts. Everything else takes what it needs by its ports.
 *
 *     sqlite ─▶ ledger ─▶ api ◀─ people, agents, committee
 *                 │
 *                 └─ clerk: epochs, beacon, windows, chain ─▶ courier ─▶ chain
 *
 * `openRuntime` answers when everything writes and listens; `close` drains it in the opposite order.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Hex } from 'viem'
import { mkdirSync } from 'node:fs'
import * as Genesis from '../protocol/genesis.ts'
import type { AdmittedCommand, State } from '../protocol/genesis.ts'
import { deploymentView } from '../protocol/views.ts'
import type { Signer } from '../protocol/wire/dsse.ts'
import { Fault } from '../protocol/wire/fault.ts'
import type { Digest } from '../protocol/wire/sha256.ts'
import type { Json } from '../protocol/wire/canonical-json.ts'
import type { Where } from '../verifier/chain/reader.ts'
import { refusedAboveRate, serveApi, type Api } from './api/api.ts'
import { openArchive, type Contents } from './archive/archive.ts'
import { openArtifacts } from './artifacts/stores/disk.ts'
import { developmentBeacon } from './beacon/beacon.ts'
import { connectChain, openRelay, openSender } from './chain/chain.ts'
import { startDuties, type Clerk, type Trouble } from './clerk/clerk.ts'
import { requireClockFits, systemClock } from './clock/clock.ts'
import { openDesk } from './epochs/epochs.ts'
import { openLedger, SNAPSHOT_THREAD, versionOfLaw, type SnapshotNote, type Snapshots } from './ledger/ledger.ts'
import { openSqliteStore } from './ledger/stores/sqlite.ts'
import { openOutbox, type Outbox } from './outbox/outbox.ts'
import { queries } from './queries.ts'
import { installNativeSha256, verifyInThreads, verifyWithSodium } from './signatures/signatures.ts'
import type { Clock } from './ports/clock.ts'
import type { Ledger } from './ports/ledger.ts'

/** The stores that a runtime uses, for whoever opens its files without one. */
export { openArtifacts, openSqliteStore }

export type RuntimeConfig = {
  /** Folder of this deployment's data. */
  readonly data: string
  readonly port: number
  readonly address: string
  /** The machine's, unless a development deployment brings its own. */
  readonly clock?: Clock
  readonly chain: Where
  /** How much later than the chain says a block is called final: for chains that may lose their last seconds. */
  readonly settleMs: number
  /** Pays for publishing and relaying. */
  readonly senderKey: Hex
  readonly runtimeSigner: Signer
  readonly beaconSecret: Uint8Array
  /** The genesis command, for a ledger that is still empty. */
  readonly genesis: () => string
  /** Folder of the built app, where there is one. */
  readonly app: string | undefined
  /** What a development deployment shows its app: wallets to play with. Never set elsewhere. */
  readonly development: { readonly wallets: Json; readonly stack: Json } | undefined
  readonly onTrouble: (trouble: Trouble) => void
  readonly onProgress: (folded: number, total: number) => void
  /** Whether a start may begin at a snapshot and snapshots are made. They are, unless this is false. */
  readonly snapshots?: boolean
  readonly onSnapshot?: (note: SnapshotNote) => void
}

export type Runtime = {
  readonly url: string
  readonly deployment: Digest
  readonly ledger: Ledger<State, AdmittedCommand>
  /** Fulfilled when the ledger stopped by a fault. */
  readonly stopped: Promise<Fault>
  close(): Promise<void>
}

/** Wei per gas above which the courier waits: 200 gwei. */
const FEE_CEILING = 200_000_000_000n

/** How often duties look around when nothing happens. Milliseconds. */
const BEAT_MS = 250

export async function openRuntime(config: RuntimeConfig): Promise<Runtime> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  installNativeSha256()
  const clock = config.clock ?? systemClock
  const chain = await connectChain(config.chain, clock, config.settleMs)
  // Where commands wait in numbers one thread checks their signatures ahead, and keeps up with the writer. A command
  // that comes alone is checked in its turn, and begins no thread.
  const threads = availableParallelism() > 1 ? verifyInThreads(1) : undefined
  const folder = join(config.data, 'ledger')
  const ledger = await openLedger<State, AdmittedCommand>({
    store: openSqliteStore(folder),
    snapshots: config.snapshots === false ? undefined : snapshotsIn(folder, config),
    law: Genesis,
    verify: verifyWithSodium,
    threads,
    clock,
    onProgress: ({ done, total }) => config.onProgress(done, total),
  })
  let outbox: Outbox | undefined
  let api: Api | undefined
  let clerk: Clerk | undefined
  const close = async (): Promise<void> => {
    await clerk?.stop()
    await api?.close()
    await ledger.close()
    await threads?.close()
    outbox?.close()
  }
  try {
    outbox = openOutbox(join(config.data, 'outbox.sqlite'))
    await foundOnce(ledger, config.genesis)
    const deployment = await ledger.ask(requireDeployment(config.chain))
    requireClockFits(clock, deployment)
    const artifacts = await openArtifacts(join(config.data, 'artifacts'))
    const desk = openDesk({ ledger, outbox, clock })
    const archive = await openArchive<State, AdmittedCommand>({
      ledger,
      artifacts,
      contents: archiveContents,
      certificates: () => desk.certificates(),
      folder: join(config.data, 'archive'),
    })
    const refused = refusedAboveRate()
    api = await serveApi<State, AdmittedCommand>(
      {
        ledger,
        refused,
        law: Genesis,
        artifactsOf: Genesis.artifactsOf,
        queries,
        artifacts,
        archive,
        desk,
        relay: openRelay({ ledger, outbox, clock, chain }),
        // Folded it is, or this would not be listening; the ledger's own faults are asked for apart.
        unready: () => clerk?.unwell() ?? ['clerk'],
        onFault: (cause) => config.onTrouble({ duty: 'api', cause }),
        ...(config.development === undefined ? {} : { development: config.development }),
      },
      { port: config.port, address: config.address, app: config.app, connect: [config.chain.url] },
    )
    clerk = startDuties(
      {
        ledger,
        outbox,
        chain,
        clock,
        deployment: deployment.id,
        runtime: { id: deployment.runtime, signer: config.runtimeSigner },
        beacon: developmentBeacon(deployment.beacon, config.beaconSecret, clock),
        sender: openSender(config.chain.url, config.chain.chainId, config.senderKey),
        feeCeiling: FEE_CEILING,
        refused,
      },
      BEAT_MS,
      config.onTrouble,
    )
    return { url: api.url, deployment: deployment.id, ledger, stopped: ledger.stopped, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

function snapshotsIn(folder: string, { onTrouble, onSnapshot }: RuntimeConfig): Snapshots<State> {
  return {
    folder,
    law: Genesis,
    version: versionOfLaw(),
    thread: SNAPSHOT_THREAD,
    onNote: (note) => {
      if (note.kind === 'trouble') onTrouble({ duty: 'snapshots', cause: note.cause })
      onSnapshot?.(note)
    },
  }
}

/** An empty ledger begins with its genesis entry; any other has one already. */
async function foundOnce(ledger: Ledger<State, AdmittedCommand>, genesis: () => string): Promise<void> {
  if (ledger.head().size > 0) return
  const command = Genesis.admit(genesis())
  if (!command.ok) throw new Fault('genesis-malformed', { code: command.error.code, path: command.error.path ?? '' })
  const answer = await ledger.submit(command.value)
  if (answer.kind === 'refused')
    throw new Fault('genesis-refused', { code: answer.refusal.code, ...answer.refusal.params })
  if (answer.kind !== 'recorded') throw new Fault('genesis-not-recorded', { kind: answer.kind })
}

/** A ledger belongs to one chain; started on another it must not write a word. */
function requireDeployment(where: Where) {
  return (state: State) => {
    const deployment = state.founded?.deployment
    if (deployment === undefined) throw new Fault('ledger-not-founded')
    const operations = deployment.chains.find((chain) => chain.role === 'operations')
    if (operations?.chainId !== where.chainId || operations.genesisHash !== where.genesisHash) {
      throw new Fault('chain-foreign', { chain_id: where.chainId, expected: operations?.chainId ?? 0 })
    }
    const { id, runtime, beacon, development } = deployment
    return { id: id as Digest, runtime: runtime.id, beacon, development }
  }
}

/** What the archive needs to know of the state. */
export function archiveContents(state: State): Contents {
  const file = deploymentView(state)
  const artifacts = new Set<Digest>()
  for (const mission of state.missions.values()) {
    if ('scope' in mission) for (const input of mission.scope.inputs) artifacts.add(input.digest as Digest)
    if ('plan' in mission) {
      for (const task of mission.plan.tasks.values()) {
        for (const digest of task.evidence?.references ?? []) artifacts.add(digest as Digest)
      }
    }
  }
  return {
    deployment: file === undefined ? undefined : { id: state.founded?.deployment.id as Digest, file },
    epochs: state.epochs.closed.map(({ epoch, firstSeq, lastSeq }) => ({ epoch, firstSeq, lastSeq })),
    artifacts: [...artifacts].toSorted(),
  }
}
