/**
 * The chain of a scenario: a real EVM (anvil) with the real contracts, whose time is the development clock's.
 *
 * Nothing is mined unless the scenario says so, each block bears the clock's second, and every transaction is signed
 * with a key of the seed: the same seed gives the same blocks. anvil calls final what lies two blocks back, so two
 * empty blocks after a transaction settle it. What is simulated is who else uses the chain: nobody.
 *
 * Faults: those of anvil's start, `settlement-reverted`.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createWalletClient, http, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { committeeRegistryAbi } from '../../generated/abis.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { provePossession } from '../../protocol/wire/possession.ts'
import { millis, type Millis } from '../../protocol/wire/time.ts'
import type { DevelopmentClock } from '../../runtime/clock/clock.ts'
import type { Call } from '../../runtime/ports/chain.ts'
import { client, type Where } from '../../verifier/chain/reader.ts'
import { deployContracts } from '../contracts/deploy.ts'
import { answering, anvilProgram, CHAIN_ID, rpc } from '../start/anvil.ts'
import { keyBytes, keyOf, MEMBERS, memberWallet, signatureBytes, type DeploymentFile } from '../start/found.ts'
import { FOUNDER } from '../start/people.ts'
import type { Seed } from './seed.ts'

export type Simulated = {
  readonly url: string
  /** Ends it; what it was is in its state file then. */
  stop(): Promise<void>
}

export type Settlement = {
  /** Sends the calls in this order and lets time pass until they are final. Throws `settlement-reverted`. */
  settle(calls: readonly Call[]): Promise<void>
  /** A block that bears the clock's time, or the second after the last block's: then the clock moves there. */
  mine(): Promise<void>
}

/** Most that a call of ours may use: a certificate of fifteen takes a third of it. */
const GAS = 3_000_000n
const FEE = { maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n }

/** Blocks after which anvil calls one final. */
const SETTLING_BLOCKS = 2

const STOP_WITHIN_MS = 20_000

/** Starts anvil on a state file: with its first block at `first`, or as the file holds it. */
export async function startChain(port: number, stateFile: string, first: Millis): Promise<Simulated> {
  const options: readonly (readonly [name: string, value: string])[] = [
    ['host', '127.0.0.1'],
    ['port', String(port)],
    ['chain-id', String(CHAIN_ID)],
    ['timestamp', String(Math.floor(first / 1000))],
    ['slots-in-an-epoch', '1'],
    ['accounts', '1'],
    [existsSync(stateFile) ? 'load-state' : 'dump-state', stateFile],
  ]
  const args = [...options.flatMap(([name, value]) => [`--${name}`, value]), '--prune-history', '--silent']
  const child = spawn(anvilProgram(), args, { stdio: 'ignore' })
  const endWithUs = (): void => {
    child.kill('SIGTERM')
  }
  process.once('exit', endWithUs)
  const url = `http://127.0.0.1:${port}`
  await answering(url, child, () => '')
  return {
    url,
    stop: async () => {
      await ended(child)
      process.removeListener('exit', endWithUs)
    },
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
    child.once('exit', () => {
      clearTimeout(late)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

export type Founded = Omit<DeploymentFile, 'genesis'> & { readonly where: Where }

/** Deploys the contracts and registers fifteen committee keys, one transaction a block, one second a block. */
export async function deployOn(url: string, seed: Seed, now: Millis): Promise<Founded> {
  const members = Array.from({ length: MEMBERS }, (_, i) => memberWallet(seed, i))
  const founder = seed.wallet(FOUNDER.id)
  const publisher = seed.wallet('publisher')
  for (const { address } of [...members, founder, publisher]) {
    await rpc(url, 'anvil_setBalance', [address, '0x3635c9adc5dea00000'])
  }
  await rpc(url, 'anvil_setBlockTimestampInterval', [1])
  const deployed = await deployContracts({
    rpcUrl: url,
    chainId: CHAIN_ID,
    deployerKey: keyOf(publisher),
    members: members.map((member) => member.address as Hex),
    founder: founder.address as Hex,
  })
  const registry = deployed.committeeRegistry.address
  for (let i = 0; i < MEMBERS; i++) await registerKey(url, seed, i, registry, now)
  await rpc(url, 'evm_setAutomine', [false])
  await rpc(url, 'anvil_removeBlockTimestampInterval', [])
  const contracts = {
    committee_registry: registry,
    commitment_log: deployed.commitmentLog.address,
    final_gate: deployed.finalGate.address,
    identity_registry: deployed.identityRegistry.address,
  }
  const { chainId, chainGenesisHash } = deployed
  return {
    chain_id: chainId,
    genesis_hash: chainGenesisHash,
    contracts,
    where: { url, chainId, genesisHash: chainGenesisHash, addresses: contracts },
  }
}

const KEY_DAYS = 85

async function registerKey(url: string, seed: Seed, member: number, contract: Hex, now: Millis): Promise<void> {
  const { secret, key } = seed.bls(String(member))
  const wallet = memberWallet(seed, member)
  const proof = provePossession({ key, member: wallet.address, chainId: CHAIN_ID, contract }, secret)
  const writer = createWalletClient({ account: privateKeyToAccount(keyOf(wallet)), transport: http(url) })
  const hash = await writer.writeContract({
    address: contract,
    abi: committeeRegistryAbi,
    functionName: 'registerKey',
    args: [keyBytes(key), signatureBytes(proof), BigInt(Math.floor(now / 1000) + KEY_DAYS * 86_400)],
    chain: null,
  })
  const receipt = await client(url).waitForTransactionReceipt({ hash, pollingInterval: 20 })
  if (receipt.status !== 'success') throw new Fault('committee-key-not-registered', { member, transaction: hash })
}

/** What settles on that chain under this clock, paid by the publisher. */
export async function openSettlement(url: string, seed: Seed, clock: DevelopmentClock): Promise<Settlement> {
  const account = privateKeyToAccount(keyOf(seed.wallet('publisher')))
  const reader = client(url)
  let nonce = await reader.getTransactionCount({ address: account.address })
  let last = Number((await reader.getBlock()).timestamp)

  async function mine(): Promise<void> {
    last = Math.max(Math.floor(clock.now() / 1000), last + 1)
    if (last * 1000 > clock.now()) clock.moveTo(millis(last * 1000))
    await rpc(url, 'evm_mine', [last])
  }

  async function settle(calls: readonly Call[]): Promise<void> {
    const hashes: string[] = []
    for (const { to, data } of calls) {
      const raw = await account.signTransaction({
        type: 'eip1559',
        chainId: CHAIN_ID,
        nonce: nonce++,
        to: to as Hex,
        data,
        gas: GAS,
        ...FEE,
      })
      hashes.push((await rpc(url, 'eth_sendRawTransaction', [raw])) as string)
    }
    for (let i = 0; i <= SETTLING_BLOCKS; i++) await mine()
    for (const transaction of hashes) {
      const receipt = (await rpc(url, 'eth_getTransactionReceipt', [transaction])) as { readonly status: string }
      if (receipt.status !== '0x1') throw new Fault('settlement-reverted', { transaction })
    }
  }

  return { settle, mine }
}
