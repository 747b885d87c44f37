/** Binding a new key: by the wallet for a human, by the operator for a machine, by the founder for the runtime. */
import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { committeeRegistryAbi } from '../../../generated/abis.ts'
import type { Draft } from '../../../protocol/genesis.ts'
import { publicKeyOf, secretFromEntropy } from '../../../protocol/wire/bls.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { formatSeconds, formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { provePossession } from '../../../protocol/wire/possession.ts'
import { send } from '../../../runtime/client/client.ts'
import { systemClock } from '../../../runtime/clock/clock.ts'
import { seal, writeKeystore } from '../../../runtime/keys/keystore.ts'
import {
  bindingOf,
  keyBytes,
  keyEnd,
  keyOf,
  memberWallet,
  signatureBytes,
  type DeploymentFile,
} from '../../../scripts/start/found.ts'
import { openSecrets } from '../../../scripts/start/secrets.ts'
import { client as chainClient, reached } from '../../../verifier/chain/reader.ts'
import { authorIn, clientFor, deploymentOf, passwordIn, stackFile } from '../../lib/stack.ts'

type Where = { readonly url?: string | undefined; readonly data?: string | undefined }

/** Sends the command that binds the key. Answers when it ends. */
export async function bindForActor(data: string, id: string, publicKey: string, where: Where): Promise<string> {
  const client = clientFor(where)
  const { deployment } = await deploymentOf(client)
  const reply = await client.get(`/v1/actors/${encodeURIComponent(id)}`)
  if (!reply.ok) throw new Fault('actor-unknown', { id })
  const actor = reply.value as unknown as { kind: string; operator?: string }
  const end = keyEnd(systemClock.now())
  const not_after = formatTimestamp(end)
  const { contracts, founder } = await facts(client)
  let by = id
  let draft: Draft
  if (actor.kind === 'human') {
    const wallet = openSecrets(join(data, 'keys')).wallet(id)
    const binding = bindingOf(wallet, id, publicKey, end, contracts.identity_registry.address)
    draft = { type: 'identity.bind_key', subject: id, body: { key: publicKey, purpose: 'command', not_after, binding } }
  } else if (actor.kind === 'machine') {
    by = actor.operator ?? ''
    draft = { type: 'machine.add_key', subject: id, body: { key: publicKey, not_after } }
  } else {
    by = founder.id
    draft = { type: 'runtime.rotate_key', subject: id, body: { key: publicKey, not_after } }
  }
  const sent = await send(client, deployment, authorIn(data, by), systemClock, draft)
  if (!sent.ok) {
    const [first] = sent.problem.violations ?? []
    throw new Fault('command-withheld', { command: draft.type, constraint: first?.constraint ?? sent.problem.code })
  }
  return not_after
}

async function facts(client: ReturnType<typeof clientFor>) {
  const reply = await client.get('/v1/deployment')
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  return reply.value as unknown as {
    contracts: { identity_registry: { address: string } }
    founder: { id: string }
  }
}

/** A member rotates its own key: registered on chain by its account, with a proof of possession (spec 2.5, 5.6). */
export async function registerForMember(
  data: string,
  member: number,
): Promise<{ key: string; notAfter: string; transaction: string }> {
  const stack = stackFile(data)
  if (stack === undefined) throw new Fault('no-stack', { data })
  const file = JSON.parse(readFileSync(stack.deployment, 'utf8')) as DeploymentFile
  const secrets = openSecrets(join(data, 'keys'))
  const wallet = memberWallet(secrets, member)
  const secret = secretFromEntropy(randomBytes(48))
  const key = publicKeyOf(secret)
  const contract = file.contracts.committee_registry
  const end = keyEnd(systemClock.now())
  const keystore = join(data, 'keys', 'committee', `${member}.json`)
  // On disk before it is on chain: a key that is registered and lost could sign nothing.
  writeKeystore(`${keystore}.next`, seal(secret, passwordIn(data), key, `Genesis development key ${member}`))
  const proof = provePossession({ key, member: wallet.address, chainId: file.chain_id, contract }, secret)
  const writer = createWalletClient({ account: privateKeyToAccount(keyOf(wallet)), transport: http(stack.rpc) })
  const transaction = await reached(() =>
    writer.writeContract({
      address: contract as `0x${string}`,
      abi: committeeRegistryAbi,
      functionName: 'registerKey',
      args: [keyBytes(key), signatureBytes(proof), BigInt(Math.floor(end / 1000))],
      chain: null,
    }),
  )
  const receipt = await chainClient(stack.rpc).waitForTransactionReceipt({ hash: transaction })
  if (receipt.status !== 'success') throw new Fault('committee-key-not-registered', { member, transaction })
  renameSync(`${keystore}.next`, keystore)
  return { key, notAfter: formatSeconds(millis(end)), transaction }
}
