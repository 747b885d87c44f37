/** `genesis constitution check`: do the numbers keep every rule that numbers can break? */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkConstitution } from '../../protocol/law/constitution/load.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { ROOT } from '../../scripts/setup/places.mjs'
import { EXIT, type Command } from '../lib/command.ts'
import { readArgs, usage } from '../lib/usage.ts'

const HELP = `Usage: genesis constitution check [--params FILE] [--policy FILE] [--genome FILE] [--json]

Checks the constitution's parameters: known keys and types, the range that the protocol allows each, the rules
between them (invariants I-01 to I-28 as far as a number can break them), the agreement of the two files, and that
every value is the canonical one.

  --params FILE   default config/constitutional_params.json
  --policy FILE   default config/runtime_policy.json
  --genome FILE   default config/genome.json
  --json          the findings as JSON

Examples:
  genesis constitution check
  genesis constitution check --params weakened.json --json

Exit codes: 0 no finding, 1 at least one, 2 a file could not be read.
`

export const command: Command = {
  name: 'constitution',
  summary: 'check the constitution’s parameters',
  help: HELP,
  run: async (args, io) => {
    const { values, positionals } = readArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        params: { type: 'string' },
        policy: { type: 'string' },
        genome: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    if (positionals.length !== 1 || positionals[0] !== 'check') throw usage('say what to do: check')
    const findings = checkConstitution({
      params: read(values.params ?? join(ROOT, 'config', 'constitutional_params.json')),
      policy: read(values.policy ?? join(ROOT, 'config', 'runtime_policy.json')),
      genome: read(values.genome ?? join(ROOT, 'config', 'genome.json')),
      texts: {},
    })
    if (values.json) io.out(`${JSON.stringify({ sound: findings.length === 0, findings })}\n`)
    else if (findings.length === 0) io.out('The constitution is sound: every rule that a number can break holds.\n')
    else {
      for (const { code, document, path, given, required, invariants } of findings) {
        const shown = given === undefined ? 'absent' : JSON.stringify(given)
        const broken = invariants.length === 0 ? '' : ` [${invariants.join(', ')}]`
        io.out(`${code}: ${document}${path} is ${shown}, required ${required}${broken}\n`)
      }
    }
    return findings.length === 0 ? EXIT.yes : EXIT.no
  },
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Fault('file-unreadable', { file }, { cause })
  }
}
