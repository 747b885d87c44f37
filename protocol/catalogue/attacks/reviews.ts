/** Reviews: who is drawn, who speaks, what counts. Source: spec 3.2, 3.4, 5.4. */
import { hex } from '../../wire/bytes.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { roundAt, signRound } from '../../wire/beacon.ts'
import { beaconSecret, deployment } from '../../conformance/missions/deployment.ts'
import { decisionOf, SALT_HEX } from '../../conformance/missions/mission.ts'
import {
  INTEGRATOR,
  machine,
  OWNER,
  person,
  PLANNER,
  REVIEWERS,
  WORKER,
  type Machine,
  type Person,
} from '../../conformance/missions/people.ts'
import { isSeated, reviewKey } from '../../law/review/state.ts'
import type { Attack, Simulation } from './attack.ts'

/** Five reviewers as different as the second tier asks for, but for what is said of each. */
const alike = (more: (one: Machine) => Partial<Machine>): readonly Machine[] =>
  REVIEWERS.map((one) => ({ ...one, ...more(one) }))

/** A machine whose operator lives elsewhere, or works for another house. */
function moved({ operator }: Machine, region: string, organization: string): Partial<Machine> {
  return { operator: person(operator.id, region, organization) }
}

/**
 * A deployment whose registry has these reviewers and no other: a task waits for its draw, the beacon speaks, and
 * nobody is seated. Whoever speaks for a seat all the same holds none.
 */
async function starved(arena: Simulation, reason: string, what: string, tier: string, registered: readonly Machine[]) {
  const there = arena.elsewhere(`${what}, ${tier}`, () => deployment(registered))
  const run = there.missionAt('EvidenceAttached', tier)
  const { byTask } = there.world.state.reviews
  const review = () => byTask.get(reviewKey(run.id, 't-1'))
  there.expectInVain(
    reason,
    `${tier}: ${what}`,
    () => {
      const waiting = review()
      if (waiting?.status === 'awaiting_beacon') there.world.observeRound(waiting.frozen.round)
      const drawn = review()
      return drawn?.status === 'blocked' ? drawn.reason : drawn?.status
    },
    () => run.shown() === 'EvidenceAttached',
  )
  const body = { task: 't-1', commitment: COMMITMENT }
  await there.expect('signer-holds-a-seat', registered[0]!, 'review.commit', run.id, body)
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
    title: 'Reviewers of one model family on R1 and R2',
    on: 'rules',
    run: async (arena) => {
      const one = alike(() => ({ family: 'claude' }))
      for (const tier of ['R1', 'R2']) await starved(arena, 'model_family_diversity', 'one family', tier, one)
    },
  },
  {
    id: 'one-method',
    title: 'Reviewers of one method type on R2',
    on: 'rules',
    run: async (arena) => {
      const one = alike(() => ({ method: 'reasoning_model' }))
      await starved(arena, 'method_type_diversity', 'one method', 'R2', one)
    },
  },
  {
    id: 'one-region-or-house',
    title: 'Reviewers of one region, one organization, one operator, or too few of them',
    on: 'rules',
    run: async (arena) => {
      const tried = (reason: string, what: string, registered: readonly Machine[]) =>
        starved(arena, reason, what, 'R2', registered)
      await tried(
        'region_diversity',
        'one region',
        alike((one) => moved(one, 'EU', one.operator.organization)),
      )
      await tried(
        'organization_diversity',
        'one organization',
        alike((one) => moved(one, one.operator.region, 'ivy')),
      )
      await tried(
        'insufficient_eligible',
        'one operator',
        alike(() => ({ operator: REVIEWERS[0]!.operator })),
      )
      await tried('insufficient_eligible', 'too few', REVIEWERS.slice(1))
    },
  },
  {
    id: 'review-of-ones-own-work',
    title: 'Worker, another machine of their operator, a colleague, the integrator come into the draw',
    on: 'rules',
    run: async (arena) => {
      const fifth = (id: string, operator: Person) => machine(id, operator, 'another', 'reasoning_model')
      for (const [what, one] of [
        ['the worker itself', WORKER],
        ['a machine of the worker’s operator', fifth('sibling', WORKER.operator)],
        ['a machine of the worker’s house', fifth('colleague', person('op-colleague', 'EU', 'birch'))],
        ['a machine of the owner', fifth('owned', OWNER)],
        ['the integrator', INTEGRATOR],
      ] as const) {
        await starved(arena, 'insufficient_eligible', what, 'R2', [one, ...REVIEWERS.slice(1)])
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
