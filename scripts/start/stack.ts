/**
 * The development stack, from the chain up: each part starts when what it stands on is there, and stops in the
 * opposite order.
 *
 *     anvil ─▶ contracts, genesis (first start) ─▶ runtime + API ─▶ people ─▶ committee ─▶ agents ─▶ missions
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { startAgents } from '../../runtime/agents/agents.ts'
import { clientOf } from '../../runtime/client/client.ts'
import { pause } from '../../runtime/clock/clock.ts'
import { startCommittee, type WorkerNote } from '../../runtime/committee/committee.ts'
import { writeSecretFile } from '../../runtime/keys/keys.ts'
import { openRuntime, type Runtime } from '../../runtime/main.ts'
import type { Where } from '../../verifier/chain/reader.ts'
import { rpc, startAnvil, stopLeftOver } from './anvil.ts'
import { builtApp } from './app.ts'
import { untilKept } from './chain-state.ts'
import { startFinality } from './finality.ts'
import { forget } from './forget.ts'
import { deploymentText, foundDeployment, keyOf, MEMBERS, withFreshGenesis, type DeploymentFile } from './found.ts'
import { agentsAreDone, startMissions } from './missions.ts'
import type { Options } from './options.ts'
import { FOUNDER, INTEGRATOR, MACHINES, OPERATORS, OWNER, PLANNER, WORKER } from './people.ts'
import { populate } from './populate.ts'
import { holdFolder } from './hold.ts'
import { requireFree } from './ports.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { snapshotInWords } from './words.ts'

export type Stack = {
  readonly url: string
  /** Fulfilled with the fault that ends it, should one. */
  readonly failed: Promise<Fault>
  stop(): Promise<void>
}

export type Reporting = {
  /** A step of the start. */
  readonly say: (text: string) => void
  /** Something that needs no stop, but a line. */
  readonly warn: (what: string, cause: unknown) => void
  /** Aborted when nobody wants the start any more: it is undone, and rejects. */
  readonly signal: AbortSignal
}

type Stop = () => void | Promise<void>

