/**
 * The draw by brute force: every set of the right size, first in rank order first. For pools of a dozen.
 *
 * Written from spec 5.4 alone and sharing nothing with the draw but the rank key, so that agreement means something.
 */
import { rankKey, type Candidate, type DrawInput } from '../../../../protocol/wire/draw.ts'

/** Ids of the whole chamber in rank order; undefined when no valid chamber exists. */
export function firstChamber(input: DrawInput): string[] | undefined {
  const seated = input.seated ?? []
  const candidates = ranked(input)
  const open = input.rules.size - seated.length

  function search(from: number, chosen: readonly Candidate[]): readonly Candidate[] | undefined {
    if (chosen.length === open) return isValid(input, [...seated, ...chosen]) ? chosen : undefined
    for (let i = from; i < candidates.length; i++) {
      const found = search(i + 1, [...chosen, candidates[i]!])
      if (found !== undefined) return found
    }
    return undefined
  }

  const chosen = search(0, [])
  if (chosen === undefined) return undefined
  return [...seated, ...chosen].map((member) => member.id).sort((a, b) => (key(input, a) < key(input, b) ? -1 : 1))
}

/** The blueprint's walk: skip a full region, stop when full, then count regions and organizations. */
export function plainWalk(input: DrawInput): string[] | undefined {
  const chosen: Candidate[] = []
  for (const candidate of ranked(input)) {
    if (chosen.length === input.rules.size) break
    const held = chosen.filter((member) => member.region === candidate.region).length
    if (held < (input.rules.regionCap ?? Infinity)) chosen.push(candidate)
  }
  if (chosen.length < input.rules.size || !isValid(input, chosen)) return undefined
  return chosen.map((member) => member.id)
}

function ranked({ pool, recused, seated = [], seed }: DrawInput): Candidate[] {
  return pool
    .filter(({ id }) => !recused.has(id) && seated.every((member) => member.id !== id))
    .map((candidate) => ({ candidate, key: hex(rankKey(seed, candidate.id)) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ candidate }) => candidate)
}

export function isValid({ pool, rules }: DrawInput, members: readonly Candidate[]): boolean {
  const count = (region: string): number => pool.filter((candidate) => candidate.region === region).length
  const counting = members.filter((member) => count(member.region) >= (rules.regionMinMembers ?? 1))
  const operators = members.map((member) => member.operator ?? member.id)
  return (
    members.length === rules.size &&
    [...new Set(members.map((member) => member.region))].every(
      (region) =>
        members.filter((member) => member.region === region).length <= bound(rules, count(region), pool.length),
    ) &&
    different(counting.map((member) => member.region)) >= rules.minRegions &&
    different(members.map((member) => member.organization)) >= rules.minOrganizations &&
    different(members.map((member) => member.modelFamily)) >= rules.minModelFamilies &&
    different(members.map((member) => member.methodType)) >= rules.minMethodTypes &&
    (!rules.distinctOperators || different(operators) === members.length)
  )
}

function bound(rules: DrawInput['rules'], members: number, total: number): number {
  const cap = rules.regionCap ?? rules.size
  if (rules.regionShareFactor === undefined) return cap
  const tenths = Math.round(Number(rules.regionShareFactor) * 10)
  return Math.min(cap, Math.ceil((tenths * members * rules.size) / (10 * total)))
}

function different(values: readonly (string | undefined)[]): number {
  return new Set(values.filter((value) => value !== undefined)).size
}

function key(input: DrawInput, id: string): string {
  return hex(rankKey(input.seed, id))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
