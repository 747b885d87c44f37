/** The twelve points, each with what was looked at and the figures that were found. Source: spec 11.4. */
import type { Row } from '../../../protocol/catalogue/catalogue.ts'
import { rowOf } from '../../../protocol/catalogue/catalogue.ts'
import type { AttackReport, RowReport } from '../../../protocol/catalogue/red-team.ts'
import { needsHuman } from '../../../protocol/law/mission/final-gate.ts'
import { isPlanned } from '../../../protocol/law/mission/state.ts'
import { isSeated } from '../../../protocol/law/review/state.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import type { Fold } from './fold.ts'

export type Status = 'holds' | 'fails' | 'not-built-yet'

export type Point = {
  readonly id: string
  readonly title: string
  readonly status: Status
  readonly awaits?: string
  /** What was looked at, in words, with its figures. */
  readonly evidence: readonly string[]
}

/** What is known when the points are judged; the fold is absent where no system was asked. */
export type Known = {
  readonly rows: readonly RowReport[]
  readonly fold: Fold | undefined
  readonly examples: readonly { readonly mission: string; readonly tier: string; readonly findings: number }[]
  readonly constitutionFindings: number
}

type Found = { readonly evidence: readonly string[]; readonly fails?: boolean }

export function pointsOf(known: Known): readonly Point[] {
  return known.rows
    .filter(({ id }) => id.startsWith('M-'))
    .map((row) => {
      const found = EVIDENCE[row.id]?.(known) ?? { evidence: [] }
      const attacks = attacked(row.attacks)
      const properties = ownProperties(rowOf(row.id), known.fold)
      const fails = found.fails === true || row.outcome === 'breached' || properties.fails
      const status = fails ? 'fails' : row.awaits === undefined ? 'holds' : 'not-built-yet'
      const evidence = [...found.evidence, ...properties.evidence, ...attacks]
      return {
        id: row.id,
        title: row.title,
        status,
        ...(row.awaits === undefined ? {} : { awaits: row.awaits }),
        evidence,
      }
    })
}

function attacked(attacks: readonly AttackReport[]): readonly string[] {
  if (attacks.length === 0) return []
  const attempts = attacks.reduce((sum, attack) => sum + attack.attempts, 0)
  const repelled = attacks.filter(({ outcome }) => outcome === 'repelled').length
  return [
    `${repelled} of ${attacks.length} attacks repelled (${attempts} attempts): ${attacks.map(({ id }) => id).join(', ')}`,
  ]
}

function ownProperties(row: Row | undefined, fold: Fold | undefined): { evidence: readonly string[]; fails: boolean } {
  if (row === undefined || fold === undefined) return { evidence: [], fails: false }
  const broken = fold.broken.filter(({ property }) => row.properties.includes(property))
  const names = row.properties.join(', ')
  return broken.length === 0
    ? { evidence: [`holds over ${fold.entries} entries folded here: ${names}`], fails: false }
    : { evidence: broken.map(({ property, subject }) => `broken: ${property} of ${subject}`), fails: true }
}

const NOT_ASKED: Found = { evidence: ['no running system was asked'] }

function ofFold(look: (fold: Fold) => Found): (known: Known) => Found {
  return ({ fold }) => (fold === undefined ? NOT_ASKED : look(fold))
}

const EVIDENCE: { readonly [id: string]: (known: Known) => Found } = {
  'M-01': ofFold(({ entries, signatures, state }) => ({
    evidence: [
      `${entries} entries and ${signatures} signatures checked, none invalid`,
      `${state.chain.committed.size} of ${state.epochs.closed.length} closed epochs observed on chain`,
    ],
  })),
  'M-03': ofFold(({ draws }) => ({ evidence: [`${draws} drawings by lot decided again with the same outcome`] })),
  'M-04': ofFold(({ state }) => {
    const world = worldOf(state)
    const critical = [...state.missions.values()]
      .filter(isPlanned)
      .filter(({ status, tier }) => status === 'Completed' && needsHuman(tier))
    const covered = critical.filter(
      (mission) => 'gate' in mission && world.epochCommitted(world.epochOfSeq(mission.gate.seq)),
    )
    return {
      evidence: [`${covered.length} of ${critical.length} critical completions rest on a commitment in a final block`],
      fails: covered.length < critical.length,
    }
  }),
  'M-05': ofFold(({ withheld }) => ({
    evidence: [`${withheld} refusals in the ledger, each decided again as a refusal`],
  })),
  'M-06': ({ rows }) => {
    const invariants = rows.filter(({ id }) => id.startsWith('I-'))
    const repelled = invariants.filter(({ outcome }) => outcome === 'repelled').length
    const waiting = invariants.filter(({ outcome }) => outcome === 'not-built-yet').map(({ id }) => id)
    const breached = invariants.filter(({ outcome }) => outcome === 'breached').map(({ id }) => id)
    return {
      evidence: [
        `${repelled} of ${invariants.length} invariants attacked and kept`,
        ...(waiting.length === 0 ? [] : [`not built yet: ${waiting.join(', ')}`]),
        ...(breached.length === 0 ? [] : [`breached: ${breached.join(', ')}`]),
      ],
      fails: breached.length > 0,
    }
  },
  'M-07': ({ examples }) => ({
    evidence: examples.map(
      ({ mission, tier, findings }) => `${mission} (${tier}): ${findings} findings from its evidence alone`,
    ),
    fails: examples.some(({ findings }) => findings > 0) || examples.length < 2,
  }),
  'M-08': ({ constitutionFindings, examples }) => ({
    evidence: [`constitution: ${constitutionFindings} findings`, `examples: ${examples.length} judged`],
    fails: constitutionFindings > 0 || examples.some(({ findings }) => findings > 0),
  }),
  'M-09': ofFold(({ state }) => {
    const { deployment, constitution } = state.founded!
    const ends = formatTimestamp(millis(deployment.startedAt + constitution.phases.g0MaxMs))
    return {
      evidence: [
        `phase G0 since ${formatTimestamp(deployment.startedAt)}, until ${ends}; ${state.identities.humans.size} humans`,
      ],
    }
  }),
  'M-10': ofFold(({ state }) => {
    const seated = [...state.reviews.byTask.values()].filter(isSeated)
    return { evidence: [`${seated.length} seated reviews looked at`] }
  }),
  'M-11': ofFold(({ state }) => {
    const tasks = [...state.missions.values()].filter(isPlanned).flatMap(({ plan }) => [...plan.tasks.values()])
    const counts = new Map<string, number>()
    for (const { domain_type } of tasks) counts.set(domain_type, (counts.get(domain_type) ?? 0) + 1)
    return { evidence: [`${tasks.length} tasks: ${[...counts].map(([type, count]) => `${count} ${type}`).join(', ')}`] }
  }),
  'M-12': ofFold(({ state }) => {
    const overdue = worldOf(state).overdueEpoch(state.books.lastRecordedAt)
    return {
      evidence: [overdue === undefined ? 'no epoch is overdue' : `epoch ${overdue} is overdue`],
      fails: overdue !== undefined,
    }
  }),
}
