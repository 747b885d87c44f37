/**
 * `genesis agent`: register a machine that somebody else wrote, and host an agent that asks a language model.
 *
 * Registration is its operator's signed act: on a development deployment the operator's keys lie in the data folder.
 */
import { join } from 'node:path'
import type { Draft } from '../../protocol/genesis.ts'
import { registryAccount, STATEMENT_KEY, statementOf, tokenId } from '../../protocol/wire/agent-registry.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { fits } from '../../protocol/wire/shape.ts'
import { formatTimestamp } from '../../protocol/wire/time.ts'
import { startAgents } from '../../runtime/agents/agents.ts'
import { fingerprintOfCode } from '../../runtime/agents/fingerprint.ts'
import { opinionsInFolder } from '../../runtime/agents/opinions.ts'
import { send, type Author, type Client } from '../../runtime/client/client.ts'
import { systemClock } from '../../runtime/clock/clock.ts'
import { readIdentityKey } from '../../runtime/keys/identity-key.ts'
import { keyEnd } from '../../scripts/start/found.ts'
import { WORKER } from '../../scripts/start/people.ts'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { authorIn, clientFor, dataFolder, deploymentOf, passwordIn, STACK_HELP, STACK_OPTIONS } from '../lib/stack.ts'
import { readArgs, required, usage } from '../lib/usage.ts'

const HELP = `Usage: genesis agent <register|link|run> [options]

  register --id ID --operator HUMAN --family F --method M --key HEX --fingerprint DIGEST [--reviews]
            the operator registers a machine by its public key; --reviews lets it be drawn as a reviewer
  register --id ID --operator HUMAN --family F --method M --key HEX --llm [--reviews]
            the same for a model: its fingerprint is made of GENESIS_LLM_PROVIDER and GENESIS_LLM_MODEL
  register --id ID --operator HUMAN --family F --method rule_based_deterministic --key HEX --form [--reviews]
            the same for the reviewer of form: its fingerprint is the digest of its code
  link --id ID --registry CAIP10 --agent-id N
            the machine names its agent in an identity registry of ERC-8004 (eip155:CHAIN:ADDRESS), signed with its key
            in the data folder; prints the metadata entry by which the token's holder says the same on chain, afterwards.
            From then on a transfer of the token, or another wallet of the agent, ends the machine's trust
  run --id ID --form
            host the deterministic agent that reviews form: digests, strict JSON, the mission's JSON Schemas
  run --id ID
            host the agent that asks the model of GENESIS_LLM_PROVIDER and GENESIS_LLM_MODEL, with the key of ID in the
            data folder (genesis keys new --id ID makes it), until it is stopped

M is reasoning_model, retrieval_augmented or rule_based_deterministic. The family of a model is what its provider answers
with (claude, gpt, gemini, …); an answer of another family is never handed in. The provider's key is read from its usual
variable (ANTHROPIC_API_KEY, OPENAI_API_KEY, AI_GATEWAY_API_KEY; GENESIS_LLM_BASE_URL and GENESIS_LLM_API_KEY for
openai-compatible servers) and is written nowhere.

${STACK_HELP}

Examples:
  genesis agent register --id scribe --operator cem --family outside-scribe --method rule_based_deterministic --key 3b6a… --fingerprint sha256:9f…
  genesis agent register --id reviewer-llm --operator eli --family claude --method reasoning_model --key 77aa… --llm --reviews
  genesis agent link --id scribe --registry eip155:31337:0x8004… --agent-id 22
  GENESIS_LLM_PROVIDER=anthropic GENESIS_LLM_MODEL=… genesis agent run --id reviewer-llm

Exit codes: 0 registered, proposed, or stopped by a signal; 1 withheld; 2 the input could not be used.
`

const OPTIONS = {
  ...STACK_OPTIONS,
  id: { type: 'string' },
  operator: { type: 'string' },
  family: { type: 'string' },
  method: { type: 'string' },
  key: { type: 'string' },
  fingerprint: { type: 'string' },
  llm: { type: 'boolean', default: false },
  reviews: { type: 'boolean', default: false },
  form: { type: 'boolean', default: false },
  registry: { type: 'string' },
  'agent-id': { type: 'string' },
} as const

type Values = ReturnType<typeof read>['values']

function read(args: readonly string[]) {
  return readArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
}

export const command: Command = {
  name: 'agent',
  summary: 'register an outside agent, link it to its ERC-8004 identity, host one that asks a language model',
  help: HELP,
  run: async (args, io) => {
    const { values, positionals } = read(args)
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    const [what, extra] = positionals
    if (extra !== undefined) throw usage(`Unexpected argument '${extra}'`)
    if (what === 'register') return register(values, io)
    if (what === 'link') return link(values, io)
    if (what === 'run') return run(values, io)
    throw usage('say what to do: register, link, run')
  },
}

