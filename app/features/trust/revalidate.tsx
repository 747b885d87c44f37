/** Trust that rose too fast and waits for humans: what it is for, who has signed, and one's own signature. */
import { useState } from 'react'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import type { Suspension } from '../../data/trust.ts'
import { micro, whole } from '../../format/number.ts'
import { moment } from '../../format/time.ts'
import { addressOf } from '../../routing/route.ts'
import { ActButton, ActOutcome, useAct } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { TextArea } from '../../ui/field.tsx'

export function Revalidate({ suspension }: { readonly suspension: Suspension }) {
  const acting = useAct()
  const [reason, write] = useState('')
  const { id, actor, amount, mission, since, epoch, signatures } = suspension
  return (
    <div className="space-y-6">
      <p className="max-w-[68ch] text-soft">{t.suspensions.lead}</p>
      <Facts>
        <Fact name={t.suspensions.whose}>
          <a className="link" href={addressOf({ page: 'actor', id: actor })}>
            {actor}
          </a>
        </Fact>
        <Fact name={t.suspensions.amount}>{micro(amount)}</Fact>
        <Fact name={t.suspensions.work}>
          <a className="link" href={addressOf({ page: 'mission', id: mission })}>
            {mission}
          </a>
        </Fact>
        <Fact name={t.suspensions.since}>
          {moment(since)} · {t.suspensions.epoch(whole(epoch))}
        </Fact>
        <Fact name={t.suspensions.signatures}>
          {signatures.length === 0 ? t.suspensions.none : signatures.map(({ by }) => by).join(', ')}
        </Fact>
      </Facts>
      {suspension.status === 'waiting' ? (
        <div className="space-y-4">
          <TextArea label={t.work.reason} value={reason} onWrite={write} />
          <ActButton
            type="trust.revalidate"
            subject={id}
            acting={acting}
            look="strong"
            missing={isBlank(reason) ? [t.work.writeReason] : []}
            onPress={() =>
              void acting.carryOut({ type: 'trust.revalidate', subject: id, body: { reason: reason.trim() } })
            }
          >
            {t.suspensions.sign}
          </ActButton>
        </div>
      ) : (
        <p>{t.suspensions.statuses[suspension.status] ?? suspension.status}</p>
      )}
      <ActOutcome acting={acting} />
    </div>
  )
}
