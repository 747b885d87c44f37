/** The runtime's own signature, under mechanical commands alone: it states what a rule fixes, and decides nothing. */
import { admit, sealedCommand, type AdmittedCommand, type Draft } from '../../protocol/genesis.ts'
import type { Signer } from '../../protocol/wire/dsse.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Clock } from '../ports/clock.ts'

export type Sealer = (draft: Draft, nonce: string) => AdmittedCommand

export function sealerOf(parts: {
  readonly deployment: string
  readonly actor: string
  readonly signer: Signer
  readonly clock: Clock
}): Sealer {
  return (draft, nonce) => {
    const as = { deployment: parts.deployment, actor: parts.actor, issued: parts.clock.now(), nonce }
    const command = admit(sealedCommand(draft, as, parts.signer))
    if (!command.ok) throw new Fault('runtime-command-malformed', { type: draft.type, code: command.error.code })
    return command.value
  }
}
