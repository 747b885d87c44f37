/**
 * The two worked missions, given to a fresh deployment by its owner: created and scoped with the owner's key, the
 * inputs uploaded. The rest is the agents' work, up to where a human is needed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { State } from '../../protocol/genesis.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { send, type Author, type Client } from '../../runtime/client/client.ts'
import { systemClock } from '../../runtime/clock/clock.ts'
import { ROOT } from '../setup/places.mjs'

export type MissionFile = {
  readonly title: string
  readonly summary: string
  readonly scope: string
  readonly mission_class: string
  readonly domain_type: string
  readonly acceptance_criteria: readonly string[]
  readonly risk_acknowledgement: string
  /** `path` is relative to the mission's folder; without it the name is the path. */
  readonly inputs: readonly { readonly name: string; readonly media_type: string; readonly path?: string }[]
}

const EXAMPLES: readonly { readonly id: string; readonly folder: string }[] = [
  { id: 'mission-low-risk', folder: 'examples/low-risk-documentation' },
  { id: 'mission-high-risk', folder: 'examples/high-risk-regulated-analysis' },
]

export type MissionParts = {
  readonly client: Client
  readonly deployment: string
  readonly owner: Author
  readonly planner: string
  readonly integrator: string
  readonly say: (text: string) => void
}

export async function startMissions(parts: MissionParts): Promise<void> {
  for (const { id, folder } of EXAMPLES) {
    const seen = await parts.client.get(`/v1/missions/${id}`)
    const state = seen.ok ? (seen.value as { state: string }).state : undefined
    if (state !== undefined && state !== 'Draft') continue
    const mission = JSON.parse(readFileSync(join(ROOT, folder, 'mission.json'), 'utf8')) as MissionFile
    parts.say(`starting the worked mission ${id}`)
    if (state === undefined) {
      await sent(parts, id, 'mission.create', { title: mission.title, summary: mission.summary })
    }
    await sent(parts, id, 'mission.scope', {
      scope: mission.scope,
      mission_class: mission.mission_class,
      domain_type: mission.domain_type,
      acceptance_criteria: mission.acceptance_criteria,
      risk_acknowledgement: mission.risk_acknowledgement,
      inputs: await uploaded(parts.client, join(ROOT, folder), mission.inputs),
      planner: parts.planner,
      integrator: parts.integrator,
    })
  }
}

/** Whether what is left of the worked missions is a human's: none of them waits for an agent. */
export function agentsAreDone({ missions }: Pick<State, 'missions'>): boolean {
  return EXAMPLES.every(({ id }) => {
    const mission = missions.get(id)
    return mission !== undefined && !['Draft', 'Scoped', 'Working'].includes(mission.status)
  })
}

async function uploaded(client: Client, folder: string, inputs: MissionFile['inputs']): Promise<Json> {
  const refs: Json[] = []
  for (const { name, media_type, path = name } of inputs) {
    const bytes = Uint8Array.from(readFileSync(join(folder, path)))
    const stored = await client.upload(bytes)
    if (!stored.ok) throw new Fault('artifact-not-stored', { name, code: stored.problem.code })
    refs.push({ name, digest: stored.value, bytes: bytes.length, media_type })
  }
  return refs
}

async function sent(parts: MissionParts, id: string, type: string, body: Json): Promise<void> {
  const reply = await send(parts.client, parts.deployment, parts.owner, systemClock, { type, subject: id, body })
  if (reply.ok) return
  const [violation] = reply.problem.violations ?? []
  throw new Fault('mission-not-started', { mission: id, type, code: violation?.constraint ?? reply.problem.code })
}
