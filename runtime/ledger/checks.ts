/**
 * Signature checks of commands: made now, or ahead of time in other threads while earlier commands are decided.
 *
 *     ahead:   checksOf(state as it is) ──▶ threads ──▶ results
 *     later:   checksOf(state as it is then) ── the same checks? ──▶ those results, else check now
 *
 * A command before it may have bound or revoked a key, so what was checked ahead counts only if the very same
 * checks are still what the law asks for.
 */
import { sameChecks } from '../../protocol/wire/same-checks.ts'
import type { Enveloped, Law, Refusal, SignatureCheck } from '../ports/law.ts'
import type { VerifyAhead, VerifyNow } from '../ports/signatures.ts'

/** Checks that were made, and what came of them, in that order. */
export type Checked = { readonly checks: readonly SignatureCheck[]; readonly signatures: readonly boolean[] }

export const UNCHECKED: Checked = { checks: [], signatures: [] }

export type Checker<State, Command> = {
  /** What the law asks for on this state, with what was found before where it still counts. */
  now(state: State, command: Command, before: Checked): Checked | Refusal
  /** Begins checks in other threads; a Checked for each command, sooner or later. */
  ahead(state: State, commands: readonly Command[]): Promise<readonly Checked[]>
}

export function checker<State, Command extends Enveloped>(
  law: Law<State, Command>,
  verify: VerifyNow,
  threads: VerifyAhead | undefined,
): Checker<State, Command> {
  function now(state: State, command: Command, before: Checked): Checked | Refusal {
    const checks = law.checksOf(state, command)
    if ('code' in checks) return checks
    if (sameChecks(checks, before.checks)) return before
    const signatures = checks.map(({ signature, message, publicKey }) => verify(signature, message(), publicKey))
    return { checks, signatures }
  }

  async function ahead(state: State, commands: readonly Command[]): Promise<readonly Checked[]> {
    if (threads === undefined) return commands.map(() => UNCHECKED)
    const asked = commands.map((command) => {
      const checks = law.checksOf(state, command)
      return 'code' in checks ? [] : checks
    })
    try {
      const results = await threads.verify(asked.flat())
      let at = 0
      return asked.map((checks) => ({ checks, signatures: results.slice(at, (at += checks.length)) }))
    } catch {
      // The threads are gone: everything is checked when its turn comes.
      return commands.map(() => UNCHECKED)
    }
  }

  return { now, ahead }
}
