/** The decision on one command: its type's judgement, the wallet's decision it may carry, and all that follows. */
import type { Millis } from '../wire/time.ts'
import type { Observed } from './chain/types.ts'
import { commandType, FINAL_DECISION, type Registered } from './commands.ts'
import type { Command, Decision } from './constraints/kernel.ts'
import { byLevel } from './constraints/violation.ts'
import type { Actor } from './constraints/world.ts'
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
  const before = state.books.answered.get(answeredKey(command.actor, command.nonce))
  if (before === undefined) return undefined
  return { constraint: 'nonce-is-new', level: 'physical', params: { nonce: command.nonce, seq: before.seq } } as const
}

/** Neither part holds a space. */
export function answeredKey(actor: string, nonce: string): string {
  return `${actor} ${nonce}`
}

/** A log of the final gate carries a human's decision, judged as their command: their wallet signed it. */
function carriedDecision(state: State, command: Command, moment: Moment): Decision | undefined {
  if (command.type !== 'chain.observed') return undefined
  const { log, chain_id, transaction } = command.body as Observed
  if (log.event !== 'Decided') return undefined
  const world = worldOf(state)
  const { event: _event, ...decided } = log
  const subject = state.missionByDigest.get(log.mission_digest) ?? 'unknown'
  const principal: Actor = world.humanByWallet(log.approver) ?? { kind: 'stranger', id: log.approver }
  const carried: Command = {
    type: FINAL_DECISION.type,
    actor: principal.id,
    subject,
    nonce: command.nonce,
    issued: moment.at,
    expires: moment.at,
    // The mission digest and the attempt name the revision: a decision on another one does not hold.
    expects: world.revision(subject),
    grounds: [],
    urgent: false,
    body: { ...decided, chain_id, transaction },
  }
  return FINAL_DECISION.judge(carried, state, world, { ...moment, principal })
}

function both(first: Decision, second: Decision): Decision {
  if (first.outcome === 'committed' && second.outcome === 'committed') {
    return { outcome: 'committed', events: [...first.events, ...second.events] }
  }
  const violations = [first, second].flatMap((decision) => (decision.outcome === 'withheld' ? decision.violations : []))
  return { outcome: 'withheld', violations: byLevel(violations) }
}
