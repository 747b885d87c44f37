/**
 * Every command type there is, with the slice of state it decides on. Docs, action lists and tests are made from
 * this table; a command that is not in it does not exist.
 */
import * as Shape from '../wire/shape.ts'
import type { Result } from '../wire/result.ts'
import type { Malformed } from '../wire/malformed.ts'
import { observed as beaconObserved } from './beacon/types.ts'
import { observed as chainObserved } from './chain/types.ts'
import { commonConstraints } from './constraints/common.ts'
import type { Domain } from './constraints/event.ts'
import {
  judge,
  violationsOf,
  type Command,
  type CommandType,
  type Constraint,
  type Decision,
  type Effect,
  type Scene,
  type SignatureCheck,
  type Signer,
} from './constraints/kernel.ts'
import { byLevel, type Level, type Violation } from './constraints/violation.ts'
import type { World } from './constraints/world.ts'
import { close as closeEpoch } from './epoch/types.ts'
import { rotateKey } from './founding/runtime-key.ts'
import * as Identity from './identity/types.ts'
import * as Incident from './incident/types.ts'
import { decommission } from './machine/decommission.ts'
import { linkAgent } from './machine/agent-link.ts'
import { recertify } from './machine/recertification.ts'
import { signRecertification } from './machine/signatures.ts'
import * as Machine from './machine/types.ts'
import { decide as decideMission } from './mission/decision.ts'
import * as Mission from './mission/types.ts'
import * as Appeal from './appeal/types.ts'
import * as Panel from './panel/types.ts'
import * as Review from './review/types.ts'
import type { State } from './state.ts'
import { revalidate } from './trust/types.ts'

type Moment = Omit<Scene<unknown, unknown>, 'own' | 'world' | 'command'>

/** A command type with its slice closed over: what the rest of the law works with. */
export type Registered = {
  readonly type: string
  readonly domain: Domain
  readonly effect: Effect
  readonly signers: readonly Signer[]
  readonly owner: string
  readonly subjectKind: string
  readonly creates: boolean
  readonly bodyOptional: boolean
  readonly body: Shape.Shape
  readonly constraints: readonly { readonly id: string; readonly level: Level; readonly reads: 'subject' | 'body' }[]
  parseBody(json: unknown): Result<unknown, Malformed>
  embedded(command: Command, world: World): readonly SignatureCheck[]
  judge(command: Command, state: State, world: World, moment: Moment): Decision
  /** The violations that can be told without a body, strongest first. */
  blocks(command: Command, state: State, world: World, moment: Moment): readonly Violation[]
}

function register<Own, Body>(type: CommandType<Own, Body>, own: (state: State) => Own): Registered {
  // The common constraints look at no body and no slice, so they hold for any.
  const common = commonConstraints(type) as readonly Constraint<Own, Body>[]
  const scene = (command: Command, state: State, world: World, moment: Moment): Scene<Own, Body> => ({
    ...moment,
    own: own(state),
    world,
    command: command as Command<Body>,
  })
  return {
    type: type.type,
    domain: type.domain,
    effect: type.effect,
    signers: type.signers,
    owner: type.owner,
    subjectKind: type.subjectKind,
    creates: type.creates === true,
    bodyOptional: type.bodyOptional === true,
    body: type.body,
    constraints: [...common, ...type.constraints].map(({ id, level, reads }) => ({ id, level, reads })),
    parseBody: (json) => Shape.parse(type.body, json),
    embedded: (command, world) => type.embedded?.(command as Command<Body>, world) ?? NONE,
    judge: (command, state, world, moment) => judge(type, common, scene(command, state, world, moment)),
    blocks: (command, state, world, moment) => {
      const seen = scene(command, state, world, moment)
      return byLevel([...violationsOf(common, seen, true), ...violationsOf(type.constraints, seen, true)])
    },
  }
}

const NONE: readonly SignatureCheck[] = []

const TABLE: readonly Registered[] = [
  register(Identity.attest, (state) => state.identities),
  register(Identity.bindKey, (state) => state.identities),
  register(Identity.revokeKey, (state) => state.identities),
  register(Identity.enrollReviewer, (state) => state.identities),
  register(Identity.declareConflict, (state) => state.identities),
  register(Identity.withdrawConflict, (state) => state.identities),
  register(rotateKey, () => undefined),
  register(Machine.register, (state) => state.machines),
  register(Machine.addKey, (state) => state.machines),
  register(Machine.revokeKey, (state) => state.machines),
  register(Machine.declareEnvironment, (state) => state.machines),
  register(linkAgent, (state) => state.machines),
  register(recertify, (state) => state.machines),
  register(signRecertification, (state) => state.machines),
  register(decommission, (state) => state.machines),
  register(Incident.report, (state) => state.incidents),
  register(Incident.resolve, (state) => state.incidents),
  register(Mission.create, (state) => state.missions),
  register(Mission.scope, (state) => state.missions),
  register(Mission.plan, (state) => state.missions),
  register(Mission.start, (state) => state.missions),
  register(Mission.submit, (state) => state.missions),
  register(Mission.correct, (state) => state.missions),
  register(Mission.integrate, (state) => state.missions),
  register(Mission.withdrawTask, (state) => state.missions),
  register(Mission.dispute, (state) => state.missions),
  register(Mission.reverse, (state) => state.missions),
  register(Mission.renew, (state) => state.missions),
  register(Mission.hold, (state) => state.missions),
  register(Mission.release, (state) => state.missions),
  register(Mission.replan, (state) => state.missions),
  register(Review.commit, (state) => state.reviews),
  register(Review.reveal, (state) => state.reviews),
  register(Review.close, (state) => state.reviews),
  register(Review.reopen, (state) => state.reviews),
  register(Review.recuse, (state) => state.reviews),
  register(Appeal.file, (state) => state.appeals),
  register(Appeal.respond, (state) => state.appeals),
  register(Panel.vote, (state) => state.panels),
  register(Panel.recuse, (state) => state.panels),
  register(Panel.reopen, (state) => state.panels),
  register(revalidate, (state) => state.trust),
  register(beaconObserved, (state) => state.beacons),
  register(chainObserved, (state) => state.chain),
  register(closeEpoch, (state) => ({ epochs: state.epochs, open: state.books.open, head: () => state.books.head })),
]

/** Signed by a wallet and carried in by `chain.observed`: no envelope names it, so it is not in the table. */
export const FINAL_DECISION: Registered = register(decideMission, (state) => state.missions)

const BY_TYPE: ReadonlyMap<string, Registered> = new Map(TABLE.map((registered) => [registered.type, registered]))

export function commandType(type: string): Registered | undefined {
  return BY_TYPE.get(type)
}

/** Every command type, those without an envelope of their own included. */
export function allCommandTypes(): readonly Registered[] {
  return [...TABLE, FINAL_DECISION]
}
