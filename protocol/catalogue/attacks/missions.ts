/** Work: missions, tiers, graphs, evidence. Source: spec 3.1, 3.2, 3.3, 11.3. */
import type { Json } from '../../wire/canonical-json.ts'
import { seal } from '../../wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../wire/evidence.ts'
import { digest } from '../../wire/sha256.ts'
import { OUTPUT, scopeOf, statementOf, task } from '../../conformance/missions/mission.ts'
import { INTEGRATOR, PLANNER, REVIEWERS, WORKER } from '../../conformance/missions/people.ts'
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { Attack, Simulation } from './attack.ts'

const stamp = ({ now }: Simulation): string => formatTimestamp(millis(now()))

/** A scope with some fields other than they should be; undefined leaves one out. */
function scope(tier: string, more: { readonly [field: string]: Json | undefined } = {}): Json {
  const fields = { ...scopeOf(tier), ...more }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Json
}

async function scoping(arena: Simulation, reason: string, more: { readonly [field: string]: Json | undefined }) {
  const { id } = arena.missionAt('Draft', 'R2')
  await arena.expect(reason, arena.owner(), 'mission.scope', id, scope('R2', more))
}

async function planning(arena: Simulation, reason: string, tasks: readonly Json[]) {
  const { id } = arena.missionAt('Scoped', 'R2')
  await arena.expect(reason, PLANNER, 'mission.plan', id, { tasks })
}

async function submitting(arena: Simulation, reason: string, change: (statement: { [field: string]: Json }) => Json) {
  const { id } = arena.missionAt('InProgress', 'R2')
  const statement = structuredClone(statementOf(id, 1, stamp(arena))) as unknown as { [field: string]: Json }
  const changed = change(statement)
  const isEnvelope = typeof changed === 'object' && changed !== null && 'payloadType' in changed
  const evidence = isEnvelope ? changed : seal(STATEMENT_PAYLOAD_TYPE, changed, WORKER.signer)
  await arena.expect(reason, WORKER, 'mission.submit', id, { task: 't-1', evidence })
}

const predicateOf = (statement: { [field: string]: Json }) => statement['predicate'] as { [field: string]: Json }

