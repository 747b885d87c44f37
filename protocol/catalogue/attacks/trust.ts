/** Trust that nobody may gain, or gain so fast. Source: spec 4.1–4.3. */
import { capOf, populationOf, type CapRule } from '../../law/trust/rules/cap.ts'
import { objection, revalidation, type RevalidationSigner } from '../../law/trust/rules/quorum.ts'
import { step, type Limits, type Standing } from '../../law/trust/rules/step.ts'
import { trustOf } from '../../law/trust/state.ts'
import { worldOf } from '../../law/world.ts'
import type { Constitution } from '../../law/constitution/constitution.ts'
import { CHAIN_ID, COMMITMENT_LOG, type Deployment } from '../../conformance/missions/deployment.ts'
import { missionRun, task } from '../../conformance/missions/mission.ts'
import { OWNER, person, WORKER } from '../../conformance/missions/people.ts'
import { told } from '../arena/told.ts'
import { attest, CITIZENS, risenTooFast, withPeople } from '../arena/worlds.ts'
import type { Attack, Simulation } from './attack.ts'

const KINDS = ['human', 'machine'] as const

const rulesOf = (arena: Simulation): Constitution => arena.world.state.founded!.constitution

function limitsOf({ trust }: Constitution, kind: 'human' | 'machine'): Limits {
  return {
    floor: trust.floor[kind],
    cap: trust.max[kind],
    perEpoch: trust.gainPerEpochMax[kind],
    perWindow: trust.slowGainMax,
    fast: trust.fastElevation,
  }
}

const [PLANS, , , , ...OTHERS] = CITIZENS as readonly [(typeof CITIZENS)[number], ...typeof CITIZENS]

/** Every score just below the gate of machines; and no quality at all. */
const BELOW = [
  { correctness: 80, completeness: 80, policy_compliance: 79 },
  { correctness: 0, completeness: 0, policy_compliance: 0 },
]
/** Below the gate of humans too. */
const BELOW_HUMANS = { correctness: 70, completeness: 70, policy_compliance: 69 }

/**
 * A mission of the highest tier that brings trust, done without a fault and approved by all with these scores, its
 * commitment final; a human has planned it. Answers whether the gate opened for this actor.
 */
function workedFor(world: Deployment, id: string, actor: string, scores: (typeof BELOW)[number]): string | undefined {
  const from = world.texts.length
  const run = missionRun(world, id, 'R2')
  run.create()
  run.step('define_scope', { planner: PLANS.id })
  world.send(PLANS, 'mission.plan', id, { tasks: [task()] })
  for (const next of ['start_work', 'submit_evidence', 'route_reviewers'] as const) run.step(next)
  run.review(['approve', 'approve', 'approve', 'approve', 'approve'], { scores })
  run.step('assemble_output')
  run.step('human_approve')
  world.publishEpochs()
  const gate = told(world, 'trust.proof_minted', from).find(({ subject }) => subject === actor)?.data['gate']
  return typeof gate === 'string' ? gate : run.shown()
}

