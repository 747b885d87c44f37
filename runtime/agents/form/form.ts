/**
 * Review of form: every artifact is what its digest says, every JSON result can be read strictly, and conforms to the
 * schema that the mission gave for it (`report.schema.json` for `report.json`, by the file's name).
 *
 * It says nothing of whether the content is true, and says so. Where the mission gave no schema there is nothing to hold
 * the result against: no approval. A schema among the evidence is its worker's, and does not count.
 *
 * Source: spec 3.7 (digest and schema checks, JSON-schema check).
 */
import { digest } from '../../../protocol/wire/sha256.ts'
import { text } from '../../../protocol/wire/bytes.ts'
import { readStrictly } from '../../../protocol/wire/strict-json.ts'
import type { NamedBytes, Reviewer } from '../skill.ts'
import { opinionOf, type Checked } from '../documents/review/opinions.ts'
import { conformance } from './json-schema.ts'

const DEPTH_MAX = 64
const ENDING = '.json'
const SCHEMA_ENDING = '.schema.json'

export const reviewForm: Reviewer = async (job) => {
  const files = [...job.artifacts, ...job.intermediate]
  const digests = files.map(({ name, bytes, digest: named }): Checked => ({
    holds: digest(bytes) === named,
    text: `${name} is what its digest says.`,
    references: [{ artifact: named, locator: name }],
  }))
  const declared = job.reproduction.outputs.map(({ name, digest: named }): Checked => {
    const file = job.artifacts.find((artifact) => artifact.name === name)
    const holds = file?.digest === named
    return {
      holds,
      text: `${name}, which the command makes, is among the results.`,
      references: [{ artifact: named, locator: name }],
    }
  })
  const results = job.artifacts.filter(({ name }) => name.endsWith(ENDING) && !name.endsWith(SCHEMA_ENDING))
  const looked = results.map((result) => looksRight(result, job.inputs))
  const held = looked.filter(({ bySchema }) => bySchema).length
  const first = files[0]
  const nothing: Checked[] =
    held > 0 || first === undefined
      ? []
      : [
          {
            holds: false,
            text: 'The mission gave no schema for any result: there is nothing to hold the form against.',
            references: [{ artifact: first.digest, locator: first.name }],
          },
        ]
  return opinionOf([...looked.map(({ checked }) => checked), ...nothing, ...declared, ...digests], 70)
}

function looksRight(
  result: NamedBytes,
  inputs: readonly NamedBytes[],
): { readonly checked: Checked; readonly bySchema: boolean } {
  const at = (holds: boolean, said: string, locator: string, bySchema: boolean) => ({
    checked: { holds, text: said, references: [{ artifact: result.digest, locator }] },
    bySchema,
  })
  const value = read(result)
  if (!value.ok) return at(false, `${result.name} is no strict JSON: ${value.error.code}.`, result.name, false)
  const wanted = lastPart(result.name).slice(0, -ENDING.length) + SCHEMA_ENDING
  const given = inputs.find(({ name }) => lastPart(name) === wanted)
  if (given === undefined)
    return at(true, `${result.name} is strict JSON; the mission gave no schema for it.`, '/', false)
  const schema = read(given)
  if (!schema.ok) return at(false, `${given.name} is no strict JSON: the form cannot be judged.`, '/', true)
  const found = conformance(schema.value, value.value)
  if (found.kind === 'unjudged') {
    return at(false, `${given.name} says "${found.keyword}", which is not judged here.`, '/', true)
  }
  return found.kind === 'conforms'
    ? at(true, `${result.name} conforms to ${given.name}. Whether it is true was not looked at.`, '/', true)
    : at(false, `${result.name} differs from ${given.name} by "${found.keyword}".`, found.path || '/', true)
}

function read({ bytes }: NamedBytes) {
  const decoded = text(bytes)
  return decoded.ok ? readStrictly(decoded.value, DEPTH_MAX) : decoded
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
