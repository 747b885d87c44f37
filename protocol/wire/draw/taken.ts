/**
 * Members taken so far for a reviewer set: what they use up (seats, region room, operators) and what they show.
 *
 * Values are numbers: in each dimension a candidate shows one, or −1 where what it shows does not count.
 */
export const DIMENSIONS = ['regions', 'organizations', 'modelFamilies', 'methodTypes'] as const
export const ORGANIZATION = 1

export type Member = {
  /** Place in the pool; −1 for one who is only supposed. */
  readonly index: number
  readonly region: number
  readonly operator: number
  readonly values: readonly number[]
}

export type Taken = {
  /** Seats still open. */
  seats: number
  readonly capacity: Int32Array
  readonly operators: Set<number>
  readonly required: readonly number[]
  /** In each dimension, how many members show a value. */
  readonly shown: readonly Map<number, number>[]
}

export function seat(taken: Taken, member: Member): void {
  taken.seats--
  taken.capacity[member.region]!--
  taken.operators.add(member.operator)
  member.values.forEach((value, d) => {
    if (value >= 0) taken.shown[d]!.set(value, (taken.shown[d]!.get(value) ?? 0) + 1)
  })
}

/** Takes back what `seat` did. */
export function unseat(taken: Taken, member: Member): void {
  taken.seats++
  taken.capacity[member.region]!++
  taken.operators.delete(member.operator)
  member.values.forEach((value, d) => {
    if (value < 0) return
    const left = taken.shown[d]!.get(value)! - 1
    if (left === 0) taken.shown[d]!.delete(value)
    else taken.shown[d]!.set(value, left)
  })
}

export function hasRoom(taken: Taken, member: Member): boolean {
  return taken.seats > 0 && taken.capacity[member.region]! > 0 && !taken.operators.has(member.operator)
}

/** How many values each dimension still lacks. */
export function lacking(taken: Taken): number[] {
  return taken.required.map((required, d) => Math.max(0, required - taken.shown[d]!.size))
}

export function isFresh(taken: Taken, member: Member, d: number): boolean {
  const value = member.values[d]!
  return value >= 0 && !taken.shown[d]!.has(value)
}

/** What a member shows that is still lacking: its value there, −1 elsewhere. */
export function adds(taken: Taken, member: Member, lacks: readonly number[]): number[] {
  return member.values.map((value, d) => (lacks[d]! > 0 && isFresh(taken, member, d) ? value : -1))
}
