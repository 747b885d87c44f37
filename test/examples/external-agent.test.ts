/** The example agent as a stranger runs it: its own process, its own key, MCP over standard input and output. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { utf8 } from '../../protocol/wire/bytes.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { millis } from '../../protocol/wire/time.ts'
import { act } from '../../runtime/agents/agent.ts'
import { judgeRerun } from '../../runtime/agents/analysis/rerun.ts'
import { evidenceOf, reviewJobOf } from '../../runtime/agents/job.ts'
import type { MissionJson } from '../../runtime/agents/mission-json.ts'
import { sandboxAvailable } from '../../runtime/agents/sandbox/sandbox.ts'
import { identityKeyOf } from '../../runtime/keys/keys.ts'
import { ROOT } from '../../scripts/setup/places.mjs'
import { oneTask, scopeBody } from '../support/law/flow.ts'
import { INTEGRATOR, machine, NOOR, OPERATORS, PLANNER, secretOf, type MachineFacts } from '../support/law/people.ts'
import { committed } from '../support/law/world.ts'
import { temporaryFolder } from '../support/folder.ts'
import { apiBench, type ApiBench } from '../support/runtime/api-bench.ts'
import { begun } from '../support/runtime/desk-bench.ts'
import { drawOn, foundedWith } from '../support/runtime/few.ts'

const PROGRAM = join(ROOT, 'examples/external-agent/agent.mjs')
const HANDBOOK = readFileSync(join(ROOT, 'examples/low-risk-documentation/handbook/README.md'), 'utf8')
const [, cem, , eli] = OPERATORS
const run = promisify(execFile)

/** What the agent prints when it has made its key, registered with the key that it names. */
async function introduced(folder: string, role: 'work' | 'review', facts: MachineFacts): Promise<MachineFacts> {
  const { stdout } = await run(process.execPath, [PROGRAM, role, '--id', facts.id, '--folder', folder])
  const [, key = ''] = /--key ([0-9a-f]{64})/.exec(stdout) ?? []
  assert.equal(stdout.includes('--reviews'), role === 'review')
  assert.equal(statSync(join(folder, `${facts.id}.pem`)).mode & 0o077, 0)
  return { ...facts, key }
}

async function missionOf({ client }: ApiBench): Promise<MissionJson> {
  const seen = await client.get('/v1/missions/m-1')
  assert.ok(seen.ok)
  return seen.value as unknown as MissionJson
}

async function given(t: TestContext, folder: string): Promise<ApiBench> {
  const scribe = machine('scribe', cem, 'external-scribe', 'rule_based_deterministic', false)
  const critic = machine('critic', eli, 'external-critic', 'rule_based_deterministic', true)
  const machines = [await introduced(folder, 'work', scribe), await introduced(folder, 'review', critic)]
  // The agents' processes have the clock of this machine, so the deployment is founded now.
  const now = millis(Math.floor(Date.now() / 1000) * 1000)
  const bench = foundedWith([PLANNER, INTEGRATOR, ...machines], now)
  const bytes = utf8(HANDBOOK)
  const inputs = [{ name: 'handbook.md', digest: digest(bytes), bytes: bytes.length, media_type: 'text/markdown' }]
  committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'An inventory', summary: 'We need it.' }))
  committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', { inputs })))
  const { worker: _, ...task } = oneTask().tasks[0]!
  committed(bench.send(PLANNER, 'mission.plan', 'm-1', { tasks: [task] }))
  const open = await apiBench(t, begun(80, bench))
  await open.client.upload(bytes)
  return open
}

test('a stranger’s agent makes its key, finds an open task and hands it in; another reviews; the mission completes', async (t) => {
  const folder = join(temporaryFolder(t), 'agent')
  const bench = await given(t, folder)
  const turn = async (role: string, id: string): Promise<string> => {
    const args = [PROGRAM, role, '--id', id, '--folder', folder, '--url', bench.api.url, '--once']
    const { stdout } = await run(process.execPath, args)
    return stdout
  }
  assert.equal(await turn('work', 'scribe'), '{"mission":"m-1","task":"t-1"}\n')
  assert.equal(await turn('work', 'scribe'), '')
  const task = (await missionOf(bench)).tasks[0]!
  const statement = await evidenceOf(bench.client, task)
  assert.deepEqual(
    statement.subject.map(({ name }) => name),
    ['inventory.json', 'summary.json'],
  )
  await t.test('what it handed in comes out again, byte for byte', { skip: !(await sandboxAvailable()).ok }, async () => {
    const job = await reviewJobOf(bench.client, await missionOf(bench), task, statement)
    assert.equal((await judgeRerun(job)).verdict, 'approve')
  })
  await drawOn(bench)
  assert.match(await turn('review', 'critic'), /"did":"sealed"/)
  assert.match(await turn('review', 'critic'), /"did":"revealed"/)
  const integrated = await missionOf(bench)
  assert.equal(integrated.state, 'Integrated', JSON.stringify(integrated.tasks[0]?.review))
  const integrator = {
    client: bench.client,
    clock: bench.clock,
    deployment: bench.deployment,
    id: INTEGRATOR.id,
    agent: 'integrator',
    modelFamily: INTEGRATOR.family,
    methodType: INTEGRATOR.method,
    author: { id: INTEGRATOR.id, signer: INTEGRATOR.signer },
    key: identityKeyOf(secretOf(`${INTEGRATOR.id} ed25519`)),
    worker: 'scribe',
  }
  assert.equal(await act(integrator, integrated), true)
  assert.equal((await missionOf(bench)).state, 'Completed')
})
