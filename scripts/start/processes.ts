/** What one may know about another process: whether it lives, and whether it is one of ours. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The command line of a living process, or undefined where there is none (or none that we may see). */
export function commandOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  try {
    // A process that has ended and waits for its parent has an empty one.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') || undefined
  } catch {
    return process.platform === 'linux' ? undefined : commandByPs(pid)
  }
}

function commandByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}
