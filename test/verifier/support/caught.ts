/** Asserts that exactly one step failed, and over what. */
import assert from 'node:assert/strict'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import type { Finding, Report, StepId, Verification } from '../../../verifier/verify.ts'

export function caught({ report }: Verification, step: StepId, code: string): Finding {
  assert.equal(report.verdict, 'unverifiable')
  const failed = report.steps.filter(({ status }) => status === 'failed').map(({ id }) => id)
  assert.deepEqual({ failed, code: report.fault?.code }, { failed: [step], code }, JSON.stringify(report.fault))
  assert.ok(report.fault !== null)
  return report.fault
}

export function holds({ report }: Verification): Report {
  assert.equal(report.verdict, 'verified', JSON.stringify(report.fault))
  return report
}

export function pendingOf({ report }: Verification, code: string): readonly { readonly [name: string]: Json }[] {
  return report.pending.filter((pending) => pending.code === code).map(({ params }) => params)
}
