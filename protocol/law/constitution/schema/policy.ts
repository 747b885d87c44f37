/**
 * The runtime policy: which class of mission has which risk, and what each risk tier demands.
 *
 * Source: spec 3.2, 3.5, 4.1, blueprint 4.3 to 4.5.
 */
import { chapter, type Chapter } from './parameter.ts'
import { count, fixed, flag, members, oneOf, permille, seats, type Kind } from './kind.ts'
import type { InvariantId } from '../finding.ts'

const P = 'policy'

export const TIERS = ['R0', 'R1', 'R2', 'R3'] as const
export type TierId = (typeof TIERS)[number]

export const CHAMBERS = ['proposal', 'ratification', 'challenge'] as const
export type ChamberId = (typeof CHAMBERS)[number]

export const IDENTITY_SIGNALS = [
  'proof_of_personhood',
  'proof_of_agenthood',
  'timing_profile',
  'hardware_attestation',
] as const

type Demands = {
  readonly reviewers: Kind
  readonly approvals: Kind
  readonly gate: Kind
  readonly regions: Kind
  readonly organizations: Kind
  readonly flow: Kind
  readonly families: readonly [Kind, ...InvariantId[]]
  readonly methods: readonly [Kind, ...InvariantId[]]
}

function tier(id: TierId, meaning: string, broken: readonly InvariantId[], demands: Demands): Chapter {
  const [families, ...familiesBreak] = demands.families
  const [methods, ...methodsBreak] = demands.methods
  return chapter(P, `/risk_tiers/${id}`, meaning, broken, [
    [
      'reviewers_required',
      demands.reviewers,
      `Reviewers of ${id} work.`,
      id === 'R3'
        ? 'Humans only: chambers decide, nobody reviews.'
        : 'At least the number that the tier stands for; joint coverage is exact up to 16.',
      ...broken,
    ],
    [
      'approvals_required',
      demands.approvals,
      `Approvals that ${id} work needs.`,
      id === 'R3' ? 'Humans only: chambers decide, nobody reviews.' : 'At least the number that the tier stands for.',
      ...broken,
    ],
    [
      'human_final_gate',
      demands.gate,
      `Whether a human's wallet signature completes ${id} work.`,
      'Never without, from high risk on.',
      ...broken,
    ],
    [
      'min_regions',
      demands.regions,
      `Regions among the reviewers (R3: chamber members) of ${id} work.`,
      'Independence of high-risk review begins at three.',
    ],
    [
      'min_organizations',
      demands.organizations,
      `Organizations among the reviewers (R3: chamber members) of ${id} work.`,
      'Independence of high-risk review begins at three.',
    ],
    [
      'constitutional_flow',
      demands.flow,
      `Whether ${id} work goes through the chambers.`,
      'Constitutional change, and nothing else.',
      'I-06',
    ],
    [
      'min_model_families',
      families,
      `Model families among the reviewers of ${id} work.`,
      'One family errs as one.',
      ...familiesBreak,
    ],
    [
      'min_method_types',
      methods,
      `Method types among the reviewers of ${id} work.`,
      'One method errs as one.',
      ...methodsBreak,
    ],
  ])
}

const chamberRows = (id: ChamberId): Chapter =>
  chapter(
    P,
    `/risk_tiers/R3/chambers/${id}`,
    `The ${id} chamber as the parameters have it.`,
    ['I-06'],
    [
      [
        'size',
        seats(3, 1001),
        'Seats of the chamber.',
        'Three seats are the least that can disagree and decide.',
        'I-06',
      ],
      ['pass_threshold', seats(2, 1001), 'Votes that carry.', 'Never the voice of one.', 'I-06'],
    ],
  )

