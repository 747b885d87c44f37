/**
 * Largest assignment of names to regions: each name to at most one region it occurs in, each region at most
 * `capacity` names.
 *
 * Augmenting paths (Kuhn): a region that wants one more name may take one from another region, if that region finds
 * a replacement. Regions that already hold names never lose any, which is what the argument in `chamber.ts` rests
 * on. O(target · edges).
 */

/**
 * @param namesOf the names that occur in each region, each at most once
 * @param target counting stops here
 * @param without a name to leave out
 */
export function assign(
  namesOf: readonly (readonly number[])[],
  capacity: (region: number) => number,
  target: number,
  without = -1,
): Map<number, number> {
  const holder = new Map<number, number>()
  let tried = new Set<number>()

  function augment(region: number): boolean {
    tried.add(region)
    const names = namesOf[region]!
    for (const name of names) {
      if (name === without || holder.has(name)) continue
      holder.set(name, region)
      return true
    }
    for (const name of names) {
      if (name === without) continue
      const other = holder.get(name)!
      if (tried.has(other) || !augment(other)) continue
      holder.set(name, region)
      return true
    }
    return false
  }

  for (let region = 0; region < namesOf.length; region++) {
    for (let seat = capacity(region); seat > 0 && holder.size < target; seat--) {
      tried = new Set()
      if (!augment(region)) break
    }
  }
  return holder
}
