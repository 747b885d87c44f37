/** Follows a mission to where it ends or waits for a human; each change is a line for whoever watches. */
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Client } from '../../../runtime/client/client.ts'
import { EXIT, type Io } from '../../lib/command.ts'

export type MissionView = {
  readonly id: string
  readonly title: string
  readonly state: string
  readonly tier: string | null
  readonly tasks: readonly {
    readonly id: string
    readonly state: string
    readonly rework_reason: string | null
    readonly review: { readonly status: string; readonly reason: string | null } | null
  }[]
  readonly gate: {
    readonly summary: string
    readonly attempt: number
    readonly mission_digest: string
    readonly decide_by: string
    readonly epoch_committed: boolean
    readonly outputs: readonly { readonly name: string; readonly digest: string; readonly bytes: number }[]
    readonly texts: { readonly approve: string; readonly reject: string }
  } | null
}

export async function missionOf(client: Client, id: string): Promise<MissionView> {
  const reply = await client.get(`/v1/missions/${encodeURIComponent(id)}`)
  if (!reply.ok) throw new Fault('mission-unknown', { mission: id })
  return reply.value as unknown as MissionView
}

export type Until = (mission: MissionView) => number | undefined

/** Where nothing more happens by itself, with the exit code that stands for it. */
export const settled: Until = (mission) => {
  if (mission.state === 'Completed') return EXIT.yes
  if (mission.state === 'Rejected') return EXIT.no
  if (mission.state === 'FinalHumanGate') return EXIT.yes
  const stuck = mission.tasks.some((task) => task.state === 'Rework' || task.review?.status === 'blocked')
  return stuck ? EXIT.no : undefined
}

const LOOK_EVERY_MS = 400

export async function follow(
  client: Client,
  id: string,
  until: Until,
  timeoutMs: number,
  io: Io,
): Promise<{ code: number; mission: MissionView }> {
  const started = performance.now()
  let last = ''
  for (;;) {
    const mission = await missionOf(client, id)
    const where = [
      mission.state,
      ...mission.tasks.map(
        (task) => `${task.id} ${task.state}${task.review === null ? '' : ` (review ${task.review.status})`}`,
      ),
    ].join(', ')
    if (where !== last && io.watched) {
      io.err(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${where}\n`)
    }
    last = where
    const code = until(mission)
    if (code !== undefined) return { code, mission }
    if (performance.now() - started > timeoutMs)
      throw new Fault('mission-takes-longer', { mission: id, state: mission.state })
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
