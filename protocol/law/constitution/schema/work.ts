/**
 * Parameters of work: heterogeneous review, normative questions, windows, the final gate.
 *
 * Source: spec 3, blueprint 4.3.
 */
import { chapter, type Chapter } from './parameter.ts'
import { count, days, hours, members, permille, rounds, seats } from './kind.ts'

const P = 'params'

/** The four ways in which a reviewer can come to a verdict; the protocol knows no other. */
export const METHOD_TYPES = [
  'reasoning_model',
  'retrieval_augmented',
  'rule_based_deterministic',
  'human_reviewer',
] as const

export const DOMAIN_TYPES = ['objective', 'normative', 'mixed'] as const

export type MethodType = (typeof METHOD_TYPES)[number]
export type DomainType = (typeof DOMAIN_TYPES)[number]

export const WORK: readonly Chapter[] = [
  chapter(
    P,
    '/reviewer_heterogeneity',
    'How different the reviewers of high-risk work are.',
    ['I-16', 'I-17', 'I-19', 'I-20'],
    [
      ['H_R2_MODEL_FAMILIES', count(2, 5), 'Model families on an R2 review.', 'One family errs as one.', 'I-16'],
      [
        'H_R2_METHOD_TYPES',
        count(2, 4),
        'Method types on an R2 review.',
        'One method errs as one; there are four.',
        'I-17',
      ],
      [
        'valid_method_types',
        members(METHOD_TYPES),
        'Method types that a reviewer can declare.',
        'Exactly the canonical four.',
        'I-20',
      ],
    ],
  ),
  chapter(
    P,
    '/normative_resolution',
    'When humans adjudicate.',
    ['I-21', 'I-22', 'I-23', 'I-24'],
    [
      [
        'NORMATIVE_AGREEMENT_THRESHOLD',
        permille({ min: 0.5, max: 1 }),
        'Agreement below which a normative or mixed task is adjudicated.',
        'Less than one half is no agreement.',
        'I-21',
      ],
      [
        'NORMATIVE_PANEL_SIZE',
        seats(3, 51),
        'Humans on an adjudication panel.',
        'Three are the least that can disagree and decide.',
        'I-22',
      ],
      ['NORMATIVE_PANEL_REGIONS', count(2, 11), 'Regions on the panel.', 'Diversity begins at two.', 'I-22'],
      ['NORMATIVE_PANEL_ORGS', count(2, 51), 'Organizations on the panel.', 'Diversity begins at two.', 'I-22'],
      [
        'valid_domain_types',
        members(DOMAIN_TYPES),
        'Domains that a task can have.',
        'Exactly the canonical three.',
        'I-24',
      ],
    ],
  ),
  chapter(
    P,
    '/reviews',
    'Windows of reviews.',
    ['I-07'],
    [
      [
        'REVIEW_BEACON_ROUNDS',
        rounds(10, 28_800),
        'Beacon rounds between evidence and the round that draws its reviewers.',
        'Half a minute at three seconds: nobody may know the round yet.',
        'I-07',
      ],
      [
        'REVIEW_WINDOW_HOURS',
        hours(1, 720),
        'Hours in which a reviewer commits to a verdict.',
        'A review takes an hour and has an end.',
      ],
      [
        'REVEAL_WINDOW_HOURS',
        hours(1, 168),
        'Hours in which a sealed verdict is revealed.',
        'A seal is opened, and soon.',
      ],
      [
        'REVALIDATION_WINDOW_DAYS',
        days(1, 90),
        'Days in which humans revalidate a suspended gain.',
        'A suspension ends.',
      ],
      [
        'ADJUDICATION_WINDOW_DAYS',
        days(1, 90),
        'Days in which a panel adjudicates.',
        'A question is answered.',
        'I-21',
      ],
    ],
  ),
  chapter(
    P,
    '/final_gate',
    'The human decision that completes high-risk work.',
    ['I-07'],
    [
      [
        'APPROVALS_PER_DAY_MAX',
        count(1, 100),
        'Approvals that one human may sign in a day.',
        'Whoever signs more does not read.',
        'I-07',
      ],
      [
        'APPROVAL_DEADLINE_DAYS',
        days(1, 90),
        'Days within which a signed approval must be final.',
        'An old approval is about an old state.',
        'I-07',
      ],
    ],
  ),
]
