/** The files of a regulated analysis, by name, out of a job. */
import { Fault } from '../../../protocol/wire/fault.ts'
import type { NamedBytes, ReviewJob } from '../skill.ts'

export const DATA = 'plants.csv'
export const REGULATION = 'regulation.md'
export const REPORT = 'report.json'
export const PROGRAM = 'analysis.mjs'

export type File = { readonly digest: string; readonly text: string }

export function fileOf(files: readonly NamedBytes[], name: string): File {
  const found = files.find((file) => file.name === name)
  if (found === undefined) throw new Fault('file-not-in-evidence', { name })
  return { digest: found.digest, text: new TextDecoder('utf-8', { fatal: true }).decode(found.bytes) }
}

/** What a reviewer needs: the data and the regulation that were given, and the report that came of them. */
export function filesOf(job: ReviewJob): { data: File; regulation: File; report: File } {
  return {
    data: fileOf(job.inputs, DATA),
    regulation: fileOf(job.inputs, REGULATION),
    report: fileOf(job.artifacts, REPORT),
  }
}
