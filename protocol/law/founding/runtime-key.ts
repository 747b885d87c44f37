/** The runtime's own key: rotated by the founder in phase G0 (spec 2.2). The subject is the runtime's id. */
import { keyHex, timestamp } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import type { EventDraft } from '../constraints/event.ts'
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import { keyIsNew, keyLastsNoLonger } from '../constraints/registration.ts'

const body = Shape.object({ key: keyHex, not_after: timestamp })

export type RotateKey = Shape.Infer<typeof body>

export type RuntimeEvent = EventDraft<'governance.runtime_key_rotated', { by: string; key: string; not_after: string }>

const subjectIsTheRuntime: Constraint<unknown, RotateKey> = {
  id: 'subject-is-the-runtime',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) =>
    command.subject === world.deployment.runtime.id ? undefined : { subject: command.subject },
}

export const rotateKey: CommandType<unknown, RotateKey> = {
  type: 'runtime.rotate_key',
  domain: 'governance',
  effect: 'reversible',
  signers: ['founder'],
  owner: 'the founder, in phase G0',
  subjectKind: 'runtime',
  body,
  constraints: [keyLastsNoLonger((rotated: RotateKey) => rotated.not_after), keyIsNew, subjectIsTheRuntime],
  decide: ({ command, principal }) => [
    {
      event_type: 'governance.runtime_key_rotated',
      subject: command.subject,
      data: { by: principal.id, ...command.body },
    },
  ],
}
