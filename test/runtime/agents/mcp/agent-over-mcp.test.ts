/** Agents over MCP: a client with nothing but tools, on a real API with the real law. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { request } from 'node:http'
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { opinionsInFolder } from '../../../../runtime/agents/opinions.ts'
import type { Hands } from '../../../../runtime/agents/mcp/hands.ts'
import { overHttp } from '../../../../runtime/agents/mcp/serve.ts'
import { identityKeyOf } from '../../../../runtime/keys/keys.ts'
import { utf8 } from '../../../../protocol/wire/bytes.ts'
import { digest } from '../../../../protocol/wire/sha256.ts'
import { DATA, oneTask, scoped } from '../../../support/law/flow.ts'
import { INTEGRATOR, machine, OPERATORS, PLANNER, secretOf, type MachineFacts } from '../../../support/law/people.ts'
import { committed } from '../../../support/law/world.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { apiBench, type ApiBench } from '../../../support/runtime/api-bench.ts'
import { begun } from '../../../support/runtime/desk-bench.ts'
import { drawOn, foundedWith } from '../../../support/runtime/few.ts'

const [, cem, , eli, fay] = OPERATORS
const WORKER = machine('worker-mcp', cem, 'outside-glossary', 'rule_based_deterministic', false)
const REVIEWER = machine('reviewer-mcp', eli, 'outside-check', 'rule_based_deterministic', true)
const STRANGER = machine('stranger-mcp', fay, 'outside-other', 'rule_based_deterministic', false)

type Answer = { readonly isError: boolean; readonly content: { readonly [name: string]: unknown } }
type Caller = (tool: string, input?: object) => Promise<Answer>

function handsOf(t: TestContext, bench: ApiBench, facts: MachineFacts, folder?: string): Hands {
  const { client, deployment, clock } = bench
  return {
    client,
    deployment,
    clock,
    author: { id: facts.id, signer: facts.signer },
    key: identityKeyOf(secretOf(`${facts.id} ed25519`)),
    opinions: opinionsInFolder(folder ?? join(temporaryFolder(t), 'opinions')),
  }
}

/** An agent's server over HTTP, and a client of it. */
async function connected(t: TestContext, hands: Hands) {
  const serving = await overHttp(hands, 0, (cause) => {
    throw cause
  })
  const mcp = new Client({ name: 'test', version: '1.0.0' })
  await mcp.connect(new StreamableHTTPClientTransport(new URL(serving.url ?? '')))
  t.after(async () => {
    await mcp.close()
    await serving.close()
  })
  return { mcp, url: serving.url ?? '' }
}

async function callerOf(t: TestContext, bench: ApiBench, facts: MachineFacts, folder?: string): Promise<Caller> {
  const { mcp } = await connected(t, handsOf(t, bench, facts, folder))
  return async (name, input = {}) => {
    const result = await mcp.callTool({ name, arguments: { ...input } })
    return { isError: result.isError === true, content: (result.structuredContent ?? {}) as Answer['content'] }
  }
}

async function planned(t: TestContext, more: object = { worker: WORKER.id }): Promise<ApiBench> {
  const bench = foundedWith([PLANNER, INTEGRATOR, WORKER, REVIEWER, STRANGER])
  scoped(bench, 'm-1')
  const { worker: _, ...task } = oneTask().tasks[0]!
  committed(bench.send(PLANNER, 'mission.plan', 'm-1', { tasks: [{ ...task, ...more }] }))
  const open = await apiBench(t, begun(80, bench))
  await open.client.upload(utf8('the data'))
  return open
}

const PLACE = { mission: 'm-1', task: 't-1' }

const EVIDENCE = {
  ...PLACE,
  account: 'Read the data and wrote the report.',
  summary: 'Total 42.',
  outputs: [{ name: 'report.json', text: '{"total":42}' }],
  intermediate: [{ name: 'report.mjs', base64: Buffer.from('console.log(42)').toString('base64') }],
  reproduction: {
    command: ['node', 'report.mjs'],
    inputs: ['data.csv', 'report.mjs'],
    outputs: ['report.json'],
    environment: {},
  },
}
const REPORT = digest('{"total":42}')

const OPINION = {
  ...PLACE,
  verdict: 'approve',
  scores: { correctness: 90, completeness: 90, policy_compliance: 100 },
  reasons: [{ text: 'The total is right.', references: [{ artifact: REPORT, locator: '/total' }] }],
}

async function underReview(t: TestContext): Promise<ApiBench> {
  const bench = await planned(t)
  const worker = await callerOf(t, bench, WORKER)
  assert.equal((await worker('claim_task', PLACE)).isError, false)
  assert.equal((await worker('submit_evidence', EVIDENCE)).isError, false)
  await drawOn(bench)
  return bench
}

