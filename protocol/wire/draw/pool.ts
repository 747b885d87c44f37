/**
 * A frozen pool, checked once and turned into numbers: what every other part of the draw works on.
 *
 * A pool is refused as a whole, never mended: an id twice would hold two seats, an empty region or organization
 * would count as diversity. Ids are compared as they stand; nothing is normalised.
 *
 * Regions are numbered by name, so that no number depends on the order of the pool. `members` counts a region's candidates before recusals, so that a
 * recusal can neither make a region too small to count nor change its share of the seats.
 *
 * Errors: `draw-seed`, `draw-rule`, `draw-too-many-seats`, `draw-candidate-id`, `draw-candidate-code`,
 * `draw-duplicate-id`, `draw-seated-twice`, `draw-seated-recused`, `draw-seated-differs`, `draw-seated-too-many`,
 * `draw-seated-over-cap`, `draw-seated-operator`.
 * Source: spec 5.4; reading S5.
 */
import { malformed, type Malformed } from '../malformed.ts'
import { ok, type Result } from '../result.ts'
import { rankWords } from './rank-words.ts'
import { checkRules, regionShareCeiling, type Candidate, type DrawRules } from './rules.ts'
import { SEED_BYTES } from './seed.ts'

export type DrawInput = {
  /** The frozen pool, recused members included. Its order does not matter. */
  readonly pool: readonly Candidate[]
  readonly rules: DrawRules
  readonly seed: Uint8Array
  /** Recused and conflicted ids. Ids that are not in the pool are ignored. */
  readonly recused: ReadonlySet<string>
  /** Members who keep their seats; the rest is drawn so that the whole is valid. */
  readonly seated?: readonly Candidate[]
}

export type Pool = {
  readonly input: DrawInput
  /** Seats still to fill. */
  readonly seats: number
  readonly seated: readonly Candidate[]
  readonly seatedIds: ReadonlySet<string>
  /** First word of each candidate's rank. */
  readonly words: Uint32Array
  /** Number of each candidate's region. */
  readonly regionOf: Int32Array
  readonly regionNumbers: ReadonlyMap<string, number>
  /** Candidates of each region, the recused and the sitting included. */
  readonly members: Int32Array
  /** Seats each region may still take, at most `seats`. */
  readonly capacity: Int32Array
  /** 1: the region counts toward the minimum of regions. */
  readonly counting: Uint8Array
}

export function operatorOf(candidate: Candidate): string {
  return candidate.operator ?? candidate.id
}

/** Neither recused nor already sitting. */
export function mayBeDrawn(pool: Pool, index: number): boolean {
  const id = pool.input.pool[index]!.id
  return !pool.input.recused.has(id) && !pool.seatedIds.has(id)
}

export function checkPool(input: DrawInput): Result<Pool, Malformed> {
  const { rules, seed } = input
  const rulesChecked = checkRules(rules)
  if (!rulesChecked.ok) return rulesChecked
  if (seed.length !== SEED_BYTES) return malformed('draw-seed', { bytes: seed.length }, '/seed')
  const ranked = rankPool(input)
  if (!ranked.ok) return ranked
  const seated = input.seated ?? []
  const seatedChecked = checkSeated(input, seated)
  if (!seatedChecked.ok) return seatedChecked

  const regions = numberRegions(input.pool, ranked.value.appearances, ranked.value.regionOf, seated)
  const seats = rules.size - seated.length
  const bounds = Array.from(regions.members, (members) => bound(rules, members, input.pool.length))
  for (const { region } of seated) {
    const left = --bounds[regions.numbers.get(region)!]!
    if (left < 0) return malformed('draw-seated-over-cap', { region }, '/seated')
  }
  const minMembers = rules.regionMinMembers ?? 1
  return ok({
    input,
    seats,
    seated,
    seatedIds: new Set(seated.map((member) => member.id)),
    words: ranked.value.words,
    regionOf: ranked.value.regionOf,
    regionNumbers: regions.numbers,
    members: regions.members,
    capacity: Int32Array.from(bounds, (left) => Math.min(left, seats)),
    counting: Uint8Array.from(regions.members, (members) => (Math.max(members, 1) >= minMembers ? 1 : 0)),
  })
}

type Ranked = {
  readonly words: Uint32Array
  /** Regions numbered as they appear, until `numberRegions`. */
  readonly regionOf: Int32Array
  readonly appearances: ReadonlyMap<string, number>
}

/** One pass over a pool of any size. */
function rankPool({ pool, rules, seed }: DrawInput): Result<Ranked, Malformed> {
  const words = new Uint32Array(pool.length)
  const regionOf = new Int32Array(pool.length)
  const appearances = new Map<string, number>()
  const wordOf = rankWords(seed)
  for (let i = 0; i < pool.length; i++) {
    const candidate = pool[i]!
    const fault = faultOf(candidate, rules)
    if (fault !== undefined) return malformed(fault.code, { field: fault.field }, `/pool/${i}`)
    words[i] = wordOf(candidate.id)
    regionOf[i] = numberOf(appearances, candidate.region)
  }
  const duplicate = duplicateId(pool, words)
  if (duplicate !== undefined) return malformed('draw-duplicate-id', { id: duplicate }, '/pool')
  return ok({ words, regionOf, appearances })
}

