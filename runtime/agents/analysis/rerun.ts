/** The declared command, run again in the sandbox: the outputs must come out byte for byte. */
import { digest } from '../../../protocol/wire/sha256.ts'
import type { Opinion, Reviewer, ReviewJob } from '../skill.ts'
import { runInSandbox } from '../sandbox/sandbox.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { approves, rejects, type Finding } from './opinions.ts'

export const rerun: Reviewer = async (job) => judgeRerun(job)

/** No sandbox, no run: then there is no opinion either, and the seat waits (Fault `sandbox-unavailable`). */
export async function judgeRerun(job: ReviewJob): Promise<Opinion> {
  const { command, inputs, outputs } = job.reproduction
  const [first] = outputs
  if (command.length === 0 || first === undefined) {
    const subject = job.artifacts[0]?.digest ?? ''
    const found = [{ text: 'The evidence declares no command that makes an output.', artifact: subject, locator: '/' }]
    return rejects(found, { completeness: 10, correctness: 50, policy_compliance: 20 })
  }
  const run = await runInSandbox({ command, inputs, outputs: outputs.map(({ name }) => name) })
  if (!run.ok) {
    if (run.error.code === 'sandbox-unavailable') throw new Fault(run.error.code, run.error.params ?? {})
    const found = [
      { text: `The command does not run: ${run.error.code}.`, artifact: first.digest, locator: command.join(' ') },
    ]
    return rejects(found, { completeness: 40, correctness: 10, policy_compliance: 40 })
  }
  const differing = outputs.flatMap((output): Finding[] => {
    const made = run.value.outputs.get(output.name)
    if (made !== undefined && digest(made) === output.digest) return []
    const text =
      made === undefined ? `${output.name} was not made.` : `${output.name} comes out otherwise: ${digest(made)}.`
    return [{ text, artifact: output.digest, locator: output.name }]
  })
  if (run.value.exitCode !== 0) {
    differing.unshift({
      text: `The command ended with ${run.value.exitCode}.`,
      artifact: first.digest,
      locator: command.join(' '),
    })
  }
  if (differing.length > 0) return rejects(differing, { completeness: 60, correctness: 10, policy_compliance: 50 })
  return approves(
    outputs.map((output) => ({
      text: `Run again in the sandbox: ${output.name} is the same, byte for byte.`,
      artifact: output.digest,
      locator: output.name,
    })),
  )
}
