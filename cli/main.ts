/**
 * `genesis`: one word, one command, one file under commands/. Rules live in the protocol; here are words and files.
 *
 * Exit codes: 0 yes, 1 no (unverifiable, withheld, a finding), 2 the input could not be used.
 */
import { Fault } from '../protocol/wire/fault.ts'
import { EXIT, type Command, type Io } from './lib/command.ts'
import { inWords } from './lib/words.ts'

/** Loaded when asked for, so that `--help` is quick and one broken command leaves the others alone. */
const COMMANDS: { readonly [name: string]: () => Promise<{ readonly command: Command }> } = {
  agent: () => import('./commands/agent.ts'),
  conform: () => import('./commands/conform.ts'),
  constitution: () => import('./commands/constitution.ts'),
  contract: () => import('./commands/contract.ts'),
  export: () => import('./commands/export.ts'),
  keys: () => import('./commands/keys.ts'),
  mcp: () => import('./commands/mcp.ts'),
  mission: () => import('./commands/mission.ts'),
  redteam: () => import('./commands/redteam.ts'),
  verify: () => import('./commands/verify.ts'),
}

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY,
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(await overview())
    return name === undefined ? EXIT.unusable : EXIT.yes
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    io.err(`command-unknown: ${name}. See genesis --help.\n`)
    return EXIT.unusable
  }
  const { command } = await load()
  if (rest[0] === '--help' || rest[0] === '-h') {
    io.out(command.help)
    return EXIT.yes
  }
  return command.run(rest, io)
}

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.values(COMMANDS).map(async (load) => {
      const { command } = await load()
      return `  ${command.name.padEnd(14)}${command.summary}\n`
    }),
  )
  return [
    'Usage: genesis <command> [options]\n\n',
    ...lines,
    '\nEvery command has --help with examples, and --json for programs.\n',
    'Exit codes: 0 yes, 1 no, 2 the input could not be used.\n',
  ].join('')
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (cause) {
  const fault = cause instanceof Fault ? cause : unforeseen(cause)
  if (process.argv.includes('--json')) io.out(`${JSON.stringify({ error: fault.code, params: fault.params })}\n`)
  io.err(`${inWords(fault)}\n`)
  process.exitCode = fault.code === 'command-withheld' ? EXIT.no : EXIT.unusable
}

/** A mistake of ours: one line for whoever typed, the whole of it where GENESIS_DEBUG is set. */
function unforeseen(cause: unknown): Fault {
  if (process.env.GENESIS_DEBUG !== undefined) throw cause
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
  return new Fault('unforeseen', { reason }, { cause })
}
