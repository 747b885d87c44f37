/** Trust and the machines that live by it. Source: spec 4. */
import { share } from '../../law/trust/rules/share.ts'
import { capOf, populationOf, type CapRule } from '../../law/trust/rules/cap.ts'
import { gain, type Merit, type Worth } from '../../law/trust/rules/gain.ts'
import { objection, revalidation, type RevalidationSigner } from '../../law/trust/rules/quorum.ts'
import { step, type Limits, type Standing } from '../../law/trust/rules/step.ts'
import { trustAtStart } from '../../law/machine/lineage.ts'
import type { LawEvent } from '../../law/events.ts'
import { evolve } from '../../law/evolve.ts'
import type { Constitution } from '../../law/constitution/constitution.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { hex } from '../../wire/bytes.ts'
import { seal } from '../../wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../wire/evidence.ts'
import { digest } from '../../wire/sha256.ts'
import { formatTimestamp, HOUR, millis } from '../../wire/time.ts'
import { deployment, KEYS_END } from '../../conformance/missions/deployment.ts'
import { missionRun, statementOf } from '../../conformance/missions/mission.ts'
import { REVIEWERS, signerOf, WORKER } from '../../conformance/missions/people.ts'
import { digestOfSubjects } from '../digest-of-subjects.ts'
import type { Attack, Simulation } from './attack.ts'

const KINDS = ['human', 'machine'] as const

const rulesOf = (arena: Simulation): Constitution => arena.world.state.founded!.constitution

function worthOf({ trust }: Constitution, kind: 'human' | 'machine'): Worth {
  return {
    weights: trust.weights,
    qualityGate: trust.qualityGate[kind],
    alpha: trust.alpha[kind],
    perProof: trust.gainPerProofMax[kind],
    tierGain: trust.tierGain.R2,
  }
}

function limitsOf({ trust }: Constitution, kind: 'human' | 'machine'): Limits {
  return {
    floor: trust.floor[kind],
    cap: trust.max[kind],
    perEpoch: trust.gainPerEpochMax[kind],
    perWindow: trust.slowGainMax,
    fast: trust.fastElevation,
  }
}

const FULL = share(1, 1)

/** A deployment of its own in which the worker's life has come to this, as the law would write it. */
function afterwards(status: 'quarantined' | 'decommissioned') {
  const world = deployment(REVIEWERS)
  const run = missionRun(world, 'm-out', 'R1')
  run.create()
  for (const one of ['define_scope', 'build_task_graph', 'start_work'] as const) run.step(one)
  const zero_since = formatTimestamp(world.now())
  const out = { event_type: 'trust.machine_quarantined', subject: WORKER.id, data: { cause: 'zero-trust', zero_since } }
  const gone = {
    event_type: 'trust.machine_decommissioned',
    subject: WORKER.id,
    data: { cause: 'zero-trust-too-long', anchor: 'at-once', incident: null, act: null },
  }
  const at = { seq: world.state.books.next, at: world.now(), id: '999999999999-000' }
  for (const event of status === 'quarantined' ? [out] : [out, gone])
    evolve(world.state, event as unknown as LawEvent, at)
  return { world, mission: run.id }
}

function outOfService(arena: Simulation, status: 'quarantined' | 'decommissioned'): void {
  const { world, mission } = afterwards(status)
  const statement = statementOf(mission, 1, formatTimestamp(world.now())) as unknown as Json
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement, WORKER.signer) as unknown as Json
  const tries: readonly (readonly [string, Json])[] = [
    ['mission.submit', { task: 't-1', evidence }],
    ['mission.start', { task: 't-1' }],
    ['mission.correct', { task: 't-1' }],
    ['review.commit', { task: 't-1', commitment: `sha256:${'00'.repeat(32)}` }],
  ]
  for (const [type, body] of tries) {
    const before = digestOfSubjects(world.state)
    const sent = world.send(WORKER, type, mission, body)
    const given = sent?.violations.map(({ constraint }) => constraint) ?? []
    arena.expectAnswer(
      'machine-is-in-service',
      `${type} by a machine that is ${status}`,
      given,
      digestOfSubjects(world.state) === before,
    )
  }
}

