/** The bodies of mission commands. The subject of each is the mission's id. Source: spec 3.1–3.3. */
import { bytes32 } from '../../wire/abi.ts'
import { MAX_REVIEW_SEATS } from '../../wire/draw.ts'
import { envelopeShape } from '../../wire/dsse.ts'
import { actorId, digest, subjectId, walletAddress } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { taskId } from '../constraints/codes.ts'
import {
  ARTIFACT_MAX,
  CRITERIA_MAX,
  INPUTS_MAX,
  OUTPUTS_MAX,
  TASKS_MAX,
  TEXT_MAX,
  TITLE_MAX,
} from '../constraints/limits.ts'

const title = Shape.text({ max: TITLE_MAX })
const prose = Shape.text({ max: TEXT_MAX })

/** A name inside a bundle: a relative path without dots or empty parts, so that it can be a file's name safely. */
export const artifactName = Shape.string({
  max: 200,
  pattern: /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
})

export const artifactRef = Shape.object({
  name: artifactName,
  digest,
  bytes: Shape.integer({ min: 0, max: ARTIFACT_MAX }),
  media_type: Shape.string({ max: 100, pattern: /^[a-z0-9.+-]+\/[a-z0-9.+-]+(?:; ?[a-z0-9-]+=[A-Za-z0-9._-]+)?$/ }),
})

export const create = Shape.object(
  { title, summary: prose },
  /** The owner's own mission that was reversed, and that this one takes the place of. */
  { successor_of: subjectId },
)
export type Create = Shape.Infer<typeof create>

const seats = Shape.integer({ min: 0, max: MAX_REVIEW_SEATS })

export const topology = Shape.object(
  { reviewers: seats, approvals: seats },
  {
    min_regions: seats,
    min_organizations: seats,
    min_model_families: seats,
    min_method_types: seats,
    human_final_gate: Shape.boolean(),
  },
)

export const scope = Shape.object(
  {
    scope: prose,
    mission_class: Shape.string({ min: 1, max: 64 }),
    domain_type: Shape.string({ min: 1, max: 32 }),
    acceptance_criteria: Shape.array(prose, { min: 1, max: CRITERIA_MAX }),
    risk_acknowledgement: prose,
    inputs: Shape.array(artifactRef, { max: INPUTS_MAX }),
    planner: actorId,
    integrator: actorId,
  },
  {
    /** What the owner takes the risk to be; refused unless it is what the class maps to. */
    risk_tier: Shape.string({ min: 1, max: 8 }),
    /** A review topology at least as strong as the tier's. What it does not name is the tier's. */
    topology,
  },
)
export type Scope = Shape.Infer<typeof scope>

const task = Shape.object(
  {
    id: taskId,
    title,
    instructions: prose,
    domain_type: Shape.string({ min: 1, max: 32 }),
    depends_on: Shape.array(taskId, { max: TASKS_MAX, distinct: true }),
  },
  { worker: actorId },
)

/** An empty graph is well-formed and refused by law, so that the refusal is on record. */
export const plan = Shape.object({ tasks: Shape.array(task, { max: TASKS_MAX }) })
export type PlanBody = Shape.Infer<typeof plan>

export const ofTask = Shape.object({ task: taskId })
export type OfTask = Shape.Infer<typeof ofTask>

export const submit = Shape.object({ task: taskId, evidence: envelopeShape })
export type Submit = Shape.Infer<typeof submit>

export const integrate = Shape.object({
  outputs: Shape.array(artifactRef, { min: 1, max: OUTPUTS_MAX }),
  summary: prose,
})
export type Integrate = Shape.Infer<typeof integrate>

/** The owner says that the question is normative, whatever its type: humans will decide it. */
export const dispute = Shape.object({ task: taskId, reason: prose })
export type Dispute = Shape.Infer<typeof dispute>

/** The owner takes a task from a machine that is out of service, so that another hand can go on with it. */
export const withdrawTask = Shape.object({ task: taskId, reason: prose })
export type WithdrawTask = Shape.Infer<typeof withdrawTask>

export const reverse = Shape.object({ reason: prose })
export type Reverse = Shape.Infer<typeof reverse>

export const hold = Shape.object({ reason: prose })
export type Hold = Shape.Infer<typeof hold>

export const nothing = Shape.object({})
export type Nothing = Shape.Infer<typeof nothing>

/**
 * A human's final decision, as the gate contract's event carries it. It has no envelope of its own: the wallet's
 * signature inside is what counts, and it enters by `chain.observed` (spec 3.1).
 */
export const decide = Shape.object({
  approver: walletAddress,
  mission_digest: digest,
  attempt: Shape.integer({ min: 1 }),
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
  chain_id: Shape.integer({ min: 1 }),
  transaction: bytes32,
})
export type Decide = Shape.Infer<typeof decide>
