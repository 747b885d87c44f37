/** The bodies of machine commands. The subject is the machine's id. Source: spec 4.5, 3.4. */
import { registryAccount, tokenId } from '../../wire/agent-registry.ts'
import { actShape } from '../../wire/act.ts'
import { envelopeShape } from '../../wire/dsse.ts'
import { actorId, digest, keyHex, subjectId, timestamp } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { TEXT_MAX } from '../constraints/limits.ts'

/** One spelling per family, so that no variant counts as another. */
export const modelFamily = Shape.string({ max: 64, pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/ })

export const register = Shape.object({
  model_family: modelFamily,
  method_type: Shape.string({ min: 1, max: 64 }),
  /** Digest of the model's fingerprint: what tells this model in this setting from another. */
  fingerprint: digest,
  key: keyHex,
  key_not_after: timestamp,
  /** Earlier identities of the same system. */
  lineage: Shape.array(actorId, { max: 32, distinct: true }),
  /** Whether it may be drawn as a reviewer. */
  reviews: Shape.boolean(),
})
export type Register = Shape.Infer<typeof register>

export const addKey = Shape.object({ key: keyHex, not_after: timestamp })
export type AddKey = Shape.Infer<typeof addKey>

export const revokeKey = Shape.object({ key: keyHex })
export type RevokeKey = Shape.Infer<typeof revokeKey>

/** The fingerprint of what the machine runs as now. */
export const declareEnvironment = Shape.object({ fingerprint: digest })
export type DeclareEnvironment = Shape.Infer<typeof declareEnvironment>

export const linkAgent = Shape.object({
  /** The ERC-8004 identity registry, as a CAIP-10 account. */
  registry: registryAccount,
  agent_id: tokenId,
})
export type LinkAgent = Shape.Infer<typeof linkAgent>

/** The results stand in the evidence, in millionths (wire/examination.ts). */
export const recertify = Shape.object({ evidence: envelopeShape })
export type Recertify = Shape.Infer<typeof recertify>

export const signRecertification = Shape.object({ application: digest })
export type SignRecertification = Shape.Infer<typeof signRecertification>

export const decommission = Shape.object({
  /** The upheld incident that proves the malice. */
  incident: subjectId,
  reason: Shape.text({ max: TEXT_MAX }),
  act: actShape,
})
export type Decommission = Shape.Infer<typeof decommission>
