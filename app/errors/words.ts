/** The one place where errors become words. Whatever was thrown, there is a title, what to do, and a code to pass on. */
import { Fault } from '../../protocol/wire/fault.ts'
import { unknown } from '../text/en/faults.ts'
import { t } from '../text/text.ts'

export type Words = { readonly title: string; readonly what: string | undefined; readonly code: string }

export function wordsFor(error: unknown): Words {
  const code = codeOf(error)
  const known = Object.hasOwn(t.faults, code) ? t.faults[code] : undefined
  return { title: (known ?? unknown).title, what: (known ?? unknown).what, code }
}

export function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.code
  return error instanceof Error ? error.name : 'unknown'
}

/** A code of the law, of the gate or of the API, as one sentence. */
export function sentenceFor(code: string): string {
  if (Object.hasOwn(t.rules.constraints, code)) return t.rules.constraints[code] ?? code
  return Object.hasOwn(t.faults, code) ? (t.faults[code]?.title ?? code) : code
}

/** Why a command was withheld: what happened, and what to do about it. */
export function refusalFor(code: string): Omit<Words, 'code'> {
  const known = Object.hasOwn(t.refusals, code) ? t.refusals[code] : undefined
  if (known !== undefined) return { title: known.title, what: known.what }
  const fault = Object.hasOwn(t.faults, code) ? t.faults[code] : undefined
  if (fault !== undefined) return { title: `${fault.title}.`, what: fault.what }
  const rule = Object.hasOwn(t.rules.constraints, code) ? t.rules.constraints[code] : undefined
  return { title: rule === undefined ? t.acts.unknownRule : t.acts.rule(rule), what: undefined }
}
