/** The bodies of identity commands. The subject is the human's id. Source: spec 5.2, 2.5. */
import { actorId, keyHex, timestamp, walletAddress } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { binding, organization, purpose, region } from '../constraints/codes.ts'

export const attest = Shape.object({
  wallet: walletAddress,
  region,
  organization,
  key: keyHex,
  key_purpose: purpose,
  key_not_after: timestamp,
  binding,
})
export type Attest = Shape.Infer<typeof attest>

export const bindKey = Shape.object({ key: keyHex, purpose, not_after: timestamp, binding })
export type BindKey = Shape.Infer<typeof bindKey>

export const revokeKey = Shape.object({ key: keyHex })
export type RevokeKey = Shape.Infer<typeof revokeKey>

/** With one actor, or with a whole house. */
export const conflict = Shape.tagged('with', {
  actor: Shape.object({ actor: actorId }),
  organization: Shape.object({ organization }),
})
export type Conflict = Shape.Infer<typeof conflict>

export const enroll = Shape.object({})
export type Enroll = Shape.Infer<typeof enroll>
