/** What a person typed that the command cannot use: one line, and exit code 2. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Fault } from '../../protocol/wire/fault.ts'

/** `parseArgs` of Node with our fault: `usage`. */
export function readArgs<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll('\n', ' ') : String(cause)
    throw new Fault('usage', { reason }, { cause })
  }
}

export function usage(reason: string): Fault {
  return new Fault('usage', { reason })
}

export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw usage(`${option} is missing`)
  return value
}
