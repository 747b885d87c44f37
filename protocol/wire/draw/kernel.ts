/**
 * A few candidates that answer for all of them, so that the search does not grow with the pool.
 *
 * With m seats open, any completion can be changed, member by member, into one whose covering members are all kept:
 *
 * - Of candidates that agree in region and in every value still lacking, m with distinct operators are kept. The
 *   other m − 1 members use at most m − 1 operators, so one of the kept can stand in.
 * - Of candidates that agree in all that but the organization, 2m − 1 that differ pairwise in organization and
 *   operator are kept, if there are that many. Each other member uses up one of their organizations and one of
 *   their operators, 2m − 2 at most, so one of the kept can stand in and its organization is new.
 *
 * The argument fixes the other members, so what is kept before the first seat is taken serves for the whole walk.
 */
import { adds, hasRoom, isFresh, lacking, ORGANIZATION, type Member, type Taken } from './taken.ts'

export type Kernel = {
  /** Enough to cover what is lacking. */
  readonly covering: readonly Member[]
  /** Enough to fill the seats that remain when nothing is lacking: 2m operators of each region. */
  readonly filling: readonly Member[]
}

export function kernelOf(taken: Taken, from: Iterable<Member>): Kernel {
  const lacks = lacking(taken)
  const alike = new Map<string, Set<number>>()
  const groups = new Map<string, Member[]>()
  const fillers = Array.from(taken.capacity, () => new Set<number>())
  const filling: Member[] = []
  for (const member of from) {
    if (!hasRoom(taken, member)) continue
    const operators = fillers[member.region]!
    if (operators.size < 2 * taken.seats && !operators.has(member.operator)) {
      operators.add(member.operator)
      filling.push(member)
    }
    const shown = adds(taken, member, lacks)
    if (shown.every((value) => value < 0)) continue
    if (!admit(alike, `${member.region} ${shown.join(' ')}`, member.operator, taken.seats)) continue
    shown[ORGANIZATION] = -1
    const group = `${member.region} ${shown.join(' ')}`
    const list = groups.get(group)
    if (list === undefined) groups.set(group, [member])
    else list.push(member)
  }
  const covering = [...groups.values()].flatMap((list) =>
    lacks[ORGANIZATION] === 0 ? list : (differing(taken, list, 2 * taken.seats - 1) ?? list),
  )
  return { covering, filling }
}

/** Notes the operator under the key, up to `most` different ones; false when it is not needed. */
function admit(seen: Map<string, Set<number>>, key: string, operator: number, most: number): boolean {
  const operators = seen.get(key)
  if (operators === undefined) {
    seen.set(key, new Set([operator]))
    return true
  }
  if (operators.size >= most || operators.has(operator)) return false
  operators.add(operator)
  return true
}

/** `count` members with fresh organizations that differ pairwise in organization and operator. */
function differing(taken: Taken, list: readonly Member[], count: number): Member[] | undefined {
  const organizations = new Set<number>()
  const operators = new Set<number>()
  const out: Member[] = []
  for (const member of list) {
    const organization = member.values[ORGANIZATION]!
    if (!isFresh(taken, member, ORGANIZATION)) continue
    if (organizations.has(organization) || operators.has(member.operator)) continue
    organizations.add(organization)
    operators.add(member.operator)
    out.push(member)
    if (out.length === count) return out
  }
  return undefined
}