export const TRUST: readonly Attack[] = [
  {
    id: 'gain-below-the-gate',
    title: 'Much work, in time and without rework, whose quality is just below the gate, or none at all',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('poor work', () => withPeople())
      const { world } = there
      const tries = [
        [WORKER.id, BELOW[0]!],
        [WORKER.id, BELOW[1]!],
        [PLANS.id, BELOW_HUMANS],
      ] as const
      for (const [actor, scores] of tries) {
        const before = trustOf(world.state.trust, actor)
        there.expectInVain(
          'closed',
          `${actor} at ${Object.values(scores).join(', ')}`,
          () => workedFor(world, arena.fresh('poor'), actor, scores),
          () => trustOf(world.state.trust, actor) <= before,
        )
      }
    },
  },
  {
    id: 'gain-without-a-commitment',
    title: 'Trust from work whose commitment is on no chain, and from one and the same commitment twice',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('minted once', () => withPeople())
      const { world } = there
      const run = there.missionAt('Completed', 'R2')
      const before = trustOf(world.state.trust, WORKER.id)
      there.expectInVain(
        'Completed',
        'a completed mission waits for its commitment',
        () => run.shown(),
        () => told(world, 'trust.proof_minted').length === 0 && trustOf(world.state.trust, WORKER.id) === before,
      )
      world.publishEpochs()
      const { epoch, commitment } = world.state.epochs.closed.at(-1)!
      const log = { event: 'EpochCommitted', epoch, commitment }
      const [, transaction = '', index = '0'] = [...world.state.chain.observed].at(-1)!.split(':')
      const seen = { transaction, log_index: Number(index), chain_id: CHAIN_ID }
      await there.expectLog('log-is-new', 'the commitment once more', COMMITMENT_LOG, log, seen)
      const minted = told(world, 'trust.proof_minted').length
      const trust = trustOf(world.state.trust, WORKER.id)
      there.expectInVain(
        'nothing-minted',
        'the same commitment in another transaction',
        () => {
          world.observe(COMMITMENT_LOG, log)
          return told(world, 'trust.proof_minted').length === minted ? 'nothing-minted' : 'minted'
        },
        () => minted > 0 && trustOf(world.state.trust, WORKER.id) === trust,
      )
    },
  },
  {
    id: 'rise-past-the-guard',
    title: 'A rise beyond the limit of an epoch: by many pieces of work in one hour, by a trickle, past the cap',
    on: 'rules',
    formula:
      'A cap reached, a slow window filled and a rise between falls are the work of months: the step of trust is asked for them.',
    run: async (arena) => {
      const there = arena.elsewhere('risen too fast', risenTooFast)
      const { state } = there.world
      const { fastElevation } = rulesOf(there).trust
      for (const actor of [WORKER.id, 'planner', 'integrator']) {
        there.expectInVain(
          'held',
          `the third proof of ${actor} in one epoch`,
          () => [...state.trust.suspensions.values()].find((waits) => waits.actor === actor) && 'held',
          () => risesOf(there.world, actor) <= fastElevation,
        )
      }
      for (const kind of KINDS) {
        const limits = limitsOf(rulesOf(arena), kind)
        const start = 400_000
        const rise = (standing: Partial<Standing>, gained: number) =>
          step({ trust: start, risen: 0, grown: 0, ...standing }, { gain: gained, penalty: 0, decay: 0 }, limits)
        const after = rise({ risen: limits.fast }, 1)
        arena.expectAnswer('held', `${kind}, after falls and rises`, after.held > 0 && after.to <= start ? 'held' : '')
        const reached = rise({ trust: limits.cap }, limits.fast).to
        arena.expectAnswer('capped', `${kind}, at the cap`, reached <= limits.cap ? 'capped' : String(reached))
        const slow = rise({ grown: limits.perWindow }, limits.fast)
        const limited = slow.to <= start && slow.held === 0
        arena.expectAnswer('limited', `${kind}, the slow window is full`, limited ? 'limited' : 'applied')
      }
    },
  },
  {
    id: 'revalidated-by-friends',
    title:
      'A suspended gain is signed by machines, the beneficiary, their house, the conflicted, the untrusted, the founder',
    on: 'rules',
    formula: 'A quorum exists from phase G1 on, which no command of today reaches: the rule of seven is asked for it.',
    run: async (arena) => {
      const there = arena.elsewhere('risen too fast', risenTooFast)
      const { eligibility, phases } = rulesOf(there)
      const waiting = [...there.world.state.trust.suspensions.values()].find(({ actor }) => actor === WORKER.id)
      const id = waiting?.id ?? 'gain:none'
      const reason = { reason: 'I looked at the work.' }
      await there.expect('suspension-exists', there.human(), 'trust.revalidate', 'gain:1-1', reason)
      await there.expect('signed-by-the-right-kind', WORKER, 'trust.revalidate', id, reason)
      for (const friend of [WORKER.operator, OWNER, there.founder(), there.human(), ...OTHERS]) {
        await there.expect('revalidation-signer-is-independent', friend, 'trust.revalidate', id, reason)
        await there.expect('phase-has-a-revalidation-quorum', friend, 'trust.revalidate', id, reason)
      }
      quorumOfSeven(arena, eligibility.propose, phases.rules.G1.elevation)
    },
  },
  {
    id: 'thousand-newcomers',
    title: 'A thousand humans without a history are attested, to move mean, deviation and cap, or to force a phase',
    on: 'rules',
    formula: 'People of many years’ trust cannot be had in a simulation: the cap is asked over such a settled crowd.',
    run: async (arena) => {
      const there = arena.elsewhere('a crowd', () => withPeople())
      const { world } = there
      world.publishEpochs()
      const cap = capSettled(world)
      // Everybody stands at the start, so the cap is what the smallest spread allows above it, and no more.
      const most = rulesOf(there).trust.max.human
      const settled = new Map(CITIZENS.map(({ id }) => [id, trustOf(world.state.trust, id)]))
      there.expectInVain(
        'G0',
        'a thousand are attested, and an epoch passes',
        () => {
          attest(
            world,
            Array.from({ length: 1_000 }, (_, i) => person(`newcomer-${i}`, 'EU', `crowd-${i % 7}`)),
          )
          world.publishEpochs()
          return worldOf(world.state).phase().id
        },
        () =>
          world.state.identities.humans.size > 1_000 &&
          capSettled(world) <= cap &&
          capSettled(world) < most &&
          [...settled].every(([id, trust]) => trustOf(world.state.trust, id) === trust),
      )
      capOverACrowd(arena)
    },
  },
]

