/** Standing conflicts of interest: declared and withdrawn by whom they are of. */
import { useState } from 'react'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import type { ActorView } from '../../data/actor.ts'
import { ActButton, ActOutcome, useAct } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Field, Select } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { partyOf, type PartyKind } from './party.ts'

export function Conflicts({ human }: { readonly human: ActorView }) {
  const acting = useAct()
  const [kind, choose] = useState<PartyKind>('actor')
  const [name, write] = useState('')
  const conflicts = human.conflicts ?? []
  const declare = (type: 'identity.declare_conflict' | 'identity.withdraw_conflict', body: Json) =>
    acting.carryOut({ type, subject: human.id, body })
  return (
    <Section id="conflicts" title={t.conflicts.title} lead={t.conflicts.lead}>
      {conflicts.length === 0 ? <p className="text-soft">{t.conflicts.none}</p> : null}
      <ul className="space-y-3">
        {conflicts.map((party) => (
          <li key={party}>
            <ActButton
              type="identity.withdraw_conflict"
              subject={human.id}
              acting={acting}
              onPress={() => void declare('identity.withdraw_conflict', partyOf(party))}
            >
              {t.conflicts.withdraw(party)}
            </ActButton>
          </li>
        ))}
      </ul>
      <Select
        label={t.conflicts.party}
        value={kind}
        onWrite={(value) => choose(value as PartyKind)}
        options={(['actor', 'organization'] as const).map((value) => ({ value, name: t.conflicts.kinds[value] }))}
      />
      <Field label={t.conflicts.name} className="max-w-[68ch]" value={name} onWrite={write} />
      <ActButton
        type="identity.declare_conflict"
        subject={human.id}
        acting={acting}
        missing={name.trim() === '' ? [t.conflicts.nameMissing] : []}
        onPress={() => void declare('identity.declare_conflict', partyOf(`${kind}:${name.trim()}`))}
      >
        {t.conflicts.declare}
      </ActButton>
      <ActOutcome acting={acting} />
    </Section>
  )
}
