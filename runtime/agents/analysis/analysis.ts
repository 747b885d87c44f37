/**
 * The regulated analysis: the worker's way, and five reviewers who look at it from five sides. The face of the room.
 *
 * The worker runs its program in the sandbox, the same way in which anyone runs it again.
 */
import { readFileSync } from 'node:fs'
import { Fault } from '../../../protocol/wire/fault.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { runInSandbox } from '../sandbox/sandbox.ts'
import type { Reviewer, Worker } from '../skill.ts'
import { bm25 } from './bm25.ts'
import { dataQuality } from './data-quality.ts'
import { DATA, fileOf, PROGRAM, REPORT } from './files.ts'
import { recomputeSql } from './recompute-sql.ts'
import { recomputeTs } from './recompute-ts.ts'
import { readReport } from './report.ts'
import { rerun } from './rerun.ts'

export const ANALYSIS_REVIEWERS: { readonly [agent: string]: Reviewer } = {
  'recompute-ts': recomputeTs,
  'recompute-sql': recomputeSql,
  bm25,
  rerun,
  'data-quality': dataQuality,
}

const COMMAND = ['node', PROGRAM, DATA, REPORT]

export const analyse: Worker = async (job) => {
  const program = readFileSync(new URL('./program/analysis.mjs', import.meta.url))
  const bytes = Uint8Array.from(program)
  fileOf(job.inputs, DATA)
  const inputs = [...job.inputs.filter(({ name }) => name === DATA), { name: PROGRAM, digest: digest(bytes), bytes }]
  const run = await runInSandbox({ command: COMMAND, inputs, outputs: [REPORT] })
  if (!run.ok) throw new Fault(run.error.code, run.error.params ?? {})
  const report = run.value.outputs.get(REPORT)
  if (report === undefined || run.value.exitCode !== 0) {
    throw new Fault('analysis-failed', { exit: run.value.exitCode, said: run.value.stderr.slice(-400) })
  }
  const stated = readReport(new TextDecoder().decode(report))
  if (!stated.ok) throw new Fault('analysis-failed', { code: stated.error.code })
  const { total_tonnes, cap_tonnes, cap_kept, large_plants, verified_permille } = stated.value
  return {
    account: `Ran ${PROGRAM} over ${DATA} in the sandbox and wrote ${REPORT}.`,
    outputs: [{ name: REPORT, mediaType: 'application/json', bytes: report }],
    intermediate: [{ name: PROGRAM, mediaType: 'text/javascript', bytes }],
    reproduction: { command: COMMAND, inputs: [DATA, PROGRAM], outputs: [REPORT], environment: {} },
    summary: `The sector emitted ${total_tonnes} t against a cap of ${cap_tonnes} t, ${cap_kept ? 'which is kept' : 'which is exceeded'}; ${large_plants.length} large plants; ${verified_permille} permille verified.`,
  }
}
