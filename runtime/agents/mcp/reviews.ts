/**
 * Tools for reviews. A decision is kept here before it is sealed, so that what is revealed is what was sealed; the salt
 * comes from the agent's key and the draw, so that a restart loses nothing (spec 3.4).
 */
import type { McpServer } from '@modelcontextprotocol/server'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { hex, utf8 } from '../../../protocol/wire/bytes.ts'
import { referencesOf } from '../../../protocol/wire/evidence.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { subjectId } from '../../../protocol/wire/identifiers.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import { decisionShape } from '../../../protocol/law/review/command.ts'
import type { ReviewDecision } from '../../../protocol/law/review/event.ts'
import { sealOf } from '../../../protocol/law/review/seal.ts'
import { evidenceOf } from '../job.ts'
import type { TaskJson } from '../mission-json.ts'
import { saltOf } from '../salt.ts'
import { answered, answering } from './answers.ts'
import { placeOf, stored, told, type Hands } from './hands.ts'
import { place, taskId } from './reads.ts'
import { shaped } from './shaped.ts'

const score = Shape.integer({ min: 0, max: 100 })

/** Held whole against the law's own shape of a decision, once it names its place. */
const opinion = Shape.object(
  {
    mission: subjectId,
    task: taskId,
    verdict: Shape.oneOf('approve', 'reject', 'rework'),
    scores: Shape.object({ completeness: score, correctness: score, policy_compliance: score }),
    reasons: Shape.array(
      Shape.object({
        text: Shape.text({ max: 4_000 }),
        references: Shape.array(
          Shape.object({ artifact: Shape.string({ max: 71 }), locator: Shape.string({ max: 400 }) }),
          { max: 64 },
        ),
      }),
      { min: 1, max: 64 },
    ),
  },
  {
    normative_dispute: Shape.boolean(),
    /** All that a model was asked and answered: stored when the decision is revealed, and named by it. */
    transcript: Shape.string({ max: 2_000_000 }),
  },
)

export function reviewTools(server: McpServer, hands: Hands): void {
  const writes = { destructiveHint: false, openWorldHint: false }

  server.registerTool(
    'seal_review',
    {
      description:
        'Decide and seal: verdict, scores 0–100, reasons with references into the evidence (artifact digests of read_task’s evidence). Only a commitment goes out now; nobody can read or copy it. It cannot be changed afterwards. Reveal it with reveal_review when list_reviews says so.',
      inputSchema: shaped(opinion),
      annotations: writes,
    },
    (said) =>
      answering(async () => {
        const { mission, task } = await placeOf(hands, said.mission, said.task)
        const where = placeName(hands, mission.id, task)
        // Until the ledger has a seal of ours, the last word counts; from then on only what was sealed.
        if (task.review?.seats.find(({ id }) => id === hands.author.id)?.sealed !== true) {
          const statement = await evidenceOf(hands.client, task)
          const decision = decisionOf(said, hands.author.id, task, referencesOf(statement))
          // Before it is sealed: if we die behind this line it can still be revealed.
          const transcript = said.transcript === undefined ? {} : { transcript: utf8(said.transcript) }
          hands.opinions.keep(where, { decision, ...transcript })
        }
        const kept = recalled(hands, where)
        const commitment = sealOf(kept.decision, salt(hands, task))
        const reply = await told(hands, mission, 'review.commit', { task: task.id, commitment })
        return answered(reply, () => ({ outcome: 'recorded', commitment, verdict: kept.decision.verdict }))
      }),
  )

  server.registerTool(
    'reveal_review',
    {
      description: 'Reveal the decision that was sealed here, with its salt.',
      inputSchema: shaped(place),
      annotations: writes,
    },
    (asked) =>
      answering(async () => {
        const { mission, task } = await placeOf(hands, asked.mission, asked.task)
        const { decision, transcript } = recalled(hands, placeName(hands, mission.id, task))
        if (transcript !== undefined) await stored(hands, 'transcript', transcript)
        const body = { task: task.id, decision: decision as unknown as Json, salt: hex(salt(hands, task)) }
        const reply = await told(hands, mission, 'review.reveal', body)
        return answered(reply, () => ({ outcome: 'recorded', verdict: decision.verdict }))
      }),
  )
}

function decisionOf(
  said: Shape.Infer<typeof opinion>,
  reviewer: string,
  task: TaskJson,
  references: readonly string[],
): ReviewDecision {
  const decision = {
    attempt: task.attempt,
    mission: said.mission,
    normative_dispute: said.normative_dispute ?? false,
    reasons: said.reasons,
    reviewer,
    scores: said.scores,
    task: said.task,
    ...(said.transcript === undefined ? {} : { transcript: digest(utf8(said.transcript)) }),
    verdict: said.verdict,
  }
  const parsed = Shape.parse(decisionShape, decision)
  if (!parsed.ok) throw new Fault(parsed.error.code, { path: parsed.error.path ?? '' })
  const cited = parsed.value.reasons.flatMap((reason) => reason.references.map(({ artifact }) => artifact))
  const stray = cited.find((artifact) => !references.includes(artifact))
  if (stray !== undefined) throw new Fault('reference-not-in-evidence', { artifact: stray })
  return parsed.value
}

function recalled(hands: Hands, where: string) {
  const kept = hands.opinions.recall(where)
  if (kept === undefined) throw new Fault('sealed-opinion-lost', { place: where })
  return kept
}

function placeName({ author }: Hands, mission: string, task: TaskJson): string {
  return [author.id, mission, task.id, task.attempt, task.evidence?.digest ?? ''].join(' ')
}

function salt({ key }: Hands, task: TaskJson): Uint8Array {
  return saltOf(key, task.review?.nonce ?? '', task.attempt)
}
