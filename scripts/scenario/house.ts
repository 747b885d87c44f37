/**
 * The deployment of a scenario: the runtime's own parts (SQLite ledger, artifacts, outbox, archive, API, the clerk's
 * duties), on a development clock and without a beat of its own. The scenario says when a duty looks around, so that
 * nothing depends on how fast this machine is.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as Genesis from '../../protocol/genesis.ts'
import type { AdmittedCommand, Draft, State } from '../../protocol/genesis.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { digest, type Digest } from '../../protocol/wire/sha256.ts'
import { HOUR, millis, type Millis } from '../../protocol/wire/time.ts'
import { serveApi, type Api } from '../../runtime/api/api.ts'
import { openArchive } from '../../runtime/archive/archive.ts'
import { openArtifacts } from '../../runtime/artifacts/stores/disk.ts'
import { developmentBeacon } from '../../runtime/beacon/beacon.ts'
import { connectChain, openRelay, publishCall } from '../../runtime/chain/chain.ts'
import { closeEpochs } from '../../runtime/clerk/close-epochs.ts'
import { closeWindows } from '../../runtime/clerk/close-windows.ts'
import { observeBeacon } from '../../runtime/clerk/observe-beacon.ts'
import { observeChain } from '../../runtime/clerk/observe-chain.ts'
import { sealerOf } from '../../runtime/clerk/sealer.ts'
import type { Author } from '../../runtime/client/client.ts'
import { developmentClock, requireClockFits, type DevelopmentClock } from '../../runtime/clock/clock.ts'
import { openDesk, publicationOf } from '../../runtime/epochs/epochs.ts'
import { openLedger } from '../../runtime/ledger/ledger.ts'
import { openSqliteStore } from '../../runtime/ledger/stores/sqlite.ts'
import { archiveContents } from '../../runtime/main.ts'
import { openOutbox } from '../../runtime/outbox/outbox.ts'
import type { Archive } from '../../runtime/ports/archive.ts'
import type { LedgerReader } from '../../runtime/ports/ledger.ts'
import type { Call } from '../../runtime/ports/chain.ts'
import { queries } from '../../runtime/queries.ts'
import { installNativeSha256, verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import type { Where } from '../../verifier/chain/reader.ts'
import { genesisCommand, MEMBERS, memberWallet } from '../start/found.ts'
import { deployOn, openSettlement, startChain } from './chain.ts'
import { startCommittee } from './committee.ts'
import type { Seed } from './seed.ts'

export type RecordedEvent = {
  readonly event_id: string
  readonly event_type: string
  readonly subject: string
  readonly data: Json
}

/** What the ledger answered to a command. */
export type Recorded = {
  /** Undefined where nothing was recorded. */
  readonly seq: number | undefined
  /** `refused`: not even recorded, for nobody known signed it; a retired machine's keys are revoked. */
  readonly outcome: 'committed' | 'withheld' | 'refused'
  readonly events: readonly RecordedEvent[]
  readonly violations: readonly { readonly constraint: string; readonly params: Json }[]
}

/** An entry as the ledger has it. */
export type Written = Pick<Recorded, 'outcome' | 'events' | 'violations'>

export type House = {
  readonly seed: Seed
  readonly clock: DevelopmentClock
  readonly deployment: Digest
  readonly where: Where
  /** Address of the API, for agents that connect like strangers. */
  readonly url: string
  readonly archive: Archive
  /** Every entry so far, in order. */
  entries(): Iterable<Written>
  head(): { readonly size: number; readonly hash: Digest }
  ask<T>(question: (state: State, now: Millis) => T): Promise<T>
  /** Signs a draft as this author, at the clock's time, and has it recorded, whatever the law says to it. */
  send(author: Author, draft: Draft): Promise<Recorded>
  /** A nonce that this actor has not used: counted, so that it is the same in every run. */
  nonce(actor: string): string
  put(bytes: Uint8Array): Promise<Digest>
  /** Beacon rounds that have come, for the draws that wait for them. */
  draw(): Promise<void>
  /** Calls settled on chain, and what they left there taken into the ledger. */
  settle(calls: readonly Call[]): Promise<void>
  /** An epoch's end: windows, the close, the certificate by whoever is present, its publication. */
  closeEpoch(present: readonly number[]): Promise<void>
  /** Something to end before the house is closed. */
  onClose(step: () => Promise<void>): void
  close(): Promise<void>
}

/** Epochs of an hour, as the constitution has them; a beacon like drand's. */
const PACE = { epochMs: HOUR, beaconPeriodMs: 3_000 }

export type HouseParts = {
  readonly seed: Seed
  readonly start: Millis
  /** A folder of its own: what is in it is forgotten. */
  readonly folder: string
  readonly chainPort: number
}

