/**
 * The first start: contracts on the chain, committee keys in their registry, and the genesis command that fixes it
 * all. What it made is written down once everything stands; a start that died before begins anew.
 */
import { createWalletClient, http, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { committeeRegistryAbi } from '../../generated/abis.ts'
import { hex } from '../../protocol/wire/bytes.ts'
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import { committeeId } from '../../protocol/wire/certificate.ts'
import { encodeG1, encodeG2 } from '../../protocol/wire/eip2537.ts'
import { readKey, readSignature } from '../../protocol/wire/bls-point.ts'
import { provePossession } from '../../protocol/wire/possession.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { keyBindingDigest, keyBindingDomain, parseKeyBinding } from '../../protocol/wire/key-binding.ts'
import { DAY, formatTimestamp, millis, type Millis } from '../../protocol/wire/time.ts'
import { sign as signWithWallet } from '../../protocol/wire/wallet.ts'
import { allCommandTypes } from '../../protocol/law/commands.ts'
import { canonicalTexts } from '../../protocol/law/constitution/canonical-constitution.ts'
import { deployContracts, type DeployedContracts } from '../contracts/deploy.ts'
import { PROTOCOL_VERSION, sealedCommand } from '../../protocol/genesis.ts'
import { client } from '../../verifier/chain/reader.ts'
import { CHAIN_ID, rpc } from './anvil.ts'
import { COMMITTEE_REGIONS, FOUNDER } from './people.ts'
import type { Secrets, Wallet } from './secrets.ts'

export const MEMBERS = 15

/** Inside the ninety days that a key may last. */
const KEY_LIFE_MS = 85 * DAY

/** A development epoch: five minutes. */
const PACE = { epochMs: 300_000, beaconPeriodMs: 250 }

/** What the first start leaves for all later ones and for everybody who verifies. */
export type DeploymentFile = {
  readonly chain_id: number
  readonly genesis_hash: string
  readonly contracts: {
    readonly committee_registry: string
    readonly commitment_log: string
    readonly final_gate: string
    readonly identity_registry: string
  }
  /** The genesis envelope, as the founder signed it. */
  readonly genesis: string
}

export function memberWallet(secrets: Pick<Secrets, 'wallet'>, member: number): Wallet {
  return secrets.wallet(`member-${member}`)
}

export async function foundDeployment(
  url: string,
  secrets: Secrets,
  say: (text: string) => void,
): Promise<DeploymentFile> {
  const members = Array.from({ length: MEMBERS }, (_, i) => memberWallet(secrets, i))
  const founder = secrets.wallet(FOUNDER.id)
  const publisher = secrets.wallet('publisher')
  for (const { address } of [...members, founder, publisher]) {
    await rpc(url, 'anvil_setBalance', [address, '0x3635c9adc5dea00000'])
  }
  say('deploying contracts')
  const deployed = await deployContracts({
    rpcUrl: url,
    chainId: CHAIN_ID,
    deployerKey: keyOf(publisher),
    members: members.map((member) => member.address as Hex),
    founder: founder.address as Hex,
  })
  const now = millis(Date.now())
  say('registering fifteen committee keys')
  await registerKeys(url, secrets, members, deployed, now)
  const contracts = {
    committee_registry: deployed.committeeRegistry.address,
    commitment_log: deployed.commitmentLog.address,
    final_gate: deployed.finalGate.address,
    identity_registry: deployed.identityRegistry.address,
  }
  return {
    chain_id: deployed.chainId,
    genesis_hash: deployed.chainGenesisHash,
    contracts,
    genesis: genesisCommand(secrets, members, contracts, deployed.chainGenesisHash, now),
  }
}

/** The same deployment with a genesis command of now: an earlier one names the keys and the protocol version of then. */
export function withFreshGenesis(file: DeploymentFile, secrets: Secrets): DeploymentFile {
  const members = Array.from({ length: MEMBERS }, (_, i) => memberWallet(secrets, i))
  const genesis = genesisCommand(secrets, members, file.contracts, file.genesis_hash, millis(Date.now()))
  return { ...file, genesis }
}

export function keyOf(wallet: Wallet): Hex {
  return `0x${hex(wallet.secret)}`
}

async function registerKeys(
  url: string,
  secrets: Secrets,
  members: readonly Wallet[],
  deployed: DeployedContracts,
  now: Millis,
): Promise<void> {
  const reader = client(url)
  const notAfter = Math.floor((now + KEY_LIFE_MS) / 1000)
  const contract = deployed.committeeRegistry.address
  const sent = members.map(async (member, i) => {
    const { secret, key } = secrets.bls(String(i))
    const claim = { key, member: member.address, chainId: CHAIN_ID, contract }
    const writer = createWalletClient({ account: privateKeyToAccount(keyOf(member)), transport: http(url) })
    const hash = await writer.writeContract({
      address: contract,
      abi: committeeRegistryAbi,
      functionName: 'registerKey',
      args: [keyBytes(key), signatureBytes(provePossession(claim, secret)), BigInt(notAfter)],
      chain: null,
    })
    const receipt = await reader.waitForTransactionReceipt({ hash, pollingInterval: 100 })
    if (receipt.status !== 'success') throw new Fault('committee-key-not-registered', { member: i, transaction: hash })
  })
  await Promise.all(sent)
}

export function keyBytes(key: string): Hex {
  const point = readKey(key)
  if (!point.ok) throw new Fault('bls-key-unreadable', { code: point.error.code })
  return `0x${hex(encodeG2(point.value))}`
}

export function signatureBytes(signature: string): Hex {
  const point = readSignature(signature)
  if (!point.ok) throw new Fault('bls-signature-unreadable', { code: point.error.code })
  return `0x${hex(encodeG1(point.value))}`
}

/** A wallet's signature that an Ed25519 key speaks for an identity until a moment. */
export function bindingOf(
  wallet: Wallet,
  identity: string,
  publicKey: string,
  notAfter: Millis,
  registry: string,
): string {
  const message = parseKeyBinding({
    identity,
    key: `0x${publicKey}`,
    purpose: 'command',
    notAfter: Math.floor(notAfter / 1000),
  })
  if (!message.ok) throw new Fault('key-binding-malformed', { code: message.error.code })
  return signWithWallet(keyBindingDigest(keyBindingDomain(CHAIN_ID, registry), message.value), wallet.secret)
}

/** Whole seconds, because the wallet signs seconds. */
export function keyEnd(now: Millis): Millis {
  return millis(Math.floor((now + KEY_LIFE_MS) / 1000) * 1000)
}

/** The genesis envelope, signed by the founder. */
export function genesisCommand(
  secrets: Pick<Secrets, 'identity' | 'wallet' | 'bls'>,
  members: readonly Wallet[],
  contracts: DeploymentFile['contracts'],
  genesisHash: string,
  now: Millis,
  pace: { readonly epochMs: number; readonly beaconPeriodMs: number } = PACE,
): string {
  const founder = secrets.identity(FOUNDER.id)
  const runtime = secrets.identity('runtime')
  const wallet = secrets.wallet(FOUNDER.id)
  const end = keyEnd(now)
  const { params, policy, genome, texts } = canonicalTexts()
  const addresses = members.map((member) => member.address)
  const body: Json = {
    protocol_version: PROTOCOL_VERSION,
    development: true,
    epoch_ms: pace.epochMs,
    beacon: {
      scheme: 'bls-unchained-g1-rfc9380',
      public_key: secrets.bls('beacon').key,
      genesis_time: Math.floor(now / 1000),
      period_ms: pace.beaconPeriodMs,
    },
    constitution: { params, policy, genome, texts },
    founder: {
      wallet: wallet.address,
      region: FOUNDER.region,
      organization: FOUNDER.organization,
      key: founder.publicKey,
      key_not_after: formatTimestamp(end),
      binding: bindingOf(wallet, FOUNDER.id, founder.publicKey, end, contracts.identity_registry),
    },
    runtime: {
      id: 'runtime',
      key: runtime.publicKey,
      key_not_after: formatTimestamp(end),
      may: allCommandTypes()
        .filter((type) => type.effect === 'mechanical')
        .map((type) => type.type),
    },
    committee: {
      id: committeeId(CHAIN_ID, contracts.committee_registry, addresses),
      threshold: 10,
      members: addresses.map((address, i) => ({
        id: `member-${i}`,
        address,
        region: COMMITTEE_REGIONS[i % COMMITTEE_REGIONS.length] ?? 'EU',
      })),
    },
    chains: (['operations', 'settlement'] as const).map((role) => ({
      role,
      chain_id: CHAIN_ID,
      genesis_hash: genesisHash,
    })),
    contracts: {
      committee_registry: { chain: 'settlement', address: contracts.committee_registry },
      commitment_log: { chain: 'operations', address: contracts.commitment_log },
      final_gate: { chain: 'operations', address: contracts.final_gate },
      identity_registry: { chain: 'settlement', address: contracts.identity_registry },
    },
    refused_classes: [],
  }
  const as = { deployment: undefined, actor: FOUNDER.id, issued: now, nonce: 'genesis' }
  return sealedCommand({ type: 'genesis', subject: 'genesis', body }, as, founder.signer)
}

/** The canonical text of the deployment file, for everybody who verifies. */
export function deploymentText(file: DeploymentFile): string {
  return encode(file)
}
