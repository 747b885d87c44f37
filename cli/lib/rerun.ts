/** A mission's declared command, run again in the sandbox from its input files alone. */
import { digest } from '../../protocol/wire/sha256.ts'
import { runInSandbox, sandboxAvailable } from '../../runtime/agents/sandbox/sandbox.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Rerun } from '../../verifier/rerun.ts'

/** Throws Fault `sandbox-unavailable` where commands cannot be run with nothing around them. */
export async function rerunInSandbox(): Promise<Rerun> {
  const available = await sandboxAvailable()
  if (!available.ok) throw new Fault(available.error.code, available.error.params ?? {})
  return async ({ command, outputs, environment }, files) => {
    const run = await runInSandbox({
      command,
      environment,
      inputs: [...files].map(([name, bytes]) => ({ name, bytes, digest: digest(bytes) })),
      outputs: outputs.map(({ name }) => name),
    })
    if (!run.ok) return { failed: run.error.code }
    const { exitCode, stderr } = run.value
    if (exitCode !== 0) return { failed: `exit code ${exitCode}: ${stderr.trim().slice(0, 300)}` }
    return { outputs: run.value.outputs }
  }
}
