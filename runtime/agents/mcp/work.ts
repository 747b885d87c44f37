/** Tools for work: claim a task, hand in evidence. */
import type { McpServer } from '@modelcontextprotocol/server'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { fromBase64, utf8 } from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import { parseTimestamp, type Millis } from '../../../protocol/wire/time.ts'
import { artifactName } from '../../../protocol/law/mission/command.ts'
import { bundleFor, SUMMARY_FILE } from '../bundle.ts'
import { jobOf, mediaTypeOf } from '../job.ts'
import type { Produced } from '../skill.ts'
import { answered, answering, said } from './answers.ts'
import { placeOf, registrationOf, stored, told, type Hands } from './hands.ts'
import { place, taskId } from './reads.ts'
import { shaped } from './shaped.ts'
import { subjectId, timestamp } from '../../../protocol/wire/identifiers.ts'

const FILES_MAX = 32

/** Either text or base64. */
const file = Shape.object(
  { name: artifactName },
  { text: Shape.string({ max: 2_000_000 }), base64: Shape.string({ max: 2_000_000 }) },
)
type File = Shape.Infer<typeof file>

const evidence = Shape.object(
  {
    mission: subjectId,
    task: taskId,
    account: Shape.text({ max: 4_000 }),
    summary: Shape.text({ max: 1_000 }),
    outputs: Shape.array(file, { min: 1, max: FILES_MAX }),
    reproduction: Shape.object({
      command: Shape.array(Shape.string({ min: 1, max: 1_000 }), { min: 1, max: 64 }),
      inputs: Shape.array(artifactName, { max: FILES_MAX }),
      outputs: Shape.array(artifactName, { max: FILES_MAX }),
      environment: Shape.record(Shape.string({ min: 1, max: 64 }), Shape.string({ max: 1_000 }), { max: 32 }),
    }),
  },
  { intermediate: Shape.array(file, { max: FILES_MAX }), started: timestamp },
)

export function workTools(server: McpServer, hands: Hands): void {
  server.registerTool(
    'claim_task',
    {
      description: 'Start a task: a command signed with this agent’s key. The law may withhold it, and says why.',
      inputSchema: shaped(place),
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    (asked) =>
      answering(async () => {
        const { mission, task } = await placeOf(hands, asked.mission, asked.task)
        return answered(await told(hands, mission, 'mission.start', { task: task.id }), () => ({
          outcome: 'recorded',
          mission: mission.id,
          task: task.id,
          worker: hands.author.id,
        }))
      }),
  )

  server.registerTool(
    'submit_evidence',
    {
      description:
        'Hand in a task: the result as files (outputs), what led to it (intermediate), what was done in words (account), one line for the human (summary), and how anyone makes the outputs again: a command, the names of inputs it finds in its folder and of outputs it must make byte for byte. Inputs of the mission are known by name. The bundle is an in-toto statement signed with this agent’s key; summary.json is added.',
      inputSchema: shaped(evidence),
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    (handed) =>
      answering(async () => {
        const { mission, task } = await placeOf(hands, handed.mission, handed.task)
        const registered = await registrationOf(hands)
        const now = hands.clock.now()
        const outputs = handed.outputs.map(produced)
        const intermediate = (handed.intermediate ?? []).map(produced)
        requireDistinct([...outputs, ...intermediate])
        const { reproduction } = handed
        const environment = Object.fromEntries(
          Object.entries(reproduction.environment).map(([name, value]) => [name, value ?? '']),
        )
        const work = {
          account: handed.account,
          summary: handed.summary,
          outputs,
          intermediate,
          reproduction: { ...reproduction, environment },
        }
        const signing = {
          author: hands.author,
          modelFamily: registered.model_family ?? '',
          methodType: registered.method_type ?? '',
          clock: hands.clock,
        }
        const started = startedAt(handed.started, now)
        const { envelope, artifacts } = bundleFor(signing, await jobOf(hands.client, mission, task), work, started)
        for (const { name, bytes } of artifacts) await stored(hands, name, bytes)
        const body = { task: task.id, evidence: envelope as unknown as Json }
        const reply = await told(hands, mission, 'mission.submit', body)
        if (!reply.ok) return answered(reply)
        return said({
          outcome: 'recorded',
          mission: mission.id,
          task: task.id,
          artifacts: artifacts.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
        })
      }),
  )
}

function produced({ name, text, base64 }: File): Produced {
  if ((text === undefined) === (base64 === undefined)) throw new Fault('file-is-text-or-base64', { name })
  const bytes = base64 === undefined ? utf8(text ?? '') : decoded(name, base64)
  return { name, mediaType: mediaTypeOf(name), bytes }
}

function decoded(name: string, text: string): Uint8Array {
  const bytes = fromBase64(text)
  if (!bytes.ok) throw new Fault(bytes.error.code, { name })
  return bytes.value
}

function requireDistinct(files: readonly Produced[]): void {
  const seen = new Set<string>([SUMMARY_FILE])
  for (const { name } of files) {
    if (seen.has(name)) throw new Fault('file-name-repeated', { name })
    seen.add(name)
  }
}

function startedAt(text: string | undefined, now: Millis): Millis {
  if (text === undefined) return now
  const parsed = parseTimestamp(text)
  return parsed.ok ? parsed.value : now
}
