/**
 * Reviews a document in the sandbox. The document is a stranger's: whatever it does to a parser, it does it there,
 * within bounds of time and memory.
 *
 * A review that does not come to its end is an opinion too: nobody can approve what cannot be looked at.
 *
 * Fault `sandbox-unavailable` where there is no sandbox: no sandbox, no run.
 * Source: spec 3.7.
 */
import { fileURLToPath } from 'node:url'
import { utf8 } from '../../../../protocol/wire/bytes.ts'
import { Fault } from '../../../../protocol/wire/fault.ts'
import { digest } from '../../../../protocol/wire/sha256.ts'
import { runInSandbox } from '../../sandbox/sandbox.ts'
import type { Opinion, Reviewer, ReviewJob } from '../../skill.ts'
import { packJob } from './packed-job.ts'
import { unreadable } from './unreadable.ts'

const CHECKOUT = new URL('../../../../', import.meta.url)
const SHOWN = ['protocol', 'runtime/agents', 'node_modules'].map((folder) => ({
  host: fileURLToPath(new URL(folder, CHECKOUT)),
  inside: `/genesis/${folder}`,
}))
const PROGRAM = '/genesis/runtime/agents/documents/review/main.ts'
const LIMITS = { wallMs: 600_000, cpuSeconds: 180, memoryBytes: 1024 * 1024 * 1024 }

export function apart(agent: string): Reviewer {
  return (job) => reviewApart(agent, job)
}

async function reviewApart(agent: string, job: ReviewJob): Promise<Opinion> {
  const { packed, files } = packJob(job)
  const bytes = utf8(JSON.stringify(packed))
  const run = await runInSandbox({
    command: ['node', PROGRAM, agent],
    inputs: [{ name: 'job.json', digest: digest(bytes), bytes }, ...files],
    outputs: ['opinion.json'],
    shown: SHOWN,
    limits: LIMITS,
  })
  if (!run.ok) {
    if (run.error.code === 'sandbox-unavailable') throw new Fault(run.error.code, run.error.params ?? {})
    return unreadable(job, `The review did not come to its end: ${run.error.code}.`)
  }
  const opinion = run.value.outputs.get('opinion.json')
  if (run.value.exitCode === 0 && opinion !== undefined) {
    return JSON.parse(new TextDecoder().decode(opinion)) as Opinion
  }
  return unreadable(job, `The review did not come to its end: exit code ${run.value.exitCode}.`)
}
