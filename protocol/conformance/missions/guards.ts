/**
 * Defects that vectors name, as the concrete command, registry or decision that has them: the step is refused and the
 * mission stays where it was.
 *
 * Reviewers are drawn and not chosen, so a defective set of reviewers is offered as a registry from which nothing
 * better can be drawn: the draw then seats nobody.
 */
import type { Json } from '../../wire/canonical-json.ts'
import { seal, type Envelope } from '../../wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../wire/evidence.ts'
import { Fault } from '../../wire/fault.ts'
import type { MissionState, Step } from '../../law/mission/machine.ts'
import { canonicalConstitution } from '../../law/constitution/canonical-constitution.ts'
import type { Topology } from '../../law/constitution/topology.ts'
import { deployment } from './deployment.ts'
import { missionRun, task, type Fields, type MissionRun, type Statement } from './mission.ts'
import { OWNER, person, REVIEWERS, WORKER, type Machine } from './people.ts'

export type Guarded = { readonly state: string; readonly event: string; readonly tier: string; readonly defect: string }

type Trial = {
  /** The registered reviewers; five good ones where it is not said. */
  readonly pool?: (needed: Topology) => readonly Machine[]
  /** Whether the law took the defective step. */
  readonly attempt: (run: MissionRun, needed: Topology, tier: string) => boolean
}

const scoped = (changes: Fields): Trial => ({ attempt: (run) => run.step('define_scope', changes) })
const planned = (...tasks: readonly Json[]): Trial => ({ attempt: (run) => run.step('build_task_graph', { tasks }) })
const submitted = (change: (statement: Statement) => unknown): Trial => ({
  attempt: (run) => run.submit((statement) => change(statement) as Json),
})
const drawnFrom = (pool: Trial['pool'] & {}): Trial => ({ pool, attempt: (run) => run.step('route_reviewers') })

/** By `event: defect`, in the words of the vectors. */
const TRIALS: { readonly [named: string]: Trial } = {
  'define_scope: title missing': {
    attempt: (run) => run.create({ title: undefined }) && run.step('define_scope'),
  },
  'define_scope: mission_class missing': scoped({ mission_class: undefined }),
  'define_scope: mission_class unmapped': scoped({ mission_class: 'nothing_of_ours' }),
  'define_scope: domain_type missing': scoped({ domain_type: undefined }),
  'define_scope: domain_type invalid': scoped({ domain_type: 'subjective' }),
  'define_scope: risk_tier lower than mapped': {
    attempt: (run, _needed, tier) => run.step('define_scope', { risk_tier: tierBeside(tier, -1) }),
  },
  'define_scope: risk_tier higher than mapped': {
    attempt: (run, _needed, tier) => run.step('define_scope', { risk_tier: tierBeside(tier, 1) }),
  },

  'build_task_graph: empty graph': planned(),
  'build_task_graph: cycle': planned(task({ depends_on: ['t-2'] }), task({ id: 't-2', depends_on: ['t-1'] })),
  'build_task_graph: self dependency': planned(task({ depends_on: ['t-1'] })),
  'build_task_graph: unknown dependency': planned(task({ depends_on: ['t-9'] })),
  'build_task_graph: duplicate task': planned(task(), task()),
  'build_task_graph: domain_type missing': planned(task({ domain_type: undefined })),
  'build_task_graph: domain_type invalid': planned(task({ domain_type: 'subjective' })),

  'submit_evidence: artifact_hash missing': submitted((statement) => ({
    ...statement,
    subject: [{ name: 'report.json' }],
  })),
  'submit_evidence: artifact_hash malformed': submitted((statement) => ({
    ...statement,
    subject: [{ name: 'report.json', digest: { sha256: 'f00d' } }],
  })),
  'submit_evidence: no evidence': submitted((statement) => ({ ...statement, subject: [] })),
  'submit_evidence: signature missing': submitted((statement) => ({ ...sealed(statement), signatures: [] })),
  'submit_evidence: signature malformed': submitted((statement) => withSignature(statement, 'c2hvcnQ=')),
  'submit_evidence: signature does not verify': submitted((statement) =>
    withSignature(statement, `${'A'.repeat(86)}==`),
  ),

  'route_reviewers: worker among reviewers': drawnFrom(({ reviewers }) => [...REVIEWERS.slice(1, reviewers), WORKER]),
  'route_reviewers: invalid method_type': drawnFrom(firstIs({ method: 'intuition' })),
  'route_reviewers: method_type missing': drawnFrom(firstIs({ method: '' })),
  'route_reviewers: model_family missing': drawnFrom(firstIs({ family: '' })),
  'route_reviewers: reviewer metadata missing': drawnFrom(firstIs({ family: '', method: '' })),
  'route_reviewers: too few reviewers': drawnFrom(({ reviewers }) => REVIEWERS.slice(0, reviewers - 1)),
  'route_reviewers: duplicate reviewer': drawnFrom(({ reviewers }) => [
    ...REVIEWERS.slice(1, reviewers),
    { ...REVIEWERS[0]!, id: REVIEWERS[1]!.id },
  ]),
  'route_reviewers: one model family': drawnFrom(allAre({ family: 'claude' })),
  'route_reviewers: one method type': drawnFrom(allAre({ method: 'reasoning_model' })),
  'route_reviewers: too few regions': drawnFrom(() =>
    REVIEWERS.map((one) => movedTo(one, 'EU', one.operator.organization)),
  ),
  'route_reviewers: too few organizations': drawnFrom(() =>
    REVIEWERS.map((one) => movedTo(one, one.operator.region, 'ivy')),
  ),

  'review_approved: too few approvals': {
    attempt: (run, { approvals }) =>
      run.review(Array.from({ length: approvals - 1 }, () => 'approve')) && run.shown() === 'Integrated',
  },
  'review_approved: decision by unassigned reviewer only': { attempt: (run) => run.reviewUninvited() },

  'human_approve: signature does not verify': {
    attempt: (run) => run.decide('approve', OWNER, WORKER.operator),
  },
  'human_approve: approver is not a verified human': {
    attempt: (run) => run.decide('approve', person('stranger', 'EU', 'elsewhere')),
  },
  'human_approve: approver operated the worker': { attempt: (run) => run.decide('approve', WORKER.operator) },
}

