/** `genesis mission new`: a stranger's own file becomes a mission, and its result comes back. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { mediaTypeOf } from '../../../runtime/agents/job.ts'
import { send, type Author, type Client } from '../../../runtime/client/client.ts'
import { systemClock } from '../../../runtime/clock/clock.ts'
import { EXIT, type Io } from '../../lib/command.ts'
import { authorIn, clientFor, dataFolder, deploymentOf, STACK_HELP, STACK_OPTIONS } from '../../lib/stack.ts'
import { readArgs, required, usage } from '../../lib/usage.ts'
import { follow, settled, type MissionView } from './follow.ts'

export const NEW_HELP = `Usage: genesis mission new --class CLASS --file FILE [options]

Creates a mission as its human owner, uploads the files, defines its scope, and follows it until it is completed,
waits for a human, or is stuck.

  --class CLASS        documentation_update, regulated_analysis, …: what the policy maps to a risk tier
  --file FILE          an input; repeatable. The first is what the mission is about
  --title TEXT         default: the first file's name
  --summary TEXT       why it is wanted
  --scope TEXT         what is asked
  --criterion TEXT     an acceptance criterion; repeatable
  --risk TEXT          what a wrong result would do: the owner's acknowledgement
  --domain TYPE        objective, normative or mixed (default objective)
  --id ID              the mission's id (default: made from the title and the time)
  --as HUMAN           the owner (default noor, on a development deployment)
  --planner ACTOR      default planner-1
  --integrator ACTOR   default integrator-1
  --out DIR            write the outputs there when the gate has opened
  --detach             do not follow
  --timeout SECONDS    follow at most so long (default 600)
${STACK_HELP}

Examples:
  genesis mission new --class documentation_update --file guide.md --out repaired
  genesis mission new --class regulated_analysis --file plants.csv --file regulation.md --detach --json

Exit codes: 0 completed or waiting for a human, 1 withheld or stuck, 2 the input could not be used.
`

const WORDS: {
  readonly [missionClass: string]: { readonly scope: string; readonly criterion: string; readonly risk: string }
} = {
  documentation_update: {
    scope: 'Repair the table of contents and the relative links of the document.',
    criterion: 'Every heading is in the table of contents and every link that can be resolved leads somewhere.',
    risk: 'A wrong repair would mislead readers; it can be undone.',
  },
  regulated_analysis: {
    scope: 'Compute the report from the data under the regulation.',
    criterion: 'Every figure of the report follows from the data by the rules of the regulation.',
    risk: 'A wrong report would be acted on.',
  },
}

const ANY = {
  scope: 'As the files say.',
  criterion: 'The result is what was asked.',
  risk: 'A wrong result would mislead.',
}

export async function newMission(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...STACK_OPTIONS,
      class: { type: 'string' },
      file: { type: 'string', multiple: true },
      title: { type: 'string' },
      summary: { type: 'string' },
      scope: { type: 'string' },
      criterion: { type: 'string', multiple: true },
      risk: { type: 'string' },
      domain: { type: 'string', default: 'objective' },
      id: { type: 'string' },
      as: { type: 'string', default: 'noor' },
      planner: { type: 'string', default: 'planner-1' },
      integrator: { type: 'string', default: 'integrator-1' },
      out: { type: 'string' },
      detach: { type: 'boolean', default: false },
      timeout: { type: 'string', default: '600' },
    },
  })
  if (positionals.length > 0) throw usage(`what is ${positionals[0]}? Files are named with --file`)
  const missionClass = required(values.class, '--class')
  const files = (values.file ?? []).map(readInput)
  if (files.length === 0) throw usage('--file is missing')
  const timeout = Number(values.timeout)
  if (!Number.isFinite(timeout) || timeout <= 0) throw usage('--timeout is a number of seconds')

  const client = clientFor(values)
  const { deployment } = await deploymentOf(client)
  const owner = authorIn(dataFolder(values.data), values.as)
  const title = values.title ?? basename(files[0]?.name ?? 'mission')
  const id = values.id ?? idOf(title)
  const words = WORDS[missionClass] ?? ANY
  await tell(client, deployment, owner, id, 'mission.create', {
    title,
    summary: values.summary ?? `Asked for on the command line, class ${missionClass}.`,
  })
  await tell(client, deployment, owner, id, 'mission.scope', {
    scope: values.scope ?? words.scope,
    mission_class: missionClass,
    domain_type: values.domain,
    acceptance_criteria: values.criterion ?? [words.criterion],
    risk_acknowledgement: values.risk ?? words.risk,
    inputs: await uploaded(client, files),
    planner: values.planner,
    integrator: values.integrator,
  })
  if (values.detach) {
    io.out(values.json ? `${JSON.stringify({ mission: id, state: 'Scoped' })}\n` : `${id}\n`)
    return EXIT.yes
  }
  const { code, mission } = await follow(client, id, settled, timeout * 1000, io)
  if (values.out !== undefined && mission.gate !== null) await writeOutputs(client, mission, values.out)
  io.out(values.json ? `${JSON.stringify(answerOf(mission))}\n` : inWords(mission, values.out))
  return code
}

type Input = { readonly name: string; readonly bytes: Uint8Array }

function readInput(file: string): Input {
  try {
    return { name: basename(file).replaceAll(/[^A-Za-z0-9._-]/g, '-'), bytes: Uint8Array.from(readFileSync(file)) }
  } catch (cause) {
    throw new Fault('file-unreadable', { file }, { cause })
  }
}

function idOf(title: string): string {
  const word = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  return `mission-${word === '' ? 'new' : word}-${Date.now().toString(36)}`
}

async function uploaded(client: Client, files: readonly Input[]): Promise<Json> {
  const refs: Json[] = []
  for (const { name, bytes } of files) {
    const stored = await client.upload(bytes)
    if (!stored.ok) throw new Fault('artifact-not-stored', { name, code: stored.problem.code })
    refs.push({ name, digest: stored.value, bytes: bytes.length, media_type: mediaTypeOf(name) })
  }
  return refs
}

async function tell(
  client: Client,
  deployment: string,
  owner: Author,
  id: string,
  type: string,
  body: Json,
): Promise<void> {
  const reply = await send(client, deployment, owner, systemClock, { type, subject: id, body })
  if (reply.ok) return
  const { code, violations = [] } = reply.problem
  const [first] = violations
  if (first === undefined) throw new Fault(code, { command: type })
  throw new Fault('command-withheld', {
    command: type,
    constraint: first.constraint,
    params: JSON.stringify(first.params),
  })
}

export async function writeOutputs(client: Client, mission: MissionView, folder: string): Promise<void> {
  for (const { name, digest } of mission.gate?.outputs ?? []) {
    const bytes = await client.download(digest)
    if (bytes === undefined) throw new Fault('artifact-missing', { name, digest })
    // Names are relative and hold no dots of their own: the law admits no others.
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
}

function answerOf(mission: MissionView) {
  const { id, state, gate, tasks } = mission
  return {
    mission: id,
    state,
    summary: gate?.summary ?? null,
    outputs: gate?.outputs ?? [],
    stuck: tasks.filter((task) => task.state === 'Rework').map((task) => task.rework_reason),
  }
}

function inWords(mission: MissionView, folder: string | undefined): string {
  const outputs = (mission.gate?.outputs ?? []).map(
    ({ name, digest, bytes }) => `  ${name}  ${bytes} bytes  ${digest}\n`,
  )
  const where = folder === undefined || outputs.length === 0 ? '' : `Written to ${folder}.\n`
  const waits = mission.state === 'FinalHumanGate' ? 'It waits for a human: genesis mission approve, or the app.\n' : ''
  return `${mission.id}: ${mission.state}\n${mission.gate?.summary ?? ''}\n${outputs.join('')}${where}${waits}`
}
