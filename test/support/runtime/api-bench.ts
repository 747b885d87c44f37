/** The runtime's API over a ledger on a bench, on a free port: everything but the chain is real. */
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import * as Genesis from '../../../protocol/genesis.ts'
import type { AdmittedCommand, State } from '../../../protocol/genesis.ts'
import { serveApi, type Api } from '../../../runtime/api/api.ts'
import { openArchive } from '../../../runtime/archive/archive.ts'
import { openArtifacts } from '../../../runtime/artifacts/stores/disk.ts'
import { openRelay } from '../../../runtime/chain/chain.ts'
import { clientOf, type Client } from '../../../runtime/client/client.ts'
import { openDesk } from '../../../runtime/epochs/epochs.ts'
import { queries } from '../../../runtime/queries.ts'
import { temporaryFolder } from '../folder.ts'
import { opened, type Opened, type World } from './desk-bench.ts'

export type ApiBench = Opened & { readonly api: Api; readonly client: Client; readonly deployment: string }

export async function apiBench(t: TestContext, world: World): Promise<ApiBench> {
  const open = await opened(world)
  const folder = temporaryFolder(t)
  const artifacts = await openArtifacts(join(folder, 'artifacts'))
  const desk = openDesk(open)
  const archive = await openArchive<State, AdmittedCommand>({
    ledger: open.ledger,
    artifacts,
    contents: () => ({ deployment: undefined, epochs: [], artifacts: [] }),
    certificates: () => desk.certificates(),
    folder: join(folder, 'archive'),
  })
  const api = await serveApi<State, AdmittedCommand>(
    {
      ledger: open.ledger,
      law: Genesis,
      artifactsOf: Genesis.artifactsOf,
      queries,
      artifacts,
      archive,
      desk,
      relay: openRelay({ ...open, chain: open.chain.chain }),
      unready: () => [],
      onFault: (fault) => {
        throw fault
      },
    },
    { port: 0 },
  )
  t.after(() => api.close())
  const deployment = world.bench.state.founded?.deployment.id ?? ''
  return { ...open, api, client: clientOf(api.url), deployment }
}