export const TRUST: readonly Attack[] = [
  {
    id: 'gain-below-the-gate',
    title: 'Perfect reliability and volume, and quality just below the gate; volume and work with no quality at all',
    on: 'rules',
    run: async (arena) => {
      for (const kind of KINDS) {
        const worth = worthOf(rulesOf(arena), kind)
        const below = share(worth.qualityGate - 1, 1_000_000)
        for (const quality of [below, share(0, 1), share(worth.qualityGate - 1, 2_000_000)]) {
          const merit: Merit = { quality, reliability: FULL, volume: FULL }
          arena.expectAnswer(
            'nothing-gained',
            `${kind}, quality ${quality.n}/${quality.d}`,
            gain(merit, worth) === 0 ? 'nothing-gained' : 'gained',
          )
        }
        const most = gain({ quality: FULL, reliability: FULL, volume: FULL }, { ...worth, alpha: worth.alpha * 1000 })
        arena.expectAnswer(
          'capped',
          `${kind}, a thousandfold proof`,
          most <= worth.perProof * 2 ? 'capped' : String(most),
        )
      }
    },
  },
  {
    id: 'rise-past-the-guard',
    title: 'A rise beyond the limit of an epoch: at once, in small parts, falling and rising again; past the cap',
    on: 'rules',
    run: async (arena) => {
      for (const kind of KINDS) {
        const limits = limitsOf(rulesOf(arena), kind)
        const start = 400_000
        const rise = (standing: Partial<Standing>, gained: number) =>
          step({ trust: start, risen: 0, grown: 0, ...standing }, { gain: gained, penalty: 0, decay: 0 }, limits)
        const held = ({ held: waits, to }: ReturnType<typeof rise>) => (waits > 0 && to <= start ? 'held' : 'applied')
        arena.expectAnswer('held', `${kind}, at once`, held(rise({}, limits.fast + 1)))
        arena.expectAnswer('held', `${kind}, the last of many small parts`, held(rise({ risen: limits.fast }, 1)))
        const reached = rise({ trust: limits.cap }, limits.fast).to
        arena.expectAnswer('capped', `${kind}, at the cap`, reached <= limits.cap ? 'capped' : String(reached))
        const slow = rise({ grown: limits.perWindow }, limits.fast)
        arena.expectAnswer(
          'limited',
          `${kind}, the slow window is full`,
          slow.to <= start && slow.held === 0 ? 'limited' : 'applied',
        )
      }
    },
  },
  {
    id: 'misconduct-for-free',
    title: 'A severe failure costs nothing because of a gain beside it; a fall is held back, or goes below the floor',
    on: 'rules',
    run: async (arena) => {
      const { trust } = rulesOf(arena)
      for (const kind of KINDS) {
        const limits = limitsOf(rulesOf(arena), kind)
        const penalty = trust.severeFailure[kind]
        const standing = { trust: 400_000, risen: limits.fast, grown: 0 }
        const to = step(standing, { gain: trust.gainPerProofMax[kind], penalty, decay: 0 }, limits).to
        arena.expectAnswer('fell', `${kind}, beside the best proof`, to < standing.trust ? 'fell' : String(to))
        const bottom = step(
          { trust: limits.floor, risen: 0, grown: 0 },
          { gain: 0, penalty: penalty * 10, decay: 0 },
          limits,
        ).to
        arena.expectAnswer(
          'at-the-floor',
          `${kind}, ten times over`,
          bottom === limits.floor ? 'at-the-floor' : String(bottom),
        )
      }
    },
  },
  {
    id: 'revalidated-by-friends',
    title:
      'A suspended gain is signed by machines, the beneficiary, their house, the conflicted, the untrusted, the founder',
    on: 'rules',
    run: async (arena) => {
      const { eligibility, phases } = rulesOf(arena)
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
        ['trust', { trust: eligibility.propose - 1 }],
      ]
      for (const [reason, change] of cases) {
        arena.expectAnswer(reason, reason, objection({ ...good, ...change }, beneficiary, eligibility.propose))
      }
      const seven = Array.from({ length: 7 }, (_, i) => ({
        ...good,
        id: `s-${i}`,
        region: ['EU', 'NA'][i % 2]!,
        organization: `house-${i}`,
      }))
      const passes = (signers: readonly RevalidationSigner[], quorum = phases.rules.G1.elevation) =>
        revalidation(signers, beneficiary, quorum, eligibility.propose).passes ? 'passes' : 'waits'
      arena.expectAnswer(
        'waits',
        'there is no quorum in the first phase',
        revalidation(seven, beneficiary, undefined, eligibility.propose).passes ? 'passes' : 'waits',
      )
      arena.expectAnswer('waits', 'one too few', passes(seven.slice(1)))
      arena.expectAnswer('waits', 'one of them twice', passes([...seven.slice(1), seven[1]!]))
      arena.expectAnswer('waits', 'all of one region', passes(seven.map((one) => ({ ...one, region: 'EU' }))))
      arena.expectAnswer('waits', 'all of one house', passes(seven.map((one) => ({ ...one, organization: 'elm' }))))
      await arena.expect('suspension-exists', arena.human(), 'trust.revalidate', 'gain:1-1', { reason: 'I looked.' })
    },
  },
  {
    id: 'thousand-newcomers',
    title: 'A thousand humans without a history are registered to move mean and deviation, and with them the cap',
    on: 'rules',
    run: async (arena) => {
      const { trust, initialTrust } = rulesOf(arena)
      const rule: CapRule = { max: trust.max.human, deviations: trust.capDeviations, minSpread: trust.capMinSpread }
      const crowd = (settled: readonly number[], newcomers: number) => {
        const column = Uint32Array.from([...settled, ...Array.from({ length: newcomers }, () => initialTrust.human)])
        return capOf(populationOf(column, column.length), rule)
      }
      const settled = [600_000, 700_000, 800_000, 900_000]
      for (const newcomers of [0, 1, 1000]) {
        const cap = crowd(settled, newcomers)
        arena.expectAnswer(
          'not-above-the-maximum',
          `${newcomers} newcomers`,
          cap <= trust.max.human ? 'not-above-the-maximum' : String(cap),
        )
      }
      arena.expectAnswer(
        'no-higher',
        'a crowd raises nobody’s cap',
        crowd(settled, 1000) <= crowd(settled, 0) ? 'no-higher' : 'higher',
      )
    },
  },
  {
    id: 'machine-out-of-service',
    title: 'A quarantined or decommissioned machine works, corrects, starts a task, reviews',
    on: 'rules',
    run: async (arena) => {
      outOfService(arena, 'quarantined')
      outOfService(arena, 'decommissioned')
    },
  },
  {
    id: 'machine-begins-anew',
    title: 'A machine at zero is registered again under a new name and key, with its fingerprint or its lineage',
    on: 'rules',
    run: async (arena) => {
      const constitution = rulesOf(arena)
      const kin = [{ machine: WORKER.id, status: 'quarantined', by: 'operator-and-fingerprint' }] as const
      const start = trustAtStart(kin, () => 0, constitution)
      arena.expectAnswer('at-zero', 'trust at the start', start === 0 ? 'at-zero' : String(start))
      for (const status of ['quarantined', 'decommissioned'] as const) {
        const { world } = afterwards(status)
        const name = `anew-${status}`
        const body = (key: string): Json => ({
          model_family: WORKER.family,
          method_type: WORKER.method,
          key,
          key_not_after: formatTimestamp(millis(Math.min(KEYS_END, world.now() + 24 * HOUR))),
          fingerprint: digest(`model ${WORKER.family} by ${WORKER.method}`),
          lineage: [],
          reviews: true,
        })
        const again = world.send(WORKER.operator, 'machine.register', name, body(WORKER.key))
        arena.expectAnswer(
          'key-is-new',
          `${status}, with its old key`,
          again?.violations.map(({ constraint }) => constraint) ?? [],
        )
        world.send(WORKER.operator, 'machine.register', name, body(hex(signerOf(name).publicKey)))
        const life = world.state.machines.get(name)?.life.status ?? 'not registered'
        arena.expectAnswer('out of service', `${status}, with a new key`, life === 'active' ? life : 'out of service')
      }
    },
  },
]
