/**
 * The built-in agents, and the loop that wakes them: the face of the room. Each agent reads the API and signs with
 * its own key, exactly as one on another machine would.
 */
import type { KeyObject } from 'node:crypto'
import { Fault } from '../../protocol/wire/fault.ts'
import { clientOf, type Client } from '../client/client.ts'
import { pause, systemClock } from '../clock/clock.ts'
import { signerOfKey } from '../keys/keys.ts'
import { act, type AgentParts } from './agent.ts'
import type { MissionJson } from './mission-json.ts'
import type { Opinions } from './opinions.ts'
import type { Skill } from './skill.ts'

export { opinionsInFolder } from './opinions.ts'

export type AgentMachine = {
  readonly id: string
  readonly agent: string
  readonly modelFamily: string
  readonly methodType: string
  readonly key: KeyObject
  /** Instead of what the room has for the agent's name: a model, for example. */
  readonly skill?: Skill
  /** Where opinions wait that could not be formed again; in memory unless given. */
  readonly opinions?: Opinions
}

export type Hosting = {
  readonly url: string
  readonly deployment: string
  readonly machines: readonly AgentMachine[]
  readonly workers: { readonly default: string }
  readonly onTrouble: (agent: string, cause: unknown) => void
}

export type Agents = { stop(): Promise<void> }

const LOOK_EVERY_MS = 400

/** An agent that ran into trouble with a mission leaves it alone for this long, or until it changes. Milliseconds. */
const LEAVE_ALONE_MS = 15_000
/** One that was refused asks for the same again only much later: each refusal is on record. */
const REFUSED_MS = 5 * 60_000

type LeftAlone = Map<string, { readonly until: number; readonly revision: number }>

/** States in which no agent has anything to do. */
const NOTHING_TO_DO = new Set(['Draft', 'FinalHumanGate', 'Completed', 'Rejected'])

export function startAgents(hosting: Hosting): Agents {
  const client = clientOf(hosting.url)
  const stopping = new AbortController()
  const { signal } = stopping
  const agents = hosting.machines.map((machine) => partsOf(hosting, client, machine, signal))
  // Whoever waits for a model waits alone: the others go on meanwhile.
  const together = agents.filter(({ skill }) => skill === undefined)
  const apart = agents.filter(({ skill }) => skill !== undefined).map((agent) => [agent])
  const groups = apart.length === 0 || together.length > 0 ? [together, ...apart] : apart
  const loops = groups.map((group) => attend(client, group, hosting, signal))
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

/** One turn of one agent at one mission, for whoever wakes agents by hand. Answers whether a step was taken. */
export async function takeTurn(
  hosting: Pick<Hosting, 'url' | 'deployment' | 'workers'>,
  machine: AgentMachine,
  mission: string,
): Promise<boolean> {
  const client = clientOf(hosting.url)
  const seen = await client.get(`/v1/missions/${encodeURIComponent(mission)}`)
  return seen.ok && act(partsOf(hosting, client, machine), seen.value as unknown as MissionJson)
}

function partsOf(
  hosting: Pick<Hosting, 'deployment' | 'workers'>,
  client: Client,
  machine: AgentMachine,
  signal?: AbortSignal,
): AgentParts {
  const { id, agent, modelFamily, methodType, key, skill, opinions } = machine
  return {
    client,
    deployment: hosting.deployment,
    clock: systemClock,
    id,
    agent,
    modelFamily,
    methodType,
    author: { id, signer: signerOfKey(key) },
    key,
    worker: hosting.workers.default,
    ...(skill === undefined ? {} : { skill }),
    ...(opinions === undefined ? {} : { opinions }),
    ...(signal === undefined ? {} : { signal }),
  }
}

async function attend(
  client: Client,
  agents: readonly AgentParts[],
  hosting: Hosting,
  signal: AbortSignal,
): Promise<void> {
  const leftAlone: LeftAlone = new Map()
  while (!signal.aborted) {
    let moved = false
    try {
      for (const id of await openMissions(client)) {
        if (signal.aborted) return
        moved = (await round(client, agents, id, hosting, leftAlone)) || moved
      }
    } catch (cause) {
      if (!signal.aborted) hosting.onTrouble('agents', cause)
    }
    await pause(moved ? 20 : LOOK_EVERY_MS, signal)
  }
}

/** Every agent looks at one mission; after a step the mission is read anew. */
async function round(
  client: Client,
  agents: readonly AgentParts[],
  mission: string,
  hosting: Hosting,
  leftAlone: LeftAlone,
): Promise<boolean> {
  let moved = false
  let seen: MissionJson | undefined
  for (const agent of agents) {
    const place = `${agent.id} ${mission}`
    seen ??= await read(client, mission)
    if (seen === undefined) return moved
    const left = leftAlone.get(place)
    if (left !== undefined && left.revision === seen.revision && left.until > Date.now()) continue
    try {
      if (!(await act(agent, seen))) continue
      moved = true
      seen = undefined
    } catch (cause) {
      const refused = cause instanceof Fault && cause.code === 'agent-was-refused'
      const until = Date.now() + (refused ? REFUSED_MS : LEAVE_ALONE_MS)
      leftAlone.set(place, { until, revision: seen?.revision ?? -1 })
      hosting.onTrouble(agent.id, cause)
    }
  }
  return moved
}

async function read(client: Client, mission: string): Promise<MissionJson | undefined> {
  const seen = await client.get(`/v1/missions/${encodeURIComponent(mission)}`)
  return seen.ok ? (seen.value as unknown as MissionJson) : undefined
}

async function openMissions(client: Client): Promise<readonly string[]> {
  const reply = await client.get('/v1/missions')
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  const { missions } = reply.value as unknown as { missions: readonly { id: string; state: string }[] }
  return missions.filter(({ state }) => !NOTHING_TO_DO.has(state)).map(({ id }) => id)
}
