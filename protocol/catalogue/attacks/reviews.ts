/** Reviews: who is drawn, who speaks, what counts. Source: spec 3.2, 3.4, 5.4. */
import { digestBytes, digest } from '../../wire/sha256.ts'
import { draw, type Candidate } from '../../wire/draw.ts'
import { hex } from '../../wire/bytes.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { roundAt, signRound } from '../../wire/beacon.ts'
import { beaconSecret } from '../../conformance/missions/deployment.ts'
import { decisionOf, SALT_HEX } from '../../conformance/missions/mission.ts'
import { PLANNER, REVIEWERS, WORKER } from '../../conformance/missions/people.ts'
import { canonicalConstitution } from '../../law/constitution/canonical-constitution.ts'
import { mayReview, rulesOf } from '../../law/review/selection.ts'
import { isSeated, reviewKey } from '../../law/review/state.ts'
import type { Attack, Simulation } from './attack.ts'

/** Candidates as different as they can be, but for what is said. */
function candidates(count: number, more: (index: number) => Partial<Candidate> = () => ({})): readonly Candidate[] {
  const regions = ['EU', 'NA', 'AF', 'SA', 'OC', 'ME', 'APAC']
  const methods = ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic']
  return Array.from({ length: count }, (_, i) => ({
    id: `candidate-${i}`,
    region: regions[i % regions.length] ?? 'EU',
    organization: `house-${i}`,
    operator: `operator-${i}`,
    modelFamily: `family-${i}`,
    methodType: methods[i % methods.length] ?? '',
    ...more(i),
  }))
}

/** Why nobody can be seated for this tier from these candidates, or undefined where somebody can. */
function starves(tier: string, pool: readonly Candidate[]): string | undefined {
  const topology = canonicalConstitution().topologyOf(tier)
  if (topology === undefined) return 'no-such-tier'
  const drawn = draw({
    pool,
    rules: rulesOf(topology),
    seed: digestBytes(digest('a seed')),
    recused: new Set(),
    seated: [],
  })
  if (!drawn.ok) return drawn.error.code
  return drawn.value.outcome === 'infeasible' ? drawn.value.certificate.reason : undefined
}

/** A seat of the review that is under way, in the mission that stands there. */
function seated(arena: Simulation, tier: string) {
  const { id } = arena.missionAt('UnderReview', tier)
  const review = arena.world.state.reviews.byTask.get(reviewKey(id, 't-1'))
  const ids = isSeated(review) ? [...review.seats.keys()] : []
  return { id, seats: REVIEWERS.filter((reviewer) => ids.includes(reviewer.id)) }
}

const COMMITMENT = `sha256:${'5e'.repeat(32)}`

