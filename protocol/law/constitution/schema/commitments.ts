/**
 * Parameters of the record: epochs, anchors, the committee, keys, the inclusion deadline.
 *
 * Source: spec 2.3 to 2.5, 5.6, blueprint 6.
 */
import { chapter, type Chapter } from './parameter.ts'
import { count, days, hours, humans, seats } from './kind.ts'

const P = 'params'

export const COMMITMENTS: readonly Chapter[] = [
  chapter(
    P,
    '/commitment_tiers',
    'How often what happened is fixed on chain.',
    ['I-25', 'I-26', 'I-27', 'I-28'],
    [
      ['EPOCH_HOURS', hours(1, 6), 'Length of an epoch.', 'Every epoch is committed, in every tier.', 'I-25'],
      [
        'C0_L1_anchor_interval_hours',
        hours(1, 24),
        'Interval of settlement anchors in C0.',
        'A day at most, in the smallest tier.',
        'I-25',
        'I-27',
      ],
      [
        'C1_L1_anchor_interval_hours',
        hours(1, 24),
        'Interval of settlement anchors in C1.',
        'A day at most, in the smallest tier.',
        'I-25',
        'I-27',
      ],
      ['C0_max_humans', humans(1, 1_000_000), 'Humans at which C1 begins.', 'A tier needs people.', 'I-28'],
      ['C1_max_humans', humans(1, 1_000_000), 'Humans at which C2 begins.', 'A tier needs people.', 'I-28'],
    ],
  ),
  chapter(
    P,
    '/commitment_committee',
    'Who certifies commitments.',
    ['I-07'],
    [
      ['n', seats(4, 64), 'Members of the committee.', 'Four are the least that tolerate one fault.', 'I-07'],
      [
        't',
        seats(3, 64),
        'Signatures that make a certificate; entrenched.',
        'Three of four are the least that tolerate one fault.',
        'I-07',
      ],
      ['min_regions', count(2, 11), 'Regions among the members from G1 on.', 'Diversity begins at two.', 'I-07'],
      [
        'COMMITTEE_STALL_DAYS',
        days(1, 30),
        'Days without a certificate after which anyone opens a replacement draw.',
        'A stall must end.',
        'I-07',
      ],
      ['TERM_OVERLAP_DAYS', days(1, 89), 'Days by which terms overlap.', 'A handover takes a day.', 'I-07'],
    ],
  ),
  chapter(
    P,
    '/key_management',
    'Life of a signing key.',
    ['I-07'],
    [['KEY_ROTATION_DAYS', days(1, 90), 'Days after which a key signs nothing.', 'Ninety days at most.', 'I-07']],
  ),
  chapter(
    P,
    '/ledger',
    'The ledger against its own sequencer.',
    ['I-07'],
    [
      [
        'INCLUSION_HOURS',
        hours(1, 72),
        'Hours in which an envelope posted on the settlement chain must be in the ledger.',
        'Censorship must end before windows close.',
        'I-07',
      ],
    ],
  ),
]
