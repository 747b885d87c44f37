/** One mutant, tried: the first test that fails kills it. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, SCRATCH } from '../setup/places.mjs'
import { mutated, type Mutant } from './mutants.ts'
import { NEAR_GROUPS, testsOf } from './tests.ts'
import type { Workspace } from './workspace.ts'

export type Verdict = 'killed' | 'survived' | 'out-of-time'

/** A mutant that makes a test run for ever is killed by that. Milliseconds. */
const HANGS_MS = 240_000

/**
 * @param until when there is no more time, on the clock of `Date.now`
 * @param near whether the tests of its own room alone are asked
 */
export async function tried(mutant: Mutant, place: Workspace, until: number, near = false): Promise<Verdict> {
  place.change(mutant.file, mutated(readFileSync(join(ROOT, mutant.file), 'utf8'), mutant))
  try {
    const groups = testsOf(mutant)
    for (const tests of near ? groups.slice(0, NEAR_GROUPS) : groups) {
      if (tests.length === 0) continue
      const outcome = await someFails(place.folder, tests, until)
      if (outcome !== 'passes') return outcome
    }
    return 'survived'
  } finally {
    place.restore(mutant.file)
  }
}

/** Half of what a run takes is reading the law and its tests; what one run has compiled the next one finds. */
const COMPILED = join(SCRATCH, 'compiled')

/** A run that is stopped writes nothing down by itself. */
const KEEPS_COMPILED = `data:text/javascript,${encodeURIComponent(
  "import { flushCompileCache } from 'node:module'; setTimeout(flushCompileCache, 1000).unref()",
)}`

/** Whether a test fails; stops at the first. All in one process, so that the law is loaded once. */
export function someFails(
  folder: string,
  tests: readonly string[],
  until: number,
): Promise<'killed' | 'passes' | 'out-of-time'> {
  return new Promise((resolve, reject) => {
    const args = ['--import', KEEPS_COMPILED, '--test', '--test-isolation=none', '--test-reporter=tap', ...tests]
    // A runner inside of a runner would report to its parent and not to us.
    const { NODE_TEST_CONTEXT: _parent, ...outer } = process.env
    const env = { ...outer, NODE_COMPILE_CACHE: COMPILED }
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] })
    let verdict: 'killed' | 'out-of-time' | undefined
    const stop = (why: 'killed' | 'out-of-time'): void => {
      verdict ??= why
      child.kill('SIGKILL')
    }
    const hangs = setTimeout(() => stop('killed'), HANGS_MS)
    const over = setTimeout(() => stop('out-of-time'), Math.min(2 ** 31 - 1, Math.max(0, until - Date.now())))
    child.stdout.on('data', (chunk: Buffer) => {
      if (/^\s*not ok /m.test(chunk.toString())) stop('killed')
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(hangs)
      clearTimeout(over)
      // Whoever stops it from outside has not found a guard broken.
      if (verdict === undefined && signal === 'SIGTERM') return reject(new Error('the tests were stopped from outside'))
      resolve(verdict ?? (code === 0 ? 'passes' : 'killed'))
    })
  })
}
