/** What came of a command, as whole values to compare. Every refusal is also checked to have changed nothing. */
import assert from 'node:assert/strict'
import type { Violation } from '../../../protocol/law/constraints/violation.ts'
import { admit, type Recorded, type Refusal } from '../../../protocol/genesis.ts'
import { digestOfSubjects, digestOfWhole } from './digest-of-state.ts'
import type { Bench, Options, Sender } from './world.ts'

/** Why a command is withheld: all violations, strongest first. Every subject is bit for bit as before. */
export function withholds(
  bench: Bench,
  sender: Sender,
  type: string,
  subject: string,
  body: unknown,
  options?: Options,
): readonly Violation[] {
  const before = digestOfSubjects(bench.state)
  const recorded = bench.send(sender, type, subject, body, options)
  assert.equal(digestOfSubjects(bench.state), before, 'a withheld command changed a subject')
  return violationsOf(recorded)
}

export function violationsOf(recorded: Recorded): readonly Violation[] {
  assert.ok(recorded.kind === 'entry', told(recorded))
  assert.equal(recorded.entry.outcome, 'withheld', told(recorded))
  return recorded.entry.violations
}

/** Why a command is not even recorded. The whole state is bit for bit as before, the books too. */
export function refuses(bench: Bench, envelope: string): Refusal {
  const before = digestOfWhole(bench.state)
  const recorded = bench.give(envelope)
  assert.ok(recorded.kind === 'refused', told(recorded))
  assert.equal(digestOfWhole(bench.state), before, 'a refused command changed the state')
  return recorded.refusal
}

/** What came of a command, short enough for a test's message. */
export function told(recorded: Recorded): string {
  if (recorded.kind !== 'entry') return JSON.stringify(recorded)
  const { outcome, violations, events } = recorded.entry
  return `${outcome} ${JSON.stringify(outcome === 'withheld' ? violations : events.map((event) => event.event_type))}`
}

/** Why bytes are no command, as `code` or `code at path`. */
export function faultOf(input: string | Uint8Array): string {
  const command = admit(input)
  assert.ok(!command.ok, 'it was admitted')
  const { code, path } = command.error
  return path === undefined ? code : `${code} ${path}`
}

/** One violation, written as tests compare it. */
export function violation(level: Violation['level'], constraint: string, params: Violation['params'] = {}): Violation {
  return { constraint, level, params }
}

export const physical = (constraint: string, params?: Violation['params']) => violation('physical', constraint, params)
export const responsibility = (constraint: string, params?: Violation['params']) =>
  violation('responsibility', constraint, params)
export const ownership = (constraint: string, params?: Violation['params']) =>
  violation('state_ownership', constraint, params)
export const operational = (constraint: string, params?: Violation['params']) =>
  violation('operational', constraint, params)