test('an agent finds its task, claims it, reads what it needs and hands in; another reviews; the mission is integrated', async (t) => {
  const bench = await planned(t)
  const worker = await callerOf(t, bench, WORKER)
  assert.deepEqual((await worker('my_status')).content['id'], WORKER.id)
  const { open } = (await worker('list_open_work')).content as { open: { kind: string; subject: string }[] }
  assert.deepEqual(
    open.map(({ kind, subject }) => [kind, subject]),
    [['task-start', 'm-1']],
  )
  assert.deepEqual((await worker('claim_task', PLACE)).content['outcome'], 'recorded')
  const read = (await worker('read_task', PLACE)).content as { inputs: { digest: string }[]; evidence: null }
  assert.deepEqual([read.inputs[0]?.digest, read.evidence], [DATA, null])
  const artifact = (await worker('read_artifact', { digest: DATA })).content
  assert.deepEqual([artifact['text'], artifact['next']], ['the data', null])
  const handed = await worker('submit_evidence', EVIDENCE)
  assert.equal(handed.isError, false, JSON.stringify(handed))
  await drawOn(bench)

  const reviewer = await callerOf(t, bench, REVIEWER)
  const seats = (await reviewer('list_reviews')).content as { open: { kind: string }[] }
  assert.deepEqual(
    seats.open.map(({ kind }) => kind),
    ['review-seal'],
  )
  const seen = (await reviewer('read_task', PLACE)).content as { evidence: { model_family: string; work: string } }
  assert.deepEqual([seen.evidence.model_family, seen.evidence.work], [WORKER.family, EVIDENCE.account])
  assert.equal((await reviewer('seal_review', OPINION)).content['outcome'], 'recorded')
  const opened = (await reviewer('list_reviews')).content as { open: { kind: string }[] }
  assert.deepEqual(
    opened.open.map(({ kind }) => kind),
    ['review-reveal'],
  )
  assert.equal((await reviewer('reveal_review', PLACE)).content['outcome'], 'recorded')
  const { content } = await reviewer('read_mission', { mission: 'm-1' })
  assert.equal(content['state'], 'Integrated')
  assert.equal((await reviewer('read_trust')).isError, false)
})

test('every write is a command signed by the agent’s own key', async (t) => {
  const bench = await planned(t)
  await (
    await callerOf(t, bench, WORKER)
  )('claim_task', PLACE)
  const last = await bench.client.entry(bench.ledger.head().size - 1)
  const { command } = JSON.parse(last ?? '') as { command: { payload: string; signatures: { keyid: string }[] } }
  const payload = JSON.parse(Buffer.from(command.payload, 'base64').toString()) as { actor: string; type: string }
  assert.deepEqual([payload.actor, payload.type], [WORKER.id, 'mission.start'])
  const actor = await bench.client.get(`/v1/actors/${WORKER.id}`)
  assert.ok(actor.ok)
  const { keys } = actor.value as unknown as { keys: { key_id: string }[] }
  assert.equal(command.signatures[0]?.keyid, keys[0]?.key_id)
})

test('a task that is open to anyone is listed for every machine, and the first to claim it has it', async (t) => {
  const bench = await planned(t, {})
  const [first, second] = [await callerOf(t, bench, WORKER), await callerOf(t, bench, STRANGER)]
  for (const caller of [first, second]) {
    const { open } = (await caller('list_open_work')).content as { open: { kind: string }[] }
    assert.deepEqual(
      open.map(({ kind }) => kind),
      ['task-open'],
    )
  }
  assert.equal((await first('claim_task', PLACE)).isError, false)
  const late = await second('claim_task', PLACE)
  assert.deepEqual([late.isError, late.content['outcome']], [true, 'withheld'])
  assert.deepEqual((await second('list_open_work')).content['open'], [])
})

test('what the law withholds is told with its violations, and is on record', async (t) => {
  const bench = await planned(t)
  const size = bench.ledger.head().size
  const { isError, content } = await (await callerOf(t, bench, STRANGER))('claim_task', PLACE)
  assert.deepEqual([isError, content['outcome'], content['recorded']], [true, 'withheld', true])
  const violations = content['violations'] as { constraint: string }[]
  assert.ok(
    violations.some(({ constraint }) => constraint === 'signed-by-the-worker'),
    JSON.stringify(violations),
  )
  assert.equal(bench.ledger.head().size, size + 1)
})

const MISTAKES: readonly (readonly [what: string, tool: string, input: object, code: string])[] = [
  ['a mission that is none', 'read_mission', { mission: 'm-9' }, 'not-found'],
  ['a task that is none', 'read_task', { mission: 'm-1', task: 't-9' }, 'task-unknown'],
  ['an artifact nobody has', 'read_artifact', { digest: digest('x') }, 'artifact-unknown'],
  ['a prototype’s name for an actor', 'read_trust', { actor: 'constructor' }, 'not-found'],
  [
    'a file that is text and bytes at once',
    'submit_evidence',
    { ...EVIDENCE, outputs: [{ name: 'a.txt', text: 'a', base64: 'YQ==' }] },
    'file-is-text-or-base64',
  ],
  [
    'a file that is neither',
    'submit_evidence',
    { ...EVIDENCE, outputs: [{ name: 'a.txt' }] },
    'file-is-text-or-base64',
  ],
  [
    'a file twice',
    'submit_evidence',
    { ...EVIDENCE, outputs: [EVIDENCE.outputs[0], EVIDENCE.outputs[0]] },
    'file-name-repeated',
  ],
  [
    'a reproduction that names nothing',
    'submit_evidence',
    { ...EVIDENCE, reproduction: { ...EVIDENCE.reproduction, inputs: ['nowhere.csv'] } },
    'reproduction-names-nothing',
  ],
  ['a decision that was never sealed here', 'reveal_review', PLACE, 'sealed-opinion-lost'],
  ['a review of what has no evidence', 'seal_review', OPINION, 'task-without-evidence'],
]

