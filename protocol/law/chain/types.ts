/**
 * The command type by which a log of our contracts enters the ledger.
 *
 * The law checks that the log is of a contract of this deployment and enters once. That the chain really holds it,
 * in a finalized block, is checked by every signer and verifier against the chain itself.
 *
 * Source: spec 2.2, 2.4, 3.1.
 */
import { accountOfRegistry, METADATA_BYTES_MAX, STATEMENT_KEY, tokenId, WALLET_KEY } from '../../wire/agent-registry.ts'
import { bytes32 } from '../../wire/abi.ts'
import { digest, hexOf, walletAddress } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { consequenceOf, type AgentLog } from '../constraints/agent-link.ts'
import { subjectIs } from '../constraints/common.ts'
import { chainOf, type ContractName } from '../constraints/deployment.ts'
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import type { World } from '../constraints/world.ts'
import { logKey, type ChainFactsSeen } from './state.ts'

const decision = Shape.object({
  mission_digest: digest,
  attempt: Shape.integer({ min: 0 }),
  approver: walletAddress,
  decision: Shape.oneOf('approve', 'reject'),
  reason_hash: bytes32,
  i_understand_it: Shape.boolean(),
  i_commit_it: Shape.boolean(),
  i_accept_its_consequences: Shape.boolean(),
  text_hash: bytes32,
  attention_hash: bytes32,
  deadline: Shape.integer({ min: 0 }),
  signature: Shape.string({ max: 4098, pattern: /^0x(?:[0-9a-f]{2})*$/ }),
  by_contract: Shape.boolean(),
})

const log = Shape.tagged('event', {
  EpochCommitted: Shape.object({ epoch: Shape.integer({ min: 0 }), commitment: digest }),
  Decided: decision,
  KeyRegistered: Shape.object({
    member: Shape.integer({ min: 0, max: 63 }),
    /** The G2 key, compressed. */
    key: hexOf(96),
    not_after: Shape.integer({ min: 0 }),
  }),
  KeyRevoked: Shape.object({ member: Shape.integer({ min: 0, max: 63 }), key: hexOf(96) }),
  AgentTransferred: Shape.object({ agent_id: tokenId, from: walletAddress, to: walletAddress }),
  AgentMetadataSet: Shape.object({
    agent_id: tokenId,
    key: Shape.oneOf(STATEMENT_KEY, WALLET_KEY),
    value: Shape.string({ max: 2 + 2 * METADATA_BYTES_MAX, pattern: /^0x(?:[0-9a-f]{2})*$/ }),
  }),
})

export const body = Shape.object({
  chain_id: Shape.integer({ min: 1 }),
  contract: walletAddress,
  block_number: Shape.integer({ min: 0 }),
  block_hash: bytes32,
  block_time: Shape.integer({ min: 0 }),
  transaction: bytes32,
  log_index: Shape.integer({ min: 0 }),
  log,
})

export type Observed = Shape.Infer<typeof body>

type Rule = Constraint<ChainFactsSeen, Observed>

type Ours = Exclude<Observed['log']['event'], AgentLog['event']>

const SPEAKERS: { readonly [event in Ours]: ContractName } = {
  EpochCommitted: 'commitment_log',
  Decided: 'final_gate',
  KeyRegistered: 'committee_registry',
  KeyRevoked: 'committee_registry',
}

const ofOurContract: Rule = {
  id: 'log-is-of-our-contract',
  level: 'physical',
  reads: 'body',
  check: ({ command: { body: seen }, world }) => {
    if (isOfAnAgent(seen.log)) return undefined
    const name = SPEAKERS[seen.log.event]
    const contract = world.deployment.contracts[name]
    const chainId = chainOf(world.deployment, name)
    if (seen.chain_id !== chainId) return { chain_id: seen.chain_id, expected: chainId }
    return seen.contract === contract.address ? undefined : { contract: seen.contract, expected: contract.address }
  },
}

export function isOfAnAgent(log: Observed['log']): log is Observed['log'] & AgentLog {
  return log.event === 'AgentTransferred' || log.event === 'AgentMetadataSet'
}

export function changesALink(world: World, seen: Observed): boolean {
  const { log } = seen
  if (!isOfAnAgent(log)) return false
  const registry = accountOfRegistry({ chainId: seen.chain_id, contract: seen.contract })
  const place = { block: seen.block_number, logIndex: seen.log_index }
  return world
    .agentLinks(registry, log.agent_id)
    .some(({ machine, link }) => consequenceOf(machine, link, log, place, world.deployment.id) !== undefined)
}

/** Anybody may write to a registry: only what changes a machine's link enters the ledger. */
const linkIsChanged: Rule = {
  id: 'log-changes-an-agent-link',
  level: 'physical',
  reads: 'body',
  check: ({ command: { body: seen }, world }) => {
    if (!isOfAnAgent(seen.log)) return undefined
    return changesALink(world, seen) ? undefined : { contract: seen.contract, agent_id: seen.log.agent_id }
  },
}

const logIsNew: Rule = {
  id: 'log-is-new',
  level: 'operational',
  reads: 'body',
  check: ({ own, command }) =>
    own.observed.has(logKey(command.body)) ? { transaction: command.body.transaction } : undefined,
}

/** What the chain holds for an epoch is what the ledger closed it with: anything else stops here. */
const commitmentIsOurs: Rule = {
  id: 'commitment-is-the-ledgers',
  level: 'physical',
  reads: 'body',
  check: ({ command: { body: seen }, world }) => {
    if (seen.log.event !== 'EpochCommitted') return undefined
    const closed = world.commitmentOf(seen.log.epoch)
    return closed === seen.log.commitment ? undefined : { epoch: seen.log.epoch, ledger: closed ?? 'none' }
  },
}

export const observed: CommandType<ChainFactsSeen, Observed> = {
  type: 'chain.observed',
  domain: 'governance',
  effect: 'mechanical',
  signers: ['runtime'],
  owner: 'nobody: it states a public fact',
  subjectKind: 'chain',
  body,
  constraints: [ofOurContract, commitmentIsOurs, linkIsChanged, subjectIs('chain'), logIsNew],
  decide: ({ command }) => [{ event_type: 'governance.chain_observed', subject: command.subject, data: command.body }],
}
