/** A mission as the script has it in mind, and as the ledger has it now. */
import { timeOfRound } from '../../../protocol/wire/beacon.ts'
import type { Millis } from '../../../protocol/wire/time.ts'
import { shownState, taskOf } from '../../../protocol/law/mission/state.ts'
import { isSeated, reviewKey } from '../../../protocol/law/review/state.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import type { Stage } from '../stage.ts'
import { bookOf, proposalOf, REPORT, reportOf, type Product } from '../work.ts'

export type MissionPlan = {
  readonly id: string
  readonly owner: string
  readonly planner: string
  /** Who is meant to work on it; whoever is out of service by then is replaced. */
  readonly worker: string
  readonly integrator: string
  readonly missionClass: string
  readonly domainType: 'objective' | 'normative' | 'mixed'
  /** What the worker hands in at first: the truth, a slip, or a forgery. */
  readonly firstReport: 'true' | 'careless' | 'forged'
  /** Reviewers who let a forgery pass because they were told to. */
  readonly collusion: boolean
  /** Somebody reports its good work as forged. */
  readonly mistaken: boolean
  /** The owner stops it for a day before the work. */
  readonly held: boolean
  /** How often the human at the gate says no. */
  readonly rejections: number
  /** Its evidence is handed in within the hour in which new machines were registered. */
  readonly withWave: boolean
  /** The moment from which its output is assembled, where it is not as soon as it can be. */
  readonly integrateAt: Millis | undefined
  /** A reviewer sees a question of values in it. */
  readonly disputed: boolean
}

export const TASK = 'task-1'

/** What the story needs to know of the mission now. */
export type Look = {
  readonly state: string
  readonly task: string | undefined
  readonly attempt: number
  readonly planAttempt: number
  readonly held: boolean
  readonly review:
    | {
        readonly status: string
        readonly until: Millis | undefined
        readonly seats: readonly { readonly id: string; readonly sealed: boolean; readonly revealed: boolean }[]
        readonly draw: number
        readonly nonce: string
      }
    | undefined
}

export function look(stage: Stage, mission: string): Promise<Look> {
  return stage.house.ask((state) => {
    const found = state.missions.get(mission)
    const task = taskOf(found, TASK)
    const review = state.reviews.byTask.get(reviewKey(mission, TASK))
    const scheme = state.founded!.deployment.beacon
    const until = (): Millis | undefined => {
      if (review?.status === 'awaiting_beacon') return timeOfRound(scheme, review.frozen.round)
      if (review?.status === 'sealing') return review.commitBy
      return review?.status === 'revealing' ? review.revealBy : undefined
    }
    const seats = isSeated(review) ? [...review.seats.values()] : []
    return {
      state: found === undefined ? 'none' : shownState(found),
      task: task?.status,
      attempt: task?.attempt ?? 0,
      planAttempt: found !== undefined && 'plan' in found ? found.plan.attempt : 0,
      held: found?.held !== undefined,
      review:
        review === undefined
          ? undefined
          : {
              status: review.status,
              until: until(),
              draw: review.frozen.draw,
              nonce: review.frozen.nonce,
              seats: seats.map((seat) => ({
                id: seat.member.id,
                sealed: seat.commitment !== undefined,
                revealed: seat.record !== undefined,
              })),
            },
    }
  })
}

/** The report that the worker hands in at this attempt. */
export function handedIn(stage: Stage, plan: MissionPlan, attempt: number): Uint8Array {
  return reportOf(bookOf(plan.id, stage.chance), attempt <= 1 ? plan.firstReport : 'true')
}

/** All that the worker hands in at this attempt: a report, or a proposal. */
export function productsOf(stage: Stage, plan: MissionPlan, attempt: number): readonly Product[] {
  if (plan.missionClass === 'constitutional_change') return proposalOf(plan.id)
  return [{ name: REPORT, mediaType: 'application/json', bytes: handedIn(stage, plan, attempt) }]
}

/** Who works on it: the one who was meant to, or whoever took their place. */
export function workerOf(stage: Stage, plan: MissionPlan): string {
  return stage.remembered(`worker ${plan.id}`).at(-1) ?? plan.worker
}

/** A worker in service, before a plan names them: the one who was meant to if they are. */
export async function chooseWorker(stage: Stage, plan: MissionPlan): Promise<void> {
  const before = workerOf(stage, plan)
  const fit = await stage.house.ask((state) => {
    const world = worldOf(state)
    const inService = (id: string): boolean => {
      const machine = state.machines.get(id)
      if (machine === undefined) return true
      return machine.life.status === 'active' && world.openIncidents(id).length === 0
    }
    const others = stage.cast.machines.filter(({ role, id }) => role === 'worker' && inService(id))
    return { before: inService(before), others: others.map(({ id }) => id) }
  })
  if (fit.before || fit.others.length === 0) return
  stage.remember(`worker ${plan.id}`, stage.chance.pick(`worker ${plan.id} instead of ${before}`, fit.others))
}
