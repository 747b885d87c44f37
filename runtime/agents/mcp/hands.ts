/** What the tools work with: a runtime's API on one side, the agent's own key on the other. */
import type { KeyObject } from 'node:crypto'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { send, type Author, type Client, type Reply } from '../../client/client.ts'
import type { Clock } from '../../ports/clock.ts'
import type { MissionJson, TaskJson } from '../mission-json.ts'
import type { Opinions } from '../opinions.ts'

export type Hands = {
  readonly client: Client
  readonly deployment: string
  readonly clock: Clock
  /** Who the agent is; the key never leaves this process. */
  readonly author: Author
  readonly key: KeyObject
  readonly opinions: Opinions
}

/** As registered: what evidence has to say of its worker. */
export type Registration = {
  readonly kind: string
  readonly model_family?: string
  readonly method_type?: string
}

export async function registrationOf({ client, author }: Hands): Promise<Registration> {
  const reply = await client.get(`/v1/actors/${encodeURIComponent(author.id)}`)
  if (!reply.ok) throw new Fault('agent-not-registered', { id: author.id, code: reply.problem.code })
  return reply.value as unknown as Registration
}

export async function placeOf(
  { client }: Hands,
  mission: string,
  task: string,
): Promise<{ readonly mission: MissionJson; readonly task: TaskJson }> {
  const reply = await client.get(`/v1/missions/${encodeURIComponent(mission)}`)
  if (!reply.ok) throw new Fault('mission-unknown', { mission, code: reply.problem.code })
  const found = reply.value as unknown as MissionJson
  const one = found.tasks.find(({ id }) => id === task)
  if (one === undefined) throw new Fault('task-unknown', { mission, task })
  return { mission: found, task: one }
}

/** One signed command. It says on which state it rests, so that nobody acts on what has moved on. */
export function told(hands: Hands, { id, revision }: MissionJson, type: string, body: Json): Promise<Reply<Json>> {
  const draft = { type, subject: id, body, expects: revision }
  return send(hands.client, hands.deployment, hands.author, hands.clock, draft)
}

export async function stored({ client }: Hands, name: string, bytes: Uint8Array): Promise<string> {
  const reply = await client.upload(bytes)
  if (!reply.ok) throw new Fault('artifact-not-stored', { name, code: reply.problem.code })
  return reply.value
}
