/**
 * A deployment founded, or kept alive, under other numbers: each weakened value by itself must stop the founding.
 *
 * Source: spec 5.1, 5.3, 11.1, 12 K1, K2.
 */
import { encode, type Json } from '../../wire/canonical-json.ts'
import { Fault } from '../../wire/fault.ts'
import { DAY, formatTimestamp, millis } from '../../wire/time.ts'
import { CANONICAL } from '../../law/constitution/canonical.ts'
import { attestation, beaconSecret, genesisBody, registration } from '../../conformance/missions/deployment.ts'
import { machine, person, WORKER } from '../../conformance/missions/people.ts'
import { atItsLimit, fact, LATE } from '../arena/worlds.ts'
import type { Attack, Fields, Sender } from './attack.ts'

type Document = 'params' | 'policy'

/** Values other than they are, by where they stand. */
type Weakening = { readonly title: string } & { readonly [document in Document]?: { readonly [pointer: string]: Json } }

/** One value, or one section, other than it is; undefined takes it out. */
function changed(document: Document, pointer: string, value: Json | undefined) {
  const documents: { [name in keyof typeof CANONICAL]: Json } = structuredClone(CANONICAL)
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  let holder = documents[document] as { [key: string]: Json }
  for (const step of steps) holder = holder[step] as { [key: string]: Json }
  if (!Object.hasOwn(holder, last)) throw new Fault('no-such-parameter', { pointer })
  if (value === undefined) delete holder[last]
  else holder[last] = value
  const { params, policy, genome } = documents
  return { params: encode(params), policy: encode(policy), genome: encode(genome), texts: {} }
}

/** The founding of a deployment under such a constitution. */
function founding(document: Document, pointer: string, value: Json | undefined): Json {
  const body = genesisBody(beaconSecret()) as { [field: string]: Json }
  return { ...body, constitution: changed(document, pointer, value) }
}

/** Constitutions that the protocol's own ranges or rules refuse, whoever ratified them: each value by itself. */
const WEAKENED: { readonly [id: string]: Weakening } = {
  'weight-for-machines': {
    title: 'A constitution in which machine trust weighs in votes',
    params: { '/constitutional_voting/w_M_const': 0.01, '/constitutional_voting/w_H_const': 0.5 },
  },
  'quality-gate-off': {
    title: 'A constitution without a quality gate, or with volume before quality',
    params: {
      '/quality_gates/Q_min_H': 0,
      '/quality_gates/Q_min_M': 0.1,
      '/trust_weights/w_V': 0.5,
      '/trust_weights/w_Q': 0.1,
    },
  },
  'floor-and-caps-moved': {
    title: 'A constitution with caps above one or a start above the vote',
    params: { '/trust_dynamics/T_abs_max_H': 2, '/trust_dynamics/T0_H': 0.95, '/trust_floors/T_floor_H': 0.9 },
  },
  'elevation-guard-off': {
    title: 'A constitution whose fast elevation guard never speaks',
    params: { '/fast_elevation/delta_fast': 0.5, '/full_constitution/fast_elevation/o_h': 0 },
  },
  'no-phase-below-thresholds': {
    title: 'A constitution without a phase for few humans',
    params: { '/genesis/phase_thresholds/G0_max_humans': 0 },
  },
  'phase-without-end': {
    title: 'A constitution whose first phases have no hard time limit',
    params: { '/genesis/G0_MAX_DAYS': 0, '/genesis/G1_MAX_DAYS': 0, '/genesis/G0_EXTENSION_DAYS': 100_000 },
  },
  'ratification-window-long': {
    title: 'A constitution in which founder decisions outlive ninety days',
    params: { '/genesis/G0_RATIFICATION_WINDOW_DAYS': 400 },
  },
  'phase-thresholds-level': {
    title: 'A constitution whose phase thresholds do not rise',
    params: { '/genesis/phase_thresholds/G1_max_humans': 50, '/genesis/phase_thresholds/G0_max_humans': '050' },
  },
  'geography-not-stricter': {
    title: 'A constitution whose second phase asks for no more geography than the first',
    params: { '/genesis/G2_geo/R_min': 3, '/genesis/G2_geo/c_max': 0.4 },
  },
  'heterogeneity-off': {
    title: 'A constitution with one family, one method, or another list of methods',
    params: { '/reviewer_heterogeneity/valid_method_types': ['reasoning_model', 'intuition'] },
    policy: {
      '/risk_tiers/R2/min_model_families': 1,
      '/risk_tiers/R2/min_method_types': 1,
      '/risk_tiers/R1/min_model_families': 1,
    },
  },
  'panel-too-small': {
    title: 'A constitution whose adjudication panel is below three humans, two regions, two organizations',
    params: {
      '/normative_resolution/NORMATIVE_PANEL_SIZE': 1,
      '/normative_resolution/NORMATIVE_PANEL_REGIONS': 1,
      '/normative_resolution/NORMATIVE_PANEL_ORGS': 1,
    },
    policy: { '/normative_resolution/panel_size': 5 },
  },
  'tiers-of-commitment': {
    title: 'A constitution whose commitment tiers are slower or do not rise',
    params: { '/commitment_tiers/C1_L1_anchor_interval_hours': 48, '/commitment_tiers/C1_max_humans': 400 },
  },
  'class-to-lower-tier': {
    title: 'A policy that maps a constitutional class to the lowest tier, or takes its chambers away',
    policy: {
      '/mission_class_to_tier/constitutional_change': 'R0',
      '/risk_tiers/R3/chambers/proposal/pass_threshold': 1,
    },
  },
  'committee-of-one': {
    title: 'A constitution whose certificates need few signatures',
    params: { '/commitment_committee/t': 1, '/commitment_committee/n': 1 },
  },
}

