/** `genesis mission work` and `review`: what waits for whom, and a turn for a built-in agent. */
import { Fault } from '../../../protocol/wire/fault.ts'
import { takeTurn } from '../../../runtime/agents/agents.ts'
import { readIdentityKey } from '../../../runtime/keys/identity-key.ts'
import { MACHINES, WORKER } from '../../../scripts/start/people.ts'
import { join } from 'node:path'
import { EXIT, type Io } from '../../lib/command.ts'
import { clientFor, dataFolder, deploymentOf, passwordIn, STACK_HELP, STACK_OPTIONS } from '../../lib/stack.ts'
import { table } from '../../lib/table.ts'
import { readArgs } from '../../lib/usage.ts'
import { missionOf } from './follow.ts'

const RUN_HELP = `  --as MACHINE    only what waits for this machine
  --run           let the built-in agent of that machine (or of each) take its turn once
${STACK_HELP}`

export const WORK_HELP = `Usage: genesis mission work [--as MACHINE] [--run] [options]

Lists tasks that wait for a worker. The agents of npm start work by themselves; --run is for machines whose agents do
not run.

${RUN_HELP}

Examples:
  genesis mission work
  genesis mission work --as worker-1 --run
`

export const REVIEW_HELP = `Usage: genesis mission review [--as MACHINE] [--run] [options]

Lists review seats that wait for a decision to be sealed or revealed.

${RUN_HELP}

Examples:
  genesis mission review --json
  genesis mission review --as reviewer-sql --run
`

type Waiting = { readonly mission: string; readonly task: string; readonly for: string; readonly to: string }

export function work(args: readonly string[], io: Io): Promise<number> {
  return waiting(args, io, ({ state, worker, id }, mission) =>
    ['Decomposed', 'InProgress', 'Rework'].includes(state)
      ? [{ mission, task: id, for: worker ?? 'anyone', to: state === 'Decomposed' ? 'start' : 'submit' }]
      : [],
  )
}

export function review(args: readonly string[], io: Io): Promise<number> {
  return waiting(args, io, ({ id, review: at }, mission) =>
    (at?.seats ?? []).flatMap((seat): Waiting[] => {
      if (at?.status === 'sealing' && !seat.sealed) return [{ mission, task: id, for: seat.id, to: 'seal' }]
      if (at?.status === 'revealing' && seat.decision === null)
        return [{ mission, task: id, for: seat.id, to: 'reveal' }]
      return []
    }),
  )
}

type Task = {
  readonly id: string
  readonly state: string
  readonly worker: string | null
  readonly review: {
    readonly status: string
    readonly seats: readonly { readonly id: string; readonly sealed: boolean; readonly decision: object | null }[]
  } | null
}

async function waiting(
  args: readonly string[],
  io: Io,
  of: (task: Task, mission: string) => readonly Waiting[],
): Promise<number> {
  const { values } = readArgs({
    args: [...args],
    options: { ...STACK_OPTIONS, as: { type: 'string' }, run: { type: 'boolean', default: false } },
  })
  const client = clientFor(values)
  const reply = await client.get('/v1/missions')
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  const { missions } = reply.value as unknown as { missions: readonly { id: string }[] }
  const found: Waiting[] = []
  for (const { id } of missions) {
    const { tasks } = (await missionOf(client, id)) as unknown as { tasks: readonly Task[] }
    found.push(...tasks.flatMap((task) => of(task, id)))
  }
  const mine = found.filter((one) => values.as === undefined || one.for === values.as)
  const taken: string[] = []
  if (values.run) {
    const { deployment } = await deploymentOf(client)
    for (const one of mine) {
      const machine = MACHINES.find(({ id }) => id === one.for)
      if (machine === undefined) continue
      const data = dataFolder(values.data)
      const key = readIdentityKey(join(data, 'keys', 'identities', `${machine.id}.pem`), passwordIn(data))
      const hosting = { url: client.url, deployment, workers: { default: WORKER } }
      if (await takeTurn(hosting, { ...machine, key }, one.mission)) taken.push(`${one.for} ${one.to} ${one.mission}`)
    }
  }
  if (values.json) io.out(`${JSON.stringify({ waiting: mine, taken })}\n`)
  else if (mine.length === 0) io.out('Nothing waits.\n')
  else {
    io.out(
      table(
        ['MISSION', 'TASK', 'FOR', 'TO'],
        mine.map((one) => [one.mission, one.task, one.for, one.to]),
      ),
    )
    for (const turn of taken) io.out(`done: ${turn}\n`)
  }
  return EXIT.yes
}