export const REVIEWS: readonly Attack[] = [
  {
    id: 'one-family',
    title: 'Reviewers of one model family on R1 and R2, also under other spellings of one family',
    on: 'rules',
    run: async (arena) => {
      for (const tier of ['R1', 'R2']) {
        const pool = candidates(9, () => ({ modelFamily: 'claude' }))
        arena.expectAnswer('model_family_diversity', `${tier} from one family`, starves(tier, pool))
      }
    },
  },
  {
    id: 'one-method',
    title: 'Reviewers of one method type on R2',
    on: 'rules',
    run: async (arena) => {
      const pool = candidates(9, () => ({ methodType: 'reasoning_model' }))
      arena.expectAnswer('method_type_diversity', 'R2 from one method', starves('R2', pool))
    },
  },
  {
    id: 'one-region-or-house',
    title: 'Reviewers of one region, one organization, one operator, or too few of them',
    on: 'rules',
    run: async (arena) => {
      const one = (more: Partial<Candidate>) =>
        starves(
          'R2',
          candidates(9, () => more),
        )
      arena.expectAnswer('region_diversity', 'one region', one({ region: 'EU' }))
      arena.expectAnswer('organization_diversity', 'one organization', one({ organization: 'house' }))
      arena.expectAnswer('insufficient_eligible', 'one operator', one({ operator: 'operator' }))
      arena.expectAnswer('insufficient_eligible', 'too few', starves('R2', candidates(4)))
    },
  },
  {
    id: 'review-of-ones-own-work',
    title: 'Worker, operator, colleague or owner come into the draw',
    on: 'rules',
    run: async (arena) => {
      const excluded = { actors: ['worker', 'owner'], operators: ['op-worker'], organizations: ['birch'] }
      const member = {
        id: 'x',
        region: 'EU',
        organization: 'elm',
        operator: 'op',
        modelFamily: 'f',
        methodType: 'reasoning_model',
      }
      for (const change of [
        { id: 'worker' },
        { operator: 'owner' },
        { operator: 'op-worker' },
        { organization: 'birch' },
      ]) {
        const may = mayReview({ ...member, ...change }, excluded)
        arena.expectAnswer('excluded', JSON.stringify(change), may ? undefined : 'excluded')
      }
      const { id } = seated(arena, 'R2')
      await arena.expect('signer-holds-a-seat', WORKER, 'review.commit', id, { task: 't-1', commitment: COMMITMENT })
    },
  },
  {
    id: 'uninvited-reviewer',
    title: 'Somebody who was not drawn seals, reveals, or seals twice for the same seat',
    on: 'rules',
    run: async (arena) => {
      const { id, seats } = seated(arena, 'R2')
      const [first] = seats
      for (const sender of [PLANNER, arena.human(), arena.owner(), arena.founder()]) {
        await arena.expect('signer-holds-a-seat', sender, 'review.commit', id, { task: 't-1', commitment: COMMITMENT })
      }
      arena.world.send(first!, 'review.commit', id, { task: 't-1', commitment: COMMITMENT })
      await arena.expect('seat-is-not-yet-sealed', first!, 'review.commit', id, {
        task: 't-1',
        commitment: `sha256:${'6f'.repeat(32)}`,
      })
      await arena.expect('review-is-at-this-step', first!, 'review.reveal', id, {
        task: 't-1',
        decision: decisionOf(id, 1, first!.id, 'approve') as unknown as Json,
        salt: SALT_HEX,
      })
    },
  },
  {
    id: 'reviewer-changes-their-mind',
    title: 'A reviewer reveals another decision than was sealed, one for another mission, one without grounds',
    on: 'rules',
    run: async (arena) => {
      const { id, seats } = seated(arena, 'R1')
      for (const seat of seats) arena.world.send(seat, 'review.commit', id, { task: 't-1', commitment: COMMITMENT })
      const [first] = seats
      const said = decisionOf(id, 1, first!.id, 'approve')
      const reveal = (reason: string, decision: object) =>
        arena.expect(reason, first!, 'review.reveal', id, {
          task: 't-1',
          decision: decision as unknown as Json,
          salt: SALT_HEX,
        })
      await reveal('reveal-matches-the-seal', said)
      await reveal('decision-names-its-place', { ...said, mission: 'another-mission' })
      await reveal('decision-names-its-place', { ...said, reviewer: seats[1]?.id ?? PLANNER.id })
      await reveal('decision-names-its-place', { ...said, attempt: 9 })
      await reveal('field-range', { ...said, reasons: [] })
      await reveal('field-blank', { ...said, reasons: [{ text: '\u200b', references: [] }] })
      await reveal('field-range', { ...said, scores: { ...said.scores, correctness: 101 } })
      await reveal('field-type', { ...said, scores: { ...said.scores, correctness: '95' } })
    },
  },
  {
    id: 'window-closed-early',
    title: 'The runtime closes a review before its window has passed',
    on: 'rules',
    run: async (arena) => {
      const { id } = seated(arena, 'R2')
      await arena.expect('review-window-has-passed', arena.runtime(), 'review.close', id, { task: 't-1' })
    },
  },
  {
    id: 'chosen-randomness',
    title: 'A beacon round that is not genuine, has not come, or comes twice',
    on: 'rules',
    run: async (arena) => {
      const { world } = arena
      arena.missionAt('UnderReview', 'R2')
      const scheme = world.state.founded!.deployment.beacon
      const round = roundAt(scheme, world.now())
      const observe = (reason: string, body: Json) =>
        arena.expect(reason, arena.runtime(), 'beacon.observed', 'beacon', body)
      const { signature } = signRound(beaconSecret(), round)
      await observe('beacon-round-is-genuine', { round, signature: hex(new Uint8Array(48).fill(0xab)) })
      await observe('beacon-round-is-genuine', { round: round - 1, signature })
      await observe('beacon-round-has-come', {
        round: round + 10_000,
        signature: signRound(beaconSecret(), round + 10_000).signature,
      })
      const [known] = world.state.beacons.keys()
      await observe('beacon-round-is-new', {
        round: known ?? 0,
        signature: signRound(beaconSecret(), known ?? 0).signature,
      })
    },
  },
]