export async function startStack(options: Options, { say, warn, signal }: Reporting): Promise<Stack> {
  const { stops, stop } = undoing()
  const chainFolder = join(options.data, 'chain')
  try {
    mkdirSync(options.data, { recursive: true, mode: 0o700 })
    stops.push(holdFolder(options.data))
    await stopLeftOver(chainFolder)
    if (options.reset) forget(options.data)
    await requireFree(options.port)
    say('starting the development chain')
    const chain = await startAnvil(chainFolder, options.chainPort)
    stops.push(() => chain.stop())
    const secrets = openSecrets(join(options.data, 'keys'))
    const file = await deployment(options.data, chain.url, secrets, say)
    signal.throwIfAborted()
    const where: Where = {
      url: chain.url,
      chainId: file.chain_id,
      genesisHash: file.genesis_hash,
      addresses: file.contracts,
    }
    const app = options.app ? await builtApp(say) : undefined
    say('opening the ledger')
    const url = `http://127.0.0.1:${options.port}`
    const runtime = await openRuntime({
      data: options.data,
      port: options.port,
      address: '127.0.0.1',
      chain: where,
      settleMs: SETTLE_MS,
      senderKey: keyOf(secrets.wallet('publisher')),
      runtimeSigner: secrets.identity('runtime').signer,
      beaconSecret: secrets.bls('beacon').secret,
      genesis: () => renewedGenesis(options.data, secrets),
      app,
      development: { wallets: developmentWallets(secrets), stack: { rpc: chain.url, chain_id: file.chain_id } },
      snapshots: options.snapshots,
      onTrouble: ({ duty, cause }) => warn(duty, cause),
      onSnapshot: (note) => {
        const text = snapshotInWords(note)
        if (text !== undefined) say(text)
      },
      onProgress: (done, total) => {
        if (done === total || done % 10_000 === 0) say(`folding the ledger: ${done} of ${total} entries`)
      },
    })
    stops.push(() => runtime.close())
    const finality = startFinality(chain.url, chainFolder, (cause) => warn('finality', cause))
    stops.push(() => finality.stop())
    const client = clientOf(url)
    signal.throwIfAborted()
    await populate({
      client,
      deployment: runtime.deployment,
      secrets,
      rpcUrl: chain.url,
      registry: file.contracts.identity_registry,
      untilKept: () => untilAllKept(chainFolder, chain.url),
      say,
    })
    signal.throwIfAborted()
    say(`waking ${MEMBERS} committee members`)
    mkdirSync(join(options.data, 'committee'), { recursive: true, mode: 0o700 })
    const committee = startCommittee({
      members: Array.from({ length: MEMBERS }, (_, index) => ({
        index,
        secret: secrets.bls(String(index)).secret,
        deployment: runtime.deployment,
        url,
        checkpointFile: join(options.data, 'committee', `${index}.json`),
        chain: where,
      })),
      onNote: (note) => reportNote(note, say, warn),
      onDeath: (member, cause) => warn(`committee member ${member}`, cause),
    })
    stops.push(() => committee.stop())
    say(`waking ${MACHINES.length} agents`)
    const agents = startAgents({
      url,
      deployment: runtime.deployment,
      machines: MACHINES.map((machine) => ({ ...machine, key: secrets.identity(machine.id).key })),
      workers: { default: WORKER },
      onTrouble: (agent, cause) => warn(agent, cause),
    })
    stops.push(() => agents.stop())
    if (options.missions) {
      const owner = { id: OWNER.id, signer: secrets.identity(OWNER.id).signer }
      await startMissions({
        client,
        deployment: runtime.deployment,
        owner,
        planner: PLANNER,
        integrator: INTEGRATOR,
        say,
      })
    }
    writeStackFile(options, url, chain.url, file)
    const failed = Promise.race([runtime.stopped, chain.died])
    if (options.missions) await Promise.race([firstWork(runtime, say, warn, signal), failed.then(thrown)])
    signal.throwIfAborted()
    return { url, failed, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

function thrown(fault: Fault): never {
  throw fault
}

/** How long a first start waits for what it shows before it says so and goes on. Milliseconds. */
const READY_WITHIN_MS = 180_000

/**
 * Ready means that there is something to verify and something to sign: the first epoch is final on chain, and the
 * agents have carried the worked missions as far as they may. Only the first start waits for it.
 */
async function firstWork(
  runtime: Runtime,
  say: Reporting['say'],
  warn: Reporting['warn'],
  signal: AbortSignal,
): Promise<void> {
  const onChain = (): Promise<boolean> => runtime.ledger.ask((state) => state.chain.committed.size > 0)
  if (await onChain()) return
  const until = performance.now() + READY_WITHIN_MS
  const reached = async (what: () => Promise<boolean>): Promise<boolean> => {
    while (!(await what())) {
      if (signal.aborted) return true
      if (performance.now() > until) return false
      await pause(250, signal)
    }
    return true
  }
  say('waiting until the first epoch is final on chain (about a minute, at the first start only)')
  if (!(await reached(onChain))) warn('the first epoch is not on chain yet', new Fault('first-epoch-late'))
  if (!(await reached(() => runtime.ledger.ask(agentsAreDone)))) {
    warn('the worked missions are still under way', new Fault('worked-missions-late'))
  }
}

/** Made once; a chain that is not the one it was made on is refused later, by its genesis hash. */
async function deployment(
  data: string,
  rpcUrl: string,
  secrets: Secrets,
  say: (text: string) => void,
): Promise<DeploymentFile> {
  const path = join(data, 'deployment.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as DeploymentFile
  if (existsSync(join(data, 'ledger'))) throw new Fault('deployment-file-missing', { file: path })
  const file = await foundDeployment(rpcUrl, secrets, say)
  // What this file names must be there after a kill: a start that died before it was written begins anew.
  await untilAllKept(join(data, 'chain'), rpcUrl)
  writeSecretFile(path, deploymentText(file))
  return file
}

/** Asked for while the ledger is still empty. If we die here, the next start makes another one. */
function renewedGenesis(data: string, secrets: Secrets): string {
  const path = join(data, 'deployment.json')
  const file = withFreshGenesis(JSON.parse(readFileSync(path, 'utf8')) as DeploymentFile, secrets)
  writeSecretFile(path, deploymentText(file))
  return file.genesis
}

const KEPT_WITHIN_MS = 20_000

/** anvil's state is a second old at most, its copy two. */
const SETTLE_MS = 3_000

async function untilAllKept(chainFolder: string, rpcUrl: string): Promise<void> {
  await untilKept(chainFolder, Number(await rpc(rpcUrl, 'eth_blockNumber', [])), KEPT_WITHIN_MS)
}

/** What was started, to be stopped in the opposite order; a part that cannot be stopped does not keep the others. */
function undoing(): { readonly stops: Stop[]; stop(): Promise<void> } {
  const stops: Stop[] = []
  return {
    stops,
    stop: async () => {
      const faults: unknown[] = []
      for (const undo of stops.splice(0).toReversed()) {
        try {
          await undo()
        } catch (cause) {
          faults.push(cause)
        }
      }
      if (faults.length > 0) throw faults[0]
    },
  }
}

/** Where tools look for the running stack. */
function writeStackFile(options: Options, url: string, rpc: string, file: DeploymentFile): void {
  const stack = {
    url,
    rpc,
    chain_id: file.chain_id,
    deployment: join(options.data, 'deployment.json'),
    data: options.data,
  }
  writeFileSync(join(options.data, 'stack.json'), `${JSON.stringify(stack, undefined, 2)}\n`, { mode: 0o600 })
}

function developmentWallets(secrets: Secrets): Json {
  return {
    wallets: [FOUNDER, OWNER, ...OPERATORS].map(({ id }) => {
      const wallet = secrets.wallet(id)
      return { id, address: wallet.address, private_key: keyOf(wallet) }
    }),
  }
}

function reportNote(note: WorkerNote, say: Reporting['say'], warn: Reporting['warn']): void {
  if (note.kind === 'refused')
    warn(`committee member ${note.member} does not sign`, new Fault(note.code, { seq: note.seq }))
  if (note.kind === 'waiting') warn(`committee member ${note.member} waits`, new Fault(note.code))
  if (note.kind === 'signed' && note.member === 0) say(`the committee signs epoch ${note.epoch}`)
}