/** The steps that lead a mission from its creation to a state. */
const WAY: readonly (readonly [MissionState, Step])[] = [
  ['Scoped', 'define_scope'],
  ['Decomposed', 'build_task_graph'],
  ['InProgress', 'start_work'],
  ['EvidenceAttached', 'submit_evidence'],
  ['UnderReview', 'route_reviewers'],
  ['Integrated', 'review_approved'],
  ['FinalHumanGate', 'assemble_output'],
  ['Rejected', 'human_reject'],
]

/** Throws Fault `vector-world` where the law does not let a mission get there. */
export function lead(run: MissionRun, state: string): void {
  if (state === 'Draft') return
  const end = WAY.findIndex(([reached]) => reached === state)
  if (end < 0) throw new Fault('vector-world', { state })
  for (const [reached, step] of WAY.slice(0, end + 1)) {
    if (!run.step(step)) throw new Fault('vector-world', { state: run.shown(), reached })
  }
}

/** Where the mission stands after the defective step, and whether the law took it. */
export function tryDefect({ state, event, tier, defect }: Guarded): {
  readonly taken: boolean
  readonly state: string
} {
  const name = `${event}: ${defect}`
  const trial = Object.hasOwn(TRIALS, name) ? TRIALS[name] : undefined
  const needed = canonicalConstitution().topologyOf(tier)
  if (trial === undefined || needed === undefined) throw new Fault('vector-unknown-defect', { event, defect, tier })
  const run = missionRun(deployment(trial.pool?.(needed) ?? REVIEWERS), 'm-1', tier)
  if (defect !== 'title missing') run.create()
  lead(run, state)
  return { taken: trial.attempt(run, needed, tier), state: run.shown() }
}

function tierBeside(tier: string, by: number): string {
  const tiers = ['R0', 'R1', 'R2', 'R3']
  return tiers[tiers.indexOf(tier) + by] ?? 'R9'
}

function sealed(statement: Statement): Envelope {
  return seal(STATEMENT_PAYLOAD_TYPE, statement as unknown as Json, WORKER.signer)
}

function withSignature(statement: Statement, sig: string): Envelope {
  const envelope = sealed(statement)
  return { ...envelope, signatures: envelope.signatures.map((signature) => ({ ...signature, sig })) }
}

/** Just enough reviewers, of whom the first is not fit to be one. */
function firstIs(unfit: Partial<Machine>): Trial['pool'] & {} {
  return ({ reviewers }) => [{ ...REVIEWERS[0]!, ...unfit }, ...REVIEWERS.slice(1, reviewers)]
}

function allAre(alike: Partial<Machine>): Trial['pool'] & {} {
  return () => REVIEWERS.map((one) => ({ ...one, ...alike }))
}

function movedTo(one: Machine, region: string, organization: string): Machine {
  return { ...one, operator: person(one.operator.id, region, organization) }
}
