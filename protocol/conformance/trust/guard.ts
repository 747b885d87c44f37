/** The delta guard and the quorum that a suspended gain waits for, as the vectors have them. */
import { constitution } from './in-force.ts'
import { revalidation, type RevalidationSigner } from '../../law/trust/rules/quorum.ts'
import { step, type Standing } from '../../law/trust/rules/step.ts'
import {
  booleanAt,
  firstOf,
  numberAt,
  recordsAt,
  same,
  textAt,
  type Check,
  type Difference,
  type Vector,
} from '../suite.ts'
import { fieldsOf, micro, near } from './figures.ts'

const FREE = { floor: 0, cap: 1_000_000, perEpoch: 1_000_000, perWindow: Number.MAX_SAFE_INTEGER }

export const heldWithPenalty: Check = (vector) => {
  const fast = micro(numberAt(vector, 'delta_fast'), 'delta_fast')
  const cause = { gain: micro(vector.gain, 'gain'), penalty: micro(vector.penalty, 'penalty'), decay: 0 }
  const made = step({ trust: micro(vector.T_now, 'T_now'), risen: 0, grown: 0 }, cause, { ...FREE, fast })
  const recommended = fieldsOf(vector, 'recommended')
  return firstOf(
    same('gain_suspended', recommended.gain_suspended, made.held > 0),
    near('T_next', recommended.T_next, made.to),
  )
}

export const oneEpoch: Check = (vector) => {
  const outcomes = played(vector)
  const expected = recordsAt(vector, 'events')
  for (const [i, { suspended, to }] of outcomes.entries()) {
    const difference = firstOf(
      same(`events[${i}].suspended`, expected[i]?.suspended, suspended),
      near(`events[${i}].T_after`, expected[i]?.T_after, to),
    )
    if (difference !== undefined) return difference
  }
  return undefined
}

/** The fall before it makes no room: what counts is the gross rise. */
export const fallThenRise: Check = (vector) => {
  const outcomes = played(vector)
  return firstOf(same('first', false, outcomes[0]?.suspended), same('second', true, outcomes[1]?.suspended))
}

function played(vector: Vector): readonly { suspended: boolean; to: number }[] {
  const fast = 'delta_fast' in vector ? micro(vector.delta_fast, 'delta_fast') : constitution.trust.fastElevation
  let standing: Standing = { trust: micro(vector.T_epoch_start, 'T_epoch_start'), risen: 0, grown: 0 }
  return recordsAt(vector, 'events').map(({ gain = 0, penalty = 0 }) => {
    const cause = { gain: micro(gain, 'gain'), penalty: micro(penalty, 'penalty'), decay: 0 }
    const { to, held } = step(standing, cause, { ...FREE, fast })
    const rise = Math.max(0, to - standing.trust)
    standing = { trust: to, risen: standing.risen + rise, grown: 0 }
    return { suspended: held > 0, to }
  })
}

/** The quorum of the constitution's own phase, over the signatures that are valid. */
export const quorum: Check = (vector) => {
  const result = counted(vector)
  const { humans, regions, organizations } = constitution.phaseRules(textAt(vector, 'phase'))?.elevation ?? NONE
  return firstOf(
    same('quorum', fieldsOf(vector, 'quorum'), { q_h: humans, r_h: regions, o_h: organizations }),
    same('valid_signers', numberAt(vector, 'valid_signers'), result.valid.length),
    same('regions', numberAt(vector, 'regions'), result.regions),
    same('orgs', numberAt(vector, 'orgs'), result.organizations),
    same('passes', booleanAt(vector, 'passes'), result.passes),
  )
}

const NONE = { humans: 0, regions: 0, organizations: 0 }

export const highTrust: Check = (vector): Difference | undefined =>
  same('passes', booleanAt(vector, 'recommended'), counted(vector).passes)

export const withoutQuorum: Check = (vector): Difference | undefined =>
  same('passes', booleanAt(vector, 'recommended_passes'), counted(vector).passes)

function counted(vector: Vector) {
  const signers = recordsAt(vector, 'signers')
    .filter((signer) => booleanAt(signer, 'signature_valid'))
    .map((signer): RevalidationSigner => ({
      id: textAt(signer, 'id'),
      kind: textAt(signer, 'kind') === 'human' ? 'human' : 'machine',
      trust: micro(signer.trust, 'trust'),
      region: textAt(signer, 'region'),
      organization: textAt(signer, 'org'),
      conflict: booleanAt(signer, 'conflict'),
    }))
  const beneficiary = { id: typeof vector.subject === 'string' ? vector.subject : '', organization: undefined }
  const rules = constitution.phaseRules(textAt(vector, 'phase'))?.elevation
  return revalidation(signers, beneficiary, rules, constitution.eligibility.propose)
}
