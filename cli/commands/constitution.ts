/** `genesis constitution check`: do the numbers keep every rule that numbers can break? */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { mirrorFindings, type MirrorFinding } from '../../protocol/catalogue/trust-constitution.ts'
import type { Finding } from '../../protocol/law/constitution/finding.ts'
import { checkConstitution } from '../../protocol/law/constitution/load.ts'
import { parse, type Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { ROOT } from '../../scripts/setup/places.mjs'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { readArgs, usage } from '../lib/usage.ts'

const HELP = `Usage: genesis constitution check [--config DIR] [--params FILE] [--policy FILE] [--genome FILE]
                                  [--page FILE] [--json]

Checks the constitution's parameters: known keys and types, the range that the protocol allows each, the rules
between them (invariants I-01 to I-28 as far as a number can break them), the agreement of the two files, that every
value is the canonical one, and that TRUST_CONSTITUTION.md says the same as the files.

  --config DIR    folder of the three files (default config)
  --params FILE   instead of constitutional_params.json of the folder
  --policy FILE   instead of runtime_policy.json
  --genome FILE   instead of genome.json
  --page FILE     the page that people read (default TRUST_CONSTITUTION.md of this project)
  --json          the findings as JSON

Examples:
  genesis constitution check
  genesis constitution check --config weakened --json

Exit codes: 0 no finding, 1 at least one, 2 a file could not be read.
`

const OPTIONS = {
  config: { type: 'string' },
  params: { type: 'string' },
  policy: { type: 'string' },
  genome: { type: 'string' },
  page: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export const command: Command = {
  name: 'constitution',
  summary: 'check the constitution’s parameters',
  help: HELP,
  run: async (args, io) => {
    const { values, positionals } = readArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    if (positionals.length !== 1 || positionals[0] !== 'check') throw usage('say what to do: check')
    const folder = values.config === undefined ? join(ROOT, 'config') : resolve(values.config)
    const texts = {
      params: read(values.params ?? join(folder, 'constitutional_params.json')),
      policy: read(values.policy ?? join(folder, 'runtime_policy.json')),
      genome: read(values.genome ?? join(folder, 'genome.json')),
    }
    const findings = checkConstitution({ ...texts, texts: {} })
    const page = read(values.page ?? join(ROOT, 'TRUST_CONSTITUTION.md'))
    const mirror = mirrorFindings(page, documentsOf(texts))
    const sound = findings.length + mirror.length === 0
    if (values.json) io.out(`${JSON.stringify({ sound, findings, mirror })}\n`)
    else if (sound) {
      io.out('The constitution is sound: every rule that a number can break holds, and the page says the same.\n')
    } else show(findings, mirror, io)
    return sound ? EXIT.yes : EXIT.no
  },
}

function show(findings: readonly Finding[], mirror: readonly MirrorFinding[], io: Io): void {
  for (const { code, document, path, given, required, invariants } of findings) {
    const shown = given === undefined ? 'absent' : JSON.stringify(given)
    const broken = invariants.length === 0 ? '' : ` [${invariants.join(', ')}]`
    io.out(`${code}: ${document}${path} is ${shown}, required ${required}${broken}\n`)
  }
  for (const { code, document, path, page, file } of mirror) {
    io.out(`${code}: ${document}${path}: the page says ${page ?? 'nothing'}, the file ${file ?? 'nothing'}\n`)
  }
}

/** A file that is no JSON has a finding of its own; here it says nothing. */
function documentsOf(texts: { readonly [document: string]: string }): {
  readonly [document: string]: Json | undefined
} {
  return Object.fromEntries(
    Object.entries(texts).map(([document, text]) => {
      const parsed = parse(text)
      return [document, parsed.ok ? parsed.value : undefined]
    }),
  )
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Fault('file-unreadable', { file }, { cause })
  }
}
