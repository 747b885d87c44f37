/**
 * The constitution's documents, changed as the vectors say: whatever weakens or contradicts them is refused.
 *
 * K1 decides what else may change: only `version`, `updated_utc` and the order of keys are free, so the stricter
 * values of the section `harmless`, which older tools accept, are refused by the pin.
 *
 * Source: spec 12 K1, K2; operations as in RFC 6902, places as in RFC 6901.
 */
import { CANONICAL } from '../law/constitution/canonical.ts'
import type { ConstitutionTexts } from '../law/constitution/constitution.ts'
import { checkConstitution } from '../law/constitution/load.ts'
import { FREE_PATHS, type ConfigDocument } from '../law/constitution/schema/schema.ts'
import { encode, type Json } from '../wire/canonical-json.ts'
import { Fault } from '../wire/fault.ts'
import { booleanAt, firstOf, numberAt, recordsAt, same, textAt, type Check, type Suite, type Vector } from './suite.ts'

export const configMutations: Suite = {
  unmutated: checkRefusal,
  checks: checkRefusal,
  missing_section: checkRefusal,
  extra_weakenings: checkRefusal,

  invariants: (vector) => {
    const broken = findingsOf(vector).flatMap(({ invariants }) => invariants)
    const id = `I-${String(numberAt(vector, 'invariant')).padStart(2, '0')}`
    return firstOf(
      checkRefusal(vector),
      same(
        'invariant reported',
        true,
        broken.some((invariant) => invariant === id),
      ),
    )
  },

  harmless: (vector) => {
    const free = mutationsOf(vector).every(({ pointer }) => FREE_PATHS.includes(pointer))
    return same('reject', booleanAt(vector, 'must_reject') || !free, findingsOf(vector).length > 0)
  },
}

function checkRefusal(vector: Vector): ReturnType<Check> {
  return same('reject', booleanAt(vector, 'must_reject'), findingsOf(vector).length > 0)
}

function findingsOf(vector: Vector) {
  const documents: { [document in ConfigDocument]: Json } = structuredClone(CANONICAL)
  for (const { document, operation, pointer, value } of mutationsOf(vector)) {
    mutate(documents[document], operation, pointer, value)
  }
  return checkConstitution(textsOf(documents))
}

function textsOf({ params, policy, genome }: { readonly [document in ConfigDocument]: Json }): ConstitutionTexts {
  return { params: encode(params), policy: encode(policy), genome: encode(genome), texts: {} }
}

type Mutation = {
  readonly document: ConfigDocument
  readonly operation: string
  readonly pointer: string
  readonly value: Json | undefined
}

const DOCUMENTS: ReadonlyMap<string, ConfigDocument> = new Map([
  ['constitutional_params.json', 'params'],
  ['runtime_policy.json', 'policy'],
  ['genome.json', 'genome'],
])

function mutationsOf(vector: Vector): readonly Mutation[] {
  return recordsAt(vector, 'mutations').map((mutation) => {
    const file = textAt(mutation, 'file')
    const document = DOCUMENTS.get(file)
    if (document === undefined) throw new Fault('vector-malformed', { field: 'file', expected: file })
    const value = mutation['value'] as Json | undefined
    return { document, operation: textAt(mutation, 'op'), pointer: textAt(mutation, 'pointer'), value }
  })
}

/** Changes the copy that it is given. A place that is not there is the vector's fault, not a refusal. */
function mutate(document: Json, operation: string, pointer: string, value: Json | undefined): void {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = steps.pop() ?? ''
  let holder = document as { [key: string]: Json }
  for (const step of steps) holder = own(holder, step) as { [key: string]: Json }
  if (operation !== 'add') own(holder, last)
  if (operation === 'remove') {
    if (Array.isArray(holder)) holder.splice(Number(last), 1)
    else delete holder[last]
    return
  }
  if (value === undefined) throw new Fault('vector-malformed', { field: 'value', expected: 'there' })
  if (Array.isArray(holder)) {
    holder.splice(last === '-' ? holder.length : Number(last), operation === 'add' ? 0 : 1, value)
  } else {
    Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true })
  }
}

function own(holder: { [key: string]: Json }, key: string): Json {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) {
    throw new Fault('vector-malformed', { field: 'pointer', expected: key })
  }
  return holder[key]!
}
