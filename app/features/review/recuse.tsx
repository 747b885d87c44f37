/** Leaving a seat before a decision is sealed, with a reason: the next in the draw takes it, and it is nobody's failure. */
import { useState } from 'react'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import { ActButton, ActOutcome, useAct } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextArea } from '../../ui/field.tsx'
import type { Place } from './draft.ts'

export function Recuse({ place: { mission, task } }: { readonly place: Place }) {
  const acting = useAct()
  const [reason, write] = useState('')
  return (
    <Disclosure title={t.panels.recuse}>
      <TextArea label={t.panels.recuseWhy} about={t.panels.recuseAbout} value={reason} onWrite={write} />
      <ActButton
        type="review.recuse"
        subject={mission}
        acting={acting}
        missing={isBlank(reason) ? [t.work.writeReason] : []}
        onPress={() =>
          void acting.carryOut({ type: 'review.recuse', subject: mission, body: { task, reason: reason.trim() } })
        }
      >
        {t.panels.recuse}
      </ActButton>
      <ActOutcome acting={acting} />
    </Disclosure>
  )
}
