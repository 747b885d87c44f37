/** What misconduct costs, and machines that it put out of service. Source: spec 3.6, 4.2, 4.5. */
import type { Json } from '../../wire/canonical-json.ts'
import { hex } from '../../wire/bytes.ts'
import { seal } from '../../wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../wire/evidence.ts'
import { formatTimestamp } from '../../wire/time.ts'
import { trustOf } from '../../law/trust/state.ts'
import { registration, type Sender } from '../../conformance/missions/deployment.ts'
import { statementOf } from '../../conformance/missions/mission.ts'
import { OWNER, signerOf, WORKER } from '../../conformance/missions/people.ts'
import { told } from '../arena/told.ts'
import {
  CITIZENS,
  decommissioned,
  fact,
  INTERRUPTED,
  misconduct,
  quarantined,
  REPORTER,
  RESOLVER,
  risenTooFast,
  upheldAgainst,
  UPHELD,
  withPeople,
} from '../arena/worlds.ts'
import type { Attack, Simulation } from './attack.ts'

const DISMISSED = { resolution: 'dismissed', reason: 'Nothing was wrong.' }

/** What a machine does in its missions, each on the mission that it was in the middle of. */
function duties(there: Simulation, worker: Sender): readonly (readonly [type: string, body: Json])[] {
  const statement = statementOf(INTERRUPTED, 1, formatTimestamp(there.world.now())) as unknown as Json
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement, worker.signer) as unknown as Json
  return [
    ['mission.submit', { task: 't-1', evidence }],
    ['mission.start', { task: 't-1' }],
    ['mission.correct', { task: 't-1' }],
    ['review.commit', { task: 't-1', commitment: `sha256:${'00'.repeat(32)}` }],
  ]
}

function ledgersWord(there: Simulation, incident: string): string | undefined {
  const failure = told(there.world, 'trust.failure_recorded').findLast(({ data }) => data['incident'] === incident)
  const severity = failure?.data['severity']
  return typeof severity === 'string' ? severity : undefined
}

export const MISCONDUCT: readonly Attack[] = [
  {
    id: 'misconduct-for-free',
    title: 'A severe failure costs nothing beside the best work there is; somebody falls below the floor',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('severe beside good', risenTooFast)
      const { state } = there.world
      const risen = trustOf(state.trust, WORKER.id)
      const start = state.founded!.constitution.initialTrust.machine
      there.expectInVain(
        'severe',
        'a machine after the best work of an epoch',
        () => {
          upheldAgainst(there.world, WORKER.id, 'i-severe')
          return ledgersWord(there, 'i-severe')
        },
        () => risen > start && trustOf(state.trust, WORKER.id) < start,
      )
      const human = CITIZENS[4]!
      const floor = state.founded!.constitution.trust.floor.human
      for (const [i, left] of [300_000, floor, floor, floor].entries()) {
        there.expectInVain(
          'severe',
          `a human, ${i + 1} times`,
          () => {
            upheldAgainst(there.world, human.id, `i-human-${i}`, i)
            return ledgersWord(there, `i-human-${i}`)
          },
          () => trustOf(state.trust, human.id) === left,
        )
      }
    },
  },
  {
    id: 'judge-in-ones-own-cause',
    title: 'An incident is resolved by the reporter, the accused, their operator, a machine; reported without a fact',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('an open incident', () => {
        const world = withPeople()
        const grounds = { grounds: [fact(0)] }
        world.send(REPORTER, 'incident.report', 'i-open', misconduct(WORKER.id), grounds)
        world.send(REPORTER, 'incident.report', 'i-human', misconduct(CITIZENS[4]!.id), grounds)
        return world
      })
      const resolve = (reason: string, by: Sender, incident = 'i-open') =>
        there.expect(reason, by, 'incident.resolve', incident, DISMISSED)
      await resolve('resolver-is-uninvolved', REPORTER)
      await resolve('resolver-is-uninvolved', WORKER.operator)
      await resolve('resolver-is-uninvolved', CITIZENS[4]!, 'i-human')
      await resolve('signed-by-the-right-kind', WORKER)
      const report = (reason: string, by: Sender, about: string, more: { readonly [field: string]: Json } = {}) =>
        there.expect(reason, by, 'incident.report', there.fresh('incident'), misconduct(about), more)
      await report('grounds-are-stated', RESOLVER, WORKER.id)
      await report('grounds-are-recorded', RESOLVER, WORKER.id, { grounds: ['999999999999-000'] })
      await report('accused-is-another', RESOLVER, RESOLVER.id, { grounds: [fact(0)] })
      await report('report-says-something-new', REPORTER, WORKER.id, { grounds: [fact(0)] })
      await resolve('incident-exists', RESOLVER, 'i-never-was')
      there.world.send(RESOLVER, 'incident.resolve', 'i-human', UPHELD)
      await resolve('incident-is-open', CITIZENS[5]!, 'i-human')
    },
  },
  {
    id: 'machine-out-of-service',
    title: 'A quarantined or decommissioned machine works, corrects, starts a task, reviews',
    on: 'rules',
    run: async (arena) => {
      const out = arena.elsewhere('quarantined', quarantined)
      for (const [type, body] of duties(out, WORKER)) {
        await out.expect('machine-is-in-service', WORKER, type, INTERRUPTED, body)
      }
      // A retired machine's keys are revoked with it: it is not even heard.
      const gone = arena.elsewhere('decommissioned', decommissioned)
      for (const [type, body] of duties(gone, WORKER)) await gone.expect('key-revoked', WORKER, type, INTERRUPTED, body)
      const key = hex(signerOf('worker, another key').publicKey)
      const { key_not_after } = registration(WORKER, false)
      await gone.expect('machine-is-not-decommissioned', WORKER.operator, 'machine.add_key', WORKER.id, {
        key,
        not_after: key_not_after as string,
      })
    },
  },
  {
    id: 'machine-begins-anew',
    title: 'A machine at zero is registered again under a new name and key, with its fingerprint or its lineage',
    on: 'rules',
    run: async (arena) => {
      for (const [name, make] of [
        ['quarantined', quarantined],
        ['decommissioned', decommissioned],
      ] as const) {
        const there = arena.elsewhere(name, make)
        const { state } = there.world
        const again = (key: string, more: { readonly [field: string]: Json } = {}) => ({
          ...registration({ ...WORKER, key }, true),
          ...more,
        })
        await there.expect('key-is-new', WORKER.operator, 'machine.register', `old-key-${name}`, again(WORKER.key))
        const ways = [
          ['by-its-fingerprint', WORKER.operator, {}],
          ['by-its-lineage', OWNER, { lineage: [WORKER.id], fingerprint: `sha256:${'ab'.repeat(32)}` }],
        ] as const
        for (const [way, operator, more] of ways) {
          const id = `anew-${way}`
          const signer = signerOf(id)
          there.expectInVain(
            'lineage',
            `${name}, ${way}`,
            () => {
              there.world.send(operator, 'machine.register', id, again(hex(signer.publicKey), more))
              const cause = told(there.world, 'trust.machine_quarantined').find(({ subject }) => subject === id)
              return typeof cause?.data['cause'] === 'string'
                ? cause.data['cause']
                : state.machines.get(id)?.life.status
            },
            () => trustOf(state.trust, id) === 0 && state.machines.get(id)?.life.status === 'quarantined',
          )
          for (const [type, body] of duties(there, { id, signer })) {
            await there.expect('machine-is-in-service', { id, signer }, type, INTERRUPTED, body)
          }
        }
      }
    },
  },
]
