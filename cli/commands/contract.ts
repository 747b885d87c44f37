/** `genesis contract`: the twelve points without which a deployment is not valid, with evidence. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulation } from '../../protocol/catalogue/arena/simulation.ts'
import { attackRules, byRow } from '../../protocol/catalogue/red-team.ts'
import { checkConstitution } from '../../protocol/law/constitution/load.ts'
import { checkExample, EXAMPLE_FOLDERS } from '../../runtime/agents/rerun/examples.ts'
import { ROOT } from '../../scripts/setup/places.mjs'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { nativeEngine } from '../lib/engine.ts'
import { progressLine } from '../lib/progress.ts'
import { clientFor, STACK_HELP, STACK_OPTIONS } from '../lib/stack.ts'
import { readArgs } from '../lib/usage.ts'
import { foldLedger } from './contract/fold.ts'
import { pointsOf, type Known, type Point } from './contract/points.ts'
import { attackedFiles } from './redteam/copies.ts'

const HELP = `Usage: genesis contract [--rules-only] [--complete] [options]

Prints the twelve points of the minimum implementation contract (M-01 to M-12) and what each was judged by: the
catalogue's attacks on the rules and on files, the worked missions, the constitution's files, and the running system's
ledger, which is read through its public interface and folded here.

  --rules-only    ask no running system
  --complete      a point whose subject is not built yet fails too
${STACK_HELP}

Examples:
  genesis contract
  genesis contract --rules-only --json

Exit codes: 0 no point fails, 1 one does, 2 nothing answers.
`

const OPTIONS = {
  ...STACK_OPTIONS,
  'rules-only': { type: 'boolean', default: false },
  complete: { type: 'boolean', default: false },
} as const

export const command: Command = {
  name: 'contract',
  summary: 'the twelve points of the contract, with evidence',
  help: HELP,
  run: async (args, io) => {
    const { values } = readArgs({ args: [...args], options: OPTIONS })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    nativeEngine()
    const line = progressLine(io)
    const url = values['rules-only'] ? undefined : clientFor(values).url
    const fold =
      url === undefined
        ? undefined
        : await foldLedger(url, (entries) => line.show(`folding the ledger: ${entries} entries`))
    line.show('attacking the rules')
    const attacked = await attackRules(simulation())
    line.show('attacking copies of files')
    const rows = byRow([...attacked, ...(await attackedFiles())])
    line.show('judging the worked missions')
    const points = pointsOf({ rows, fold, examples: await examples(), constitutionFindings: constitutionFindings() })
    line.clear()
    const failed = points.filter(({ status }) => status === 'fails' || (values.complete && status === 'not-built-yet'))
    if (values.json) io.out(`${JSON.stringify({ holds: failed.length === 0, points })}\n`)
    else show(points, io)
    return failed.length === 0 ? EXIT.yes : EXIT.no
  },
}

async function examples(): Promise<Known['examples']> {
  const judged = []
  for (const folder of EXAMPLE_FOLDERS) {
    const { mission, tier, findings } = await checkExample(join(ROOT, folder), { rerun: false })
    judged.push({ mission, tier, findings: findings.length })
  }
  return judged
}

function constitutionFindings(): number {
  const read = (name: string): string => readFileSync(join(ROOT, 'config', `${name}.json`), 'utf8')
  const texts = { params: read('constitutional_params'), policy: read('runtime_policy'), genome: read('genome') }
  return checkConstitution({ ...texts, texts: {} }).length
}

const WORDS = { holds: 'holds', fails: 'FAILS', 'not-built-yet': 'not built yet' } as const

function show(points: readonly Point[], io: Io): void {
  for (const { id, title, status, awaits, evidence } of points) {
    io.out(`${id}  ${WORDS[status].padEnd(13)}  ${title}${awaits === undefined ? '' : ` (${awaits})`}\n`)
    for (const said of evidence) io.out(`        ${said}\n`)
  }
  const of = (status: Point['status']): number => points.filter((point) => point.status === status).length
  io.out(`\n${of('holds')} hold, ${of('fails')} fail, ${of('not-built-yet')} not built yet\n`)
}
