/**
 * The real development stack for browser tests: `npm start` in a process of its own, on free ports, with data that is
 * thrown away. Ready when it says so on its standard output.
 *
 * Whoever writes tests can name the data folder of a running stack in GENESIS_STACK; it is used and left alone.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { projectNode, ROOT, SCRATCH } from '../../../scripts/setup/places.mjs'
import { openSecrets } from '../../../scripts/start/secrets.ts'
import { clientOf, send, type Author, type Client } from '../../../runtime/client/client.ts'
import { systemClock } from '../../../runtime/clock/clock.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'

export type Wallet = { readonly id: string; readonly address: string; readonly private_key: `0x${string}` }

export type MissionState = {
  readonly state: string
  readonly revision: number
  readonly gate: { readonly epoch_committed: boolean; readonly mission_digest: string } | null
  readonly decision: { readonly decision: string; readonly transaction: string; readonly reason_hash: string } | null
}

export type Stack = {
  readonly url: string
  readonly rpc: string
  readonly chainId: number
  wallet(id: string): Wallet
  mission(id: string): Promise<MissionState>
  /** Sends a command with the owner's own key. */
  asOwner(type: string, subject: string, body: Json): Promise<void>
  /** A worked mission once more, under another name, with other terms where they are given. */
  intake(id: string, terms?: { readonly [name: string]: Json }, worked?: string): Promise<void>
  /** Sends a command with the key of that human that is not in a browser. */
  as(actor: string, type: string, subject: string, body: Json): Promise<void>
  /** What the API answers. */
  get(path: string): Promise<{ readonly [name: string]: Json }>
  /** Waits until a human may decide, its epoch being on chain, or there is nothing left to decide. */
  atGate(id: string): Promise<MissionState>
  stop(): Promise<void>
}

/** What waits for a human besides the worked mission: one for each test that decides. */
export const FURTHER = ['mission-to-reject', 'mission-to-resend'] as const

const READY = /^READY (\S+)$/m
const START_MS = 240_000
const GATE_MS = 300_000
const STOP_MS = 20_000

export async function startStack(): Promise<Stack> {
  const running = process.env['GENESIS_STACK']
  if (running !== undefined) {
    const { url } = JSON.parse(readFileSync(join(running, 'stack.json'), 'utf8')) as { readonly url: string }
    return opened(url, running, () => Promise.resolve())
  }
  mkdirSync(SCRATCH, { recursive: true })
  const data = mkdtempSync(join(SCRATCH, 'stack-'))
  const port = await freePair()
  const child = spawn(
    projectNode() ?? process.execPath,
    [join(ROOT, 'scripts', 'start.ts'), '--data', data, '--port', String(port)],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const stop = () => ended(child).finally(() => rmSync(data, { recursive: true, force: true }))
  try {
    const url = await ready(child)
    return await opened(url, data, stop)
  } catch (cause) {
    await stop()
    throw cause
  }
}

async function opened(url: string, data: string, stop: () => Promise<void>): Promise<Stack> {
  const client = clientOf(url)
  const { rpc, chain_id } = (await had(client, '/v1/development/stack')) as { rpc: string; chain_id: number }
  const { wallets } = (await had(client, '/v1/development/wallets')) as { wallets: readonly Wallet[] }
  const { deployment } = (await had(client, '/v1/deployment')) as { deployment: string }
  const author = (id: string): Author => ({ id, signer: openSecrets(join(data, 'keys')).identity(id).signer })
  const stack: Stack = {
    url,
    rpc,
    chainId: chain_id,
    wallet: (id) => {
      const found = wallets.find((one) => one.id === id)
      if (found === undefined) throw new Error(`There is no development wallet of ${id}.`)
      return found
    },
    mission: async (id) => (await had(client, `/v1/missions/${id}`)) as unknown as MissionState,
    get: (path) => had(client, path),
    asOwner: (type, subject, body) => stack.as('noor', type, subject, body),
    as: async (actor, type, subject, body) => {
      const reply = await send(client, deployment, author(actor), systemClock, { type, subject, body })
      if (!reply.ok) throw new Error(`${type}: ${reply.problem.code} ${JSON.stringify(reply.problem.violations ?? [])}`)
    },
    atGate: async (id) => {
      for (const until = Date.now() + GATE_MS; Date.now() < until; await pause(500)) {
        const mission = await stack.mission(id)
        if (mission.state === 'Completed' || mission.state === 'Rejected') return mission
        if (mission.state === 'FinalHumanGate' && mission.gate?.epoch_committed === true) return mission
      }
      throw new Error(`${id} did not get to its gate: ${JSON.stringify(await stack.mission(id))}`)
    },
    intake: (id, terms, worked) => intake(client, stack, id, terms, worked),
    stop,
  }
  for (const id of FURTHER) {
    const { ok: isThere } = await client.get(`/v1/missions/${id}`)
    if (!isThere) await intake(client, stack, id)
  }
  for (const id of ['noor', 'ada']) await fund(rpc, stack.wallet(id).address)
  for (const id of ['mission-low-risk', 'mission-high-risk', ...FURTHER]) await stack.atGate(id)
  return stack
}

async function intake(
  client: Client,
  stack: Stack,
  id: string,
  terms: { readonly [name: string]: Json } = {},
  worked = 'high-risk-regulated-analysis',
): Promise<void> {
  const folder = join(ROOT, 'examples', worked)
  const { title, summary, inputs, ...scope } = JSON.parse(readFileSync(join(folder, 'mission.json'), 'utf8')) as {
    readonly title: string
    readonly summary: string
    readonly inputs: readonly { readonly name: string; readonly media_type: string; readonly path?: string }[]
  } & { readonly [name: string]: Json }
  const refs = []
  for (const { name, media_type, path = name } of inputs) {
    const bytes = Uint8Array.from(readFileSync(join(folder, path)))
    const stored = await client.upload(bytes)
    if (!stored.ok) throw new Error(`${name}: ${stored.problem.code}`)
    refs.push({ name, digest: stored.value, bytes: bytes.length, media_type })
  }
  await stack.asOwner('mission.create', id, { title: `${title} (${id})`, summary })
  await stack.asOwner('mission.scope', id, {
    ...scope,
    inputs: refs,
    planner: 'planner-1',
    integrator: 'integrator-1',
    ...terms,
  })
}

/** Whoever sends a transaction from their own wallet pays for it. */
async function fund(rpc: string, address: string): Promise<void> {
  const params = [address, `0x${(10n ** 19n).toString(16)}`]
  await fetch(rpc, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_setBalance', params }),
  })
}

async function had(client: Client, path: string): Promise<{ readonly [name: string]: Json }> {
  const reply = await client.get(path)
  if (!reply.ok) throw new Error(`${path}: ${reply.problem.code}`)
  return reply.value as { readonly [name: string]: Json }
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`The stack was not ready in time:\n${said}`)), START_MS)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        said = (said + chunk).slice(-8_000)
        const [, url] = READY.exec(said) ?? []
        if (url === undefined) return
        clearTimeout(timer)
        resolve(url)
      })
    }
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The stack ended with ${code}:\n${said}`))
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGINT')
  })
}

/** A free port whose neighbour, the chain's, is free too. */
async function freePair(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await listening(0)
    if ((await listening(port + 1).catch(() => 0)) === port + 1) return port
  }
  throw new Error('There are no two free ports side by side.')
}

function listening(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const taken = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(taken))
    })
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
