// Starts a TypeScript file of the project under the project's own Node, whichever Node we were started with.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureSetUp } from './ensure.mjs'
import { ROOT, projectNode } from './places.mjs'

/** Sets the project up if it is not, then runs `file` (a path from the project's root) in the root. */
export async function launch(file) {
  await ensureSetUp()
  runUnderProjectNode(file, ROOT)
}

/** Runs `file` with our own arguments and terminal, and ends as it ends. */
export function runUnderProjectNode(file, cwd) {
  const child = spawn(projectNode(), [join(ROOT, file), ...process.argv.slice(2)], { cwd, stdio: 'inherit' })
  // A terminal sends Ctrl-C to the child as well; we only have to outlive it and pass on its result.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`${file} could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('close', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
