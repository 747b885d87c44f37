/** The final gate: who may decide, what they signed, when. Source: spec 3.1, 10; I-07, D-05, S-01. */
import { bytes32Of, bytes32OfDigest } from '../../wire/abi.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { Fault } from '../../wire/fault.ts'
import { digest } from '../../wire/sha256.ts'
import { GATE } from '../../conformance/missions/deployment.ts'
import { decisionLog, missionRun, OUTPUT } from '../../conformance/missions/mission.ts'
import {
  INTEGRATOR,
  OWNER,
  person,
  PLANNER,
  REVIEWERS,
  WORKER,
  type Person,
} from '../../conformance/missions/people.ts'
import { blockAtGate, type Gate } from '../../law/mission/final-gate.ts'
import type { Attack, Fields, Simulation } from './attack.ts'

/** The files without which a proposal is none. */
const PROPOSAL = ['text.md', 'diff.patch', 'threat-impact.md']

const ZERO = bytes32Of(new Uint8Array(32))

/** The gate's log for a decision that is right but for what is said. */
function signed(
  arena: Simulation,
  by: Person,
  more: Fields = {},
  signer: Person = by,
  verdict: 'approve' | 'reject' = 'approve',
) {
  const { id } = published(arena)
  return decisionLog(arena.world, arena.world.state.missions.get(id), verdict, by, signer, more)
}

/** The mission at its gate, with its epoch on chain: nothing is in the way but what the attack is about. */
function published(arena: Simulation) {
  const run = arena.missionAt('FinalHumanGate', 'R2')
  if (!publishedFor.has(arena)) arena.world.publishEpochs()
  publishedFor.add(arena)
  return run
}

const publishedFor = new WeakSet<Simulation>()