async function register(values: Values, io: Io): Promise<number> {
  const id = required(values.id, '--id')
  const operator = required(values.operator, '--operator')
  const key = required(values.key, '--key')
  const ways = [values.llm, values.form, values.fingerprint !== undefined].filter(Boolean)
  if (ways.length !== 1) throw usage('give one of --fingerprint, --llm and --form')
  const ours = values.form ? fingerprintOfCode('form') : undefined
  const fingerprint = values.fingerprint ?? ours ?? (await fingerprintOfTheModel())
  const data = dataFolder(values.data)
  const client = clientFor(values)
  const { deployment } = await deploymentOf(client)
  const end = formatTimestamp(keyEnd(systemClock.now()))
  const body = {
    model_family: required(values.family, '--family'),
    method_type: required(values.method, '--method'),
    fingerprint,
    key,
    key_not_after: end,
    lineage: [],
    reviews: values.reviews,
  }
  await recorded(client, deployment, authorIn(data, operator), { type: 'machine.register', subject: id, body })
  const made = { id, operator, fingerprint, key_not_after: end }
  io.out(values.json ? `${JSON.stringify(made)}\n` : `${id} is registered by ${operator}; its key ends ${end}.\n`)
  return EXIT.yes
}

async function link(values: Values, io: Io): Promise<number> {
  const id = required(values.id, '--id')
  const registry = required(values.registry, '--registry')
  const agent_id = required(values['agent-id'], '--agent-id')
  if (!fits(registryAccount, registry)) throw usage('--registry is eip155:CHAIN:ADDRESS, in lower case')
  if (!fits(tokenId, agent_id)) throw usage('--agent-id is the id of a token, in decimal')
  const client = clientFor(values)
  const { deployment } = await deploymentOf(client)
  const draft = { type: 'machine.link_agent', subject: id, body: { registry, agent_id } }
  await recorded(client, deployment, authorIn(dataFolder(values.data), id), draft)
  const value = statementOf(deployment, id)
  const made = { id, registry, agent_id, metadata: { key: STATEMENT_KEY, value } }
  const words = `${id} names agent ${agent_id} of ${registry}. Its holder confirms it on chain with
  setMetadata(${agent_id}, "${STATEMENT_KEY}", ${value})
`
  io.out(values.json ? `${JSON.stringify(made)}\n` : words)
  return EXIT.yes
}

async function recorded(client: Client, deployment: string, author: Author, draft: Draft): Promise<void> {
  const reply = await send(client, deployment, author, systemClock, draft)
  if (reply.ok) return
  const [first] = reply.problem.violations ?? []
  if (first === undefined) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  throw new Fault('command-withheld', { command: draft.type, constraint: first.constraint })
}

async function fingerprintOfTheModel(): Promise<string> {
  const { fingerprintOfModel, settingsFrom } = await import('../../runtime/agents/llm/llm.ts')
  return fingerprintOfModel(settingsFrom(process.env))
}

async function modelOf(registered: { readonly modelFamily: string; readonly methodType: string }) {
  const { llmSkill } = await import('../../runtime/agents/llm/llm.ts')
  return llmSkill(registered)
}

async function run(values: Values, io: Io): Promise<number> {
  const id = required(values.id, '--id')
  const data = dataFolder(values.data)
  const client = clientFor(values)
  const reply = await client.get(`/v1/actors/${encodeURIComponent(id)}`)
  if (!reply.ok) throw new Fault('agent-not-registered', { id, code: reply.problem.code })
  const actor = reply.value as unknown as { kind: string; model_family?: string; method_type?: string }
  if (actor.kind !== 'machine') throw new Fault('agent-not-registered', { id, kind: actor.kind })
  const registered = { modelFamily: actor.model_family ?? '', methodType: actor.method_type ?? '' }
  const agent = values.form ? 'form' : 'llm'
  const skill = values.form ? {} : { skill: await modelOf(registered) }
  const file = join(data, 'keys', 'identities', `${id}.pem`)
  const key = readIdentityKey(file, passwordIn(data))
  const { deployment } = await deploymentOf(client)
  const agents = startAgents({
    url: client.url,
    deployment,
    machines: [{ id, agent, ...registered, key, ...skill, opinions: opinionsInFolder(`${file}.opinions`) }],
    workers: { default: WORKER },
    onTrouble: (agent, cause) => {
      const fault = cause instanceof Fault ? `${cause.code} ${JSON.stringify(cause.params)}` : 'unforeseen'
      io.err(`${agent}: ${fault}\n`)
    },
  })
  const does = values.form ? 'reviews form' : `asks ${process.env.GENESIS_LLM_MODEL ?? ''}`
  io.err(`${id} ${does} and looks for work at ${client.url}; Ctrl-C ends it\n`)
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
  await agents.stop()
  return EXIT.yes
}
