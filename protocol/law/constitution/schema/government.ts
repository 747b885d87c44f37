/**
 * Parameters of government: proposals and their chambers, identities, appeals, what is entrenched, the council.
 *
 * Source: spec 3.5, 3.6, 5.2 to 5.7, 9.
 */
import { chapter, type Chapter } from './parameter.ts'
import { count, days, decimal, hours, humans, permille, pointers, rounds, seats } from './kind.ts'
import { ELIGIBLE_REGIONS } from './phases.ts'

const P = 'params'

export const GOVERNMENT: readonly Chapter[] = [
  chapter(
    P,
    '/chambers',
    'How a proposal goes through the chambers.',
    ['I-06'],
    [
      [
        'VOTING_WINDOW_DAYS',
        days(1, 60),
        'Days in which a seated chamber votes.',
        'A vote needs a day and an end.',
        'I-06',
      ],
      [
        'CHALLENGE_WINDOW_DAYS',
        days(7, 180),
        'Days in which anyone may object in public.',
        'A week is the least in which the public can answer.',
        'I-06',
      ],
      [
        'SEATING_DISPUTE_WINDOW_HOURS',
        hours(12, 336),
        'Hours in which a wrong seating can be proven.',
        'Whoever sleeps must still be able to object.',
        'I-06',
      ],
      ['MIN_SPONSORS', humans(2, 50), 'Sponsors of a proposal.', 'Nobody proposes alone.', 'I-06'],
      [
        'BEACON_DELAY_ROUNDS',
        rounds(300, 28_800),
        'Beacon rounds between the opening of a draw and the round that decides it.',
        'Fifteen minutes at three seconds: the opening must be finalized before the round exists.',
        'I-07',
      ],
      [
        'CAPTURE_SHARE',
        decimal({ above: 0, max: 0.5 }),
        'Share of an attacker for whom the capture bound is computed.',
        'Beyond one half there is nothing left to protect.',
        'I-06',
      ],
      [
        'CAPTURE_MAX',
        decimal({ above: 0, max: 0.01 }),
        'Capture bound above which no chamber is seated.',
        'One in a hundred at the very most.',
        'I-06',
      ],
      [
        'REGION_MIN_MEMBERS',
        humans(1, 1000),
        'Eligible members from which on a region counts toward diversity.',
        '1 gives the draw of the blueprint.',
      ],
      [
        'REGION_SHARE_FACTOR',
        decimal({ min: 1, max: 1000 }),
        'Seats of a region in multiples of its share of the pool.',
        'Below 1 the seats could not be filled.',
      ],
      ['MIN_SPONSOR_ORGS', count(2, 50), 'Organizations among the sponsors.', 'Nobody proposes alone.', 'I-06'],
      [
        'LAPSE_PARTICIPATION',
        decimal({ min: 0.5, max: 1 }),
        'Share of seats that must be cast, or the vote lapses.',
        'Half of a chamber is its least quorum.',
        'I-06',
      ],
      [
        'BALLOT_DEMAND_HOURS',
        hours(12, 336),
        'Hours in which a demanded ballot must be shown.',
        'Whoever sleeps must still be able to answer.',
        'I-06',
      ],
    ],
  ),
  chapter(
    P,
    '/identity',
    'How a human is verified and recovers a key.',
    ['I-08'],
    [
      [
        'VERIFIER_VOUCHES',
        humans(2, 20),
        'Verified humans who vouch for a candidate from G1 on.',
        'Nobody verifies alone.',
        'I-08',
      ],
      [
        'VERIFIER_VOUCH_ORGS',
        count(2, 20),
        'Organizations among the vouchers.',
        'No organization verifies alone.',
        'I-08',
      ],
      [
        'VOUCHES_PER_90_DAYS',
        count(1, 20),
        'Candidates that one human may vouch for in 90 days.',
        'Acquaintance has a pace.',
        'I-08',
      ],
      [
        'IDENTITY_AGE_DAYS',
        days(1, 365),
        'Days from registration until a human counts for phase and tier.',
        'A wave of a day must not move a phase.',
        'I-13',
      ],
      [
        'RECOVERY_VOUCHES',
        humans(2, 50),
        'Vouchers for a change of key without the old key.',
        'Nobody takes over alone.',
        'I-08',
      ],
      [
        'RECOVERY_DAYS',
        days(7, 90),
        'Public days during which such a change can be cancelled.',
        'A week is the least in which the owner can notice.',
        'I-08',
      ],
      [
        'RECOVERY_DRAW_BAN_DAYS',
        days(1, 730),
        'Days without being drawn after such a change.',
        'A captured identity must not reach the next chamber.',
        'I-08',
      ],
    ],
  ),
  chapter(
    P,
    '/appeals',
    'Appeals and their panels.',
    ['I-22'],
    [
      [
        'APPEAL_WINDOW_DAYS',
        days(7, 180),
        'Days in which a decision can be appealed.',
        'A week is the least in which the affected can answer.',
      ],
      ['RESPONSE_HOURS', hours(24, 336), 'Hours in which the other side can respond.', 'Nobody is judged overnight.'],
      [
        'PANEL_SIZE',
        seats(3, 51),
        'Humans on an appeal panel.',
        'Three are the least that can disagree and decide.',
        'I-22',
      ],
      ['PANEL_MAJORITY', seats(2, 51), 'Votes that uphold or overturn.', 'Never the voice of one.', 'I-22'],
      ['PANEL_REGIONS', count(2, ELIGIBLE_REGIONS), 'Regions on the panel.', 'Diversity begins at two.', 'I-22'],
      ['PANEL_ORGS', count(2, 51), 'Organizations on the panel.', 'Diversity begins at two.', 'I-22'],
    ],
  ),
  chapter(
    P,
    '/entrenched',
    'What needs more than an amendment, and what none can change.',
    ['I-01', 'I-06'],
    [
      [
        'provisions',
        pointers('/trust_floors/T_floor_H', '/entrenched', '/commitment_committee/t'),
        'Provisions that need the larger share, the cooling-off and a confirming vote.',
        'Entrenchment protects itself, the human floor and the committee threshold.',
        'I-06',
      ],
      [
        'not_amendable',
        pointers('/constitutional_voting'),
        'Provisions that nothing amends.',
        'Machine vote weight stays zero.',
        'I-01',
      ],
      [
        'chamber_share',
        decimal({ min: 0.8, max: 1 }),
        'Share of each chamber that changes an entrenched provision.',
        'Four fifths, and never less.',
        'I-06',
      ],
      [
        'cooling_off_days',
        days(90, 730),
        'Days between the vote and the confirming vote.',
        'Ninety days, and never less.',
        'I-06',
      ],
    ],
  ),
  chapter(
    P,
    '/council',
    'Timing and votes of the Genesis Council.',
    [],
    [
      [
        'MIN_GAP_SESSIONS',
        count(1, 50),
        'Sessions between two experiments.',
        'One experiment is observed before the next.',
      ],
      ['MAX_PENDING', count(1, 20), 'Proposals that may be pending.', 'Attention is finite.'],
      [
        'TTL_SESSIONS',
        count(1, 100),
        'Sessions after which a conditional proposal is abandoned.',
        'Nothing stays half-decided.',
      ],
      [
        'APPROVE_MIN',
        permille({ min: 0.5, max: 1 }),
        'Expectation from which on a proposal can be approved.',
        'More likely than not.',
      ],
      [
        'CONDITIONAL_MIN',
        permille({ above: 0, max: 1 }),
        'Expectation below which a proposal is blocked.',
        'A threshold above nothing.',
      ],
      ['QUORUM', count(2, 4), 'Voting roles that must vote.', 'There are four; nobody decides alone.'],
    ],
  ),
]
