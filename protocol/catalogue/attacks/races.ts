/** Two who want the same thing in the same millisecond: whoever comes second is decided second. Source: spec 1.3, 11. */
import { reviewKey, isSeated } from '../../law/review/state.ts'
import { lead } from '../../conformance/missions/guards.ts'
import { missionRun } from '../../conformance/missions/mission.ts'
import { WORKER } from '../../conformance/missions/people.ts'
import { upheldAgainst, withPeople } from '../arena/worlds.ts'
import type { Attack, Simulation } from './attack.ts'

const seal = (byte: string) => ({ task: 't-1', commitment: `sha256:${byte.repeat(32)}` })

/** A review under way whose first seat is sealed; answers who holds the other one. */
function lastSeat(there: Simulation, id: string) {
  const run = missionRun(there.world, id, 'R1')
  run.create()
  lead(run, 'UnderReview')
  const review = there.world.state.reviews.byTask.get(reviewKey(id, 't-1'))
  const ids = isSeated(review) ? [...review.seats.keys()] : []
  const [first, last] = there.world.reviewers().filter((one) => ids.includes(one.id))
  there.world.send(first!, 'review.commit', id, seal('11'))
  return last!
}

export const RACES: readonly Attack[] = [
  {
    id: 'race-for-the-last-seat',
    title:
      'The last seat of a review is sealed twice in one moment, or in the very moment in which it is given to another',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('races', () => withPeople())
      const { world } = there
      const last = lastSeat(there, 'm-race-1')
      const second = there.envelope(last, 'review.commit', 'm-race-1', seal('33'))
      world.send(last, 'review.commit', 'm-race-1', seal('22'))
      await there.expectText('seat-is-not-yet-sealed', 'the second seal of one moment', second)

      const late = lastSeat(there, 'm-race-2')
      const review = world.state.reviews.byTask.get(reviewKey('m-race-2', 't-1'))
      world.wait((review?.status === 'sealing' ? review.commitBy : 0) + 1 - world.now())
      const sealed = there.envelope(late, 'review.commit', 'm-race-2', seal('22'))
      world.send(there.runtime(), 'review.close', 'm-race-2', { task: 't-1' })
      await there.expectText('signer-holds-a-seat', 'a seal in the moment of the replacement', sealed)
    },
  },
  {
    id: 'request-races-the-penalty',
    title: 'A machine asks for work in the very moment of the penalty that forbids it, with a command signed before',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('a race with a penalty', () => withPeople())
      const run = missionRun(there.world, 'm-race', 'R1')
      run.create()
      lead(run, 'Decomposed')
      const asked = there.envelope(WORKER, 'mission.start', run.id, { task: 't-1' })
      upheldAgainst(there.world, WORKER.id, 'i-race')
      await there.expectText('machine-is-in-service', 'a task begun in the moment of the penalty', asked)
    },
  },
]
