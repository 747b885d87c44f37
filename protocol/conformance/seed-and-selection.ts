/**
 * Seeds, ranks and constrained-random selection (spec 5.4; readings S1–S13).
 *
 * The vectors give the blueprint's plain walk. Where it seats a chamber the draw must seat the same one. Where it
 * fails for diversity the draw must answer with a valid chamber or with a certificate that holds, and which of the
 * two is right is counted here again, by rules written out for this check.
 */
import { hex } from '../wire/bytes.ts'
import {
  checkInfeasibility,
  checkSeating,
  concatSeed,
  draw,
  drawSeed,
  rankKey,
  regionCap,
  type Candidate,
  type DrawInput,
} from '../wire/draw.ts'
import { isEligible, type Standing } from '../wire/draw/eligibility.ts'
import { parseDecimal } from '../wire/draw/rules.ts'
import { Fault } from '../wire/fault.ts'
import { digestBytes, parseDigest } from '../wire/sha256.ts'
import {
  booleanAt,
  bytesAt,
  firstOf,
  isVector,
  listAt,
  numberAt,
  recordsAt,
  same,
  textAt,
  textsAt,
  type Check,
  type Difference,
  type Suite,
  type Vector,
  type VectorFile,
} from './suite.ts'

export const seedAndSelection: Suite = {
  /** Parts of other lengths pin the concatenation; the draw refuses them. */
  seed: (vector) => {
    const parts = partsOf(vector)
    const fixed = Object.values(parts).every((part) => part.length === 32)
    const seed = drawSeed(parts)
    return firstOf(
      same('seed', textAt(vector, 'seed'), hex(concatSeed(parts))),
      same('accept', fixed, seed.ok),
      seed.ok ? same('draw seed', textAt(vector, 'seed'), hex(seed.value)) : undefined,
    )
  },

  seed_from_prefixed_text: (vector) => {
    const seed = drawSeed({
      beacon: bytesAt(vector, 'beacon_hex'),
      previousCommitment: digestAt(vector, 'previous_commitment_hash'),
      nonce: digestAt(vector, 'chamber_nonce'),
    })
    return same('seed', textAt(vector, 'seed'), seed.ok ? hex(seed.value) : seed.error.code)
  },

  seed_bad_input: (vector) => {
    const [beacon, previousCommitment, nonce] = ['beacon_hex', 'prev_hash_hex', 'nonce_hex'].map((field) =>
      vector[field] === null ? null : bytesAt(vector, field),
    ) as [Uint8Array, Uint8Array, Uint8Array]
    return same('reject', booleanAt(vector, 'reject'), !drawSeed({ beacon, previousCommitment, nonce }).ok)
  },

  rank_key: (vector) =>
    same('rank_key', textAt(vector, 'rank_key'), hex(rankKey(bytesAt(vector, 'seed'), textAt(vector, 'actor_id')))),

  region_cap_constitutional: (vector) => checkCap(vector, 'cap'),
  region_cap_float_traps: (vector) => checkCap(vector, 'cap_exact'),

  constitutional: (vector, file) =>
    firstOf(
      same(
        'region_cap',
        numberAt(vector, 'region_cap'),
        regionCap(textAt(vector, 'c_max'), numberAt(vector, 'chamber_size')),
      ),
      checkDraw(vector, file),
    ),
  random_parameters: checkDraw,
  listing_order_irrelevant: checkDraw,

  three_chambers_non_overlapping: (vector, file) => {
    const nonces = textsAt(vector, 'nonces_hex')
    const recusal = [...textsAt(vector, 'initial_recusal')]
    for (const [i, expected] of recordsAt(vector, 'expect').entries()) {
      const size = listAt(vector, 'sizes')[i] as number
      const chamber: Vector = {
        ...vector,
        chamber_size: size,
        nonce_hex: nonces[i],
        region_cap: regionCap(textAt(vector, 'c_max'), size),
        recusal,
        conflicted: [],
        expect: expected,
      }
      const difference = checkDraw(chamber, file)
      if (difference !== undefined) return { ...difference, what: `chamber ${i}: ${difference.what}` }
      const drawn = draw(inputOf(chamber, file))
      if (drawn.ok && drawn.value.outcome === 'seated') recusal.push(...drawn.value.members.map(({ id }) => id))
    }
    return undefined
  },

  replay: (vector, file) =>
    same(
      'replay_matches',
      booleanAt(vector, 'replay_matches'),
      checkSeating(inputOf(vector, file), textsAt(vector, 'claimed')).ok,
    ),

  eligibility: (vector) => {
    const actors = recordsAt(vector, 'actors')
    const eligible = (threshold: number): string[] =>
      actors.filter((actor) => isEligible(standingOf(actor), threshold)).map((actor) => textAt(actor, 'id'))
    return firstOf(
      same('vote_eligible', textsAt(vector, 'vote_eligible'), eligible(700_000)),
      same('proposal_eligible', textsAt(vector, 'proposal_eligible'), eligible(850_000)),
    )
  },

  bad_pools: (vector) => {
    const drawn = draw({
      pool: candidatesOf(listAt(vector, 'pool_inline')),
      rules: rulesOf(numberAt(vector, 'chamber_size'), numberAt(vector, 'region_cap'), 0, 0),
      seed: new Uint8Array(32),
      recused: new Set(),
    })
    return same('recommended', textAt(vector, 'recommended'), drawn.ok ? 'accept' : 'reject')
  },
}

