/**
 * One worker of the month is nobody's built-in agent: a program that knows nothing but the tools of an MCP server, which
 * it reaches over HTTP. The server is the agent's own process part: it holds the agent's key and signs each write.
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Fault } from '../../../protocol/wire/fault.ts'
import { overHttp } from '../../../runtime/agents/mcp/serve.ts'
import { opinionsInMemory } from '../../../runtime/agents/opinions.ts'
import { clientOf } from '../../../runtime/client/client.ts'
import type { House } from '../house.ts'
import type { Stage } from '../stage.ts'
import { BOOK, COMMAND, figuresOf, PROGRAM, REPORT } from '../work.ts'

/** The machine that works over MCP. */
export const OUTSIDER = 'worker-005'

type Answer = { readonly [name: string]: unknown }
type Caller = (tool: string, input: object) => Promise<Answer>

const callers = new WeakMap<House, Promise<Caller>>()

function callerOf(stage: Stage): Promise<Caller> {
  const known = callers.get(stage.house)
  if (known !== undefined) return known
  const made = connect(stage)
  callers.set(stage.house, made)
  return made
}

async function connect({ house, author }: Stage): Promise<Caller> {
  const hands = {
    client: clientOf(house.url),
    deployment: house.deployment,
    clock: house.clock,
    author: author(OUTSIDER),
    key: house.seed.identity(OUTSIDER).key,
    opinions: opinionsInMemory(),
  }
  let trouble: unknown
  const serving = await overHttp(hands, 0, (cause) => {
    trouble = cause
  })
  const mcp = new Client({ name: 'outsider', version: '1.0.0' })
  await mcp.connect(new StreamableHTTPClientTransport(new URL(serving.url ?? '')))
  house.onClose(async () => {
    await mcp.close()
    await serving.close()
  })
  return async (name, input) => {
    const result = await mcp.callTool({ name, arguments: { ...input } })
    if (trouble !== undefined) throw new Fault('scenario-agent-failed', { tool: name }, { cause: trouble })
    return (result.structuredContent ?? {}) as Answer
  }
}

/** Looks whether there is work of its own, and claims the task. */
export async function outsiderClaims(stage: Stage, mission: string, task: string): Promise<void> {
  const call = await callerOf(stage)
  const { open } = (await call('list_open_work', {})) as { readonly open: readonly { readonly subject: string }[] }
  if (open.some(({ subject }) => subject === mission)) await call('claim_task', { mission, task })
}

/** Reads the task and the book, adds up, hands in. */
export async function outsiderHandsIn(stage: Stage, mission: string, task: string): Promise<void> {
  const call = await callerOf(stage)
  const { inputs } = (await call('read_task', { mission, task })) as {
    readonly inputs: readonly { readonly name: string; readonly digest: string }[]
  }
  const book = inputs.find(({ name }) => name === BOOK)
  if (book === undefined) throw new Fault('scenario-agent-failed', { missing: BOOK })
  const { text } = (await call('read_artifact', { digest: book.digest })) as { readonly text: string }
  await call('submit_evidence', {
    mission,
    task,
    account: 'Read the book over MCP, counted its lines and added up their amounts.',
    summary: 'The book is counted and added up.',
    outputs: [{ name: REPORT, text: JSON.stringify(figuresOf(Buffer.from(text))) }],
    intermediate: [{ name: 'notes.txt', text: `I added up ${BOOK} of ${mission}.` }],
    reproduction: { command: [...COMMAND], inputs: [BOOK, PROGRAM], outputs: [REPORT], environment: {} },
  })
}
