/**
 * The test chain behind a JSON-RPC endpoint: its logs encoded as the contracts emit them, so that whoever reads it
 * goes the whole way from HTTP to decoded events.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeAbiParameters, encodeEventTopics, keccak256, type Abi, type AbiEvent, type Hex } from 'viem'
import { commitmentLogAbi, committeeRegistryAbi, finalGateAbi } from '../../../generated/abis.ts'
import { bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import { readKey, readSignature } from '../../../protocol/wire/bls-point.ts'
import { hex } from '../../../protocol/wire/bytes.ts'
import { encodeG1, encodeG2 } from '../../../protocol/wire/eip2537.ts'
import { parseDigest } from '../../../protocol/wire/sha256.ts'
import { parseSeconds } from '../../../protocol/wire/time.ts'
import type { Seen } from '../../../verifier/chain/logs.ts'
import { CHAIN_ID } from '../../support/law/world.ts'
import type { TestChain } from './chain.ts'

type Args = { readonly [name: string]: unknown }

export type TestRpc = { readonly url: string; close(): Promise<void> }

export async function serveRpc(chain: TestChain, chainId: number = CHAIN_ID): Promise<TestRpc> {
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      void answer(chain, chainId, JSON.parse(text) as Call).then((result) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ jsonrpc: '2.0', id: (JSON.parse(text) as Call).id, result }))
      })
    })
  })
  const port = await listening(server)
  return { url: `http://127.0.0.1:${port}`, close: () => closed(server) }
}

export function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

export function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

type Call = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }

async function answer(chain: TestChain, chainId: number, { method, params }: Call): Promise<unknown> {
  const reader = chain.reader()
  const { latest } = await reader.heads()
  switch (method) {
    case 'eth_chainId':
      return quantity(chainId)
    case 'eth_blockNumber':
      return quantity(latest.number)
    case 'eth_getBlockByNumber': {
      const given = String(params[0])
      return block(chain, given.startsWith('0x') ? Number(given) : latest.number)
    }
    case 'eth_getBlockByHash': {
      const seen = chain.seen.find(({ observed }) => observed.block_hash === params[0])
      return block(chain, seen?.observed.block_number ?? 0)
    }
    case 'eth_getLogs': {
      const { fromBlock, toBlock } = params[0] as { readonly fromBlock: Hex; readonly toBlock: Hex }
      return (await reader.history(Number(fromBlock), Number(toBlock))).map(rawLog)
    }
    default:
      return null
  }
}

/** The genesis entry of the bench names a first block of zeros. */
async function block(chain: TestChain, number: number): Promise<unknown> {
  const hash = number === 0 ? `0x${'00'.repeat(32)}` : await chain.reader().blockHash(number)
  const seen = chain.seen.find(({ observed }) => observed.block_number === number)
  const { latest } = await chain.reader().heads()
  const timestamp = seen?.observed.block_time ?? latest.time
  return { number: quantity(number), hash, timestamp: quantity(timestamp), transactions: [], baseFeePerGas: null }
}

function quantity(value: number): Hex {
  return `0x${value.toString(16)}`
}

function rawLog(seen: Seen): unknown {
  const { observed } = seen
  const { abi, args } = emitted(seen)
  const event = abi.find((item): item is AbiEvent => item.type === 'event' && item.name === observed.log.event)!
  const plain = event.inputs.filter(({ indexed }) => indexed !== true)
  return {
    address: observed.contract,
    topics: encodeEventTopics({ abi: [event], eventName: event.name, args }),
    data: encodeAbiParameters(
      plain,
      plain.map(({ name }) => args[name ?? '']),
    ),
    blockNumber: quantity(observed.block_number),
    blockHash: observed.block_hash,
    transactionHash: observed.transaction,
    logIndex: quantity(observed.log_index),
    transactionIndex: '0x0',
    removed: false,
  }
}

function emitted({ observed: { log }, publication }: Seen): { readonly abi: Abi; readonly args: Args } {
  switch (log.event) {
    case 'AgentTransferred':
    case 'AgentMetadataSet':
      throw new Error('this endpoint holds no registry of agents')
    case 'EpochCommitted':
      return {
        abi: commitmentLogAbi,
        args: { ...published(publication!), epoch: BigInt(log.epoch), commitmentHash: raw(log.commitment) },
      }
    case 'KeyRegistered':
    case 'KeyRevoked': {
      const key = pointOfKey(log.key)
      const notAfter = 'not_after' in log ? BigInt(log.not_after) : 0n
      return { abi: committeeRegistryAbi, args: { member: BigInt(log.member), keyHash: keccak256(key), key, notAfter } }
    }
    case 'Decided': {
      const approval = {
        missionDigest: raw(log.mission_digest),
        attempt: BigInt(log.attempt),
        approver: log.approver,
        decision: log.decision === 'approve' ? 1 : 2,
        reasonHash: log.reason_hash,
        iUnderstandIt: log.i_understand_it,
        iCommitIt: log.i_commit_it,
        iAcceptItsConsequences: log.i_accept_its_consequences,
        textHash: log.text_hash,
        attentionHash: log.attention_hash,
        deadline: BigInt(log.deadline),
      }
      const { missionDigest, attempt, approver } = approval
      return {
        abi: finalGateAbi,
        args: { missionDigest, attempt, approver, approval, signature: log.signature, byContract: log.by_contract },
      }
    }
  }
}

function published({ record, bitmap, signature }: NonNullable<Seen['publication']>): Args {
  const end = parseSeconds(record.timestamp_utc)
  return {
    record: {
      previousCommitmentHash: raw(record.previous_commitment_hash),
      missionEventRoot: raw(record.mission_event_root),
      trustDeltaRoot: raw(record.trust_delta_root),
      governanceBallotRoot: raw(record.governance_ballot_root),
      reviewDecisionRoot: raw(record.review_decision_root),
      publicBeaconRound: BigInt(record.public_beacon_round),
      chamberNonce: raw(record.chamber_nonce),
      endsAt: BigInt((end.ok ? end.value : 0) / 1000),
    },
    bitmap: BigInt(bitmap),
    signature: signature === undefined ? '0x' : pointOfSignature(signature),
  }
}

function raw(digest: string): Hex {
  const parsed = parseDigest(digest)
  if (!parsed.ok) throw new Error(parsed.error.code)
  return bytes32OfDigest(parsed.value) as unknown as Hex
}

function pointOfKey(key: string): Hex {
  const point = readKey(key)
  if (!point.ok) throw new Error(point.error.code)
  return `0x${hex(encodeG2(point.value))}`
}

function pointOfSignature(signature: string): Hex {
  const point = readSignature(signature)
  if (!point.ok) throw new Error(point.error.code)
  return `0x${hex(encodeG1(point.value))}`
}
