/** The report as reviewers read it: its own shape, so that a report with other fields is named and not guessed at. */
import { parseRecord } from '../../../protocol/wire/canonical-json.ts'
import type { Malformed } from '../../../protocol/wire/malformed.ts'
import type { Result } from '../../../protocol/wire/result.ts'
import * as Shape from '../../../protocol/wire/shape.ts'

const tonnes = Shape.integer({ min: 0 })

const reportShape = Shape.object({
  by_fuel: Shape.array(Shape.object({ fuel: Shape.string(), tonnes })),
  cap_kept: Shape.boolean(),
  cap_tonnes: tonnes,
  disclosures: Shape.array(Shape.json()),
  large_from_tonnes: tonnes,
  large_plants: Shape.array(Shape.object({ plant: Shape.string(), tonnes })),
  period: Shape.string(),
  plants: Shape.integer({ min: 0 }),
  rows: Shape.integer({ min: 0 }),
  total_tonnes: tonnes,
  verified_permille: Shape.integer({ min: 0, max: 1000 }),
})

export type Report = Shape.Infer<typeof reportShape>

export function readReport(text: string): Result<Report, Malformed> {
  const json = parseRecord(text.trimEnd())
  return json.ok ? Shape.parse(reportShape, json.value) : json
}

/** The figures that follow from the data alone. */
export type Figures = Pick<
  Report,
  'by_fuel' | 'large_plants' | 'plants' | 'rows' | 'total_tonnes' | 'verified_permille'
>

export const FIGURES = ['by_fuel', 'large_plants', 'plants', 'rows', 'total_tonnes', 'verified_permille'] as const
