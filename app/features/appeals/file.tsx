/** Filing an appeal: which decision, why, and what the ledger has to show for it. */
import { useState } from 'react'
import { APPEAL_REASONS } from '../../../protocol/law/constraints/codes.ts'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import type { Contestable } from '../../data/appeals.ts'
import { moment } from '../../format/time.ts'
import { addressOf } from '../../routing/route.ts'
import { ActButton, ActOutcome, useAct } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Field, Select, TextArea } from '../../ui/field.tsx'
import { eventIdsIn } from '../../format/event-ids.ts'

export function FileAppeal({ decisions }: { readonly decisions: readonly Contestable[] }) {
  const acting = useAct()
  const [id, setId] = useState(freshId)
  const [filed, setFiled] = useState<string | undefined>(undefined)
  const [chosen, choose] = useState('')
  const [code, setCode] = useState<string>(APPEAL_REASONS[0])
  const [statement, write] = useState('')
  const [grounds, name] = useState('')
  const decision = chosen === '' ? (decisions[0]?.decision ?? '') : chosen
  const missing = [
    ...(isBlank(statement) ? [t.appeals.writeStatement] : []),
    ...(eventIdsIn(grounds).length === 0 ? [t.incidents.missing.grounds] : []),
  ]
  const send = async () => {
    const body = { decision, reason_code: code, statement: statement.trim() }
    if (!(await acting.carryOut({ type: 'appeal.file', subject: id, body, grounds: eventIdsIn(grounds) }))) return
    setFiled(id)
    setId(freshId())
    write('')
  }
  if (decisions.length === 0) return <p className="text-soft">{t.appeals.noDecision}</p>
  return (
    <div className="space-y-4">
      <Select
        label={t.appeals.decision}
        value={decision}
        onWrite={choose}
        options={decisions.map((one) => ({
          value: one.decision,
          name: `${t.appeals.types[one.type] ?? one.type}: ${one.mission ?? one.subject}, ${moment(one.at)}`,
        }))}
      />
      <Select
        label={t.appeals.reasonCode}
        value={code}
        onWrite={setCode}
        options={APPEAL_REASONS.map((value) => ({ value, name: t.appeals.reasonCodes[value] ?? value }))}
      />
      <TextArea label={t.appeals.statement} about={t.appeals.statementAbout} value={statement} onWrite={write} />
      <Field
        label={t.incidents.grounds}
        about={t.incidents.groundsAbout}
        className="max-w-[68ch]"
        value={grounds}
        onWrite={name}
      />
      <ActButton type="appeal.file" subject={id} acting={acting} missing={missing} onPress={() => void send()}>
        {t.appeals.file}
      </ActButton>
      <ActOutcome
        acting={acting}
        done={
          filed === undefined ? null : (
            <a className="link" href={addressOf({ page: 'appeal', id: filed })}>
              {t.incidents.open(filed)}
            </a>
          )
        }
      />
    </div>
  )
}

function freshId(): string {
  return `appeal-${crypto.randomUUID()}`
}
