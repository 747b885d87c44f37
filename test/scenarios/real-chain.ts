/** A deployment on a bench whose contracts are the real ones, on an anvil of the test's own. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import { createWalletClient, http, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { committeeRegistryAbi } from '../../generated/abis.ts'
import { hex } from '../../protocol/wire/bytes.ts'
import { readKey, readSignature } from '../../protocol/wire/bls-point.ts'
import { encodeG1, encodeG2 } from '../../protocol/wire/eip2537.ts'
import { provePossession } from '../../protocol/wire/possession.ts'
import { millis } from '../../protocol/wire/time.ts'
import { addressOf } from '../../protocol/wire/wallet.ts'
import { rpc, startAnvil, type DevelopmentChain } from '../../scripts/start/anvil.ts'
import { deployContracts } from '../../scripts/contracts/deploy.ts'
import { client, type Where } from '../../verifier/chain/reader.ts'
import { temporaryFolder } from '../support/folder.ts'
import { freePorts } from '../support/free-ports.ts'
import { ADA, secretOf } from '../support/law/people.ts'
import { CHAIN_ID } from '../support/law/world.ts'
import { MEMBERS } from '../support/runtime/desk-bench.ts'

export const PUBLISHER = `0x${hex(secretOf('publisher'))}` as const

export type RealChain = {
  readonly where: Where
  readonly committeeId: string
  readonly addresses: readonly string[]
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>
  /** Ends anvil without a word, and starts it again on what it had written. */
  kill(): Promise<void>
  height(): Promise<number>
}

const wallets = MEMBERS.map((_, i) => secretOf(`member ${i} wallet`))

export async function realChain(t: TestContext): Promise<RealChain> {
  const folder = join(temporaryFolder(t), 'chain')
  const [port = 0] = await freePorts(1)
  let anvil: DevelopmentChain = await startAnvil(folder, port)
  t.after(() => anvil.stop())
  const { url } = anvil
  const addresses = wallets.map((secret) => addressOf(secret))
  for (const address of [...addresses, privateKeyToAccount(PUBLISHER).address]) {
    await rpc(url, 'anvil_setBalance', [address, '0x3635c9adc5dea00000'])
  }
  const deployed = await deployContracts({
    rpcUrl: url,
    chainId: CHAIN_ID,
    deployerKey: PUBLISHER,
    members: addresses as readonly Hex[],
    founder: ADA.wallet as Hex,
  })
  await registerKeys(url, deployed.committeeRegistry.address)
  return {
    where: {
      url,
      chainId: CHAIN_ID,
      genesisHash: deployed.chainGenesisHash,
      addresses: {
        committee_registry: deployed.committeeRegistry.address,
        commitment_log: deployed.commitmentLog.address,
        final_gate: deployed.finalGate.address,
      },
    },
    committeeId: `sha256:${deployed.committeeId.slice(2)}`,
    addresses,
    rpc: (method, params = []) => rpc(url, method, params),
    kill: async () => {
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
      assert.ok(pid > 0)
      process.kill(pid, 'SIGKILL')
      await anvil.died
      anvil = await startAnvil(folder, port)
    },
    height: async () => Number(await rpc(url, 'eth_blockNumber', [])),
  }
}

async function registerKeys(url: string, contract: Hex): Promise<void> {
  const notAfter = BigInt(Math.floor(Date.now() / 1000) + 80 * 86_400)
  const reader = client(url)
  const hashes = await Promise.all(
    MEMBERS.map(({ secret, key }, i) => {
      const wallet = wallets[i]
      const point = readKey(key)
      assert.ok(wallet !== undefined && point.ok)
      const proof = readSignature(
        provePossession({ key, member: addressOf(wallet), chainId: CHAIN_ID, contract }, secret),
      )
      assert.ok(proof.ok)
      const writer = createWalletClient({ account: privateKeyToAccount(`0x${hex(wallet)}`), transport: http(url) })
      return writer.writeContract({
        address: contract,
        abi: committeeRegistryAbi,
        functionName: 'registerKey',
        args: [`0x${hex(encodeG2(point.value))}`, `0x${hex(encodeG1(proof.value))}`, notAfter],
        chain: null,
      })
    }),
  )
  for (const hash of hashes) {
    const receipt = await reader.waitForTransactionReceipt({ hash, pollingInterval: 50 })
    assert.equal(receipt.status, 'success')
  }
}

/** Tries again and again, for as long as a busy machine may take. */
export async function until(holds: () => Promise<boolean>, what: string, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    assert.ok(Date.now() < end, what)
    await after(50)
  }
}

/** Whole seconds, because wallets sign seconds. */
export const now = () => millis(Math.floor(Date.now() / 1000) * 1000)