export const FINAL_GATE: readonly Attack[] = [
  {
    id: 'decision-by-nobody',
    title: 'A wallet of no verified human, and the wallets of a machine’s making, approve',
    on: 'rules',
    run: async (arena) => {
      const stranger = person('a-wallet-of-nobody', 'EU', 'elsewhere')
      await arena.expectLog('approver-is-a-verified-human', 'an unknown wallet approves', GATE, signed(arena, stranger))
    },
  },
  {
    id: 'decision-on-ones-own-work',
    title: 'Worker, reviewer, planner and integrator approve through the human who operates them',
    on: 'rules',
    run: async (arena) => {
      for (const { operator } of [WORKER, REVIEWERS[0]!, PLANNER, INTEGRATOR]) {
        await arena.expectLog('approver-is-independent', `${operator.id} approves`, GATE, signed(arena, operator))
      }
    },
  },
  {
    id: 'decision-not-signed',
    title: 'An approval in the owner’s name: signed by another, unsigned, changed after signing',
    on: 'rules',
    run: async (arena) => {
      const by = (what: string, log: Fields) => arena.expectLog('signed-by-the-wallet', what, GATE, log)
      await by('signed by another', signed(arena, OWNER, {}, WORKER.operator))
      await by('no signature', { ...signed(arena, OWNER), signature: '0x' })
      await by('another deadline than was signed', { ...signed(arena, OWNER), deadline: 4_000_000_000 })
      await by('rejection made an approval', { ...signed(arena, OWNER, {}, OWNER, 'reject'), decision: 'approve' })
    },
  },
  {
    id: 'approval-bound-to-the-id',
    title: 'An approval of the mission’s id but not of its evidence, of an earlier attempt, of another mission',
    on: 'rules',
    run: async (arena) => {
      const to = (what: string, log: Fields) => arena.expectLog('mission-digest-is-current', what, GATE, log)
      await to('another attempt', signed(arena, OWNER, { attempt: 2 }))
      const elsewhere = bytes32OfDigest(digest('the id of the mission and nothing else'))
      await arena.expectLog(
        'mission-exists',
        'the digest of the id',
        GATE,
        signed(arena, OWNER, { missionDigest: elsewhere }),
      )
    },
  },
  {
    id: 'approval-spent-twice',
    title: 'One approval for two missions, and the same log twice',
    on: 'rules',
    run: async (arena) => {
      published(arena)
      const log = signed(arena, OWNER)
      const completed = arena.world.state.missions.get(arena.missionAt('Completed', 'R2').id)
      const spent = decisionLog(arena.world, completed, 'approve', OWNER, OWNER)
      await arena.expectLog('step-of-the-machine', 'the approval of a completed mission again', GATE, spent)
      const other = completed !== undefined && 'gate' in completed ? completed.gate.digest : ''
      const moved = { ...log, mission_digest: other }
      await arena.expectLog('signed-by-the-wallet', 'an approval of one mission handed in for another', GATE, moved)
    },
  },
  {
    id: 'decision-without-consequences',
    title:
      'A decision without one of the three acknowledgements, of another text, after its deadline, without a reason',
    on: 'rules',
    run: async (arena) => {
      for (const field of ['iUnderstandIt', 'iCommitIt', 'iAcceptItsConsequences']) {
        await arena.expectLog('consequences-are-acknowledged', field, GATE, signed(arena, OWNER, { [field]: false }))
      }
      const other = bytes32OfDigest(digest('Approve nothing at all.'))
      await arena.expectLog('text-is-as-shown', 'another text', GATE, signed(arena, OWNER, { textHash: other }))
      const passed = Math.floor(arena.now() / 1000) - 86_400 * 30
      await arena.expectLog(
        'decided-before-its-deadline',
        'a deadline that has passed',
        GATE,
        signed(arena, OWNER, { deadline: passed }),
      )
      const silent = signed(arena, OWNER, { reasonHash: ZERO }, OWNER, 'reject')
      await arena.expectLog('rejection-has-a-reason', 'a rejection without a reason', GATE, silent)
    },
  },
  {
    id: 'critical-before-its-commitment',
    title: 'A decision on a result that no commitment on chain covers yet',
    on: 'rules',
    run: async (arena) => {
      const mission = arena.world.state.missions.get(arena.missionAt('Integrated', 'R2').id)
      const log = decisionLog(arena.world, mission, 'approve', OWNER, OWNER)
      await arena.expectLog('mission-exists', 'a decision before the gate', GATE, log)
      const late = arena.missionAt('FinalHumanGate', 'R2', arena.fresh('uncommitted'))
      const uncommitted = decisionLog(arena.world, arena.world.state.missions.get(late.id), 'approve', OWNER, OWNER)
      await arena.expectLog('integration-is-committed', 'a decision before the commitment', GATE, uncommitted)
    },
  },
  {
    id: 'gate-left-without-what-it-needs',
    title: 'Completion of a normative mission without adjudication, of an R3 mission without chambers, by a machine',
    on: 'rules',
    formula:
      'No way of commands leads a mission to its gate without its panel or a human’s signature: the gate’s own rule is asked, behind those that stop it earlier.',
    run: async (arena) => {
      const human = { kind: 'human', signatureValid: true } as const
      const base: Gate = {
        tier: 'R2',
        domainType: 'objective',
        adjudicated: false,
        chambersPassed: false,
        approval: human,
      }
      const cases: readonly (readonly [string, Partial<Gate>])[] = [
        ['adjudication-required', { domainType: 'normative' }],
        ['adjudication-required', { domainType: 'mixed' }],
        ['adjudication-required', { domainType: 'of-no-known-kind' }],
        ['adjudication-required', { domainType: 'normative', tier: 'R0', approval: human }],
        ['chambers-required', { tier: 'R3' }],
        ['chambers-required', { tier: 'R9' }],
        ['approval-by-a-machine', { approval: { kind: 'machine', signatureValid: true } }],
        ['approval-not-signed', { approval: { kind: 'human', signatureValid: false } }],
      ]
      for (const [reason, change] of cases) {
        arena.expectAnswer(reason, `gate ${JSON.stringify(change)}`, blockAtGate({ ...base, ...change }))
      }
      for (const tier of ['R2', 'R3', 'R9']) {
        const { approval: _none, ...rest } = base
        arena.expectAnswer(
          'human-approval-required',
          `nobody approves ${tier}`,
          blockAtGate({ ...rest, tier, approval: undefined }),
        )
      }
    },
  },
  {
    id: 'constitution-by-mission',
    title: 'The constitution is changed by a mission that one signature completes',
    on: 'rules',
    run: async (arena) => {
      const run = missionRun(arena.world, arena.fresh('constitutional'), 'R3')
      run.create()
      for (const step of ['define_scope', 'build_task_graph', 'start_work'] as const) run.step(step)
      const subject = PROPOSAL.map((name) => ({ name, digest: { sha256: OUTPUT.digest.slice('sha256:'.length) } }))
      run.submit((statement) => ({ ...statement, subject }) as unknown as Json)
      const outputs = (names: readonly string[]): Json => names.map((name) => ({ ...OUTPUT, name }))
      const hollow = { outputs: outputs(PROPOSAL.slice(1)), summary: 'A proposal.' }
      await arena.expect('proposal-is-whole', INTEGRATOR, 'mission.integrate', run.id, hollow)
      arena.world.send(INTEGRATOR, 'mission.integrate', run.id, { outputs: outputs(PROPOSAL), summary: 'A proposal.' })
      const mission = arena.world.state.missions.get(run.id)
      if (mission?.status !== 'FinalHumanGate') throw new Fault('arena-not-ready', { shown: run.shown() })
      arena.world.publishEpochs()
      const log = decisionLog(arena.world, mission, 'approve', OWNER, OWNER)
      await arena.expectLog('gate-conditions-hold', 'the owner alone approves an R3 mission', GATE, log)
      await arena.expect('command-type-unknown', OWNER, 'mission.complete', run.id, {})
    },
  },
]
