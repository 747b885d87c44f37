/** The one place where errors become words. Whatever was thrown, there is a title, what to do, and a code to pass on. */
import { Fault } from '../../protocol/wire/fault.ts'
import { unknown } from '../text/en/faults.ts'
import { t } from '../text/text.ts'

export type Words = { readonly title: string; readonly what: string | undefined; readonly code: string }

export function wordsFor(error: unknown): Words {
  const code = codeOf(error)
  const { title, what } = known(code) ?? unknown
  return { title, what, code }
}

export function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.code
  return error instanceof Error ? error.name : 'unknown'
}

/** A code of the law, of the gate or of the API, as one sentence. */
export function sentenceFor(code: string): string {
  return demandOf(code) ?? known(code)?.title ?? code
}

/** Why a command was withheld: what happened, and what to do about it. */
export function refusalFor(code: string): Omit<Words, 'code'> {
  const words = known(code)
  if (words !== undefined) return { title: `${words.title}.`, what: words.what }
  const rule = demandOf(code)
  return { title: rule === undefined ? t.acts.unknownRule : t.acts.rule(rule), what: undefined }
}

/** Each code has its words in one of the two: what the law refuses, and what goes wrong around it. */
function known(code: string) {
  if (Object.hasOwn(t.faults, code)) return t.faults[code]
  return Object.hasOwn(t.refusals, code) ? t.refusals[code] : undefined
}

function demandOf(code: string): string | undefined {
  return Object.hasOwn(t.rules.constraints, code) ? t.rules.constraints[code] : undefined
}
