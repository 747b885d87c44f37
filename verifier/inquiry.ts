/** The protocol of one verification while it runs: findings, facts and pending matters, as the steps report them. */
import type { Json } from '../protocol/wire/canonical-json.ts'
import type { FindingCode } from './findings.ts'
import {
  STEP_IDS,
  STEPS,
  type Finding,
  type Pending,
  type PendingCode,
  type Place,
  type Progress,
  type StepId,
  type StepReport,
} from './report.ts'

type Facts = { readonly [name: string]: Json }

export type Inquiry = {
  fault(step: StepId, code: FindingCode, place?: Place, evidence?: Facts): void
  pending(code: PendingCode, params: Facts): void
  /** A step has looked at everything it had to look at; it holds unless it found a fault. */
  looked(step: StepId, facts: Facts): void
  progress(progress: Progress): void
  hasFaults(): boolean
  faultsOf(step: StepId): number
  first(): Finding | undefined
  allPending(): readonly Pending[]
  steps(): readonly StepReport[]
}

export function openInquiry(onProgress: ((progress: Progress) => void) | undefined): Inquiry {
  const findings: Finding[] = []
  const pending: Pending[] = []
  const looked = new Map<StepId, Facts>()
  const of = (step: StepId): readonly Finding[] => findings.filter((finding) => finding.step === step)
  return {
    fault: (step, code, place = {}, evidence = {}) => {
      findings.push({ code, step, ...place, evidence })
    },
    pending: (code, params) => {
      pending.push({ code, params })
    },
    looked: (step, facts) => {
      looked.set(step, { ...looked.get(step), ...facts })
    },
    progress: (progress) => onProgress?.(progress),
    hasFaults: () => findings.length > 0,
    faultsOf: (step) => of(step).length,
    first: () => findings[0],
    allPending: () => pending,
    steps: () =>
      STEP_IDS.map((id): StepReport => {
        const own = of(id)
        const status = own.length > 0 ? 'failed' : looked.has(id) ? 'holds' : 'skipped'
        return { id, title: STEPS[id], status, facts: looked.get(id) ?? {}, findings: own }
      }),
  }
}
