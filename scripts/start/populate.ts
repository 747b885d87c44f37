/**
 * The people and machines of a development deployment, in the ledger and in the identity registry on chain. What
 * stands already is left alone, so a start that died halfway is finished by the next.
 */
import { createWalletClient, http, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { identityRegistryAbi } from '../../generated/abis.ts'
import type { Draft } from '../../protocol/genesis.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { REGIONS } from '../../protocol/law/constraints/codes.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { formatTimestamp, millis } from '../../protocol/wire/time.ts'
import { fingerprintOfCode } from '../../runtime/agents/fingerprint.ts'
import { send, type Author, type Client } from '../../runtime/client/client.ts'
import { systemClock } from '../../runtime/clock/clock.ts'
import { client as chainClient } from '../../verifier/chain/reader.ts'
import { rpc } from './anvil.ts'
import { bindingOf, keyEnd, keyOf } from './found.ts'
import { FOUNDER, MACHINES, OPERATORS, OWNER, type DevelopmentMachine, type DevelopmentPerson } from './people.ts'
import type { Secrets } from './secrets.ts'

export type Populating = {
  readonly client: Client
  readonly deployment: string
  readonly secrets: Secrets
  readonly rpcUrl: string
  readonly registry: string
  /** Fulfilled when all that the chain holds would survive a kill. */
  readonly untilKept: () => Promise<void>
  readonly say: (text: string) => void
}

/**
 * On chain first, and kept there: in the ledger it is what tells the next start that both are done. A second attempt
 * on chain finds the first.
 */
export async function populate(parts: Populating): Promise<void> {
  const { secrets, say } = parts
  const founder = { id: FOUNDER.id, signer: secrets.identity(FOUNDER.id).signer }
  const missing = await absent(parts, [OWNER, ...OPERATORS])
  if (missing.length > 0) say(`attesting ${missing.length} humans`)
  const attested: { person: DevelopmentPerson; body: Json }[] = []
  for (const person of missing) attested.push({ person, body: await attestedOnChain(parts, person) })
  const machines = await absent(parts, MACHINES)
  if (machines.length > 0) say(`registering ${machines.length} machines`)
  for (const machine of machines) await registerOnChain(parts, machine)
  if (missing.length + machines.length > 0) await parts.untilKept()
  for (const { person, body } of attested) {
    await recorded(parts, founder, { type: 'identity.attest', subject: person.id, body })
  }
  for (const machine of machines) {
    const operator = { id: machine.operator, signer: secrets.identity(machine.operator).signer }
    await recorded(parts, operator, {
      type: 'machine.register',
      subject: machine.id,
      body: {
        model_family: machine.modelFamily,
        method_type: machine.methodType,
        fingerprint: fingerprintOfCode(machine.agent),
        key: secrets.identity(machine.id).publicKey,
        key_not_after: formatTimestamp(keyEnd(systemClock.now())),
        lineage: [],
        reviews: machine.reviews,
      },
    })
  }
}

async function absent<T extends { readonly id: string }>(
  parts: Populating,
  wanted: readonly T[],
): Promise<readonly T[]> {
  const reply = await parts.client.get('/v1/actors')
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  const { actors } = reply.value as unknown as { actors: readonly { id: string }[] }
  const known = new Set(actors.map((actor) => actor.id))
  return wanted.filter(({ id }) => !known.has(id))
}

/** The body with which the founder attests a person, once the chain has it. */
async function attestedOnChain(parts: Populating, person: DevelopmentPerson): Promise<Json> {
  const { secrets, registry } = parts
  const wallet = secrets.wallet(person.id)
  const { publicKey } = secrets.identity(person.id)
  const end = keyEnd(systemClock.now())
  const binding = bindingOf(wallet, person.id, publicKey, end, registry)
  await attestOnChain(parts, person, publicKey, Math.floor(end / 1000), binding)
  return {
    wallet: wallet.address,
    region: person.region,
    organization: person.organization,
    key: publicKey,
    key_purpose: 'command',
    key_not_after: formatTimestamp(millis(end)),
    binding,
  }
}

async function attestOnChain(
  { rpcUrl, registry, secrets }: Populating,
  person: DevelopmentPerson,
  publicKey: string,
  notAfter: number,
  binding: string,
): Promise<void> {
  const reader = chainClient(rpcUrl)
  const wallet = secrets.wallet(person.id)
  // Development people may pay for their own transactions too.
  await rpc(rpcUrl, 'anvil_setBalance', [wallet.address, '0x8ac7230489e80000'])
  const address = registry as Hex
  const known = await reader.readContract({
    address,
    abi: identityRegistryAbi,
    functionName: 'idOf',
    args: [wallet.address as Hex],
  })
  if (known !== '') return
  const account = privateKeyToAccount(keyOf(secrets.wallet(FOUNDER.id)))
  const writer = createWalletClient({ account, transport: http(rpcUrl) })
  const hash = await writer.writeContract({
    address,
    abi: identityRegistryAbi,
    functionName: 'attest',
    args: [
      wallet.address as Hex,
      REGIONS.findIndex((region) => region === person.region),
      person.organization,
      { identity: person.id, key: `0x${publicKey}`, purpose: 'command', notAfter: BigInt(notAfter) },
      binding as Hex,
    ],
    chain: null,
  })
  const receipt = await reader.waitForTransactionReceipt({ hash, pollingInterval: 100 })
  if (receipt.status !== 'success') throw new Fault('attestation-reverted', { id: person.id, transaction: hash })
}

const METHODS = ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic']

async function registerOnChain({ rpcUrl, registry, secrets }: Populating, machine: DevelopmentMachine): Promise<void> {
  const reader = chainClient(rpcUrl)
  const address = registry as Hex
  const operator = await reader.readContract({
    address,
    abi: identityRegistryAbi,
    functionName: 'operatorOf',
    args: [machine.id],
  })
  if (BigInt(operator) !== 0n) return
  const account = privateKeyToAccount(keyOf(secrets.wallet(machine.operator)))
  const writer = createWalletClient({ account, transport: http(rpcUrl) })
  const hash = await writer.writeContract({
    address,
    abi: identityRegistryAbi,
    functionName: 'registerMachine',
    args: [
      {
        id: machine.id,
        modelFamily: machine.modelFamily,
        methodType: METHODS.indexOf(machine.methodType),
        lineage: [],
        key: `0x${secrets.identity(machine.id).publicKey}`,
        notAfter: BigInt(Math.floor(keyEnd(systemClock.now()) / 1000)),
      },
    ],
    chain: null,
  })
  const receipt = await reader.waitForTransactionReceipt({ hash, pollingInterval: 100 })
  if (receipt.status !== 'success')
    throw new Fault('machine-registration-reverted', { id: machine.id, transaction: hash })
}

async function recorded(parts: Populating, author: Author, draft: Draft): Promise<void> {
  const reply = await send(parts.client, parts.deployment, author, systemClock, draft)
  if (reply.ok) return
  const [violation] = reply.problem.violations ?? []
  throw new Fault('command-not-recorded', {
    type: draft.type,
    subject: draft.subject,
    code: violation?.constraint ?? reply.problem.code,
  })
}
