/**
 * Attacks run, and what became of each, told row by row.
 *
 *     { id: 'I-16', outcome: 'repelled', attacks: [{ id: 'one-family', outcome: 'repelled', reasons: ['…'], … }] }
 *
 * A row is repelled where each of its attacks is; one breach is a breach. A row whose subject is not built yet is
 * `not-built-yet` although the attacks that there are were repelled: it never passes.
 *
 * Source: spec 11.
 */
import { Fault } from '../wire/fault.ts'
import { ATTACKS } from './attacks/all.ts'
import {
  isRepelled,
  type Arena,
  type Attack,
  type Attempts,
  type Copies,
  type Simulation,
  type Trial,
} from './attacks/attack.ts'
import { ROWS, type Row } from './catalogue.ts'

export type AttackOutcome = 'repelled' | 'breached' | 'skipped'

export type AttackReport = {
  readonly id: string
  readonly title: string
  readonly outcome: AttackOutcome
  /** Where it took place. */
  readonly against: 'rules' | 'files' | 'system'
  /** The reasons for which attempts were refused, each once. */
  readonly reasons: readonly string[]
  readonly attempts: number
  /** Attempts that sent no command and asked a rule for its answer. */
  readonly asked: number
  readonly unchanged: boolean
  /** Why it was not run, or the first attempt that was not repelled. */
  readonly skipped?: string
  readonly breach?: Trial
}

export type RowOutcome = 'repelled' | 'breached' | 'skipped' | 'not-built-yet'

export type RowReport = {
  readonly id: string
  readonly title: string
  readonly outcome: RowOutcome
  readonly awaits?: string
  readonly attacks: readonly AttackReport[]
}

/** Attacks on a simulation: all that need no files. */
export async function attackRules(
  { arena, take }: Attempts<Simulation>,
  attacks: readonly Attack[] = ATTACKS,
): Promise<readonly AttackReport[]> {
  const reports: AttackReport[] = []
  for (const attack of attacks) {
    if (attack.on !== 'files') reports.push(await reported(attack, 'rules', take, () => attack.run(arena)))
  }
  return reports
}

/** Attacks on copies of a deployment's files. */
export async function attackFiles(
  { arena, take }: Attempts<Copies>,
  attacks: readonly Attack[] = ATTACKS,
): Promise<readonly AttackReport[]> {
  const reports: AttackReport[] = []
  for (const attack of attacks) {
    if (attack.on === 'files') reports.push(await reported(attack, 'files', take, () => attack.run(arena)))
  }
  return reports
}

/** Attacks on a running system: those that need nothing but commands. */
export async function attackSystem(
  { arena, take }: Attempts<Arena>,
  attacks: readonly Attack[] = ATTACKS,
): Promise<readonly AttackReport[]> {
  const reports: AttackReport[] = []
  for (const attack of attacks) {
    if (attack.on === 'anything') reports.push(await reported(attack, 'system', take, () => attack.run(arena)))
  }
  return reports
}

async function reported(
  { id, title }: Attack,
  against: AttackReport['against'],
  take: () => readonly Trial[],
  run: () => Promise<void>,
): Promise<AttackReport> {
  const skipped = await outcomeOf(run)
  const trials = take()
  const breach = trials.find((trial) => !isRepelled(trial))
  const reasons = [...new Set(trials.map(({ expected }) => expected))]
  const unchanged = trials.every((trial) => trial.unchanged)
  const asked = trials.filter((trial) => trial.asked === true).length
  const facts = { id, title, against, reasons, attempts: trials.length, asked, unchanged }
  if (breach !== undefined) return { ...facts, outcome: 'breached', breach }
  if (skipped !== undefined) return { ...facts, outcome: 'skipped', skipped }
  // An attack that attempts nothing has repelled nothing.
  return trials.length === 0
    ? { ...facts, outcome: 'skipped', skipped: 'no attempt' }
    : { ...facts, outcome: 'repelled' }
}

/** Whoever is not at hand skips the attack; every other fault is ours. */
async function outcomeOf(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run()
    return undefined
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'identity-missing')
      return `needs an identity: ${String(cause.params['who'])}`
    throw cause
  }
}

/** Row by row. `chosen` are ids of rows; undefined takes all. */
export function byRow(reports: readonly AttackReport[], chosen?: readonly string[]): readonly RowReport[] {
  return ROWS.filter(({ id }) => chosen === undefined || chosen.includes(id)).map((row) => rowReport(row, reports))
}

function rowReport({ id, title, attacks, awaits }: Row, reports: readonly AttackReport[]): RowReport {
  const own = reports.filter((report) => attacks.includes(report.id))
  return { id, title, outcome: outcomeOfRow(own, awaits), ...(awaits === undefined ? {} : { awaits }), attacks: own }
}

function outcomeOfRow(own: readonly AttackReport[], awaits: string | undefined): RowOutcome {
  if (own.some(({ outcome }) => outcome === 'breached')) return 'breached'
  if (awaits !== undefined) return 'not-built-yet'
  // Skipped against the system and repelled by the rules is repelled; what nobody repelled is not.
  return own.some(({ outcome }) => outcome === 'repelled') ? 'repelled' : 'skipped'
}
