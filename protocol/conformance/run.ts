/**
 * Runs conformance vectors against this protocol. Pure: the caller reads the file and prints the report.
 *
 *     const report = run(JSON.parse(text))
 *     // { ok: true, value: [{ name: 'roots', passed: 33, failed: 0 }, …] }
 *
 * Nothing is skipped silently: a file or a section that has no check is an error, found before any case runs.
 *
 * Errors: `vectors-malformed`, `vectors-unknown-file`, `vectors-unknown-section`, `vectors-section-absent`.
 */
import { Fault } from '../wire/fault.ts'
import { describe, malformed, type Malformed } from '../wire/malformed.ts'
import { err, ok, type Result } from '../wire/result.ts'
import { SUITES } from './registry.ts'
import { isVector, type Check, type Difference, type VectorFile, type VectorSection } from './suite.ts'

export type SectionReport = {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly firstFailure?: Failure
}

/** `index` counts the section's cases from 0; `label` is the case's own name, where it has one. */
export type Failure = Difference & { readonly index: number; readonly label?: string }

/** `sections`: run only these; each must be in the file. */
export function run(
  input: unknown,
  options: { readonly sections?: readonly string[] } = {},
): Result<readonly SectionReport[], Malformed> {
  const file = readFile(input)
  if (!file.ok) return file
  const suite = SUITES.get(file.value.file)
  if (suite === undefined) return malformed('vectors-unknown-file', { file: file.value.file })
  const chosen = choose(file.value, options.sections)
  if (!chosen.ok) return chosen
  const checks: Check[] = []
  for (const { name } of chosen.value) {
    if (!Object.hasOwn(suite, name))
      return malformed('vectors-unknown-section', { file: file.value.file, section: name })
    checks.push(suite[name]!)
  }
  return ok(chosen.value.map((section, i) => runSection(section, checks[i]!, file.value)))
}

/** The files this protocol has checks for. */
export function knownFiles(): readonly string[] {
  return [...SUITES.keys()]
}

function readFile(input: unknown): Result<VectorFile, Malformed> {
  if (!isVector(input) || typeof input['file'] !== 'string') return malformed('vectors-malformed', undefined, '/file')
  const sections = input['sections']
  if (!Array.isArray(sections) || sections.length === 0) return malformed('vectors-malformed', undefined, '/sections')
  const broken = sections.findIndex((section) => !isSection(section))
  if (broken >= 0) return err(describe('vectors-malformed', undefined, `/sections/${broken}`))
  return ok(input as VectorFile)
}

function isSection(value: unknown): value is VectorSection {
  if (!isVector(value) || typeof value['name'] !== 'string') return false
  const cases = value['cases']
  return Array.isArray(cases) && cases.every(isVector)
}

function choose(file: VectorFile, names: readonly string[] | undefined): Result<readonly VectorSection[], Malformed> {
  if (names === undefined) return ok(file.sections)
  const absent = names.find((name) => file.sections.every((section) => section.name !== name))
  if (absent !== undefined) return malformed('vectors-section-absent', { file: file.file, section: absent })
  return ok(file.sections.filter((section) => names.includes(section.name)))
}

function runSection(section: VectorSection, check: Check, file: VectorFile): SectionReport {
  let failed = 0
  let firstFailure: Failure | undefined
  for (const [index, vector] of section.cases.entries()) {
    const difference = outcome(() => check(vector, file, section))
    if (difference === undefined) continue
    failed++
    firstFailure ??= { ...difference, index, ...labelOf(vector['label']) }
  }
  const counts = { name: section.name, passed: section.cases.length - failed, failed }
  return firstFailure === undefined ? counts : { ...counts, firstFailure }
}

/** A check that throws has not passed. */
function outcome(check: () => Difference | undefined): Difference | undefined {
  try {
    return check()
  } catch (thrown) {
    const given = thrown instanceof Fault ? thrown.message : String(thrown)
    return { what: 'thrown', expected: 'an answer', given }
  }
}

function labelOf(label: unknown): { readonly label?: string } {
  return typeof label === 'string' ? { label } : {}
}