for (const [what, tool, input, code] of MISTAKES) {
  test(`${what} is refused by its code, and nothing is recorded`, async (t) => {
    const bench = await planned(t)
    const size = bench.ledger.head().size
    const { isError, content } = await (await callerOf(t, bench, WORKER))(tool, input)
    assert.deepEqual([isError, content['code']], [true, code])
    assert.equal(bench.ledger.head().size, size)
  })
}

for (const [what, tool, input] of [
  ['an unknown field', 'claim_task', { ...PLACE, force: true }],
  ['a string for a number', 'seal_review', { ...OPINION, scores: { ...OPINION.scores, correctness: '90' } }],
  ['a score out of range', 'seal_review', { ...OPINION, scores: { ...OPINION.scores, correctness: 101 } }],
  ['a reason of zero width', 'seal_review', { ...OPINION, reasons: [{ text: '\u200b', references: [] }] }],
  ['a name that leads out', 'submit_evidence', { ...EVIDENCE, outputs: [{ name: '../a', text: 'a' }] }],
  ['a digest that is none', 'read_artifact', { digest: 'sha256:00' }],
] as const) {
  test(`${what} is no input of ${tool}`, async (t) => {
    const bench = await planned(t)
    const size = bench.ledger.head().size
    const caller = await callerOf(t, bench, WORKER)
    const failed = await caller(tool, input).then(
      ({ isError }) => isError,
      () => true,
    )
    assert.equal(failed, true)
    assert.equal(bench.ledger.head().size, size)
  })
}

test('a reference to what is not in the evidence is not sealed', async (t) => {
  const bench = await underReview(t)
  const reviewer = await callerOf(t, bench, REVIEWER)
  const reasons = [{ text: 'T', references: [{ artifact: digest('elsewhere'), locator: '' }] }]
  const { content } = await reviewer('seal_review', { ...OPINION, reasons })
  assert.equal(content['code'], 'reference-not-in-evidence')
  assert.equal((await reviewer('seal_review', OPINION)).isError, false)
})

test('a decision that was sealed is the one that is revealed, by another process with the same folder and key', async (t) => {
  const bench = await underReview(t)
  const folder = join(temporaryFolder(t), 'opinions')
  const transcript = '{"asked":"all","answered":"yes"}'
  await (
    await callerOf(t, bench, REVIEWER, folder)
  )('seal_review', { ...OPINION, transcript })
  assert.equal(await bench.client.download(digest(transcript)), undefined)
  const after = await callerOf(t, bench, REVIEWER, folder)
  const changed = await after('seal_review', { ...OPINION, verdict: 'reject' })
  assert.equal(changed.isError, true)
  assert.equal((await after('reveal_review', PLACE)).content['verdict'], 'approve')
  assert.deepEqual(await bench.client.download(digest(transcript)), utf8(transcript))
})

test('over HTTP, a request under another name or from another page is turned away', async (t) => {
  const bench = await planned(t)
  const { url } = await connected(t, handsOf(t, bench, WORKER))
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} })
  const asked = (headers: { [name: string]: string }) => {
    const accept = 'application/json, text/event-stream'
    const all = { 'content-type': 'application/json', accept, ...headers }
    return statusOf(url, all, body)
  }
  assert.equal(await asked({ origin: 'https://evil.example' }), 403)
  assert.equal(await asked({ host: 'evil.example' }), 403)
  assert.notEqual(await asked({}), 403)
})

/** `fetch` does not let anyone choose the Host. */
function statusOf(url: string, headers: { [name: string]: string }, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

test('resources: the deployment and missions; and these tools, no others', async (t) => {
  const bench = await planned(t)
  const { mcp } = await connected(t, handsOf(t, bench, WORKER))
  const read = await mcp.readResource({ uri: 'genesis://missions/m-1' })
  const [content] = read.contents
  assert.ok(content !== undefined && 'text' in content)
  assert.equal((JSON.parse(content.text) as { id: string }).id, 'm-1')
  const { tools } = await mcp.listTools()
  assert.deepEqual(tools.map(({ name }) => name).toSorted(), [
    'claim_task',
    'list_open_work',
    'list_reviews',
    'my_status',
    'read_artifact',
    'read_mission',
    'read_task',
    'read_trust',
    'reveal_review',
    'seal_review',
    'submit_evidence',
  ])
})