export async function openHouse({ seed, start, folder, chainPort }: HouseParts): Promise<House> {
  installNativeSha256()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const undo: (() => Promise<void> | void)[] = []
  try {
    return await build()
  } catch (cause) {
    await close()
    throw cause
  }

  async function close(): Promise<void> {
    for (const step of undo.splice(0).toReversed()) await step()
  }

  async function build(): Promise<House> {
    const clock = developmentClock(start)
    const simulated = await startChain(chainPort, join(folder, 'chain.json'), start)
    undo.push(() => simulated.stop())
    const founded = await deployOn(simulated.url, seed, start)
    const settlement = await openSettlement(simulated.url, seed, clock)
    await settlement.mine()
    const chain = await connectChain(founded.where, clock, 0)
    const ledger = await openLedger<State, AdmittedCommand>({
      store: openSqliteStore(join(folder, 'ledger')),
      law: Genesis,
      verify: verifyWithSodium,
      clock,
    })
    undo.push(() => ledger.close())
    const members = Array.from({ length: MEMBERS }, (_, i) => memberWallet(seed, i))
    await submit(genesisCommand(seed, members, founded.contracts, founded.genesis_hash, clock.now(), PACE))
    const facts = await ledger.ask((state) => state.founded!.deployment)
    requireClockFits(clock, facts)
    const deployment = facts.id as Digest

    const outbox = openOutbox(join(folder, 'outbox.sqlite'))
    undo.push(() => outbox.close())
    const artifacts = await openArtifacts(join(folder, 'artifacts'))
    const desk = openDesk({ ledger, outbox, clock })
    const archive = await openArchive<State, AdmittedCommand>({
      ledger,
      artifacts,
      contents: archiveContents,
      certificates: () => desk.certificates(),
      folder: join(folder, 'archive'),
    })
    const api: Api = await serveApi<State, AdmittedCommand>(
      {
        ledger,
        law: Genesis,
        artifactsOf: Genesis.artifactsOf,
        queries,
        artifacts,
        archive,
        desk,
        relay: openRelay({ ledger, outbox, clock, chain }),
        unready: () => [],
        onFault: () => {},
      },
      { port: 0 },
    )
    undo.push(() => api.close())
    const committee = startCommittee(seed, founded.where)
    undo.push(() => committee.stop())

    const runtime = { id: facts.runtime.id, signer: seed.identity('runtime').signer }
    const seal = sealerOf({ deployment, actor: runtime.id, signer: runtime.signer, clock })
    const chainTime = async (): Promise<number> => (await chain.heads()).latest.time * 1000
    const beacon = developmentBeacon(facts.beacon, seed.bls('beacon').secret, clock)
    const duties = {
      epochs: closeEpochs({ ledger, seal, clock, chainTime }),
      windows: closeWindows({ ledger, seal, clock }),
      beacon: observeBeacon({ ledger, seal, clock, beacon }),
      chain: observeChain({ ledger, actor: runtime.id, seal, clock, chain, outbox }),
    }
    await settlement.mine()
    await settlement.mine()
    await duties.chain.run()

    const counts = new Map<string, number>()
    function nonce(actor: string): string {
      const count = (counts.get(actor) ?? 0) + 1
      counts.set(actor, count)
      return `${actor}-${count}`
    }

    /** Entries that the committee has not seen yet. */
    let told = 0

    async function closeEpoch(present: readonly number[]): Promise<void> {
      await settlement.mine()
      await duties.windows.run()
      if (!(await duties.epochs.run())) throw new Fault('epoch-not-closed', { at: clock.now() })
      const closed = await ledger.ask((state) => {
        const epoch = state.epochs.closed.length - 1
        return { epoch, publication: publicationOf(state, epoch)! }
      })
      const { size } = ledger.head()
      const texts = ledger.read(told, size - told).map((row) => row.text)
      told = size
      const certificate = await committee.sign(texts, closed.epoch, present)
      outbox.putCertificate(closed.epoch, certificate)
      const to = facts.contracts.commitment_log.address
      await settle([publishCall(to, closed.epoch, closed.publication.record, certificate)])
    }

    async function settle(calls: readonly Call[]): Promise<void> {
      await settlement.settle(calls)
      await duties.chain.run()
    }

    async function submit(envelope: string): Promise<Recorded> {
      const command = Genesis.admit(envelope)
      if (!command.ok)
        throw new Fault('scenario-command-malformed', { code: command.error.code, path: command.error.path ?? '' })
      const answer = await ledger.submit(command.value)
      if (answer.kind === 'refused') {
        const { code, params = {} } = answer.refusal
        return { seq: undefined, outcome: 'refused', events: [], violations: [{ constraint: code, params }] }
      }
      if (answer.kind !== 'recorded') throw new Fault('scenario-command-not-taken', { kind: answer.kind })
      const entry = JSON.parse(answer.text) as Partial<Pick<Recorded, 'events' | 'violations'>>
      const { seq, outcome } = answer
      return { seq, outcome, events: entry.events ?? [], violations: entry.violations ?? [] }
    }

    return {
      seed,
      clock,
      deployment,
      where: founded.where,
      url: api.url,
      archive,
      entries: () => written(ledger),
      head: () => ledger.head(),
      ask: (question) => ledger.ask((state) => question(state, clock.now())),
      nonce,
      send: (author, draft) => {
        const as = { deployment, actor: author.id, issued: clock.now(), nonce: nonce(author.id) }
        return submit(Genesis.sealedCommand(draft, as, author.signer))
      },
      put: async (bytes) => {
        const name = digest(bytes)
        const stored = await artifacts.put(name, once(bytes))
        if (!stored.ok) throw new Fault('artifact-not-stored', { code: stored.error.code })
        return name
      },
      draw: async () => {
        await duties.beacon.run()
      },
      settle,
      closeEpoch,
      onClose: (step) => {
        undo.push(step)
      },
      close,
    }
  }
}

/** Rows read at a time. */
const STRIDE = 500

function* written(ledger: LedgerReader): Generator<Written> {
  for (let from = 0, rows = ledger.read(from, STRIDE); rows.length > 0; rows = ledger.read(from, STRIDE)) {
    for (const { text } of rows) {
      const { outcome, events = [], violations = [] } = JSON.parse(text) as Partial<Written>
      yield { outcome: outcome ?? 'withheld', events, violations }
    }
    from += rows.length
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The moment so many milliseconds later. */
export function later(at: Millis, ms: number): Millis {
  return millis(at + ms)
}
