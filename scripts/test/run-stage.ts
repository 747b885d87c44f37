/** Runs the commands of one stage and judges what came of them. */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { ROOT, SCRATCH } from '../setup/places.mjs'
import type { Counts, Outcome } from './counts.ts'
import { stillRunning } from './report.ts'
import type { Stage } from './stages.ts'
import type { Command } from './tool.ts'

/** A stage that takes longer hangs. */
const LONGEST_MS = 30 * 60_000

export async function runStage(stage: Stage): Promise<Outcome> {
  const start = Date.now()
  const log = join(SCRATCH, 'test', `${stage.name}.log`)
  mkdirSync(dirname(log), { recursive: true })
  const file = createWriteStream(log)
  const quiet = stillRunning(stage)
  let output = ''
  let ended = ''
  for (const command of stage.commands()) {
    const result = await run(command, (chunk) => {
      output += chunk
      file.write(chunk)
    })
    // All commands of a stage run, so that a lint error in one language does not hide those in the other.
    if (result !== undefined) ended = ended === '' ? result : `${ended}; ${result}`
  }
  quiet()
  file.end()
  return { ...judge(stage, output, ended), ms: Date.now() - start, log }
}

/** Never fewer failures than there were: a runner that crashed, said nothing or ran nothing has failed. */
function judge(stage: Stage, output: string, ended: string): Counts & { readonly details: string } {
  const wrong = ended === '' ? stage.verify?.() : undefined
  if (stage.count === undefined) {
    if (ended === '' && wrong === undefined) return { passed: 1, failed: 0, skipped: 0, details: '' }
    return { passed: 0, failed: 1, skipped: 0, details: wrong ?? output.replace(stage.noise ?? '', '') }
  }
  const counts = stage.count(output) ?? { passed: 0, failed: 0, skipped: 0 }
  const ran = counts.passed + counts.failed
  if (counts.failed === 0 && ended === '' && wrong === undefined && ran > 0) return { ...counts, details: '' }
  if (counts.failed > 0) return { ...counts, details: fromFailures(stage, output) }
  const reason = wrong ?? (ended === '' ? 'the runner ran no test' : ended)
  return { ...counts, failed: 1, details: `${output}\n${reason}` }
}

function fromFailures(stage: Stage, output: string): string {
  const start = stage.failuresFrom === undefined ? -1 : output.search(stage.failuresFrom)
  return start === -1 ? output : output.slice(start)
}

/** Resolves to `undefined` when the command ended well, otherwise to how it ended. */
function run(command: Command, take: (chunk: string) => void): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.args, {
      cwd: ROOT,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const timer = setTimeout(() => {
      take(`\nStopped after ${LONGEST_MS / 60_000} minutes.\n`)
      child.kill('SIGKILL')
    }, LONGEST_MS)
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve(`could not be started: ${error.message}`)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve(code === 0 ? undefined : `the runner ended with ${signal ?? `exit code ${code}`}`)
    })
  })
}

function environment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _color, NODE_OPTIONS: _options, ...inherited } = process.env
  return {
    ...inherited,
    // Programs that ask for `node` must get ours, and counts are read from plain text.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    NO_COLOR: '1',
    HARDHAT_DISABLE_TELEMETRY: 'true',
  }
}
