/** `genesis mission list` and `show`. */
import { Fault } from '../../../protocol/wire/fault.ts'
import { EXIT, type Io } from '../../lib/command.ts'
import { clientFor, STACK_HELP, STACK_OPTIONS } from '../../lib/stack.ts'
import { table } from '../../lib/table.ts'
import { readArgs, usage } from '../../lib/usage.ts'
import { writeOutputs } from './new.ts'
import { missionOf } from './follow.ts'

export const LIST_HELP = `Usage: genesis mission list [options]

${STACK_HELP}

Example:
  genesis mission list --json
`

export const SHOW_HELP = `Usage: genesis mission show ID [--out DIR] [options]

  --out DIR       write the outputs there
${STACK_HELP}

Example:
  genesis mission show mission-high-risk --out result
`

type Summary = {
  readonly id: string
  readonly title: string
  readonly state: string
  readonly tier: string | null
  readonly owner: string
}

export async function list(args: readonly string[], io: Io): Promise<number> {
  const { values } = readArgs({ args: [...args], options: STACK_OPTIONS })
  const reply = await clientFor(values).get('/v1/missions')
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  const { missions } = reply.value as unknown as { missions: readonly Summary[] }
  if (values.json) io.out(`${JSON.stringify({ missions })}\n`)
  else if (missions.length === 0) io.out('No missions yet. See genesis mission new --help.\n')
  else {
    const rows = missions.map(({ id, state, tier, owner, title }) => [id, state, tier ?? '–', owner, title])
    io.out(table(['MISSION', 'STATE', 'TIER', 'OWNER', 'TITLE'], rows))
  }
  return EXIT.yes
}

type Shown = {
  readonly scope: { readonly scope: string; readonly acceptance_criteria: readonly string[] } | null
  readonly tasks: readonly {
    readonly id: string
    readonly state: string
    readonly worker: string | null
    readonly review: {
      readonly status: string
      readonly seats: readonly {
        readonly id: string
        readonly region: string
        readonly model_family: string
        readonly method_type: string
        readonly decision: { readonly verdict: string; readonly reasons: readonly { readonly text: string }[] } | null
      }[]
    } | null
  }[]
}

export async function show(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...STACK_OPTIONS, out: { type: 'string' } },
  })
  const [id] = positionals
  if (id === undefined || positionals.length > 1) throw usage('name one mission')
  const client = clientFor(values)
  const mission = await missionOf(client, id)
  if (values.out !== undefined) await writeOutputs(client, mission, values.out)
  if (values.json) {
    io.out(`${JSON.stringify(mission)}\n`)
    return EXIT.yes
  }
  const { scope, tasks } = mission as unknown as Shown
  io.out(`${mission.id}: ${mission.title}\nState: ${mission.state}   Tier: ${mission.tier ?? '–'}\n`)
  if (scope !== null) {
    io.out(`Asked: ${scope.scope}\n`)
    for (const criterion of scope.acceptance_criteria) io.out(`  - ${criterion}\n`)
  }
  for (const task of tasks) {
    io.out(`\nTask ${task.id}: ${task.state}, worker ${task.worker ?? 'nobody yet'}\n`)
    for (const seat of task.review?.seats ?? []) {
      const verdict = seat.decision?.verdict ?? 'sealed or to come'
      io.out(`  ${seat.id} (${seat.model_family}, ${seat.method_type}, ${seat.region}): ${verdict}\n`)
      for (const { text } of seat.decision?.reasons ?? []) io.out(`      ${text}\n`)
    }
  }
  if (mission.gate !== null) {
    io.out(`\nResult: ${mission.gate.summary}\n`)
    for (const { name, digest } of mission.gate.outputs) io.out(`  ${name}  ${digest}\n`)
    io.out(`Mission digest: ${mission.gate.mission_digest}\nTo be decided by ${mission.gate.decide_by}\n`)
  }
  return EXIT.yes
}
