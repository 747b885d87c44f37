/** `genesis redteam`: the catalogue's attacks, against the rules and against a running system. */
import { attackOf } from '../../protocol/catalogue/attacks/all.ts'
import type { Attack } from '../../protocol/catalogue/attacks/attack.ts'
import { simulation } from '../../protocol/catalogue/arena/simulation.ts'
import { ROWS, rowOf } from '../../protocol/catalogue/catalogue.ts'
import {
  attackRules,
  attackSystem,
  byRow,
  type AttackReport,
  type RowOutcome,
  type RowReport,
} from '../../protocol/catalogue/red-team.ts'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { nativeEngine } from '../lib/engine.ts'
import { progressLine } from '../lib/progress.ts'
import { clientFor, dataFolder, STACK_HELP, STACK_OPTIONS } from '../lib/stack.ts'
import { table } from '../lib/table.ts'
import { readArgs, usage } from '../lib/usage.ts'
import { attackedFiles } from './redteam/copies.ts'
import { systemArena } from './redteam/system.ts'

const HELP = `Usage: genesis redteam [--rules-only] [--id ROW]… [--complete] [options]

Runs the attacks of the catalogue: against the rules, in a simulation with real keys; against the files of a small
deployment of its own, in a temporary folder; and those that need nothing but commands against the running system as
well, through its public interface. An attack is repelled where
every attempt was refused for the expected reason and every subject is as before.

Rows whose subject is not built yet are listed as such. They fail the command only with --complete.

  --rules-only    the simulation and its files alone; no system has to run
  --id ROW        only this row of the catalogue (I-04, D-20, …); may be given several times
  --complete      a row that is not built yet, or an attack that was skipped, fails too
${STACK_HELP}

On a development deployment the attacker signs with the keys of its invented people, from the data folder. Attacks
that need somebody whose key is not there are skipped, and said to be. Refusals are recorded in the ledger.

Examples:
  genesis redteam
  genesis redteam --rules-only --id I-16 --id I-17
  genesis redteam --json --complete

Exit codes: 0 no breach, 1 a breach (with --complete also a row that is not built), 2 nothing answers, no such row.
`

const OPTIONS = {
  ...STACK_OPTIONS,
  'rules-only': { type: 'boolean', default: false },
  complete: { type: 'boolean', default: false },
  id: { type: 'string', multiple: true },
} as const

export const command: Command = {
  name: 'redteam',
  summary: 'attack the rules and the running system, row by row',
  help: HELP,
  run: async (args, io) => {
    const { values } = readArgs({ args: [...args], options: OPTIONS })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    const unknown = values.id?.find((id) => rowOf(id) === undefined)
    if (unknown !== undefined) throw usage(`no such row: ${unknown}`)
    // The engines that the runtime decides with.
    nativeEngine()
    const attacks = attacksOf(values.id)
    const line = progressLine(io)
    line.show('attacking the rules')
    const reports: AttackReport[] = [...(await attackRules(simulation(), attacks))]
    line.show('attacking copies of files')
    reports.push(...(await attackedFiles(attacks)))
    if (!values['rules-only']) {
      line.show('attacking the running system')
      const system = await systemArena(clientFor(values), dataFolder(values.data))
      reports.push(...(await attackSystem(system, attacks)))
    }
    line.clear()
    const rows = byRow(reports, values.id)
    const counts = countsOf(rows, reports)
    const breached = counts.rows.breached > 0
    const incomplete = counts.rows['not-built-yet'] + counts.rows.skipped + counts.attacks_skipped > 0
    const passed = !breached && !(values.complete && incomplete)
    if (values.json) io.out(`${JSON.stringify({ passed, counts, rows })}\n`)
    else show(rows, counts, io)
    return passed ? EXIT.yes : EXIT.no
  },
}

function attacksOf(ids: readonly string[] | undefined): readonly Attack[] {
  const rows = ROWS.filter(({ id }) => ids === undefined || ids.includes(id))
  return [...new Set(rows.flatMap(({ attacks }) => attacks))].flatMap((id) => attackOf(id) ?? [])
}

type Counts = {
  readonly rows: { readonly [outcome in RowOutcome]: number }
  readonly attacks: number
  readonly attempts: number
  readonly attacks_skipped: number
}

function countsOf(rows: readonly RowReport[], reports: readonly AttackReport[]): Counts {
  const of = (outcome: RowOutcome): number => rows.filter((row) => row.outcome === outcome).length
  return {
    rows: {
      repelled: of('repelled'),
      breached: of('breached'),
      skipped: of('skipped'),
      'not-built-yet': of('not-built-yet'),
    },
    attacks: reports.length,
    attempts: reports.reduce((sum, { attempts }) => sum + attempts, 0),
    attacks_skipped: reports.filter(({ outcome }) => outcome === 'skipped').length,
  }
}

function show(rows: readonly RowReport[], counts: Counts, io: Io): void {
  io.out(table(['ROW', 'ATTACK', 'AGAINST', 'OUTCOME', 'REASON', 'STATE'], rows.flatMap(linesOf)))
  for (const { id, attacks } of rows) {
    for (const { id: attack, breach, skipped } of attacks) {
      if (breach !== undefined) {
        io.out(
          `\n${id} ${attack} BREACH: ${breach.what}: expected ${breach.expected}, got ${breach.given.join(', ')}\n`,
        )
        if (!breach.unchanged) io.out('  and a subject changed\n')
      }
      if (skipped !== undefined) io.out(`${id} ${attack} skipped: ${skipped}\n`)
    }
  }
  const { repelled, breached, skipped, 'not-built-yet': waiting } = counts.rows
  io.out(
    `\n${rows.length} rows: ${repelled} repelled, ${breached} breached, ${skipped} not tried, ${waiting} not built yet; ` +
      `${counts.attacks} attacks, ${counts.attempts} attempts, ${counts.attacks_skipped} skipped\n`,
  )
}

function linesOf({ id, title, outcome, awaits, attacks }: RowReport): readonly (readonly string[])[] {
  const lines = attacks.map((attack) => [
    id,
    attack.id,
    attack.against,
    attack.outcome,
    shortened(attack.reasons),
    attack.unchanged ? 'unchanged' : 'CHANGED',
  ])
  if (outcome !== 'not-built-yet') return lines
  return [...lines, [id, title, '–', 'not built yet', awaits ?? '', '–']]
}

function shortened(reasons: readonly string[]): string {
  const [first = '–', ...others] = reasons
  return others.length === 0 ? first : `${first} +${others.length}`
}
