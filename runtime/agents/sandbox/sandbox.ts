/**
 * Runs a declared command with nothing around it: no network, no files but its own, bounded time, memory and output,
 * and nothing left running when it ends. Where such a place cannot be made, nothing is run.
 *
 *     given/ (digests checked) ──▶ /work, in memory ──▶ node --permission script ──▶ outputs, read back by name
 *
 * Two locks on each door. The namespaces of Linux (enter.sh): no interface, a root that holds Node and its libraries
 * only, one process tree that dies as one. And Node's permission model: no reading or writing outside the work folder,
 * no child processes, no workers, no add-ons. Node's model does not stop the network; the namespace does.
 *
 * Errors: those of request.ts; sandbox-unavailable (with the reason), time-limit, text-limit, output-missing. A command
 * that fails is no error here: its exit code is the answer.
 *
 * Source: spec 3.7.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { malformed, type Malformed } from '../../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../../protocol/wire/result.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { engine, type Engine } from './engine.ts'
import { confine, type Ended } from './confine.ts'
import { layOut, readBack } from './folder.ts'
import { check, DEFAULT_LIMITS, type Limits, type SandboxRequest } from './request.ts'

export type { InputFile, Limits, SandboxRequest, Shown } from './request.ts'

export type SandboxRun = {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** By name, in the order asked for; present only where the command left a plain file. */
  readonly outputs: ReadonlyMap<string, Uint8Array>
  readonly wallMs: number
}

export async function runInSandbox(request: SandboxRequest): Promise<Result<SandboxRun, Malformed>> {
  const checked = check(request)
  if (!checked.ok) return checked
  const found = engine()
  return found.ok ? runIn(found.value, checked.value) : found
}

let answer: Promise<Result<void, Malformed>> | undefined

/** Whether commands can be run here: `sandbox-unavailable` with the reason where they cannot. Asked once a process. */
export function sandboxAvailable(): Promise<Result<void, Malformed>> {
  answer ??= tryOut()
  return answer
}

async function tryOut(): Promise<Result<void, Malformed>> {
  const bytes = utf8('process.stdout.write("inside")')
  const inputs = [{ name: 'probe.mjs', digest: digest(bytes), bytes }]
  const run = await runInSandbox({ command: ['node', 'probe.mjs'], inputs, outputs: [] })
  if (!run.ok) return run
  return run.value.stdout === 'inside' ? ok(undefined) : unavailable(run.value.stderr)
}

async function runIn(engine: Engine, request: SandboxRequest): Promise<Result<SandboxRun, Malformed>> {
  const folder = await mkdtemp(join(tmpdir(), 'genesis-sandbox-'))
  try {
    const limits: Limits = { ...DEFAULT_LIMITS, ...request.limits }
    await layOut(folder, engine, request)
    const ended = await confine(folder, commandInside(request, limits), limits, inputBytes(request))
    return await conclude(folder, ended, limits)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function inputBytes(request: SandboxRequest): number {
  return request.inputs.reduce((sum, input) => sum + input.bytes.length, 0)
}

function commandInside(request: SandboxRequest, limits: Limits): readonly string[] {
  const readable = (request.shown ?? []).map(({ inside }) => `--allow-fs-read=${inside}`)
  const heap = Math.max(32, Math.floor(limits.memoryBytes / (1024 * 1024)))
  const flags = ['--permission', '--allow-fs-read=/work', '--allow-fs-write=/work', ...readable]
  const quiet = ['--disable-warning=ExperimentalWarning']
  return ['/bin/node', ...flags, ...quiet, `--max-old-space-size=${heap}`, ...request.command.slice(1)]
}

async function conclude(folder: string, ended: Ended, limits: Limits): Promise<Result<SandboxRun, Malformed>> {
  if (ended.stopped === 'time') return malformed('time-limit', { ms: limits.wallMs })
  if (ended.stopped === 'text') return malformed('text-limit', { bytes: limits.textBytes })
  if (ended.stopped === 'unstarted') return unavailable(ended.stderr)
  const left = await readBack(folder)
  if (left === undefined) return unavailable(ended.stderr)
  const { stdout, stderr, wallMs } = ended
  return ok({ ...left, stdout, stderr, wallMs })
}

function unavailable(reason: string): Result<never, Malformed> {
  return malformed('sandbox-unavailable', { reason: reason.trim().slice(0, 300) })
}
