/**
 * A whole server under the tiny law, on a free port, with everything real but the chain behind the desk and the
 * relay.
 */
import { request } from 'node:http'
import type { TestContext } from 'node:test'
import { join } from 'node:path'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { err, ok } from '../../../protocol/wire/result.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { refusedAboveRate, serveApi, type Api, type Limits, type Settings } from '../../../runtime/api/api.ts'
import type { Refused } from '../../../runtime/ports/refused.ts'
import { openArchive } from '../../../runtime/archive/archive.ts'
import { openArtifacts } from '../../../runtime/artifacts/stores/disk.ts'
import type { Limits as LedgerLimits } from '../../../runtime/ledger/writer.ts'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import type { ArtifactStore } from '../../../runtime/ports/artifact-store.ts'
import { failingStore, type FailingStore } from '../../support/failing-store.ts'
import { temporaryFolder } from '../../support/folder.ts'
import type { TinyCommand, TinyState } from '../../support/tiny-law.ts'
import { law, openTiny, type TinyLedger } from '../ledger/tiny-ledger.ts'

export type TinyApi = {
  readonly api: Api
  readonly ledger: TinyLedger
  readonly store: FailingStore
  readonly artifacts: ArtifactStore
  readonly faults: unknown[]
  readonly missing: string[]
  readonly brought: Json[]
  readonly refused: Refused
}

type Options = Partial<Omit<Settings, 'limits'>> & {
  readonly limits?: Partial<Limits>
  readonly ledgerLimits?: Partial<LedgerLimits>
  readonly development?: { readonly stack: Json; readonly wallets: Json }
}

export async function tinyApi(
  t: TestContext,
  { ledgerLimits = {}, development, ...settings }: Options = {},
): Promise<TinyApi> {
  const folder = temporaryFolder(t)
  const store = failingStore(openSqliteStore(folder))
  const ledger = await openTiny('', { store, limits: ledgerLimits })
  const artifacts = await openArtifacts(join(folder, 'artifacts'))
  const archive = await openArchive({
    ledger,
    artifacts,
    folder: join(folder, 'archive'),
    certificates: async () => [],
    contents: () => ({
      deployment: { id: Sha256.digest('tiny'), file: { name: 'tiny' } },
      epochs: [],
      artifacts: [],
    }),
  })
  const faults: unknown[] = []
  const missing: string[] = []
  const brought: Json[] = []
  const refused = refusedAboveRate()
  const api = await serveApi<TinyState, TinyCommand>(
    {
      ledger,
      law,
      refused,
      artifacts,
      archive,
      artifactsOf: ({ payload }) => named(payload.note),
      queries: {
        deployment: () => ({ name: 'tiny' }),
        overview: (state, moment) => ({ entries: state.seq, ...moment }),
        missions: () => [],
        mission: (_state, id) => (id === 'thrower' ? fail() : undefined),
        actors: (state) => [...state.sums.keys()],
        duties: (state, id) => (state.sums.has(id) ? [] : undefined),
        actor: (state, id) => state.sums.get(id),
        machines: () => [],
        machine: () => undefined,
        incidents: () => [],
        incident: () => undefined,
        trustOverview: () => undefined,
        trust: () => undefined,
        suspensions: () => [],
        suspension: () => undefined,
        panels: () => [],
        panel: () => undefined,
        layers: () => undefined,
        appeals: () => [],
        appeal: () => undefined,
        contestable: () => undefined,
        epochs: () => [],
        epoch: (_state, number) => (number === 0 ? { number } : undefined),
        actions: (_state, subject, actor) => ({ subject, actor: actor ?? 'anybody' }),
      },
      desk: {
        bring: async (epoch, share) => {
          if (epoch > 0) return err({ code: 'epoch-not-closed', params: { epoch } })
          brought.push(share)
          return ok({ shares: brought.length })
        },
        outbox: async () => [{ epoch: 0, state: 'closed' }],
        certificates: async () => [],
      },
      relay: {
        relay: async (approval) => {
          brought.push(approval)
          return ok({ state: 'sent' })
        },
        list: async (mission) => [{ mission: mission ?? 'all' }],
      },
      ...(development === undefined ? {} : { development }),
      unready: () => missing,
      onFault: (fault) => faults.push(fault),
    },
    { port: 0, ...settings },
  )
  t.after(async () => {
    await api.close()
    await ledger.close()
  })
  return { api, ledger, store, artifacts, faults, missing, brought, refused }
}

/** A command whose note is a digest names that artifact. */
function named(note: string | undefined): Sha256.Digest[] {
  return Sha256.isDigest(note) ? [note] : []
}

function fail(): never {
  throw new Error('a mistake of ours')
}

export type Raw = { readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly text: string }

/** A request with headers that `fetch` does not let one choose. */
export function raw(
  api: Api,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port: api.port, host: '127.0.0.1', path, method: options.method ?? 'GET', headers: options.headers ?? {} },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }))
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

export function post(api: Api, path: string, body: string, type = 'application/json'): Promise<Response> {
  return fetch(api.url + path, { method: 'POST', body, headers: { 'content-type': type } })
}

/** Status and code: all that a program needs to know of a problem. */
export async function verdict(response: Response): Promise<[number, string | undefined]> {
  const { code } = (await response.json()) as { code?: string }
  return [response.status, code]
}
