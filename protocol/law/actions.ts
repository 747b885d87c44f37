/**
 * «Which actions keep the system valid?» For a subject and an actor: every command that exists for it, and for each
 * whether it is allowed, blocked (by what), or needs input before that can be told (spec 1.3).
 */
import type { Millis } from '../wire/time.ts'
import { allCommandTypes, type Registered } from './commands.ts'
import type { Command } from './constraints/kernel.ts'
import type { Violation } from './constraints/violation.ts'
import type { Actor } from './constraints/world.ts'
import type { State } from './state.ts'
import { worldOf } from './world.ts'

export type Action = {
  readonly type: string
  readonly effect: string
  readonly answer: 'allowed' | 'blocked' | 'needs-input'
  readonly violations: readonly Violation[]
}

export function actionsFor(state: State, subject: string, actor: string, at: Millis): readonly Action[] {
  if (state.founded === undefined) return []
  const world = worldOf(state)
  const principal: Actor = world.actor(actor) ?? { kind: 'stranger', id: actor }
  const kind = world.kindOf(subject)
  const moment = { seq: state.books.next, at, signatures: [], principal }
  return allCommandTypes()
    .filter((type) => (kind === undefined ? type.creates : type.subjectKind === kind && !type.creates))
    .map((type) => {
      const command = asked(type, subject, actor, at, world.revision(subject))
      const violations = type.blocks(command, state, world, moment)
      const answer = violations.length > 0 ? 'blocked' : type.bodyOptional ? 'allowed' : 'needs-input'
      return { type: type.type, effect: type.effect, answer, violations }
    })
}

function asked(type: Registered, subject: string, actor: string, at: Millis, revision: number): Command {
  return {
    type: type.type,
    actor,
    subject,
    nonce: '',
    issued: at,
    expires: at,
    expects: revision,
    grounds: [],
    urgent: false,
    body: {},
  }
}
