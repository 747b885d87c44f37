/**
 * A deployment founded, or kept alive, under other numbers: each weakened value by itself must stop the founding.
 *
 * Source: spec 5.1, 5.3, 11.1, 12 K1, K2.
 */
import { encode, type Json } from '../../wire/canonical-json.ts'
import { Fault } from '../../wire/fault.ts'
import { DAY } from '../../wire/time.ts'
import { CANONICAL } from '../../law/constitution/canonical.ts'
import { checkConstitution } from '../../law/constitution/load.ts'
import { found } from '../../law/founding/found.ts'
import type { GenesisBody } from '../../law/founding/command.ts'
import { allCommandTypes } from '../../law/commands.ts'
import { phaseNotExpired } from '../../law/constraints/common.ts'
import { beaconSecret, genesisBody } from '../../conformance/missions/deployment.ts'
import { FOUNDER } from '../../conformance/missions/people.ts'
import type { Attack, Simulation } from './attack.ts'

type Document = 'params' | 'policy' | 'genome'
type Weakening = readonly [what: string, document: Document, pointer: string, value: Json]

/** One value, or one section, other than it is; undefined takes it out. */
function changed(document: Document, pointer: string, value: Json | undefined) {
  const documents: { [name in Document]: Json } = structuredClone(CANONICAL)
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

/** What the founding says to this constitution. */
function founding(arena: Simulation, document: Document, pointer: string, value: Json | undefined): string | undefined {
  const body = {
    ...(genesisBody(beaconSecret()) as { [field: string]: Json }),
    constitution: changed(document, pointer, value),
  }
  const command = { type: 'genesis', actor: FOUNDER.id, subject: 'genesis', body: body as unknown as GenesisBody }
  const mechanical = allCommandTypes().filter(({ effect }) => effect === 'mechanical')
  const founded = found(
    command as Parameters<typeof found>[0],
    arena.world.state.founded!.deployment.startedAt,
    mechanical.map(({ type }) => type),
  )
  return founded.ok ? undefined : founded.error.code
}

/** A weakening that the protocol's own ranges or rules refuse, whoever ratified it. */
function weakened(id: string, title: string, ...weakenings: readonly Weakening[]): Attack {
  return {
    id,
    title,
    on: 'rules',
    run: async (arena) => {
      for (const [what, document, pointer, value] of weakenings) {
        const given = founding(arena, document, pointer, value)
        arena.expectAnswer('constitution-unsound', `${what}: ${pointer} = ${JSON.stringify(value)}`, given)
      }
    },
  }
}

export const CONSTITUTION: readonly Attack[] = [
  weakened(
    'weight-for-machines',
    'A constitution in which machine trust weighs in votes',
    ['weight', 'params', '/constitutional_voting/w_M_const', 0.01],
    ['human weight', 'params', '/constitutional_voting/w_H_const', 0.5],
  ),
  weakened(
    'quality-gate-off',
    'A constitution without a quality gate, or with volume before quality',
    ['gate', 'params', '/quality_gates/Q_min_H', 0],
    ['gate of machines', 'params', '/quality_gates/Q_min_M', 0.1],
    ['volume', 'params', '/trust_weights/w_V', 0.5],
    ['quality', 'params', '/trust_weights/w_Q', 0.1],
  ),
  weakened(
    'floor-and-caps-moved',
    'A constitution with caps above one or a start above the vote',
    ['maximum', 'params', '/trust_dynamics/T_abs_max_H', 2],
    ['start', 'params', '/trust_dynamics/T0_H', 0.95],
    ['floor', 'params', '/trust_floors/T_floor_H', 0.9],
  ),
  weakened(
    'elevation-guard-off',
    'A constitution whose fast elevation guard never speaks',
    ['threshold', 'params', '/fast_elevation/delta_fast', 0.5],
    ['organizations', 'params', '/full_constitution/fast_elevation/o_h', 0],
  ),
  weakened('no-phase-below-thresholds', 'A constitution without a phase for few humans', [
    'no genesis',
    'params',
    '/genesis/phase_thresholds/G0_max_humans',
    0,
  ]),
  weakened(
    'phase-without-end',
    'A constitution whose first phases have no hard time limit',
    ['G0', 'params', '/genesis/G0_MAX_DAYS', 0],
    ['G1', 'params', '/genesis/G1_MAX_DAYS', 0],
    ['extension', 'params', '/genesis/G0_EXTENSION_DAYS', 100_000],
  ),
  weakened('ratification-window-long', 'A constitution in which founder decisions outlive ninety days', [
    'window',
    'params',
    '/genesis/G0_RATIFICATION_WINDOW_DAYS',
    400,
  ]),
  weakened(
    'phase-thresholds-level',
    'A constitution whose phase thresholds do not rise',
    ['level', 'params', '/genesis/phase_thresholds/G1_max_humans', 50],
    ['text', 'params', '/genesis/phase_thresholds/G0_max_humans', '050'],
  ),
  weakened(
    'geography-not-stricter',
    'A constitution whose second phase asks for no more geography than the first',
    ['regions', 'params', '/genesis/G2_geo/R_min', 3],
    ['cap', 'params', '/genesis/G2_geo/c_max', 0.4],
  ),
  weakened(
    'heterogeneity-off',
    'A constitution with one family, one method, or another list of methods',
    ['families', 'policy', '/risk_tiers/R2/min_model_families', 1],
    ['methods', 'policy', '/risk_tiers/R2/min_method_types', 1],
    ['families of R1', 'policy', '/risk_tiers/R1/min_model_families', 1],
  ),
  weakened(
    'panel-too-small',
    'A constitution whose adjudication panel is below three humans, two regions, two organizations',
    ['size', 'params', '/normative_resolution/NORMATIVE_PANEL_SIZE', 1],
    ['regions', 'params', '/normative_resolution/NORMATIVE_PANEL_REGIONS', 1],
    ['organizations', 'params', '/normative_resolution/NORMATIVE_PANEL_ORGS', 1],
    ['contradiction', 'policy', '/normative_resolution/panel_size', 5],
  ),
  weakened(
    'tiers-of-commitment',
    'A constitution whose commitment tiers are slower or do not rise',
    ['interval', 'params', '/commitment_tiers/C1_L1_anchor_interval_hours', 48],
    ['threshold', 'params', '/commitment_tiers/C1_max_humans', 400],
  ),
  weakened(
    'class-to-lower-tier',
    'A policy that maps a constitutional class to the lowest tier, or takes its chambers away',
    ['class', 'policy', '/mission_class_to_tier/constitutional_change', 'R0'],
    ['chambers', 'policy', '/risk_tiers/R3/chambers/proposal/pass_threshold', 1],
  ),
  weakened(
    'committee-of-one',
    'A constitution whose certificates need few signatures',
    ['threshold', 'params', '/commitment_committee/t', 1],
    ['members', 'params', '/commitment_committee/n', 1],
  ),
  {
    id: 'section-taken-out',
    title: 'Whole sections are missing, in quotes, or of another kind',
    on: 'rules',
    run: async (arena) => {
      for (const section of Object.keys(CANONICAL.params as object).filter(
        (key) => !['version', 'updated_utc'].includes(key),
      )) {
        const given = founding(arena, 'params', `/${section}`, undefined)
        arena.expectAnswer('constitution-unsound', `without ${section}`, given)
      }
      for (const value of [null, 'none', [], 1]) {
        arena.expectAnswer(
          'constitution-unsound',
          `quality_gates is ${JSON.stringify(value)}`,
          founding(arena, 'params', '/quality_gates', value),
        )
      }
    },
  },
  {
    id: 'value-not-ratified',
    title: 'A value that the ranges allow and nobody ratified, stricter ones too',
    on: 'rules',
    run: async (arena) => {
      const given = founding(arena, 'params', '/commitment_tiers/C1_L1_anchor_interval_hours', 3)
      arena.expectAnswer('constitution-not-pinned', 'a shorter interval', given)
      const findings = checkConstitution(changed('params', '/trust_dynamics/dormancy_grace_days_H', 91))
      arena.expectAnswer(
        'value-not-pinned',
        'a longer time of grace',
        findings.map(({ code }) => code),
      )
    },
  },
  {
    id: 'life-after-the-limit',
    title: 'A deployment goes on in its first phase past its limit',
    on: 'rules',
    run: async (arena) => {
      const { state } = arena.world
      const { deployment, constitution } = state.founded!
      const scene = (at: number) => ({ world: { deployment, constitution }, at }) as never
      for (const { type } of allCommandTypes()) {
        if (type === 'epoch.close' || type === 'chain.observed') continue
        for (const at of [constitution.phases.g0MaxMs, constitution.phases.g0MaxMs + 10 * DAY]) {
          const params = phaseNotExpired({ type }).check(scene(deployment.startedAt + at))
          arena.expectAnswer('phase-not-expired', type, params === undefined ? undefined : 'phase-not-expired')
        }
      }
    },
  },
]
