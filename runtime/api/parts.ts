/**
 * What the API is made of: the other rooms by their ports, and the settings of the door.
 */
import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import type { Fault } from '../../protocol/wire/fault.ts'
import type { ApprovalRelay } from '../ports/approval-relay.ts'
import type { Archive } from '../ports/archive.ts'
import type { ArtifactStore } from '../ports/artifact-store.ts'
import type { CertificateDesk } from '../ports/certificate-desk.ts'
import type { Enveloped, Law } from '../ports/law.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Queries } from '../ports/queries.ts'
import type { Refused } from '../ports/refused.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import type { Rate } from './rate.ts'

export type Parts<State, Command extends Enveloped> = {
  readonly ledger: Ledger<State, Command>
  readonly law: Law<State, Command>
  /** Artifacts that a command names: their bytes have to be in the store before it is taken in. */
  readonly artifactsOf: (command: Command) => readonly Digest[]
  readonly queries: Queries<State>
  readonly artifacts: ArtifactStore
  readonly archive: Archive
  readonly desk: CertificateDesk
  readonly relay: ApprovalRelay
  /** Counts what is turned away above a key's rate; who has no clerk that records it has none. */
  readonly refused?: Refused
  /** Wallets to play with and the chain's address, on a development deployment alone. */
  readonly development?: { readonly wallets: Json; readonly stack: Json }
  /** What keeps the process from doing all of its work, as names; none when it is ready. */
  readonly unready: () => readonly string[]
  /** A mistake of ours that a request ran into. */
  readonly onFault: (fault: unknown) => void
}

export type Settings = {
  /** Address to listen on: the loopback unless somebody says otherwise. */
  readonly address: string
  /** 0 takes any free port. */
  readonly port: number
  /** Further names under which this server may be called. */
  readonly hosts: readonly string[]
  /** Further origins whose pages may call it, such as `https://app.example`. */
  readonly origins: readonly string[]
  /** Folder of the built app. */
  readonly app: string | undefined
  /** Where the app's pages may connect to beside this server: the chains' RPC addresses. */
  readonly connect: readonly string[]
  readonly limits: Limits
}

export type Limits = {
  /** Bytes of a command. */
  readonly commandBytes: number
  /** Bytes of a certificate share or an approval. */
  readonly noteBytes: number
  /** Readers of the stream at once. */
  readonly streams: number
  /** A reader that takes nothing for so long is cut off. Milliseconds. */
  readonly stallMs: number
  /** A silent stream says so that often that it lives. Milliseconds. */
  readonly heartbeatMs: number
  /** Requests of one address. */
  readonly reads: Rate
  readonly writes: Rate
  /** Commands of one key. */
  readonly commandsOfKey: Rate
}

/** Signers, agents and people share the loopback address: its share is meant for all of them together. */
export const DEFAULT_LIMITS: Limits = {
  commandBytes: 1_048_576,
  noteBytes: 65_536,
  streams: 256,
  stallMs: 30_000,
  heartbeatMs: 15_000,
  reads: { burst: 4000, perSecond: 2000 },
  writes: { burst: 2000, perSecond: 500 },
  commandsOfKey: { burst: 200, perSecond: 50 },
}

export type Context = {
  /** Aborted when the server closes: whatever would never end by itself ends then. */
  readonly closing: AbortSignal
  readonly settings: Settings
}

export type App = Hono<{ Bindings: HttpBindings }>

/** Faults that only say what the ledger's state is already known to be. */
export function isStopped(cause: unknown): cause is Fault {
  return (cause as { code?: unknown } | undefined)?.code === 'ledger-stopped'
}
