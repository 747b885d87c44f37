/**
 * A JSON Pointer in the parameters names a parameter or a section that exists: a flag or an entrenchment of
 * nothing would look like protection and be none.
 */
import type { Finding } from '../finding.ts'
import { PARAMETERS, SECTIONS } from '../schema/schema.ts'
import type { Figures } from '../schema/tree.ts'

const NAMED = new Set(
  [...SECTIONS, ...PARAMETERS].flatMap(({ document, path }) => (document === 'params' ? [path] : [])),
)

export function danglingPointers(figures: Figures): readonly Finding[] {
  return PARAMETERS.flatMap(({ document, path, kind }): readonly Finding[] => {
    const pointers = kind.type === 'pointers' ? figures.get(document + path)?.exact : undefined
    if (!Array.isArray(pointers)) return []
    return pointers.flatMap((pointer: string, i): readonly Finding[] =>
      NAMED.has(pointer)
        ? []
        : [
            {
              code: 'rule-pointer-dangles',
              document,
              path: `${path}/${i}`,
              given: pointer,
              required: 'a parameter or a section',
              invariants: [],
            },
          ],
    )
  })
}
