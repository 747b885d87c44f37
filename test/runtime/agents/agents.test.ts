/** Agents at missions, over a real API; what they can do (their skills) is tested in their rooms. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import { identityKeyOf } from '../../../runtime/keys/keys.ts'
import { act, type AgentParts } from '../../../runtime/agents/agent.ts'
import { startAgents } from '../../../runtime/agents/agents.ts'
import { evidenceOf, jobOf, mediaTypeOf, outputsOf, reviewJobOf } from '../../../runtime/agents/job.ts'
import type { MissionJson } from '../../../runtime/agents/mission-json.ts'
import { DATA, NOTES, publishAll, REPORT, scoped, started, submitted } from '../../support/law/flow.ts'
import { DAY, lifeOf } from '../../support/law/lives.ts'
import { INTEGRATOR, NOOR, PLANNER, secretOf, WORKER, type MachineFacts } from '../../support/law/people.ts'
import { founded } from '../../support/law/world.ts'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { apiBench, type ApiBench } from '../../support/runtime/api-bench.ts'
import { begun } from '../../support/runtime/desk-bench.ts'

function agentOf({ client, clock, deployment }: ApiBench, machine: MachineFacts): AgentParts {
  return {
    client,
    clock,
    deployment,
    id: machine.id,
    agent: 'recompute-ts',
    modelFamily: machine.family,
    methodType: machine.method,
    author: { id: machine.id, signer: machine.signer },
    key: identityKeyOf(secretOf(`${machine.id} ed25519`)),
    worker: WORKER.id,
  }
}

async function missionOf({ client }: ApiBench, id: string): Promise<MissionJson> {
  const seen = await client.get(`/v1/missions/${id}`)
  assert.ok(seen.ok)
  return seen.value as unknown as MissionJson
}

async function withScope(t: TestContext): Promise<ApiBench> {
  const bench = founded()
  scoped(bench, 'm-1')
  return apiBench(t, begun(80, bench))
}

test('a planner plans the mission that names it, once; nobody else does', async (t) => {
  const bench = await withScope(t)
  const before = await missionOf(bench, 'm-1')
  assert.equal(await act(agentOf(bench, INTEGRATOR), before), false)
  assert.equal(await act(agentOf(bench, WORKER), before), false)
  assert.equal(await act(agentOf(bench, PLANNER), before), true)
  const after = await missionOf(bench, 'm-1')
  assert.deepEqual([after.state, after.tasks.map(({ worker }) => worker)], ['Decomposed', [WORKER.id]])
  assert.equal(await act(agentOf(bench, PLANNER), after), false)
})

test('a worker starts the task that is its own', async (t) => {
  const bench = await withScope(t)
  await act(agentOf(bench, PLANNER), await missionOf(bench, 'm-1'))
  assert.equal(await act(agentOf(bench, WORKER), await missionOf(bench, 'm-1')), true)
  const { tasks } = await missionOf(bench, 'm-1')
  assert.deepEqual(
    tasks.map(({ state }) => state),
    ['InProgress'],
  )
})

test('somebody who was quicker is no trouble: it looks again', async (t) => {
  const bench = await withScope(t)
  const stale = await missionOf(bench, 'm-1')
  assert.equal(await act(agentOf(bench, PLANNER), stale), true)
  assert.equal(await act(agentOf(bench, PLANNER), stale), false)
})

test('at a mission that is held nobody does anything', async (t) => {
  const bench = await withScope(t)
  await bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' })
  const size = bench.ledger.head().size
  assert.equal(await act(agentOf(bench, PLANNER), await missionOf(bench, 'm-1')), false)
  assert.equal(bench.ledger.head().size, size)
})

test('a refusal is a fault with the constraint’s name', async (t) => {
  const bench = await withScope(t)
  const mission = await missionOf(bench, 'm-1')
  const parts = { ...agentOf(bench, PLANNER), worker: 'nobody' }
  await assert.rejects(
    act(parts, mission),
    (fault: Error & { code: string; params: { type: string; code: string } }) => {
      assert.deepEqual([fault.code, fault.params.type], ['agent-was-refused', 'mission.plan'])
      assert.match(fault.params.code, /^[a-z-]+$/)
      return true
    },
  )
})

test('what was refused is on record once, not once at every look', async (t) => {
  const bench = await withScope(t)
  const before = bench.ledger.head().size
  const troubles: string[] = []
  const { id, family, method } = PLANNER
  const agents = startAgents({
    url: bench.api.url,
    deployment: bench.deployment,
    machines: [
      { id, agent: 'planner', modelFamily: family, methodType: method, key: identityKeyOf(secretOf(`${id} ed25519`)) },
    ],
    workers: { default: 'nobody' },
    onTrouble: (agent, cause) => troubles.push(`${agent} ${(cause as { code?: string }).code}`),
  })
  await after(1_500)
  await agents.stop()
  assert.deepEqual(troubles, ['planner-1 agent-was-refused'])
  assert.equal(bench.ledger.head().size - before, 1)
})

test('an agent whose machine is out of service asks, works on nothing and leaves no refusal on record', async (t) => {
  const world = founded()
  started(world, 'm-1')
  // Fifty days of rest take all that a newcomer has.
  world.wait(51 * DAY)
  publishAll(world)
  lifeOf(world, WORKER.id, 'quarantined')
  const bench = await apiBench(t, begun(80, world))
  const before = bench.ledger.head().size
  await assert.rejects(act(agentOf(bench, WORKER), await missionOf(bench, 'm-1')), {
    code: 'agent-was-refused',
    params: { type: 'mission.submit', mission: 'm-1', code: 'machine-is-in-service' },
  })
  assert.equal(bench.ledger.head().size, before)
})

test('agents stop at once, and a runtime that is gone is told as one trouble after another', async (t) => {
  const bench = await withScope(t)
  const troubles: unknown[] = []
  const hosting = { deployment: bench.deployment, machines: [], workers: { default: WORKER.id } }
  const gone = startAgents({
    ...hosting,
    url: 'http://127.0.0.1:1',
    onTrouble: (_agent, cause) => troubles.push((cause as { code?: string }).code),
  })
  await after(200)
  await gone.stop()
  assert.deepEqual(new Set(troubles), new Set(['runtime-unreachable']))
})

test('a job has the mission’s words and the bytes of its inputs', async (t) => {
  const bench = await withScope(t)
  await act(agentOf(bench, PLANNER), await missionOf(bench, 'm-1'))
  const mission = await missionOf(bench, 'm-1')
  const task = mission.tasks[0]!
  await assert.rejects(jobOf(bench.client, mission, task), { code: 'artifact-missing' })
  await bench.client.upload(utf8('the data'))
  const job = await jobOf(bench.client, mission, task)
  assert.deepEqual([job.mission, job.task, job.attempt], ['m-1', 'task-1', 1])
  assert.deepEqual(job.inputs, [{ name: 'data.csv', digest: DATA, bytes: utf8('the data') }])
})

test('evidence is read from the entry that attached it, and a review has all that it names', async (t) => {
  const ledger = founded()
  submitted(ledger, 'm-1')
  const bench = await apiBench(t, begun(80, ledger))
  const mission = await missionOf(bench, 'm-1')
  const task = mission.tasks[0]!
  const statement = await evidenceOf(bench.client, task)
  assert.deepEqual([statement.predicate.task, statement.predicate.attempt], ['t-1', 1])
  for (const text of ['the data', 'the report', 'the notes']) await bench.client.upload(utf8(text))
  const job = await reviewJobOf(bench.client, mission, task, statement)
  assert.equal(job.attempt, 1)
  assert.deepEqual(
    job.artifacts.map(({ name, digest }) => [name, digest]),
    [['report.json', REPORT]],
  )
  assert.deepEqual(
    job.intermediate.map(({ digest }) => digest),
    [NOTES],
  )
  assert.deepEqual(
    job.reproduction.inputs.map(({ digest }) => digest),
    [DATA],
  )
  const { outputs, summary } = await outputsOf(bench.client, mission)
  assert.deepEqual(outputs, [{ name: 'report.json', digest: REPORT, bytes: 10, media_type: 'application/json' }])
  assert.equal(summary.length > 0, true)
  const unattached = { ...task, evidence: null }
  await assert.rejects(evidenceOf(bench.client, unattached), { code: 'task-without-evidence' })
  const nowhere = { ...task, evidence: { ...task.evidence!, seq: 9_999 } }
  await assert.rejects(evidenceOf(bench.client, nowhere), { code: 'evidence-unreadable' })
})

test('media types go by the ending of a name, and never by more', () => {
  const known = { 'a.csv': 'text/csv', 'a.b.json': 'application/json', '.md': 'text/markdown' }
  for (const [name, type] of Object.entries(known)) assert.equal(mediaTypeOf(name), type)
  for (const name of ['README', 'a.', 'x.constructor', 'json', '']) {
    assert.equal(mediaTypeOf(name), 'application/octet-stream', name)
  }
})
