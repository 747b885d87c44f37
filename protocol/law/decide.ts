/** The decision on one command: its type's judgement, the wallet's decision it may carry, and all that follows. */
import { bytes32Of, digestOfBytes32 } from '../wire/abi.ts'
import type { Approval } from '../wire/approval.ts'
import type { Millis } from '../wire/time.ts'
import { spentBy } from './answers.ts'
import type { Observed } from './chain/types.ts'
import { commandType, FINAL_DECISION, type Registered } from './commands.ts'
import type { Command, Decision } from './constraints/kernel.ts'
import { chainOf } from './constraints/deployment.ts'
import { byLevel } from './constraints/violation.ts'
import type { Actor } from './constraints/world.ts'
import type { Decide } from './mission/command.ts'
import { withConsequences } from './processes/all.ts'
import type { State } from './state.ts'
import { worldOf } from './world.ts'

export type Moment = {
  readonly seq: number
  readonly at: Millis
  readonly signatures: readonly boolean[]
}

/** Decide a command of a founded deployment. Nothing evolves. */
export function decide(state: State, command: Command, principal: Actor, moment: Moment): Decision {
  const world = worldOf(state)
  const type = typeOf(command)
  const own = type.judge(command, state, world, { ...moment, principal })
  const carried = carriedDecision(state, command, moment)
  const decision = carried === undefined ? own : both(own, carried)
  const repeated = reusedNonce(state, command)
  if (repeated !== undefined) {
    const others = decision.outcome === 'withheld' ? decision.violations : []
    return { outcome: 'withheld', violations: byLevel([repeated, ...others]) }
  }
  if (decision.outcome === 'withheld') return decision
  const { at, seq } = moment
  return { outcome: 'committed', events: withConsequences(decision.events, { state, world, at, seq }) }
}

function typeOf(command: Command): Registered {
  const type = commandType(command.type)
  if (type === undefined) throw new TypeError(`not an admitted command: ${command.type}`)
  return type
}

/** A nonce is spent with its first payload, committed or withheld; that payload sent again never comes so far. */
function reusedNonce(state: State, command: Command) {
  const before = spentBy(state.books.answered, command)
  if (before === undefined) return undefined
  return { constraint: 'nonce-is-new', level: 'physical', params: { nonce: command.nonce, seq: before.seq } } as const
}

/** A log of the final gate carries a human's decision, judged as their command: their wallet signed it. */
function carriedDecision(state: State, command: Command, moment: Moment): Decision | undefined {
  if (command.type !== 'chain.observed') return undefined
  const { log, chain_id, transaction } = command.body as Observed
  if (log.event !== 'Decided') return undefined
  const { event: _event, ...decided } = log
  return judgeDecision(state, { ...decided, chain_id, transaction }, moment)
}

function judgeDecision(state: State, body: Decide, moment: Moment): Decision {
  const world = worldOf(state)
  const subject = state.missionByDigest.get(body.mission_digest) ?? 'unknown'
  const principal: Actor = world.humanByWallet(body.approver) ?? { kind: 'stranger', id: body.approver }
  const carried: Command = {
    type: FINAL_DECISION.type,
    actor: principal.id,
    subject,
    nonce: '',
    issued: moment.at,
    expires: moment.at,
    // The mission digest and the attempt name the revision: a decision on another one does not hold.
    expects: world.revision(subject),
    grounds: [],
    urgent: false,
    body,
  }
  return FINAL_DECISION.judge(carried, state, world, { ...moment, principal })
}

/** What a signed decision would lead to if the chain held it now. Nothing is recorded. */
export function simulateDecision(
  state: State,
  approval: Approval,
  signature: string,
  byContract: boolean,
  at: Millis,
): Decision {
  const body: Decide = {
    mission_digest: digestOfBytes32(approval.missionDigest),
    attempt: approval.attempt,
    approver: approval.approver,
    decision: approval.decision,
    reason_hash: approval.reasonHash,
    i_understand_it: approval.iUnderstandIt,
    i_commit_it: approval.iCommitIt,
    i_accept_its_consequences: approval.iAcceptItsConsequences,
    text_hash: approval.textHash,
    attention_hash: approval.attentionHash,
    deadline: approval.deadline,
    signature,
    by_contract: byContract,
    chain_id: chainOf(worldOf(state).deployment, 'final_gate'),
    transaction: NO_TRANSACTION,
  }
  return judgeDecision(state, body, { seq: state.books.next, at, signatures: [] })
}

const NO_TRANSACTION = bytes32Of(new Uint8Array(32))

function both(first: Decision, second: Decision): Decision {
  if (first.outcome === 'committed' && second.outcome === 'committed') {
    return { outcome: 'committed', events: [...first.events, ...second.events] }
  }
  const violations = [first, second].flatMap((decision) => (decision.outcome === 'withheld' ? decision.violations : []))
  return { outcome: 'withheld', violations: byLevel(violations) }
}
