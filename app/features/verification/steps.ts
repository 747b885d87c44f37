/** The steps of a verification as they go on. Pure. */
import type { Fact, StepUpdate } from './messages.ts'

export type StepState = 'waiting' | StepUpdate['state']

export type ShownStep = {
  readonly id: string
  readonly state: StepState
  readonly done: number | undefined
  readonly total: number | undefined
  readonly findings: readonly Fact[]
}

export function waitingSteps(ids: readonly string[]): readonly ShownStep[] {
  return ids.map((id) => ({ id, state: 'waiting', done: undefined, total: undefined, findings: [] }))
}

export function withUpdate(steps: readonly ShownStep[], update: StepUpdate): readonly ShownStep[] {
  return steps.map((step) =>
    step.id === update.id
      ? {
          ...step,
          state: update.state,
          done: update.done ?? step.done,
          total: update.total ?? step.total,
          findings: update.findings ?? step.findings,
        }
      : step,
  )
}

/** The first step that is not green. */
export function firstNotGreen(steps: readonly ShownStep[]): ShownStep | undefined {
  return steps.find(({ state }) => state !== 'holds')
}