export const POLICY: readonly Chapter[] = [
  chapter(P, '/risk_tiers', 'What each risk tier demands.', ['I-06', 'I-16', 'I-17', 'I-18'], []),
  tier('R0', 'Low risk.', [], {
    reviewers: seats(1, 16),
    approvals: seats(1, 16),
    gate: flag,
    regions: count(0, 11),
    organizations: count(0, 16),
    flow: fixed(false, 'flag'),
    families: [count(1, 16)],
    methods: [count(1, 4)],
  }),
  tier('R1', 'Moderate risk.', ['I-18'], {
    reviewers: seats(2, 16),
    approvals: seats(2, 16),
    gate: flag,
    regions: count(1, 11),
    organizations: count(1, 16),
    flow: fixed(false, 'flag'),
    families: [count(2, 16), 'I-18'],
    methods: [count(1, 4)],
  }),
  tier('R2', 'High risk.', ['I-07', 'I-16', 'I-17'], {
    reviewers: seats(5, 16),
    approvals: seats(4, 16),
    gate: fixed(true, 'flag'),
    regions: count(3, 11),
    organizations: count(3, 16),
    flow: fixed(false, 'flag'),
    families: [count(2, 16), 'I-16'],
    methods: [count(2, 4), 'I-17'],
  }),
  tier('R3', 'Constitutional change.', ['I-06'], {
    reviewers: fixed(0, 'count'),
    approvals: fixed(0, 'count'),
    gate: fixed(true, 'flag'),
    regions: count(2, 11),
    organizations: count(2, 100),
    flow: fixed(true, 'flag'),
    families: [fixed(0, 'count'), 'I-01'],
    methods: [fixed(0, 'count'), 'I-01'],
  }),
  chapter(P, '/risk_tiers/R3/chambers', 'The chambers as the parameters have them.', ['I-06'], []),
  chamberRows('proposal'),
  chamberRows('ratification'),
  chamberRows('challenge'),
  chapter(
    P,
    '/mission_class_to_tier',
    'The risk tier of each class of mission; a class that is not here has none.',
    ['I-06'],
    [
      ['documentation_update', oneOf('R0', 'R1', 'R2'), 'Tier of changes to documents.', 'Any tier of work.'],
      [
        'internal_operations_change',
        oneOf('R1', 'R2'),
        'Tier of changes to internal operations.',
        'Moderate risk at least.',
      ],
      ['regulated_analysis', oneOf('R2'), 'Tier of regulated analyses.', 'High risk, always.', 'I-07'],
      [
        'constitutional_change',
        oneOf('R3'),
        'Tier of constitutional change.',
        'Never without its human chambers.',
        'I-06',
      ],
    ],
  ),
  chapter(
    P,
    '/normative_resolution',
    'When humans adjudicate, as the runtime applies it.',
    ['I-21', 'I-22'],
    [
      [
        'normative_requires_human_adjudication',
        fixed(true, 'flag'),
        'Whether normative questions go to humans.',
        'Machine consensus closes no normative question.',
        'I-21',
      ],
      [
        'agreement_threshold',
        permille({ min: 0.5, max: 1 }),
        'Agreement below which a normative or mixed task is adjudicated.',
        'Less than one half is no agreement.',
        'I-21',
      ],
      [
        'panel_size',
        seats(3, 51),
        'Humans on an adjudication panel.',
        'Three are the least that can disagree and decide.',
        'I-22',
      ],
      ['panel_min_regions', count(2, 11), 'Regions on the panel.', 'Diversity begins at two.', 'I-22'],
      ['panel_min_organizations', count(2, 51), 'Organizations on the panel.', 'Diversity begins at two.', 'I-22'],
    ],
  ),
  chapter(
    P,
    '/identity_signals',
    'Signals about an identity: they can raise an alert and nothing else.',
    ['I-08'],
    [
      [
        'signals',
        members(IDENTITY_SIGNALS),
        'Signals that can be attached.',
        'Exactly the known ones: a new kind of signal is a new rule.',
        'I-08',
      ],
      [
        'can_mint_trust',
        fixed(false, 'flag'),
        'Whether a signal gives trust.',
        'A signal is no proof of trust.',
        'I-08',
      ],
      [
        'can_grant_privileged_routing',
        fixed(false, 'flag'),
        'Whether a signal gives privileged routing.',
        'A signal is no proof of trust.',
        'I-08',
      ],
      [
        'can_grant_constitutional_authority',
        fixed(false, 'flag'),
        'Whether a signal gives a vote or a seat.',
        'A signal is no proof of trust.',
        'I-08',
      ],
    ],
  ),
]
