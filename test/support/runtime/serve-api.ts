/** The whole API over a ledger of a test's own: real artifacts and archive in its folder, nothing to publish to. */
import { join } from 'node:path'
import * as Genesis from '../../../protocol/genesis.ts'
import type { AdmittedCommand, State } from '../../../protocol/genesis.ts'
import { ok } from '../../../protocol/wire/result.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import { serveApi, type Api } from '../../../runtime/api/api.ts'
import { openArchive } from '../../../runtime/archive/archive.ts'
import { openArtifacts } from '../../../runtime/artifacts/stores/disk.ts'
import type { Ledger } from '../../../runtime/ports/ledger.ts'
import { queries } from '../../../runtime/queries.ts'

export type Serving = {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly folder: string
  /** Bytes that are there from the start. */
  readonly files?: readonly { readonly digest: Digest; readonly bytes: Uint8Array }[]
  /** Folder of the built app. */
  readonly app?: string | undefined
  readonly onFault: (cause: unknown) => void
}

export async function serveApiOver({ ledger, folder, files = [], app, onFault }: Serving): Promise<Api> {
  const artifacts = await openArtifacts(join(folder, 'artifacts'))
  for (const { digest, bytes } of files) await artifacts.put(digest, once(bytes))
  const archive = await openArchive<State, AdmittedCommand>({
    ledger,
    artifacts,
    folder: join(folder, 'archive'),
    certificates: async () => [],
    contents: () => ({ deployment: undefined, epochs: [], artifacts: [] }),
  })
  return serveApi<State, AdmittedCommand>(
    {
      ledger,
      law: Genesis,
      artifactsOf: Genesis.artifactsOf,
      queries,
      artifacts,
      archive,
      desk: { bring: async () => ok(null), outbox: async () => [], certificates: async () => [] },
      relay: { relay: async () => ok(null), list: async () => [] },
      unready: () => [],
      onFault,
    },
    { port: 0, ...(app === undefined ? {} : { app }) },
  )
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
