/**
 * The mission machine (spec 3.1, 3.2): the pure machine and gate case by case; walks, guards and attacks on the real
 * law, with a deployment made for the purpose.
 */
import type { Signer } from '../law/constraints/kernel.ts'
import { FINAL_DECISION } from '../law/commands.ts'
import { blockAtGate, type OfferedApproval } from '../law/mission/final-gate.ts'
import { involvement } from '../law/mission/independence.ts'
import { next, STEPS, type Step } from '../law/mission/machine.ts'
import type { Mission } from '../law/mission/state.ts'
import { worldOf } from '../law/world.ts'
import { Fault } from '../wire/fault.ts'
import { deployment, type Deployment } from './missions/deployment.ts'
import { lead, tryDefect } from './missions/guards.ts'
import { missionRun, type MissionRun } from './missions/mission.ts'
import { INTEGRATOR, OWNER, PLANNER, REVIEWERS, WORKER } from './missions/people.ts'
import {
  booleanAt,
  firstOf,
  listAt,
  same,
  textAt,
  textsAt,
  type Check,
  type Difference,
  type Suite,
  type Vector,
} from './suite.ts'

export const stateMachine: Suite = {
  pairs_state_event: checkStep,
  unknown_events_and_states: checkStep,

  pairs_from_to: (vector) => {
    const [from, to] = [textAt(vector, 'from'), textAt(vector, 'to')]
    const allowed = Object.values(STEPS).some((step) => step[0] === from && step[1] === to)
    return same('allowed', booleanAt(vector, 'allowed'), allowed)
  },

  walks: (vector) => {
    const run = missionRun(sharedDeployment(), `m-${++missions}`, textAt(vector, 'tier'))
    run.create()
    const after = textsAt(vector, 'events').map((event) => [isStep(event) && run.step(event), run.shown()])
    return firstOf(same('after', listAt(vector, 'after'), after), same('final', textAt(vector, 'final'), run.shown()))
  },

  final_gate: checkGate,
  final_gate_low_tiers: checkGate,

  final_gate_reject: (vector) => {
    const [state, event] = [textAt(vector, 'state'), textAt(vector, 'event')]
    const may = FINAL_DECISION.signers.includes(textAt(vector, 'by_kind') as Signer)
    return same('next', textAt(vector, 'next'), (may ? next(state, event) : undefined) ?? state)
  },

  self_approval: (vector) => {
    const accepted = involvement(FINISHED, approverOf(textAt(vector, 'approver')), worldOf(sharedDeployment().state))
    return same('accept', booleanAt(vector, 'recommended_accept'), accepted === undefined)
  },

  guards: (vector) => {
    const guarded = {
      state: textAt(vector, 'state'),
      event: textAt(vector, 'event'),
      tier: textAt(vector, 'tier'),
      defect: textAt(vector, 'defect'),
    }
    const tried = tryDefect(guarded)
    return firstOf(same('reject', booleanAt(vector, 'reject'), !tried.taken), same('state', guarded.state, tried.state))
  },

  attacks: (vector) => {
    const attack = textAt(vector, 'attack')
    const attempt = Object.hasOwn(ATTACKS, attack) ? ATTACKS[attack] : undefined
    if (attempt === undefined) throw new Fault('vector-unknown-attack', { attack })
    const run = missionRun(sharedDeployment(), `m-${++missions}`, textAt(vector, 'tier'))
    run.create()
    lead(run, textAt(vector, 'state'))
    return firstOf(same('taken', false, attempt(run)), same('state', textAt(vector, 'must_stay'), run.shown()))
  },
}

const ATTACKS: { readonly [attack: string]: (run: MissionRun) => boolean } = {
  'human_approve after rejection': (run) => run.decide('approve'),
  'add or change evidence while reviewers vote': (run) => run.step('submit_evidence'),
}

function checkStep(vector: Vector): ReturnType<Check> {
  const reached = next(vector['state'], vector['event'])
  return firstOf(
    same('next', vector['next'] ?? null, reached ?? null),
    same('reject', vector['reject'] ?? vector['next'] === null, reached === undefined),
  )
}

function isStep(event: string): event is Step {
  return Object.hasOwn(STEPS, event)
}

function checkGate(vector: Vector): Difference | undefined {
  const offered = vector['approval'] as { readonly kind: string; readonly signature_valid: boolean } | null
  const approval: OfferedApproval | undefined =
    offered === null
      ? undefined
      : { kind: offered.kind === 'human' ? 'human' : 'machine', signatureValid: offered.signature_valid }
  const block = blockAtGate({
    tier: textAt(vector, 'tier'),
    domainType: textAt(vector, 'domain_type'),
    adjudicated: booleanAt(vector, 'signed_adjudication_record'),
    chambersPassed: vector['chambers_passed'] === true,
    approval,
  })
  const state = textAt(vector, 'state')
  const reached = block === undefined ? (next(state, 'human_approve') ?? state) : state
  return same('next', textAt(vector, 'next'), reached)
}

/**
 * One deployment for several walks, each with a mission of its own: not for all of them, because a human's approvals
 * have a budget per day and no walk waits for the next day.
 */
const WALKS_ON_ONE = 10
let shared: Deployment | undefined
let missions = 0

function sharedDeployment(): Deployment {
  if (missions % WALKS_ON_ONE === 0) shared = undefined
  shared ??= deployment(REVIEWERS)
  return shared
}

/** A mission on which every part was played by a human of its own. */
const FINISHED = {
  status: 'FinalHumanGate',
  everWorked: [WORKER.operator.id],
  everReviewed: [REVIEWERS[0]!.operator.id],
  owner: OWNER.id,
  scope: { planner: PLANNER.operator.id, integrator: INTEGRATOR.operator.id },
} as unknown as Mission

const APPROVERS: readonly (readonly [RegExp, string])[] = [
  [/worker/, WORKER.operator.id],
  [/reviewer/, REVIEWERS[0]!.operator.id],
  [/planner/, PLANNER.operator.id],
  [/integrator/, INTEGRATOR.operator.id],
  [/owner/, OWNER.id],
  [/unrelated/, REVIEWERS[4]!.operator.id],
]

function approverOf(words: string): string {
  const known = APPROVERS.find(([pattern]) => pattern.test(words))
  if (known === undefined) throw new Fault('vector-unknown-approver', { approver: words })
  return known[1]
}
