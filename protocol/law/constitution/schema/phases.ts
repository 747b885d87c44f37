/**
 * Parameters of the genesis phases: when each begins and ends, and what chambers and quorums it has.
 *
 * Source: spec 5.1, blueprint 5.1. Region codes: twelve, of which XX is never eligible (spec 5.2).
 */
import { chapter, type Chapter, type Row } from './parameter.ts'
import { count, days, decimal, humans, seats } from './kind.ts'
import type { InvariantId } from '../finding.ts'

const P = 'params'

/** Regions from which a member can be drawn (spec 5.2 without XX). */
export const ELIGIBLE_REGIONS = 11

const chamberRows: readonly Row[] = [
  ['size', seats(3, 1001), 'Seats of the chamber.', 'Three seats are the least that can disagree and decide.', 'I-06'],
  ['pass_threshold', seats(2, 1001), 'Votes that carry.', 'Never the voice of one.', 'I-06'],
]

function chambers(path: string, phase: string, broken: readonly InvariantId[]): readonly Chapter[] {
  return [
    chapter(P, path, `Chambers ${phase}.`, broken, []),
    chapter(P, `${path}/proposal`, `Proposal chamber ${phase}.`, broken, chamberRows),
    chapter(P, `${path}/ratification`, `Ratification chamber ${phase}.`, broken, chamberRows),
    chapter(P, `${path}/challenge`, `Challenge chamber ${phase}.`, broken, chamberRows),
  ]
}

function geography(path: string, phase: string, broken: readonly InvariantId[]): Chapter {
  return chapter(P, path, `Diversity of a chamber ${phase}.`, broken, [
    [
      'R_min',
      count(2, ELIGIBLE_REGIONS),
      'Regions that a chamber spans at least.',
      'Geographic diversity begins at two; eleven regions are eligible.',
      ...broken,
    ],
    [
      'c_max',
      decimal({ above: 0, max: 0.5 }),
      'Largest share of the seats that one region holds.',
      'No region may hold the majority.',
      ...broken,
    ],
    ['O_min', count(2, 100), 'Organizations that a chamber spans at least.', 'Diversity begins at two.'],
  ])
}

function fastElevation(path: string, phase: string): Chapter {
  return chapter(
    P,
    path,
    `Quorum that revalidates a suspended gain ${phase}.`,
    [],
    [
      [
        'q_h',
        humans(3, 1000),
        'High-trust humans who sign.',
        'Three humans are the least that can disagree and decide.',
      ],
      ['r_h', count(2, ELIGIBLE_REGIONS), 'Regions among them.', 'Independent begins at two.'],
      ['o_h', count(2, 100), 'Organizations among them.', 'Independent begins at two.'],
    ],
  )
}

export const PHASES: readonly Chapter[] = [
  chapter(P, '/full_constitution', 'The rules from 2,000 verified humans on (G3).', ['I-06'], []),
  ...chambers('/full_constitution/chambers', 'under the full constitution', ['I-06']),
  geography('/full_constitution/geo', 'under the full constitution', ['I-06']),
  fastElevation('/full_constitution/fast_elevation', 'under the full constitution'),
  chapter(
    P,
    '/genesis',
    'The phases before the full constitution.',
    ['I-09', 'I-10', 'I-11', 'I-12', 'I-13', 'I-14', 'I-15'],
    [
      [
        'G0_MAX_DAYS',
        days(1, 730),
        'Limit of founder stewardship from genesis.',
        'A limit that everyone who joins will see.',
        'I-10',
      ],
      ['G0_EXTENSION_DAYS', days(1, 365), 'The one extension of G0.', 'Shorter than a second term.', 'I-10'],
      ['G1_MAX_DAYS', days(1, 1825), 'Limit of G1 from genesis.', 'A hard limit is one that is reached.', 'I-10'],
      [
        'G0_RATIFICATION_WINDOW_DAYS',
        days(1, 90),
        'Days after the start of G1 within which G0 decisions are ratified or reversed.',
        'None survives unratified past 90 days.',
        'I-12',
      ],
    ],
  ),
  chapter(
    P,
    '/genesis/phase_thresholds',
    'Verified humans at which the next phase begins.',
    ['I-09', 'I-14'],
    [
      ['G0_max_humans', humans(10, 1_000_000), 'Humans at which G1 begins.', 'A phase needs people.', 'I-09', 'I-14'],
      ['G1_max_humans', humans(10, 1_000_000), 'Humans at which G2 begins.', 'A phase needs people.', 'I-09', 'I-14'],
      ['G2_max_humans', humans(10, 1_000_000), 'Humans at which G3 begins.', 'A phase needs people.', 'I-09', 'I-14'],
    ],
  ),
  ...chambers('/genesis/G1_chambers', 'in G1', ['I-06', 'I-09']),
  geography('/genesis/G1_geo', 'in G1', ['I-06', 'I-15']),
  fastElevation('/genesis/G1_fast_elevation', 'in G1'),
  ...chambers('/genesis/G2_chambers', 'in G2', ['I-06', 'I-09']),
  geography('/genesis/G2_geo', 'in G2', ['I-06', 'I-15']),
  fastElevation('/genesis/G2_fast_elevation', 'in G2'),
]
