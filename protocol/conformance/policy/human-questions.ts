/** What only humans answer: disputes, adjudications, ballots, and what no signal of identity ever does. */
import { faultOfBallot } from '../../law/chamber/ballot.ts'
import { canonicalConstitution, canonicalTexts } from '../../law/constitution/canonical-constitution.ts'
import { checkConstitution } from '../../law/constitution/load.ts'
import { majority, moreThanHalf } from '../../law/panel/majority.ts'
import { escalation, needsAdjudication, type Question } from '../../law/review/escalation.ts'
import { agreement } from '../../law/review/tally.ts'
import { draw } from '../../wire/draw.ts'
import * as Shape from '../../wire/shape.ts'
import { Fault } from '../../wire/fault.ts'
import {
  booleanAt,
  firstOf,
  isVector,
  numberAt,
  recordsAt,
  same,
  textAt,
  textsAt,
  type Suite,
  type Vector,
} from '../suite.ts'

export const humanQuestions: Suite = {
  escalation_threshold: (vector) =>
    same(
      'escalate',
      booleanAt(vector, 'escalate_dispute'),
      escalation(questionOf(vector, false), threshold()) !== undefined,
    ),

  escalation_flags_and_closing: (vector) => {
    const question = questionOf(vector, booleanAt(vector, 'reviewer_flag') || booleanAt(vector, 'owner_flag'))
    return firstOf(
      same('escalate', booleanAt(vector, 'escalate'), escalation(question, threshold()) !== undefined),
      same(
        'adjudication',
        booleanAt(vector, 'signed_human_adjudication_required_to_complete'),
        needsAdjudication(question, threshold()),
      ),
    )
  },

  agreement_definition: (vector) =>
    same(
      'agreement',
      permille(numberAt(vector, 'recommended_agreement')),
      agreement(textsAt(vector, 'verdicts').map((verdict) => (verdict === 'ABSTAIN' ? 'REWORK' : verdict))),
    ),

  normative_panel: (vector) => same('valid', booleanAt(vector, 'valid'), isPanel(recordsAt(vector, 'panel'))),

  adjudication_record: (vector) => {
    const record = Shape.parse(adjudication, vector['record'])
    return same('accept', booleanAt(vector, 'accept'), record.ok)
  },

  panel_majority: (vector) => {
    const { size } = canonicalConstitution().normative.panel
    const outcome = majority(textsAt(vector, 'panel_votes'), moreThanHalf(size))
    return same('outcome', vector['outcome'] ?? null, outcome ?? null)
  },

  r3_human_only: (vector) => {
    if (isVector(vector['config'])) return checkVotingWeights(vector['config'], booleanAt(vector, 'accept'))
    const ballot = vector['ballot']
    if (!isVector(ballot)) throw new Fault('vector-malformed', { field: 'ballot', expected: 'an object' })
    const fault = faultOfBallot({
      voter: textAt(ballot, 'voter_kind'),
      weight: Object.hasOwn(ballot, 'weight') ? ballot['weight'] : 1,
      repeated: ballot['second_vote'] === true,
    })
    return firstOf(
      same('counts', booleanAt(vector, 'counts'), fault === undefined),
      same('reject', booleanAt(vector, 'reject'), fault !== undefined),
    )
  },

  identity_signals: (vector) => {
    const { signals, ...may } = (canonicalConstitution().documents.policy as unknown as { identity_signals: Vector })
      .identity_signals
    const use = USES[textAt(vector, 'use')]
    if (use === undefined || !(signals as readonly unknown[]).includes(vector['signal'])) {
      throw new Fault('vector-malformed', { field: 'signal', expected: 'a signal and a use that are known' })
    }
    return same('accept', booleanAt(vector, 'accept'), may[use])
  },
}

const USES: { readonly [use: string]: string | undefined } = {
  mint_trust: 'can_mint_trust',
  privileged_routing: 'can_grant_privileged_routing',
  constitutional_authority: 'can_grant_constitutional_authority',
}

function threshold(): number {
  return canonicalConstitution().normative.agreementPermille
}

function questionOf(vector: Vector, disputed: boolean): Question {
  return {
    domainType: textAt(vector, 'domain_type'),
    agreementPermille: permille(numberAt(vector, 'agreement')),
    disputed,
  }
}

/** Thousandths, rounded down; the vectors' decimals have few digits, so their text is exact. */
function permille(decimal: number): number {
  const [whole = '0', fraction = ''] = String(decimal).split('.')
  return Number(whole) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
}

/** Whether exactly these people can be seated as an adjudication panel; more than it needs is stronger. */
function isPanel(panel: readonly Vector[]): boolean {
  const { size, regions, organizations } = canonicalConstitution().normative.panel
  if (panel.length < size || panel.some((member) => member['kind'] !== 'human')) return false
  const pool = panel.map((member) => ({
    id: textAt(member, 'id'),
    region: textAt(member, 'region'),
    organization: textAt(member, 'organization'),
  }))
  const drawn = draw({
    pool,
    rules: {
      size: panel.length,
      regionCap: undefined,
      minRegions: regions,
      minOrganizations: organizations,
      minModelFamilies: 0,
      minMethodTypes: 0,
      distinctOperators: true,
    },
    seed: new Uint8Array(32),
    recused: new Set(),
  })
  return drawn.ok && drawn.value.outcome === 'seated'
}

const verdict = Shape.oneOf('APPROVE', 'REJECT')

/** Signed by a human, with every reviewer's position and a reason that can be read. */
const adjudication = Shape.object({
  reviewer_positions: Shape.array(
    Shape.object({ reviewer_id: Shape.string({ min: 1, max: 64 }), position: Shape.string({ min: 1, max: 64 }) }),
    { min: 1, max: 16 },
  ),
  human_decision: verdict,
  rationale: Shape.text({ max: 4000 }),
  signed: Shape.literal(true),
  adjudicator_kind: Shape.literal('human'),
})

/** The constitution with these weights in it: only the canonical ones load. */
function checkVotingWeights(weights: Vector, accept: boolean) {
  const texts = canonicalTexts()
  const params = JSON.parse(texts.params) as { constitutional_voting: Vector }
  params.constitutional_voting = { ...params.constitutional_voting, ...weights }
  return same('accept', accept, checkConstitution({ ...texts, params: JSON.stringify(params) }).length === 0)
}