function checkCap(vector: Vector, field: string): ReturnType<Check> {
  return same(field, numberAt(vector, field), regionCap(textAt(vector, 'c_max'), numberAt(vector, 'size')))
}

function checkDraw(vector: Vector, file: VectorFile): Difference | undefined {
  const input = inputOf(vector, file)
  const drawn = draw(input)
  if (!drawn.ok) return same('accept', true, drawn.error.code)
  const { value } = drawn
  const expect = vector['expect']
  if (!isVector(expect)) throw new Fault('vector-malformed', { field: 'expect', expected: 'an object' })
  if ('members' in expect) {
    const members = value.outcome === 'seated' ? value.members.map(({ id }) => id) : value.certificate.reason
    return same('members', textsAt(expect, 'members'), members)
  }
  if (textAt(expect, 'fail_closed') === 'insufficient eligible participants') {
    const answer = value.outcome === 'seated' ? 'seated' : value.certificate.reason
    return same('fail_closed', 'insufficient_eligible', answer)
  }
  if (value.outcome === 'seated') return same('valid chamber', [], faultsOf(input, value.members))
  return firstOf(
    same('certificate holds', true, checkInfeasibility(input, value.certificate).ok),
    same('certificate is about diversity', false, value.certificate.reason === 'insufficient_eligible'),
  )
}

/** What keeps these members from being a valid chamber of the pool. */
function faultsOf({ pool, rules, recused }: DrawInput, members: readonly Candidate[]): string[] {
  const ids = new Set(members.map(({ id }) => id))
  const seats = new Map<string, number>()
  for (const { region } of members) seats.set(region, (seats.get(region) ?? 0) + 1)
  const tests = {
    size: members.length === rules.size && ids.size === rules.size,
    pool: pool.filter(({ id }) => ids.has(id) && !recused.has(id)).length === rules.size,
    cap: [...seats.values()].every((count) => count <= (rules.regionCap ?? rules.size)),
    regions: seats.size >= rules.minRegions,
    organizations: new Set(members.map(({ organization }) => organization)).size >= rules.minOrganizations,
  }
  return Object.entries(tests).flatMap(([name, holds]) => (holds ? [] : [name]))
}

function inputOf(vector: Vector, file: VectorFile): DrawInput {
  const listed = poolOf(textAt(vector, 'pool'), file)
  const pool = 'pool_order' in vector ? listAt(vector, 'pool_order').map((place) => listed[place as number]!) : listed
  const seed = drawSeed(partsOf(vector))
  if (!seed.ok) throw new Fault('vector-malformed', { field: 'seed', expected: 'three times 32 bytes' })
  return {
    pool,
    rules: rulesOf(
      numberAt(vector, 'chamber_size'),
      numberAt(vector, 'region_cap'),
      numberAt(vector, 'min_regions'),
      numberAt(vector, 'min_orgs'),
    ),
    seed: seed.value,
    recused: new Set([...textsAt(vector, 'recusal'), ...textsAt(vector, 'conflicted')]),
  }
}

function rulesOf(size: number, cap: number, minRegions: number, minOrganizations: number): DrawInput['rules'] {
  return {
    size,
    regionCap: cap,
    minRegions,
    minOrganizations,
    minModelFamilies: 0,
    minMethodTypes: 0,
    distinctOperators: false,
  }
}

function partsOf(vector: Vector): { beacon: Uint8Array; previousCommitment: Uint8Array; nonce: Uint8Array } {
  return {
    beacon: bytesAt(vector, 'beacon_hex'),
    previousCommitment: bytesAt(vector, 'prev_hash_hex'),
    nonce: bytesAt(vector, 'nonce_hex'),
  }
}

function digestAt(vector: Vector, field: string): Uint8Array {
  const digest = parseDigest(vector[field])
  if (!digest.ok) throw new Fault('vector-malformed', { field, expected: 'a digest' })
  return digestBytes(digest.value)
}

/** The pools that the cases of a file share, read once. */
const shared = new WeakMap<VectorFile, Map<string, readonly Candidate[]>>()

function poolOf(name: string, file: VectorFile): readonly Candidate[] {
  let pools = shared.get(file)
  if (pools === undefined) shared.set(file, (pools = new Map<string, readonly Candidate[]>()))
  let pool = pools.get(name)
  if (pool === undefined) {
    const listed = file['pools']
    if (!isVector(listed)) throw new Fault('vector-malformed', { field: 'pools', expected: 'an object' })
    pools.set(name, (pool = candidatesOf(listAt(listed, name))))
  }
  return pool
}

/** From `[actor id, region, organization]`. */
function candidatesOf(rows: readonly unknown[]): Candidate[] {
  return (rows as readonly (readonly [string, string, string])[]).map(([id, region, organization]) => ({
    id,
    region,
    organization,
  }))
}

/** Trust decimals round towards zero to whole µT. */
function standingOf(actor: Vector): Standing {
  const decimal = parseDecimal(String(numberAt(actor, 'trust')))
  if (decimal === undefined) throw new Fault('vector-malformed', { field: 'trust', expected: 'a plain decimal' })
  return {
    kind: textAt(actor, 'kind') === 'human' ? 'human' : 'machine',
    verified: booleanAt(actor, 'verified'),
    status: textAt(actor, 'status'),
    trust: Number((decimal.numerator * 1_000_000n) / decimal.denominator),
  }
}
