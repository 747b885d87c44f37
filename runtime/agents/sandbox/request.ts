/**
 * What may be run, and under which bounds.
 *
 * A declared command is data from a stranger. It is `node` with a script that is one of the inputs, or a program of
 * ours that the host shows inside; flags of Node itself cannot be given. Files come by name and digest; names are
 * relative and have no dots for parts, so none leads out of the work folder.
 *
 * Errors: command-not-allowed, environment-not-allowed, file-name-refused, file-name-repeated, input-digest-differs,
 * inputs-too-large.
 * Source: spec 3.7.
 */
import { malformed, type Malformed } from '../../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../../protocol/wire/result.ts'
import { digest, type Digest } from '../../../protocol/wire/sha256.ts'

export type InputFile = { readonly name: string; readonly digest: Digest; readonly bytes: Uint8Array }

/** A file or folder of the host, to be read inside under another name. */
export type Shown = { readonly host: string; readonly inside: string }

export type Limits = {
  /** From the start to the last output read. */
  readonly wallMs: number
  readonly cpuSeconds: number
  /** JavaScript heap; buffers outside of it may take as much again. */
  readonly memoryBytes: number
  /** All that the command can have in its folder beside the inputs. */
  readonly fileBytes: number
  /** Standard output and standard error, each. */
  readonly textBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  wallMs: 120_000,
  cpuSeconds: 60,
  memoryBytes: 512 * 1024 * 1024,
  fileBytes: 64 * 1024 * 1024,
  textBytes: 1024 * 1024,
}

export type SandboxRequest = {
  readonly command: readonly string[]
  readonly inputs: readonly InputFile[]
  /** Names to read back. */
  readonly outputs: readonly string[]
  readonly environment?: { readonly [name: string]: string | undefined }
  /** Our own programs: `command` may then start with a script among them. */
  readonly shown?: readonly Shown[]
  readonly limits?: Partial<Limits>
}

const NAME = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/
const NAME_MAX = 200
const INPUTS_MAX_BYTES = 256 * 1024 * 1024

/** What a command may be told: its language and time zone, and facts about the system that declared it. */
const VARIABLE = /^(?:TZ|LANG|LC_ALL|GENESIS_[A-Z0-9_]{1,56})$/
const VARIABLE_VALUE = /^[A-Za-z0-9._:/+-]{1,200}$/

export function isSafeName(name: string): boolean {
  return name.length <= NAME_MAX && NAME.test(name)
}

/** The first reason not to run it. */
export function check(request: SandboxRequest): Result<SandboxRequest, Malformed> {
  const { inputs, outputs, environment = {} } = request
  const names = inputs.map(({ name }) => name)
  const unsafe = [...names, ...outputs].find((name) => !isSafeName(name))
  if (unsafe !== undefined) return malformed('file-name-refused', { name: unsafe.slice(0, NAME_MAX) })
  const repeated = firstConflict(names) ?? firstConflict(outputs)
  if (repeated !== undefined) return malformed('file-name-repeated', { name: repeated })
  const wrong = inputs.find((input) => digest(input.bytes) !== input.digest)
  if (wrong !== undefined) return malformed('input-digest-differs', { name: wrong.name })
  const bytes = inputs.reduce((sum, input) => sum + input.bytes.length, 0)
  if (bytes > INPUTS_MAX_BYTES) return malformed('inputs-too-large', { bytes, max: INPUTS_MAX_BYTES })
  for (const [name, value] of Object.entries(environment)) {
    if (!VARIABLE.test(name) || value === undefined || !VARIABLE_VALUE.test(value)) {
      return malformed('environment-not-allowed', { name: name.slice(0, 64) })
    }
  }
  return isAllowed(request) ? ok(request) : malformed('command-not-allowed', { program: String(request.command[0]) })
}

/** A name that is there twice, or is a file here and a folder there. */
function firstConflict(names: readonly string[]): string | undefined {
  const files = new Set(names)
  if (files.size < names.length) return names.find((name, i) => names.indexOf(name) < i)
  return names.find((name) => parents(name).some((folder) => files.has(folder)))
}

function parents(name: string): readonly string[] {
  const steps = name.split('/')
  return steps.slice(1).map((_, i) => steps.slice(0, i + 1).join('/'))
}

function isAllowed({ command, inputs, shown = [] }: SandboxRequest): boolean {
  const [program, script, ...rest] = command
  if (program !== 'node' || script === undefined) return false
  if ([script, ...rest].some((word) => word.includes('\0'))) return false
  return inputs.some(({ name }) => name === script) || shown.some(({ inside }) => script.startsWith(`${inside}/`))
}
