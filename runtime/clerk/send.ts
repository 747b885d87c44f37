/** How mechanical commands go into the ledger: only those that the law would take now, and all of them for sure. */
import { simulate, type AdmittedCommand, type State } from '../../protocol/genesis.ts'
import type { Violation } from '../../protocol/law/constraints/violation.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'

/**
 * Send a mechanical command; true when it is on record by this, false when it was before, whatever the law said to
 * it. Throws Fault `command-not-taken` where it did not get so far: whoever sent it must not go on as if it had.
 */
export async function sendTo(ledger: Ledger<State, AdmittedCommand>, command: AdmittedCommand): Promise<boolean> {
  const answer = await ledger.submit(command)
  switch (answer.kind) {
    case 'recorded':
      return !answer.repeated
    case 'refused':
      throw new Fault('command-not-taken', { type: command.type, code: answer.refusal.code })
    case 'busy':
      throw new Fault('command-not-taken', { type: command.type, code: 'ledger-busy' })
    case 'stopped':
      throw new Fault('command-not-taken', { type: command.type, code: answer.code })
  }
}

/**
 * Send a command that states what is due, unless the law would withhold it: a duty that is tried at every beat would
 * fill the ledger with its own refusals. Throws Fault `duty-not-due` with the first violation instead.
 */
export async function sendDue(
  ledger: Ledger<State, AdmittedCommand>,
  clock: Clock,
  command: AdmittedCommand,
): Promise<boolean> {
  const [first] = await ledger.ask((state) => violationsOf(state, command, clock))
  if (first !== undefined) throw new Fault('duty-not-due', { type: command.type, constraint: first.constraint })
  return sendTo(ledger, command)
}

/** What would keep a command from being committed if it came now. */
export function violationsOf(state: State, command: AdmittedCommand, clock: Clock): readonly Violation[] {
  const outcome = simulate(state, command, clock.now())
  return 'outcome' in outcome && outcome.outcome === 'withheld' ? outcome.violations : []
}

/** Each by itself: one that fails does not keep the others from being done. Throws its fault afterwards. */
export async function each<T>(items: readonly T[], act: (item: T) => Promise<boolean>): Promise<boolean> {
  let wrote = false
  const faults: unknown[] = []
  for (const item of items) {
    try {
      wrote = (await act(item)) || wrote
    } catch (cause) {
      faults.push(cause)
    }
  }
  if (faults.length > 0) throw faults[0]
  return wrote
}
