/**
 * Misconduct: whoever saw it reports it with recorded facts, and a human who has nothing to do with it judges it. One
 * report of the month is a mistake, and is dismissed.
 */
import { isScoped } from '../../../protocol/law/mission/state.ts'
import type { Story } from '../schedule.ts'
import type { Stage } from '../stage.ts'
import { decommission } from './decommission.ts'
import { workerOf, type MissionPlan } from './plan.ts'

export type Accusation = {
  readonly id: string
  readonly kind: 'forged-evidence' | 'collusion' | 'irreproducible-approval' | 'false-vouching'
  readonly reporter: string
  readonly accused: string
  readonly mission: string
  readonly grounds: readonly string[]
  readonly account: string
  readonly resolution: 'upheld' | 'dismissed'
}

/** A forged report has come out: its worker is accused, once, and so is whoever let it pass because they were told to. */
export function tellOfForgery(stage: Stage, plan: MissionPlan): void {
  const name = `forgery ${plan.id}`
  if (stage.remembered(name).length > 0) return
  stage.remember(name, 'told')
  const grounds = stage.remembered(`evidence ${plan.id}`).slice(0, 1)
  const about = { mission: plan.id, reporter: plan.owner, grounds, resolution: 'upheld' } as const
  const worker: Accusation = {
    ...about,
    id: `report-${plan.id}-worker`,
    kind: 'forged-evidence',
    accused: workerOf(stage, plan),
    account: 'The total of the report is a million above what the lines of the book add up to.',
  }
  stage.tell(stage.hoursOn(4, name), accusation(stage, worker))
  if (plan.collusion) stage.tell(stage.hoursOn(8, `${name} collusion`), collusionCharged(stage, plan, worker))
}

/** Whoever made the forgery and whoever let it pass; every second worker of this kind is retired for it. */
async function* collusionCharged(stage: Stage, plan: MissionPlan, first: Accusation): Story {
  const approving = await stage.house.ask((state) => {
    const found = state.missions.get(plan.id)
    if (!isScoped(found) || !('plan' in found)) return []
    return [...found.plan.tasks.values()].flatMap(({ reviews }) =>
      reviews.filter(({ verdict }) => verdict === 'approve').map(({ reviewer }) => reviewer),
    )
  })
  const collusion: Accusation = {
    ...first,
    id: `report-${plan.id}-collusion`,
    kind: 'collusion',
    account: 'Worker and reviewers had agreed that the report would pass.',
  }
  yield* accusation(stage, collusion)
  for (const accused of approving.toSorted()) {
    yield* accusation(stage, {
      ...first,
      id: `report-${plan.id}-${accused}`,
      kind: 'irreproducible-approval',
      accused,
      account: 'The report was approved although the declared command gives another.',
    })
  }
  const known = stage.remembered('collusions').length
  stage.remember('collusions', plan.id)
  const judge = judgesOf(stage, collusion).at(-1)
  if (known % 2 === 0 || judge === undefined) return
  // Nothing final is built on a finding before the time to appeal against it is over.
  yield stage.hoursOn(14 * 24, `decommission ${collusion.id}`)
  await decommission(stage, judge, workerOf(stage, plan), collusion.id)
}

/** Reported now, resolved a day later by the first of those asked who has nothing to do with it. */
export async function* accusation(stage: Stage, one: Accusation): Story {
  const { id, kind, accused, account, grounds } = one
  const body = { kind, severity: 'severe', concerns: [one.mission], account, accused }
  const reported = await stage.attempt(one.reporter, 'incident.report', id, body, { grounds })
  if (reported.outcome !== 'committed') return
  yield stage.hoursOn(20, id)
  const reason =
    one.resolution === 'upheld'
      ? 'I ran the declared command on the recorded book: it does not give this report.'
      : 'I ran the declared command on the recorded book: it gives exactly this report.'
  for (const judge of judgesOf(stage, one)) {
    const answer = await stage.attempt(judge, 'incident.resolve', id, { resolution: one.resolution, reason })
    if (answer.outcome === 'committed') return
  }
}

/** In an order of chance, so that it is not always the same. */
function judgesOf(stage: Stage, { id, reporter, accused }: Accusation): readonly string[] {
  const { independents } = stage.cast
  const first = stage.chance.number(`judge ${id}`, independents.length)
  return [...independents.slice(first), ...independents.slice(0, first)]
    .map((human) => human.id)
    .filter((human) => human !== reporter && human !== accused)
    .slice(0, 4)
}

/** Work that was good is reported as forged, by somebody who added up wrongly. */
export async function* mistakenReport(stage: Stage, plan: MissionPlan): Story {
  const reporter = stage.chance.pick(`mistaken ${plan.id}`, stage.cast.owners).id
  const grounds = stage.remembered(`evidence ${plan.id}`).slice(0, 1)
  if (grounds.length === 0) return
  yield* accusation(stage, {
    id: `report-${plan.id}-mistaken`,
    kind: 'forged-evidence',
    reporter,
    accused: workerOf(stage, plan),
    mission: plan.id,
    grounds,
    account: 'I believe that the total is wrong.',
    resolution: 'dismissed',
  })
}