export const MISSIONS: readonly Attack[] = [
  {
    id: 'incomplete-mission',
    title: 'A mission without title, class, criteria or acknowledgement of its risk',
    on: 'rules',
    run: async (arena) => {
      await arena.expect('field-missing', arena.owner(), 'mission.create', arena.fresh('hollow'), { summary: 'S' })
      for (const field of ['mission_class', 'domain_type', 'acceptance_criteria', 'risk_acknowledgement', 'planner']) {
        await scoping(arena, 'field-missing', { [field]: undefined })
      }
      await scoping(arena, 'field-range', { acceptance_criteria: [] })
      await scoping(arena, 'field-blank', { risk_acknowledgement: '\u200b' })
    },
  },
  {
    id: 'tier-lowered',
    title: 'A mission of a high class claims a low tier, a weaker topology, or a class that nobody mapped',
    on: 'rules',
    run: async (arena) => {
      for (const risk_tier of ['R0', 'R1', 'R3', 'r2', 'toString'])
        await scoping(arena, 'tier-as-mapped', { risk_tier })
      await scoping(arena, 'topology-not-weaker', { topology: { reviewers: 2, approvals: 1 } })
      for (const mission_class of ['nothing_of_ours', 'Regulated_Analysis', '__proto__', 'toString']) {
        await scoping(arena, 'class-is-mapped', { mission_class })
      }
    },
  },
  {
    id: 'task-without-domain',
    title: 'A mission or a task whose domain type is missing or invented',
    on: 'rules',
    run: async (arena) => {
      await scoping(arena, 'field-missing', { domain_type: undefined })
      for (const domain_type of ['subjective', 'Normative', 'normative\u200b', 'constructor']) {
        await scoping(arena, 'domain-type-is-known', { domain_type })
        await planning(arena, 'domain-type-is-known', [task({ domain_type })])
      }
      await planning(arena, 'field-missing', [task({ domain_type: undefined })])
    },
  },
  {
    id: 'broken-task-graph',
    title: 'A graph that is empty, runs in a circle, depends on nothing known or has a task twice',
    on: 'rules',
    run: async (arena) => {
      await planning(arena, 'task-graph-is-sound', [])
      await planning(arena, 'task-graph-is-sound', [task({ depends_on: ['t-1'] })])
      await planning(arena, 'task-graph-is-sound', [
        task({ depends_on: ['t-2'] }),
        task({ id: 't-2', depends_on: ['t-1'] }),
      ])
      await planning(arena, 'task-graph-is-sound', [task({ depends_on: ['t-9'] })])
      await planning(arena, 'task-graph-is-sound', [task(), task()])
    },
  },
  {
    id: 'work-by-another',
    title: 'A task is started, submitted or planned by somebody it was not given to',
    on: 'rules',
    run: async (arena) => {
      const ready = arena.missionAt('Decomposed', 'R2').id
      await arena.expect('signed-by-the-worker', INTEGRATOR, 'mission.start', ready, { task: 't-1' })
      await arena.expect('signed-by-the-worker', REVIEWERS[0]!, 'mission.start', ready, { task: 't-1' })
      const { id } = arena.missionAt('Scoped', 'R2')
      await arena.expect('signed-by-the-planner', WORKER, 'mission.plan', id, { tasks: [task()] })
    },
  },
  {
    id: 'hollow-evidence',
    title: 'Evidence without artifacts, without a signature, signed by another, about another task',
    on: 'rules',
    run: async (arena) => {
      await submitting(arena, 'evidence-is-well-formed', (statement) => ({ ...statement, subject: [] }))
      await submitting(arena, 'evidence-is-well-formed', (statement) => ({
        ...statement,
        subject: [{ name: 'report.json', digest: { sha256: 'f00d' } }],
      }))
      await submitting(arena, 'evidence-is-signed-by-the-worker', (statement) =>
        seal(STATEMENT_PAYLOAD_TYPE, statement, INTEGRATOR.signer),
      )
      await submitting(arena, 'evidence-is-signed-by-the-worker', (statement) => {
        const envelope = seal(STATEMENT_PAYLOAD_TYPE, statement, WORKER.signer)
        return {
          ...envelope,
          signatures: [{ ...envelope.signatures[0]!, sig: `${'A'.repeat(86)}==` }],
        }
      })
      for (const [field, value] of [
        ['mission', 'another-mission'],
        ['task', 't-2'],
        ['attempt', 7],
        ['worker', INTEGRATOR.id],
      ] as const) {
        await submitting(arena, 'evidence-is-of-this-task', (statement) => {
          predicateOf(statement)[field] = value
          return statement
        })
      }
      await submitting(arena, 'evidence-names-its-method', (statement) => {
        predicateOf(statement)['model_family'] = 'somebody-else'
        return statement
      })
      await submitting(arena, 'evidence-shows-its-way', (statement) => {
        predicateOf(statement)['intermediate'] = []
        return statement
      })
    },
  },
  {
    id: 'evidence-under-review',
    title: 'Evidence is changed while reviewers look at it, or a step of the machine is skipped',
    on: 'rules',
    run: async (arena) => {
      const seen = arena.missionAt('UnderReview', 'R2').id
      const evidence = seal(
        STATEMENT_PAYLOAD_TYPE,
        statementOf(seen, 2, stamp(arena)) as unknown as Json,
        WORKER.signer,
      )
      const body = { task: 't-1', evidence: evidence as unknown as Json }
      await arena.expect('step-of-the-machine', WORKER, 'mission.submit', seen, body)
      await arena.expect('step-of-the-machine', INTEGRATOR, 'mission.integrate', arena.missionAt('Scoped', 'R2').id, {
        outputs: [OUTPUT],
        summary: 'Done.',
      })
      await arena.expect('step-of-the-machine', INTEGRATOR, 'mission.integrate', seen, {
        outputs: [OUTPUT],
        summary: 'Done.',
      })
    },
  },
  {
    id: 'unreviewed-output',
    title: 'The assembled result holds a file that no reviewer saw',
    on: 'rules',
    run: async (arena) => {
      const { id } = arena.missionAt('Integrated', 'R2')
      const outputs = [{ ...OUTPUT, digest: digest('something else') }]
      await arena.expect('outputs-were-reviewed', INTEGRATOR, 'mission.integrate', id, {
        outputs,
        summary: 'Total 42.',
      })
    },
  },
  {
    id: 'held-mission-goes-on',
    title: 'Work goes on while the owner holds the mission',
    on: 'rules',
    run: async (arena) => {
      const run = arena.missionAt('Decomposed', 'R1')
      arena.world.send(arena.owner(), 'mission.hold', run.id, { reason: 'The data changed.' })
      await arena.expect('mission-is-not-held', WORKER, 'mission.start', run.id, { task: 't-1' })
    },
  },
]
