/** The report of the repair program, as those read it who did not write it. */
import { parseRecord } from '../../../protocol/wire/canonical-json.ts'
import type { Malformed } from '../../../protocol/wire/malformed.ts'
import type { Result } from '../../../protocol/wire/result.ts'
import * as Shape from '../../../protocol/wire/shape.ts'

const count = Shape.integer({ min: 0 })
const line = Shape.integer({ min: 1 })

function listed<S extends Shape.Shape>(item: S) {
  return Shape.object({ first: Shape.array(item), total: count })
}

const check = Shape.object({
  changed: Shape.boolean(),
  contents: Shape.object({ entries: count, state: Shape.oneOf('absent', 'kept', 'current', 'regenerated') }),
  document: Shape.string(),
  encoding: Shape.oneOf('utf-8', 'unknown'),
  format: Shape.literal('urn:genesis:document-check:v1'),
  headings: count,
  links: Shape.object({
    correct: count,
    relative: count,
    repaired: listed(
      Shape.object({ from: Shape.string(), line, rules: Shape.array(Shape.string()), to: Shape.string() }),
    ),
    unchecked: listed(Shape.object({ destination: Shape.string(), line })),
    unrepaired: listed(
      Shape.object({
        candidates: Shape.array(Shape.string()),
        code: Shape.string(),
        destination: Shape.string(),
        line,
      }),
    ),
  }),
  tree: Shape.oneOf('complete', 'partial'),
})

export type Check = Shape.Infer<typeof check>

export function parseCheck(bytes: Uint8Array): Result<Check, Malformed> {
  const json = parseRecord(bytes)
  return json.ok ? Shape.parse(check, json.value) : json
}
