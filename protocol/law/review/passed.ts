/**
 * Who of a frozen pool may not be seated any more: whoever was silent in a seat of the task or left it, whoever is out of
 * service, whoever a severe incident concerns that was opened before the draw's round was public, and whoever has declared a conflict or taken part since.
 *
 * The pool stays as it was frozen, and each seating says whom it passed over: so anyone can draw again (spec 3.4).
 */
import { timeOfRound } from '../../wire/beacon.ts'
import { isEligible } from '../constraints/pool.ts'
import type { World } from '../constraints/world.ts'
import { exclusions } from './exclusions.ts'
import { mayReview } from './selection.ts'
import { isSeated, type Review } from './state.ts'

/** @param out who was silent in a seat of the task, left it or leaves it now @returns in order of id */
export function passedOver(review: Review, out: ReadonlySet<string>, world: World): readonly string[] {
  const { pool, excluded, round } = review.frozen
  const now = exclusions(review.mission, world)
  const unfit = world.unfit(review.tier, timeOfRound(world.deployment.beacon, round))
  const seats = isSeated(review) ? review.seats : undefined
  return pool.members.flatMap((member, i) => {
    if (!isEligible(pool, i) || !mayReview(member, excluded)) return []
    if (out.has(member.id)) return [member.id]
    if (seats?.has(member.id) === true) return []
    return unfit.has(member.id) || !mayReview(member, now) ? [member.id] : []
  })
}