/** Numbers regions by name, in `regionOf` too, and counts their members. */
function numberRegions(
  pool: readonly Candidate[],
  appearances: ReadonlyMap<string, number>,
  regionOf: Int32Array,
  seated: readonly Candidate[],
): { numbers: ReadonlyMap<string, number>; members: Int32Array } {
  const names = [...new Set([...appearances.keys(), ...seated.map(({ region }) => region)])].toSorted()
  const numbers = new Map(names.map((name, number) => [name, number]))
  const byAppearance = Int32Array.from(appearances.keys(), (name) => numbers.get(name)!)
  const members = new Int32Array(names.length)
  for (let i = 0; i < pool.length; i++) {
    const number = byAppearance[regionOf[i]!]!
    regionOf[i] = number
    members[number]!++
  }
  return { numbers, members }
}

/** Most seats a region may hold in all: the cap and its share, whichever is lower. */
function bound(rules: DrawRules, members: number, total: number): number {
  const cap = Math.min(rules.regionCap ?? rules.size, rules.size)
  if (rules.regionShareFactor === undefined || total === 0) return cap
  return Math.min(cap, regionShareCeiling(rules.regionShareFactor, members, total, rules.size))
}

function faultOf(candidate: Candidate, rules: DrawRules): { code: string; field: string } | undefined {
  if (!isName(candidate.id) || !candidate.id.isWellFormed()) return { code: 'draw-candidate-id', field: 'id' }
  if (!isName(candidate.region)) return missing('region')
  if (!isName(candidate.organization)) return missing('organization')
  if (candidate.operator !== undefined && !isName(candidate.operator)) return missing('operator')
  if (!isGiven(candidate.modelFamily, rules.minModelFamilies)) return missing('modelFamily')
  if (!isGiven(candidate.methodType, rules.minMethodTypes)) return missing('methodType')
  return undefined
}

function missing(field: string): { code: string; field: string } {
  return { code: 'draw-candidate-code', field }
}

function isName(value: string): boolean {
  return typeof value === 'string' && value.length > 0
}

/** May be absent where nothing is asked of it. */
function isGiven(value: string | undefined, min: number): boolean {
  return value === undefined ? min === 0 : isName(value)
}

/** The number of a name, the next one if it is new. */
export function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}

/** Equal ids have equal ranks, so only candidates with equal words are compared. */
function duplicateId(pool: readonly Candidate[], words: Uint32Array): string | undefined {
  let slots = 16
  while (slots < 2 * words.length) slots *= 2
  const table = new Int32Array(slots)
  const mask = slots - 1
  for (let i = 0; i < words.length; i++) {
    let at = words[i]! & mask
    for (;;) {
      const other = table[at]! - 1
      if (other < 0) break
      if (words[other] === words[i] && pool[other]!.id === pool[i]!.id) return pool[i]!.id
      at = (at + 1) & mask
    }
    table[at] = i + 1
  }
  return undefined
}

function checkSeated(input: DrawInput, seated: readonly Candidate[]): Result<void, Malformed> {
  if (seated.length === 0) return ok(undefined)
  if (seated.length > input.rules.size) {
    return malformed('draw-seated-too-many', { seated: seated.length, size: input.rules.size }, '/seated')
  }
  const byId = new Map<string, Candidate>()
  const operators = new Set<string>()
  for (const [i, member] of seated.entries()) {
    const path = `/seated/${i}`
    const fault = faultOf(member, input.rules)
    if (fault !== undefined) return malformed(fault.code, { field: fault.field }, path)
    if (byId.has(member.id)) return malformed('draw-seated-twice', { id: member.id }, path)
    if (input.recused.has(member.id)) return malformed('draw-seated-recused', { id: member.id }, path)
    if (input.rules.distinctOperators && operators.has(operatorOf(member))) {
      return malformed('draw-seated-operator', { operator: operatorOf(member) }, path)
    }
    byId.set(member.id, member)
    operators.add(operatorOf(member))
  }
  for (const candidate of input.pool) {
    const member = byId.get(candidate.id)
    if (member !== undefined && !sameCodes(candidate, member)) {
      return malformed('draw-seated-differs', { id: member.id }, '/seated')
    }
  }
  return ok(undefined)
}

function sameCodes(a: Candidate, b: Candidate): boolean {
  return (
    a.region === b.region &&
    a.organization === b.organization &&
    a.operator === b.operator &&
    a.modelFamily === b.modelFamily &&
    a.methodType === b.methodType
  )
}
