/** LLM agents among the others, over a real API and the real law; the model is the library's mock. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { utf8 } from '../../../../protocol/wire/bytes.ts'
import { act, type AgentParts } from '../../../../runtime/agents/agent.ts'
import { evidenceOf, reviewJobOf } from '../../../../runtime/agents/job.ts'
import { skillOf } from '../../../../runtime/agents/llm/llm.ts'
import type { MissionJson } from '../../../../runtime/agents/mission-json.ts'
import { opinionsInFolder, opinionsInMemory, type Opinions } from '../../../../runtime/agents/opinions.ts'
import { runInSandbox, sandboxAvailable } from '../../../../runtime/agents/sandbox/sandbox.ts'
import { identityKeyOf } from '../../../../runtime/keys/keys.ts'
import { isSeated, reviewKey } from '../../../../protocol/law/review/state.ts'
import { oneTask, scoped, submitted } from '../../../support/law/flow.ts'
import { machine, OPERATORS, PLANNER, secretOf, WORKER, type MachineFacts } from '../../../support/law/people.ts'
import { committed, drawNow, founded, register } from '../../../support/law/world.ts'
import { apiBench, type ApiBench } from '../../../support/runtime/api-bench.ts'
import { begun } from '../../../support/runtime/desk-bench.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { modelSaying } from '../../../support/runtime/mock-model.ts'

const [, cem, , eli] = OPERATORS
const LLM_WORKER = machine('worker-llm', cem, 'claude', 'reasoning_model', false)
const LLM_REVIEWER = machine('reviewer-llm', eli, 'claude', 'reasoning_model', true)

type Said = Parameters<typeof modelSaying>[0]

function agentOf(
  { client, clock, deployment }: ApiBench,
  facts: MachineFacts,
  said: Said,
  more: { readonly model?: string; readonly opinions?: Opinions } = {},
) {
  const language = modelSaying(said, more.model === undefined ? {} : { model: more.model })
  const registered = { modelFamily: facts.family, methodType: facts.method }
  const parts: AgentParts = {
    client,
    clock,
    deployment,
    id: facts.id,
    agent: 'llm',
    ...registered,
    author: { id: facts.id, signer: facts.signer },
    key: identityKeyOf(secretOf(`${facts.id} ed25519`)),
    worker: WORKER.id,
    opinions: more.opinions ?? opinionsInMemory(),
    skill: skillOf(registered, { provider: 'mock', model: 'claude-mock', language, limits: { retries: 0 } }),
  }
  return { parts, language }
}

async function missionOf({ client }: ApiBench, id: string): Promise<MissionJson> {
  const seen = await client.get(`/v1/missions/${id}`)
  assert.ok(seen.ok)
  return seen.value as unknown as MissionJson
}

const WORK = {
  files: [
    { name: 'report.md', content: '# Report\r\n\r\nThe total is 42. ✓\n' },
    { name: 'tables/sum.csv', content: 'total\n42\n' },
  ],
  account: 'Added the lines of data.csv.',
  summary: 'The total is 42.',
}

async function withWork(t: TestContext): Promise<ApiBench> {
  const bench = founded()
  register(bench, LLM_WORKER)
  scoped(bench, 'm-1')
  committed(bench.send(PLANNER, 'mission.plan', 'm-1', oneTask({ worker: LLM_WORKER.id })))
  const open = await apiBench(t, begun(80, bench))
  await open.client.upload(utf8('the data'))
  return open
}

test('an LLM worker starts its task, works, and submits evidence that holds its transcript', async (t) => {
  const bench = await withWork(t)
  const { parts } = agentOf(bench, LLM_WORKER, [WORK])
  assert.equal(await act(parts, await missionOf(bench, 'm-1')), true)
  assert.equal(await act(parts, await missionOf(bench, 'm-1')), true)
  const mission = await missionOf(bench, 'm-1')
  const [task] = mission.tasks
  assert.ok(task?.evidence)
  const { predicate, subject } = await evidenceOf(bench.client, task)
  assert.deepEqual([predicate.model_family, predicate.method_type], ['claude', 'reasoning_model'])
  assert.deepEqual(
    subject.map(({ name }) => name),
    ['report.md', 'tables/sum.csv', 'summary.json'],
  )
  assert.deepEqual(
    predicate.intermediate.map(({ name }) => name),
    ['llm/transcript.json', 'llm/unpack.mjs'],
  )
  const bytes = await bench.client.download(predicate.intermediate[0]?.digest ?? '')
  const transcript = JSON.parse(Buffer.from(bytes ?? []).toString()) as { calls: { response: { text: string } }[] }
  assert.deepEqual(JSON.parse(transcript.calls[0]?.response.text ?? ''), WORK)
})

const sandbox = await sandboxAvailable()

test('the reproduction unpacks the files from the transcript, byte for byte', { skip: !sandbox.ok }, async (t) => {
  const bench = await withWork(t)
  const { parts } = agentOf(bench, LLM_WORKER, [WORK])
  await act(parts, await missionOf(bench, 'm-1'))
  await act(parts, await missionOf(bench, 'm-1'))
  const mission = await missionOf(bench, 'm-1')
  const task = mission.tasks[0]!
  const job = await reviewJobOf(bench.client, mission, task, await evidenceOf(bench.client, task))
  const { command, inputs, outputs } = job.reproduction
  const run = await runInSandbox({ command, inputs, outputs: outputs.map(({ name }) => name) })
  assert.ok(run.ok, JSON.stringify(run))
  for (const { name } of outputs) {
    const handedIn = job.artifacts.find((file) => file.name === name)?.bytes
    assert.ok(handedIn !== undefined && Buffer.from(handedIn).equals(run.value.outputs.get(name) ?? new Uint8Array()))
  }
})

const UNUSABLE: readonly (readonly [what: string, said: Said, code: string, model?: string])[] = [
  ['writes over an input', [{ ...WORK, files: [{ name: 'data.csv', content: 'x' }] }], 'llm-answer-unusable'],
  [
    'writes over its transcript',
    [{ ...WORK, files: [{ name: 'llm/transcript.json', content: 'x' }] }],
    'llm-answer-unusable',
  ],
  ['writes one file twice', [{ ...WORK, files: [WORK.files[0], WORK.files[0]] }], 'llm-answer-unusable'],
  ['leads out of its folder', [{ ...WORK, files: [{ name: '../up.md', content: 'x' }] }], 'llm-answer-unusable'],
  ['says nothing', [''], 'llm-answer-unusable'],
  ['is another model than registered', [WORK], 'model-family-differs', 'gpt-6'],
  ['is out of reach', [new TypeError('fetch failed')], 'llm-provider-failed'],
]

for (const [what, said, code, model] of UNUSABLE) {
  test(`a worker whose model ${what} submits nothing`, async (t) => {
    const bench = await withWork(t)
    const { parts } = agentOf(bench, LLM_WORKER, said, model === undefined ? {} : { model })
    await act(parts, await missionOf(bench, 'm-1'))
    const size = bench.ledger.head().size
    await assert.rejects(act(parts, await missionOf(bench, 'm-1')), { code })
    assert.equal(bench.ledger.head().size, size)
  })
}

/** A mission under review by the model: of missions m-1, m-2, … the first whose draw seats it. */
async function withSeat(t: TestContext): Promise<{ readonly bench: ApiBench; readonly mission: string }> {
  const bench = founded()
  register(bench, LLM_REVIEWER)
  for (let n = 1; n < 60; n += 1) {
    const mission = `m-${n}`
    submitted(bench, mission)
    committed(drawNow(bench))
    const review = bench.state.reviews.byTask.get(reviewKey(mission, 't-1'))
    assert.ok(isSeated(review))
    if (!review.seats.has(LLM_REVIEWER.id)) continue
    const open = await apiBench(t, begun(80, bench))
    for (const text of ['the data', 'the report', 'the notes']) await open.client.upload(utf8(text))
    return { bench: open, mission }
  }
  throw new Error('the draw never seated the model')
}

