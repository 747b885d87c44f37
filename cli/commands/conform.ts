/** `genesis conform`: does this protocol agree with a file of conformance vectors? */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { knownFiles, run, type SectionReport } from '../../protocol/conformance/run.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { nativeEngine } from '../lib/engine.ts'
import { readArgs, usage } from '../lib/usage.ts'

const HELP = `Usage: genesis conform FILE… [--section NAME]… [--json]

Runs files of conformance vectors (JSON, plain or .gz) against the protocol and prints for each section how many
cases passed and failed. Nothing is skipped: a file or a section that is not known is an error.

  --section NAME  only this section; may be given several times, and each file must have it
  --json          the counts and first failures as JSON

Files that are known: ${knownFiles().join(', ')}.

Examples:
  genesis conform merkle.json
  genesis conform jcs.json ed25519.json.gz --json
  genesis conform seed_and_selection.json --section seed --section walk

Exit codes: 0 all passed, 1 at least one failed, 2 a file or a section is unknown or cannot be read.
`

const GZIP = [0x1f, 0x8b] as const

/** What a compressed vector file may become. */
const MAX_BYTES = 512 * 1024 * 1024

type FileReport = { readonly file: string; readonly sections: readonly SectionReport[] }

export const command: Command = {
  name: 'conform',
  summary: 'run conformance vectors against the protocol',
  help: HELP,
  run: async (args, io) => {
    const { values, positionals } = readArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        section: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    if (positionals.length === 0) throw usage('name at least one file')
    // The engines that the runtime decides with: what is judged here is what runs there.
    nativeEngine()
    const reports = positionals.map((file) => ({ file, sections: conform(file, values.section) }))
    const failed = reports.flatMap(({ sections }) => sections).reduce((sum, section) => sum + section.failed, 0)
    if (values.json) io.out(`${JSON.stringify({ passed: failed === 0, files: reports })}\n`)
    else for (const report of reports) show(report, io)
    return failed === 0 ? EXIT.yes : EXIT.no
  },
}

function conform(file: string, sections: readonly string[] | undefined): readonly SectionReport[] {
  const result = run(readVectors(file), sections === undefined ? {} : { sections })
  if (result.ok) return result.value
  const { code, params, path } = result.error
  throw new Fault(code, { ...params, given: file, ...(path === undefined ? {} : { path }) })
}

function readVectors(file: string): unknown {
  try {
    const bytes = readFileSync(file)
    const zipped = bytes[0] === GZIP[0] && bytes[1] === GZIP[1]
    const text = zipped ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes
    return JSON.parse(text.toString('utf8')) as unknown
  } catch (cause) {
    throw new Fault('vectors-unreadable', { file, reason: reasonOf(cause) }, { cause })
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as { readonly code?: string; readonly message?: string }
  return code ?? message?.split('\n')[0] ?? ''
}

function show({ file, sections }: FileReport, io: Io): void {
  const width = Math.max(...sections.map(({ name }) => name.length))
  io.out(`${file}\n`)
  for (const { name, passed, failed, firstFailure } of sections) {
    io.out(`  ${name.padEnd(width)}  ${passed}/${failed}\n`)
    if (firstFailure === undefined) continue
    const { index, label, what, expected, given } = firstFailure
    const named = label === undefined ? '' : ` (${label})`
    io.out(`    case ${index}${named}, ${what}: expected ${short(expected)}, got ${short(given)}\n`)
  }
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`
}
