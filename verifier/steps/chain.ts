/**
 * Step 1: what the chain holds, from logs of final blocks alone. Nothing here is asked of the runtime.
 *
 * The genesis entry, whose hash is the deployment's id, names chain and contracts; the endpoint has to be of that
 * chain. Blocks are read twice over: before the archive's moment is fixed and after, so that what the ledger has
 * observed meanwhile is seen too, and what a live runtime must already know is told from what it may not know yet.
 *
 * Source: spec 7, step 1.
 */
import { readEntry } from '../../protocol/genesis.ts'
import { chainOf, type ContractFacts, type ContractName } from '../../protocol/law/constraints/deployment.ts'
import { GENESIS, type GenesisBody } from '../../protocol/law/founding/command.ts'
import { commitmentHash } from '../../protocol/wire/commitment.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { readEntries, type Reading } from '../archive/entries.ts'
import type { Manifest } from '../archive/manifest.ts'
import type { Publication, Seen } from '../chain/logs.ts'
import type { Block, ChainHistory, Where } from '../chain/reader.ts'
import type { FindingCode } from '../findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Question } from '../question.ts'
import { openFile, sameBytes } from './archive.ts'

/** The deployment's place on chain, as its genesis entry says. */
export type Genesis = { readonly deployment: string; readonly where: Omit<Where, 'url'> }

export type ChainRead = {
  /** In the order of the chain. */
  readonly seen: readonly Seen[]
  readonly finalized: Block
  /** What was final before the archive's moment: a live runtime knows all of it. */
  readonly finalBefore: number
}

export type Committed = Seen & {
  readonly publication: Publication
  readonly epoch: number
  readonly commitment: string
}

/** Undefined with a fault where the archive does not begin with a genesis entry, or with another one. */
export async function readGenesis(
  question: Question,
  manifest: Manifest,
  inquiry: Inquiry,
): Promise<Genesis | undefined> {
  const [file] = manifest.entries
  const raw = file === undefined ? undefined : await openFile(question, file, inquiry)
  if (file === undefined || raw === undefined) return undefined
  const reading = readEntries(raw, question.engine)
  try {
    const genesis = genesisOf(question, manifest, await firstLine(reading))
    if (!('code' in genesis)) return genesis
    // If the file is not what the manifest hashed, that is the fault, and not what it makes the entry look like.
    if (sameBytes(file, await reading.finish(), inquiry)) {
      inquiry.fault('archive', genesis.code, { seq: 0, path: file.path }, genesis.evidence)
    }
    return undefined
  } finally {
    await reading.abandon()
  }
}

type Unfit = { readonly code: FindingCode; readonly evidence: { readonly [name: string]: string } }

function genesisOf(question: Question, manifest: Manifest, line: string | Unfit): Genesis | Unfit {
  if (typeof line !== 'string') return line
  const found = digest(line)
  const entry = readEntry(line, 0)
  if (!entry.ok || entry.value.command.type !== GENESIS) {
    return { code: 'genesis-unreadable', evidence: { reason: entry.ok ? entry.value.command.type : entry.error.code } }
  }
  const { expected } = question
  if (expected !== undefined && expected !== found)
    return { code: 'deployment-unexpected', evidence: { expected, found } }
  if (manifest.deployment !== found) {
    return { code: 'deployment-differs', evidence: { manifest: manifest.deployment, found } }
  }
  return { deployment: found, where: whereOf(entry.value.command.body as GenesisBody) }
}

async function firstLine(reading: Reading): Promise<string | Unfit> {
  try {
    for await (const [line] of reading.batches) if (line !== undefined) return line
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== 'file-unreadable') throw cause
    return { code: 'file-unreadable', evidence: { reason: String(cause.params['reason']) } }
  }
  return { code: 'entries-missing', evidence: {} }
}

function whereOf({ chains, contracts }: GenesisBody): Omit<Where, 'url'> {
  const roles = chains.map(({ role, chain_id, genesis_hash }) => ({
    role,
    chainId: chain_id,
    genesisHash: genesis_hash,
  }))
  const facts = { chains: roles, contracts: contracts as { readonly [name in ContractName]: ContractFacts } }
  const chainId = chainOf(facts, 'commitment_log')
  for (const name of ['committee_registry', 'final_gate'] as const) {
    // A certificate is checked by one contract asking another: they cannot lie on two chains.
    if (chainOf(facts, name) !== chainId) throw new Fault('contracts-on-two-chains', { contract: name })
  }
  const { commitment_log, committee_registry, final_gate } = contracts
  return {
    chainId,
    genesisHash: roles.find((role) => role.chainId === chainId)?.genesisHash ?? '',
    addresses: {
      commitment_log: commitment_log.address,
      committee_registry: committee_registry.address,
      final_gate: final_gate.address,
    },
  }
}

/** Undefined with a fault where no chain, or another one, was given. A chain that cannot be asked rejects. */
export async function openNamedChain(
  question: Question,
  genesis: Genesis,
  inquiry: Inquiry,
): Promise<ChainHistory | undefined> {
  if (question.chain === undefined) {
    inquiry.fault('chain', 'chain-not-given')
    return undefined
  }
  try {
    return await question.chain(genesis.where)
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== 'chain-foreign') throw cause
    inquiry.fault('chain', 'chain-foreign', {}, { ...cause.params })
    return undefined
  }
}

export async function readBefore(chain: ChainHistory, inquiry: Inquiry): Promise<ChainRead> {
  const { finalized } = await chain.heads()
  const seen = await chain.history(0, finalized.number, (done, total) =>
    inquiry.progress({ step: 'chain', done, total, unit: 'blocks' }),
  )
  return { seen, finalized, finalBefore: finalized.number }
}

/** The blocks that have become final since, and that the earlier ones are still the same. */
export async function readAfter(chain: ChainHistory, before: ChainRead, inquiry: Inquiry): Promise<ChainRead> {
  const { finalized } = await chain.heads()
  const { number, hash } = before.finalized
  if (finalized.number < number || (await chain.blockHash(number)) !== hash) {
    inquiry.fault('chain', 'chain-went-back', {}, { block: number, finalized: finalized.number })
    return before
  }
  if (finalized.number === number) return before
  const more = await chain.history(number + 1, finalized.number)
  return { seen: [...before.seen, ...more], finalized, finalBefore: before.finalBefore }
}

/** The commitments in order: 0, 1, 2, …, each with the record that it is the hash of. */
export function commitmentsOf({ seen, finalized }: ChainRead, inquiry: Inquiry): readonly Committed[] {
  const committed: Committed[] = []
  for (const { observed, publication } of seen) {
    const { log, transaction } = observed
    if (log.event !== 'EpochCommitted' || publication === undefined) continue
    const { epoch, commitment } = log
    if (epoch !== committed.length) {
      const evidence = { expected: committed.length }
      inquiry.fault('chain', 'chain-epochs-out-of-order', { epoch, transaction }, evidence)
      break
    }
    const hash = commitmentHash(publication.record)
    if (hash !== commitment) {
      inquiry.fault('chain', 'chain-record-differs', { epoch, transaction }, { commitment, record_hash: hash })
    }
    committed.push({ observed, publication, epoch, commitment })
  }
  const count = (event: string): number => seen.filter(({ observed }) => observed.log.event === event).length
  inquiry.looked('chain', {
    finalized_block: finalized.number,
    commitments: committed.length,
    key_logs: count('KeyRegistered') + count('KeyRevoked'),
    decisions: count('Decided'),
  })
  return committed
}
