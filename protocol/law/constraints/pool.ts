/**
 * The reviewers' registry, and what a draw freezes of it.
 *
 * A draw shares the one list of members with every other draw and keeps a bit per member: whether they might sit when
 * it was opened. So a hundred thousand reviewers cost an open draw 12.5 KB, and a change of trust costs the list nothing.
 *
 * Source: spec 3.4.
 */

/** A reviewer as the registry has them; trust is not among it, because it moves. */
export type PoolMember = {
  readonly id: string
  readonly region: string
  readonly organization: string
  readonly operator: string
  readonly modelFamily: string
  readonly methodType: string
}

export type FrozenPool = {
  readonly members: readonly PoolMember[]
  /** Bit `i` of byte `i >> 3`: trusted enough for the tier, active, and of a status that reviews. */
  readonly eligible: Uint8Array
}

export function freeze(members: readonly PoolMember[], maySit: (index: number) => boolean): FrozenPool {
  const eligible = new Uint8Array((members.length + 7) >> 3)
  for (let i = 0; i < members.length; i++) {
    if (maySit(i)) eligible[i >> 3] = (eligible[i >> 3] ?? 0) | (1 << (i & 7))
  }
  return { members, eligible }
}

export function isEligible(pool: FrozenPool, index: number): boolean {
  return (((pool.eligible[index >> 3] ?? 0) >> (index & 7)) & 1) === 1
}