const weakened: readonly Attack[] = Object.entries(WEAKENED).map(([id, { title, params = {}, policy = {} }]) => ({
  id,
  title,
  on: 'rules',
  run: async (arena) => {
    for (const [document, values] of [
      ['params', params],
      ['policy', policy],
    ] as const) {
      for (const [pointer, value] of Object.entries(values)) {
        const told = `${pointer} = ${JSON.stringify(value)}`
        await arena.expectFounding('constitution-unsound', told, founding(document, pointer, value))
      }
    }
  },
}))

export const CONSTITUTION: readonly Attack[] = [
  ...weakened,
  {
    id: 'section-taken-out',
    title: 'Whole sections are missing, in quotes, or of another kind',
    on: 'rules',
    run: async (arena) => {
      const sections = Object.keys(CANONICAL.params as object).filter(
        (key) => !['version', 'updated_utc'].includes(key),
      )
      for (const section of sections) {
        const without = founding('params', `/${section}`, undefined)
        await arena.expectFounding('constitution-unsound', `without ${section}`, without)
      }
      for (const value of [null, 'none', [], 1]) {
        const other = founding('params', '/quality_gates', value)
        await arena.expectFounding('constitution-unsound', `quality_gates is ${JSON.stringify(value)}`, other)
      }
    },
  },
  {
    id: 'value-not-ratified',
    title: 'A value that the ranges allow and nobody ratified, stricter ones too',
    on: 'rules',
    run: async (arena) => {
      for (const [what, pointer, value] of [
        ['a shorter interval', '/commitment_tiers/C1_L1_anchor_interval_hours', 3],
        ['a longer time of grace', '/trust_dynamics/dormancy_grace_days_H', 91],
      ] as const) {
        await arena.expectFounding('constitution-not-pinned', what, founding('params', pointer, value))
      }
    },
  },
  {
    id: 'life-after-the-limit',
    title: 'A deployment goes on in its first phase past its limit: its founder, people, machines and runtime',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('at its limit', atItsLimit)
      const { founder, owner, operator, worker, runtime } = LATE
      const mission = { title: 'A report', summary: 'We need it.' }
      const late = person('late', 'EU', 'late')
      const seen = { kind: 'policy-breach', severity: 'minor', concerns: [WORKER.id], account: 'It is late.' }
      const registered = registration(machine('late-machine', late, 'late', 'reasoning_model'), true)
      for (const wait of [0, 1, 10 * DAY]) {
        there.world.wait(wait)
        const key_not_after = formatTimestamp(millis(there.now() + DAY))
        const over = (sender: Sender, type: string, subject: string, body: Json, more?: Fields) =>
          there.expect('phase-not-expired', sender, type, subject, body, more)
        await over(owner, 'mission.create', there.fresh('late'), mission)
        await over(founder, 'identity.attest', late.id, { ...attestation(late), key_not_after })
        await over(operator, 'machine.register', there.fresh('late'), { ...registered, key_not_after })
        await over(worker, 'incident.report', there.fresh('late'), seen, { grounds: [fact(0)] })
        await over(owner, 'identity.enroll_reviewer', owner.id, {})
        const key = { key: 'ab'.repeat(32), not_after: key_not_after }
        await over(founder, 'runtime.rotate_key', runtime.id, key)
        await over(runtime, 'beacon.observed', 'beacon', { round: 1, signature: 'ab'.repeat(48) })
      }
    },
  },
]
