/** Copies of the canonical documents to change in a test, and RFC 6902 operations to change them with. */
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { CANONICAL } from '../../protocol/law/constitution/canonical.ts'
import type { ConstitutionTexts } from '../../protocol/law/constitution/constitution.ts'
import type { Finding } from '../../protocol/law/constitution/finding.ts'
import type { ConfigDocument } from '../../protocol/law/constitution/schema/schema.ts'

export type Operation = 'replace' | 'remove' | 'add'

export type Change = readonly [document: ConfigDocument, pointer: string, value?: Json | undefined, op?: Operation]

export type Documents = { [document in ConfigDocument]: Json }

/** The canonical documents after these changes. A change without a value removes. */
export function changed(...changes: readonly Change[]): Documents {
  const documents: Documents = structuredClone(CANONICAL)
  for (const [document, pointer, value, op] of changes) {
    apply(documents[document], pointer, op ?? (value === undefined ? 'remove' : 'replace'), value)
  }
  return documents
}

export function textsOf(documents: Documents, texts: { [name: string]: string } = {}): ConstitutionTexts {
  const { params, policy, genome } = documents
  return { params: JSON.stringify(params), policy: JSON.stringify(policy), genome: JSON.stringify(genome), texts }
}

export function changedTexts(...changes: readonly Change[]): ConstitutionTexts {
  return textsOf(changed(...changes))
}

/** `code path` of each finding, in order. */
export function named(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, path }) => `${code} ${path}`)
}

/** Every place of a document that holds no further place, with its value. */
export function* leaves(value: Json, path = ''): Generator<readonly [path: string, value: Json]> {
  if (typeof value !== 'object' || value === null) yield [path, value]
  else for (const [key, item] of Object.entries(value)) yield* leaves(item, `${path}/${key}`)
}

/** Throws where a vector or a test names a place that does not exist. */
function apply(document: Json, pointer: string, op: Operation, value: Json | undefined): void {
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  let holder = document as { [key: string]: Json }
  for (const step of steps) {
    if (!Object.hasOwn(holder, step)) throw new Error(`no ${step} on the way to ${pointer}`)
    holder = holder[step] as { [key: string]: Json }
  }
  if (op !== 'add' && !Object.hasOwn(holder, last)) throw new Error(`nothing at ${pointer}`)
  if (Array.isArray(holder)) {
    const index = last === '-' ? holder.length : Number(last)
    const inserted = value === undefined ? [] : [value]
    holder.splice(index, op === 'add' ? 0 : 1, ...inserted)
  } else if (op === 'remove') {
    delete holder[last]
  } else {
    Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true })
  }
}
