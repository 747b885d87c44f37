/**
 * The constraint kernel: does this command keep the system in a valid state?
 *
 *     command ──▶ every constraint of its type ──▶ none violated ──▶ decide ──▶ committed(events)
 *                                              └─▶ some violated ─────────────▶ withheld(violations, strongest first)
 *
 * Evaluation is total: all constraints that apply are checked, each is pure, and none may throw. A preference
 * can choose among valid actions; it neither allows nor blocks one, so its violations never withhold.
 *
 * Source: spec 1.2 (effects, signers), 1.3 (levels, withheld as a value, actions).
 */
import type { Shape } from '../../wire/shape.ts'
import type { Millis } from '../../wire/time.ts'
import type { Domain, EventDraft } from './event.ts'
import type { Actor, World } from './world.ts'
import { byLevel, type Level, type Params, type Violation } from './violation.ts'

/** `simulate` leaves no record; `mechanical` states a rule's consequence; `irreversible` needs a human's wallet. */
export type Effect = 'simulate' | 'reversible' | 'mechanical' | 'irreversible'

export type Signer = 'founder' | 'human' | 'machine' | 'runtime'

/** A command after admission: well-formed, of a known type, its body of that type's shape. */
export type Command<Body = unknown> = {
  readonly type: string
  readonly actor: string
  readonly subject: string
  readonly nonce: string
  readonly issued: Millis
  readonly expires: Millis
  readonly expects: number | undefined
  readonly grounds: readonly string[]
  readonly urgent: boolean
  readonly body: Body
}

/** All that a decision may look at. Time and chance arrive in here and nowhere else. */
export type Scene<Own, Body> = {
  readonly own: Own
  readonly world: World
  readonly command: Command<Body>
  readonly principal: Actor
  readonly seq: number
  readonly at: Millis
  /** Results of the signature checks that the command's type asked for, in that order. */
  readonly signatures: readonly boolean[]
}

/**
 * A named predicate. `check` answers the figures of the violation, or undefined where the constraint holds or
 * does not apply (a missing mission is reported once, by the constraint that is about it).
 *
 * `reads: 'body'` marks what cannot be judged before there is a payload; the list of actions skips those.
 */
export type Constraint<Own, Body> = {
  readonly id: string
  readonly level: Level
  readonly reads: 'subject' | 'body'
  readonly check: (scene: Scene<Own, Body>) => Params | undefined
}

/** A signature inside a command's body, to be checked before the decision by whoever has the fastest engine. */
export type SignatureCheck = {
  readonly publicKey: Uint8Array
  readonly message: () => Uint8Array
  readonly signature: Uint8Array
}

/** Everything the system knows about one type of command, on one page of its subject's `command.ts`. */
export type CommandType<Own, Body> = {
  readonly type: string
  readonly domain: Domain
  readonly effect: Effect
  /** Kinds of principal that may sign it. */
  readonly signers: readonly Signer[]
  /** Whether a machine may sign it while it is in quarantine: it may say what it saw, and do nothing. */
  readonly inQuarantine?: true
  /** Who owns the state it changes, in words for the tables and the docs. */
  readonly owner: string
  /** What a subject of this command is called: `mission`, `human`, `machine`, `epochs`, … */
  readonly subjectKind: string
  /** Whether the command brings a new subject into being. */
  readonly creates?: true
  readonly body: Shape<Body>
  /** True where an empty body is valid, so that the action needs no input. */
  readonly bodyOptional?: true
  readonly constraints: readonly Constraint<Own, Body>[]
  readonly embedded?: (command: Command<Body>, world: World) => readonly SignatureCheck[]
  readonly decide: (scene: Scene<Own, Body>) => readonly EventDraft[]
}

export type Decision =
  | { readonly outcome: 'committed'; readonly events: readonly EventDraft[] }
  | { readonly outcome: 'withheld'; readonly violations: readonly Violation[] }

/** Which constraints do not hold, strongest level first. `subjectOnly` leaves out those that need a body. */
export function violationsOf<Own, Body>(
  constraints: readonly Constraint<Own, Body>[],
  scene: Scene<Own, Body>,
  subjectOnly = false,
): readonly Violation[] {
  let found: Violation[] | undefined
  for (const constraint of constraints) {
    if (constraint.level === 'preference' || (subjectOnly && constraint.reads === 'body')) continue
    const params = constraint.check(scene)
    if (params !== undefined) {
      found ??= []
      found.push({ constraint: constraint.id, level: constraint.level, params })
    }
  }
  return found === undefined ? NONE : byLevel(found)
}

const NONE: readonly Violation[] = []

/** Judge one command: all constraints, then the decision of its type. */
export function judge<Own, Body>(
  type: CommandType<Own, Body>,
  common: readonly Constraint<Own, Body>[],
  scene: Scene<Own, Body>,
): Decision {
  const first = violationsOf(common, scene)
  const second = violationsOf(type.constraints, scene)
  if (first.length + second.length > 0) {
    return { outcome: 'withheld', violations: byLevel([...first, ...second]) }
  }
  return { outcome: 'committed', events: type.decide(scene) }
}
