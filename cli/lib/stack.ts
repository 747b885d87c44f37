/** Where the running stack is, and whose keys lie beside it: what `npm start` wrote down, unless told otherwise. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Signer } from '../../protocol/wire/dsse.ts'
import { clientOf, type Author, type Client } from '../../runtime/client/client.ts'
import { readIdentityKey, signerOfKey } from '../../runtime/keys/identity-key.ts'
import { readSecretFile } from '../../runtime/keys/secret-file.ts'
import { ROOT } from '../../scripts/setup/places.mjs'

export type StackFile = {
  readonly url: string
  readonly rpc: string
  readonly chain_id: number
  readonly deployment: string
  readonly data: string
}

/** Options that every command takes which talks to a deployment. */
export const STACK_OPTIONS = {
  url: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export const STACK_HELP = `  --url URL       API of the deployment (default: the running stack)
  --data DIR      data folder of the stack (default .genesis; also GENESIS_DATA)
  --json          the answer as JSON`

export function dataFolder(given: string | undefined): string {
  return resolve(ROOT, given ?? process.env.GENESIS_DATA ?? '.genesis')
}

export function stackFile(data: string): StackFile | undefined {
  const file = join(data, 'stack.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StackFile) : undefined
}

export function clientFor(options: { readonly url?: string | undefined; readonly data?: string | undefined }): Client {
  const url = options.url ?? stackFile(dataFolder(options.data))?.url
  if (url === undefined) throw new Fault('no-stack', { data: dataFolder(options.data) })
  return clientOf(url)
}

export async function deploymentOf(
  client: Client,
): Promise<{ readonly deployment: string; readonly development: boolean }> {
  const reply = await client.get('/v1/deployment')
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  return reply.value as unknown as { deployment: string; development: boolean }
}

/** The person or machine whose key lies in the data folder. */
export function authorIn(data: string, id: string): Author {
  return { id, signer: signerIn(data, id) }
}

function signerIn(data: string, id: string): Signer {
  const keys = join(data, 'keys')
  return signerOfKey(readIdentityKey(join(keys, 'identities', `${id}.pem`), passwordIn(data)))
}

export function passwordIn(data: string): string {
  return process.env.GENESIS_PASSWORD ?? readSecretFile(join(data, 'keys', 'password'))
}
