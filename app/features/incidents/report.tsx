/** Reporting an incident: what, whom it concerns, what was seen, and the facts in the ledger that show it. */
import { useState } from 'react'
import { REPORTED, severitiesOf, type ReportedKind, type Severity } from '../../../protocol/law/incident/kinds.ts'
import { ActButton, ActOutcome, useAct } from '../../signing/signing.ts'
import { addressOf } from '../../routing/route.ts'
import { t } from '../../text/text.ts'
import { eventIdsIn } from '../../format/event-ids.ts'
import { Field, Select, TextArea } from '../../ui/field.tsx'
import { bodyOf, emptyReport, missingIn, withKind, type Report } from './draft.ts'

export function ReportIncident() {
  const acting = useAct()
  const [id, setId] = useState(freshId)
  const [reported, setReported] = useState<string | undefined>(undefined)
  const [report, write] = useState<Report>(emptyReport)
  const send = async () => {
    const draft = { type: 'incident.report', subject: id, body: bodyOf(report), grounds: eventIdsIn(report.grounds) }
    if (!(await acting.carryOut(draft))) return
    setReported(id)
    setId(freshId())
    write(emptyReport())
  }
  return (
    <div className="space-y-4">
      <Select
        label={t.incidents.kind}
        value={report.kind}
        onWrite={(kind) => write(withKind(report, kind as ReportedKind))}
        options={REPORTED.map((value) => ({ value, name: t.incidents.kinds[value] ?? value }))}
      />
      <Select
        label={t.incidents.severity}
        value={report.severity}
        onWrite={(severity) => write({ ...report, severity: severity as Severity })}
        options={severitiesOf(report.kind).map((value) => ({ value, name: t.incidents.severities[value] ?? value }))}
      />
      <Field
        label={t.incidents.concerns}
        about={t.incidents.concernsAbout}
        className="max-w-[68ch]"
        value={report.concerns}
        onWrite={(concerns) => write({ ...report, concerns })}
      />
      <Field
        label={t.incidents.accused}
        about={t.incidents.accusedAbout}
        className="max-w-[68ch]"
        value={report.accused}
        onWrite={(accused) => write({ ...report, accused })}
      />
      <TextArea
        label={t.incidents.account}
        value={report.account}
        onWrite={(account) => write({ ...report, account })}
      />
      <Field
        label={t.incidents.grounds}
        about={t.incidents.groundsAbout}
        className="max-w-[68ch]"
        value={report.grounds}
        onWrite={(grounds) => write({ ...report, grounds })}
      />
      <ActButton
        type="incident.report"
        subject={id}
        acting={acting}
        missing={missingIn(report).map((one) => t.incidents.missing[one])}
        onPress={() => void send()}
      >
        {t.incidents.send}
      </ActButton>
      <ActOutcome
        acting={acting}
        done={
          reported === undefined ? null : (
            <a className="link" href={addressOf({ page: 'incident', id: reported })}>
              {t.incidents.open(reported)}
            </a>
          )
        }
      />
    </div>
  )
}

function freshId(): string {
  return `incident-${crypto.randomUUID()}`
}