const DECISION = {
  verdict: 'approve',
  scores: { correctness: 90, completeness: 90, policy_compliance: 90 },
  reasons: [{ text: 'It agrees.', references: [{ file: 'report.json', locator: 'whole', quote: 'the report' }] }],
  normative_dispute: false,
}

test('an LLM reviewer seals, and reveals with its transcript; the review counts', async (t) => {
  const { bench, mission } = await withSeat(t)
  const { parts } = agentOf(bench, LLM_REVIEWER, [DECISION, { ...DECISION, verdict: 'reject' }])
  assert.equal(await act(parts, await missionOf(bench, mission)), true)
  const sealed = await missionOf(bench, mission)
  assert.equal(sealed.tasks[0]?.review?.status, 'revealing')
  assert.equal(await act(parts, sealed), true)
  const seat = (await missionOf(bench, mission)).tasks[0]?.review?.seats[0]
  const decision = seat?.decision as { verdict: string; transcript: string }
  assert.equal(decision.verdict, 'approve')
  const transcript = await bench.client.download(decision.transcript)
  assert.match(Buffer.from(transcript ?? []).toString(), /urn:genesis:llm-transcript:v1/)
  assert.equal((await missionOf(bench, mission)).tasks[0]?.state, 'Integrated')
})

test('before it is revealed, the transcript lies in nobody’s store', async (t) => {
  const { bench, mission } = await withSeat(t)
  const kept = opinionsInMemory()
  const places: string[] = []
  const opinions: Opinions = { ...kept, keep: (place, one) => (places.push(place), kept.keep(place, one)) }
  const { parts } = agentOf(bench, LLM_REVIEWER, [DECISION], { opinions })
  await act(parts, await missionOf(bench, mission))
  const transcript = kept.recall(places[0] ?? '')?.decision.transcript ?? ''
  assert.match(transcript, /^sha256:/)
  assert.equal(await bench.client.download(transcript), undefined)
})

