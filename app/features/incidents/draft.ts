/** A report as it is written, and the body that is sent. Pure. */
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import { isMisconduct, severitiesOf, type ReportedKind, type Severity } from '../../../protocol/law/incident/kinds.ts'
import { eventId } from '../../../protocol/wire/identifiers.ts'
import { fits } from '../../../protocol/wire/shape.ts'
import { eventIdsIn, listed } from '../../format/event-ids.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'

export type Report = {
  readonly kind: ReportedKind
  readonly severity: Severity
  /** Ids, as typed: by lines, spaces or commas. */
  readonly concerns: string
  readonly accused: string
  readonly account: string
  readonly grounds: string
}

export type Missing = 'concerns' | 'accused' | 'account' | 'grounds' | 'grounds-form'

export function emptyReport(): Report {
  return { kind: 'failed-verification', severity: 'minor', concerns: '', accused: '', account: '', grounds: '' }
}

/** A kind allows some severities: the first of them where the present one is not among them. */
export function withKind(report: Report, kind: ReportedKind): Report {
  const allowed = severitiesOf(kind)
  const severity = allowed.includes(report.severity) ? report.severity : (allowed[0] ?? 'minor')
  return { ...report, kind, severity }
}

export function missingIn(report: Report): readonly Missing[] {
  const missing: Missing[] = []
  if (listed(report.concerns).length === 0) missing.push('concerns')
  if (isMisconduct(report.kind) && report.accused.trim() === '') missing.push('accused')
  if (isBlank(report.account)) missing.push('account')
  const grounds = eventIdsIn(report.grounds)
  if (grounds.length === 0) missing.push('grounds')
  else if (!grounds.every((one) => fits(eventId, one))) missing.push('grounds-form')
  return missing
}

export function bodyOf({ kind, severity, concerns, accused, account }: Report): Json {
  const named = accused.trim()
  return {
    kind,
    severity,
    concerns: listed(concerns),
    account: account.trim(),
    ...(named === '' ? {} : { accused: named }),
  }
}