/** How much of this actor's trust rose in one epoch, falls not counted against it. */
function risesOf(world: Deployment, actor: string): number {
  return told(world, 'trust.changed')
    .filter(({ subject }) => subject === actor)
    .reduce((sum, { data }) => sum + Math.max(0, Number(data['to']) - Number(data['from'])), 0)
}

function capSettled(world: Deployment): number {
  return Number(told(world, 'trust.settled').at(-1)?.data['cap'])
}

function quorumOfSeven(arena: Simulation, propose: number, quorum: Parameters<typeof revalidation>[2]): void {
  const good: RevalidationSigner = {
    id: 's',
    kind: 'human',
    trust: 900_000,
    region: 'EU',
    organization: 'elm',
    conflict: false,
  }
  const beneficiary = { id: 'b', organization: 'birch' }
  const cases: readonly (readonly [string, Partial<RevalidationSigner>])[] = [
    ['machine', { kind: 'machine' }],
    ['beneficiary', { id: 'b' }],
    ['organization', { organization: 'birch' }],
    ['conflict', { conflict: true }],
    ['trust', { trust: propose - 1 }],
  ]
  for (const [reason, change] of cases) {
    arena.expectAnswer(reason, reason, objection({ ...good, ...change }, beneficiary, propose))
  }
  const seven = Array.from({ length: 7 }, (_, i) => ({
    ...good,
    id: `s-${i}`,
    region: ['EU', 'NA'][i % 2]!,
    organization: `house-${i}`,
  }))
  const passes = (signers: readonly RevalidationSigner[]) =>
    revalidation(signers, beneficiary, quorum, propose).passes ? 'passes' : 'waits'
  arena.expectAnswer('waits', 'one too few', passes(seven.slice(1)))
  arena.expectAnswer('waits', 'one of them twice', passes([...seven.slice(1), seven[1]!]))
  arena.expectAnswer('waits', 'all of one region', passes(seven.map((one) => ({ ...one, region: 'EU' }))))
  arena.expectAnswer('waits', 'all of one house', passes(seven.map((one) => ({ ...one, organization: 'elm' }))))
}

function capOverACrowd(arena: Simulation): void {
  const { trust, initialTrust } = rulesOf(arena)
  const rule: CapRule = { max: trust.max.human, deviations: trust.capDeviations, minSpread: trust.capMinSpread }
  const crowd = (newcomers: number) => {
    const settled = [600_000, 700_000, 800_000, 900_000]
    const column = Uint32Array.from([...settled, ...Array.from({ length: newcomers }, () => initialTrust.human)])
    return capOf(populationOf(column, column.length), rule)
  }
  for (const newcomers of [0, 1, 1000]) {
    const cap = crowd(newcomers)
    const within = cap <= trust.max.human ? 'not-above-the-maximum' : String(cap)
    arena.expectAnswer('not-above-the-maximum', `${newcomers} newcomers`, within)
  }
  const no = crowd(1000) <= crowd(0) ? 'no-higher' : 'higher'
  arena.expectAnswer('no-higher', 'a crowd raises nobody’s cap', no)
}