test('after a restart what was sealed is revealed, from its folder and without asking again', async (t) => {
  const { bench, mission } = await withSeat(t)
  const folder = join(temporaryFolder(t), 'opinions')
  const before = agentOf(bench, LLM_REVIEWER, [DECISION], { opinions: opinionsInFolder(folder) })
  await act(before.parts, await missionOf(bench, mission))
  const after = agentOf(bench, LLM_REVIEWER, [{ ...DECISION, verdict: 'reject' }], {
    opinions: opinionsInFolder(folder),
  })
  assert.equal(await act(after.parts, await missionOf(bench, mission)), true)
  assert.equal(after.language.doGenerateCalls.length, 0)
  const seat = (await missionOf(bench, mission)).tasks[0]?.review?.seats[0]
  assert.equal((seat?.decision as { verdict: string } | undefined)?.verdict, 'approve')
  for (const file of readdirSync(folder)) assert.equal(statSync(join(folder, file)).mode & 0o077, 0)
})

test('an opinion that was lost is not formed a second time: nothing is revealed', async (t) => {
  const { bench, mission } = await withSeat(t)
  await act(agentOf(bench, LLM_REVIEWER, [DECISION]).parts, await missionOf(bench, mission))
  const { parts, language } = agentOf(bench, LLM_REVIEWER, [DECISION])
  const size = bench.ledger.head().size
  await assert.rejects(act(parts, await missionOf(bench, mission)), { code: 'sealed-opinion-lost' })
  assert.deepEqual([bench.ledger.head().size, language.doGenerateCalls.length], [size, 0])
})

for (const [what, said, code, model] of [
  [
    'cites what is not there',
    [{ ...DECISION, reasons: [{ text: 'T', references: [{ file: 'x', locator: '', quote: 'y' }] }] }],
    'llm-answer-unusable',
    undefined,
  ],
  ['is of another family', [DECISION], 'model-family-differs', 'gpt-6'],
  ['has a name nobody knows', [DECISION], 'model-family-unknown', 'house-1'],
  ['is out of reach', [new TypeError('fetch failed')], 'llm-provider-failed', undefined],
] as const) {
  test(`a reviewer whose model ${what} seals nothing`, async (t) => {
    const { bench, mission } = await withSeat(t)
    const { parts } = agentOf(bench, LLM_REVIEWER, said, model === undefined ? {} : { model })
    const size = bench.ledger.head().size
    await assert.rejects(act(parts, await missionOf(bench, mission)), { code })
    assert.equal(bench.ledger.head().size, size)
  })
}
