/**
 * The draw of a task's reviewers: who may be drawn, from which pool, by which seed.
 *
 *     seed = SHA-256( beacon randomness ‖ last commitment hash ‖ nonce ),  nonce = SHA-256( mission ‖ task ‖ draw )
 *
 * The pool, the last commitment and the nonce are those of the entry that attached the evidence; the beacon round
 * lies after it. So neither worker nor sequencer can choose, and anyone can draw again.
 *
 * `mission` and `task` enter the nonce as their SHA-256 and the number of the draw as eight big-endian bytes, so
 * that no two places share a nonce.
 *
 * Source: spec 3.2, 3.4, 5.4.
 */
import { concat, fromHex, utf8 } from '../../wire/bytes.ts'
import { draw, drawSeed, type Candidate, type Drawn, type DrawRules } from '../../wire/draw.ts'
import type { Malformed } from '../../wire/malformed.ts'
import type { Result } from '../../wire/result.ts'
import { digestBytes, digestOfHash, hash, type Digest } from '../../wire/sha256.ts'
import { isEligible, type PoolMember } from '../constraints/pool.ts'
import type { Topology } from '../constitution/topology.ts'
import type { Exclusions, SeatFacts } from './event.ts'
import type { FrozenDraw } from './state.ts'

export function reviewNonce(mission: string, task: string, draw: number): Digest {
  const number = new Uint8Array(8)
  new DataView(number.buffer).setBigUint64(0, BigInt(draw))
  return digestOfHash(hash(concat(hash(utf8(mission)), hash(utf8(task)), number)))
}

export function rulesOf(topology: Topology): DrawRules {
  return {
    size: topology.reviewers,
    regionCap: undefined,
    minRegions: topology.minRegions,
    minOrganizations: topology.minOrganizations,
    minModelFamilies: topology.minModelFamilies,
    minMethodTypes: topology.minMethodTypes,
    distinctOperators: true,
  }
}

/** Nothing to the mission that would make the review their own. */
export function mayReview(member: PoolMember, excluded: Exclusions): boolean {
  return (
    !excluded.actors.includes(member.id) &&
    !excluded.actors.includes(member.operator) &&
    !excluded.operators.includes(member.operator) &&
    !excluded.organizations.includes(member.organization)
  )
}

/**
 * Draw the seats that are not `seated`. Errors: those of the draw itself (a pool or a seed that is not one).
 *
 * @param recused actors who may not be drawn although the frozen pool holds them: those who were silent
 */
export function drawReviewers(
  frozen: FrozenDraw,
  topology: Topology,
  randomness: string,
  seated: readonly SeatFacts[],
  recused: ReadonlySet<string>,
): { seed: string; drawn: Result<Drawn, Malformed> } {
  const seed = seedOf(frozen, randomness)
  if (!seed.ok) return { seed: '', drawn: seed }
  const pool = frozen.pool.members
    .filter((member, i) => isEligible(frozen.pool, i) && !recused.has(member.id) && mayReview(member, frozen.excluded))
    .map(candidateOf)
  const sitting = seated.map((seat) => ({
    id: seat.id,
    operator: seat.operator,
    region: seat.region,
    organization: seat.organization,
    modelFamily: seat.model_family,
    methodType: seat.method_type,
  }))
  const drawn = draw({ pool, rules: rulesOf(topology), seed: seed.value, recused: NOBODY, seated: sitting })
  return { seed: digestOfHash(seed.value), drawn }
}

const NOBODY: ReadonlySet<string> = new Set()

function seedOf(frozen: FrozenDraw, randomness: string): Result<Uint8Array, Malformed> {
  const beacon = fromHex(randomness)
  if (!beacon.ok) return beacon
  return drawSeed({
    beacon: beacon.value,
    previousCommitment: digestBytes(frozen.previousCommitment as Digest),
    nonce: digestBytes(frozen.nonce as Digest),
  })
}

function candidateOf(member: PoolMember): Candidate {
  const { id, region, organization, operator, modelFamily, methodType } = member
  return { id, region, organization, operator, modelFamily, methodType }
}

export function seatOf(candidate: Candidate): SeatFacts {
  return {
    id: candidate.id,
    operator: candidate.operator ?? candidate.id,
    region: candidate.region,
    organization: candidate.organization,
    model_family: candidate.modelFamily ?? '',
    method_type: candidate.methodType ?? '',
  }
}
