/**
 * The draw of a panel: the same constrained-random selection as a task's reviewers, over humans.
 *
 *     seed = SHA-256( beacon randomness ‖ last commitment hash ‖ nonce )
 *     nonce = SHA-256( SHA-256('genesis.panel.v1') ‖ SHA-256(panel) ‖ draw ),  draw as eight big-endian bytes
 *
 * Pool, last commitment and nonce are those of the entry that opens the draw; the beacon round lies after it.
 *
 * Source: spec 3.5, 3.6, 5.4.
 */
import { concat, fromHex, utf8 } from '../../wire/bytes.ts'
import { draw, drawSeed, type Candidate, type Drawn } from '../../wire/draw.ts'
import type { Malformed } from '../../wire/malformed.ts'
import type { Result } from '../../wire/result.ts'
import { digestBytes, digestHex, digestOfHash, hash, type Digest } from '../../wire/sha256.ts'
import { PANEL_PREFIX } from '../constraints/codes.ts'
import { isEligible } from '../constraints/pool.ts'
import type { About, MemberFacts } from './event.ts'
import type { FrozenPanel, PanelRules } from './state.ts'

const TAG = hash(utf8('genesis.panel.v1'))

/** A panel's own name, made from what it is about: one matter, one panel. */
export function panelId(about: About): string {
  const parts = about.kind === 'task' ? [about.mission, about.task, String(about.attempt)] : [about.appeal]
  const named = concat(TAG, hash(utf8(about.kind)), ...parts.map((part) => hash(utf8(part))))
  return `${PANEL_PREFIX}${digestHex(digestOfHash(hash(named))).slice(0, 32)}`
}

export function panelNonce(panel: string, draw: number): Digest {
  const number = new Uint8Array(8)
  new DataView(number.buffer).setBigUint64(0, BigInt(draw))
  return digestOfHash(hash(concat(TAG, hash(utf8(panel)), number)))
}

/**
 * Draw the seats that are not `seated`. Errors: those of the draw itself (a pool or a seed that is not one).
 *
 * @param passed who of the frozen pool may not be seated any more (passed.ts)
 */
export function drawPanel(
  frozen: FrozenPanel,
  rules: PanelRules,
  randomness: string,
  seated: readonly MemberFacts[],
  passed: readonly string[],
): { seed: string; drawn: Result<Drawn, Malformed> } {
  const beacon = fromHex(randomness)
  if (!beacon.ok) return { seed: '', drawn: beacon }
  const seed = drawSeed({
    beacon: beacon.value,
    previousCommitment: digestBytes(frozen.previousCommitment as Digest),
    nonce: digestBytes(frozen.nonce as Digest),
  })
  if (!seed.ok) return { seed: '', drawn: seed }
  const { actors, organizations } = frozen.excluded
  const out = new Set([...actors, ...passed])
  const houses = new Set(organizations)
  const pool: readonly Candidate[] = frozen.pool.members
    .filter((member, i) => isEligible(frozen.pool, i) && !out.has(member.id) && !houses.has(member.organization))
    .map(({ id, region, organization }) => ({ id, region, organization }))
  const drawn = draw({
    pool,
    rules: {
      size: rules.size,
      regionCap: undefined,
      minRegions: rules.minRegions,
      minOrganizations: rules.minOrganizations,
      minModelFamilies: 0,
      minMethodTypes: 0,
      distinctOperators: false,
    },
    seed: seed.value,
    recused: NOBODY,
    seated,
  })
  return { seed: digestOfHash(seed.value), drawn }
}

const NOBODY: ReadonlySet<string> = new Set()

export function memberOf({ id, region, organization }: Candidate): MemberFacts {
  return { id, region, organization }
}
