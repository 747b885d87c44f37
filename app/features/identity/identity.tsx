/** A human's key in this browser: make it, see how it stands, revoke it; and whether they can be drawn to review. */
import type { ActorView, HeldKey } from '../../data/actor.ts'
import { useNow } from '../../data/use-now.ts'
import { duration, moment } from '../../format/time.ts'
import { ActButton, ActOutcome, useAct, useMyKey, type MyKey } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Loading } from '../../ui/asked.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Hash, ShortHash } from '../../ui/hash.tsx'
import { ErrorNotice, Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useWallet } from '../../wallet/wallet.ts'
import { Conflicts } from './conflicts.tsx'
import { useBinder } from './use-binding.ts'

export function MyIdentity() {
  const mine = useMyKey()
  if (mine.error !== null && mine.error !== undefined) return <ErrorNotice error={mine.error} />
  if (mine.actor === '') return <Notice title={t.keys.connect} />
  if (mine.standing === undefined || mine.human === undefined) return <Loading />
  return (
    <div className="space-y-12">
      <OwnKey mine={mine} standing={mine.standing} />
      <AllKeys human={mine.human} own={mine.key?.keyId} />
      <Reviewing human={mine.human} />
      <Conflicts human={mine.human} />
    </div>
  )
}

const TONES: { readonly [standing: string]: Tone } = {
  active: 'good',
  unsent: 'heed',
  expired: 'heed',
  revoked: 'stop',
}

type Standing = NonNullable<MyKey['standing']>

function OwnKey({ mine, standing }: { readonly mine: MyKey; readonly standing: Standing }) {
  const { wallet } = useWallet()
  const binder = useBinder(mine.actor)
  const now = useNow(30_000)
  const busy = binder.waitsForWallet || binder.acting.act.kind === 'busy'
  const { key } = mine
  return (
    <Section id="key" title={t.keys.title} lead={t.keys.lead}>
      <div className="card space-y-4 p-4">
        <p aria-live="polite" data-standing={standing}>
          <Badge tone={TONES[standing] ?? 'plain'}>{t.keys.standing[standing]}</Badge>
        </p>
        {key === null ? null : (
          <Facts>
            <Fact name={t.keys.id}>
              <Hash value={key.keyId} />
            </Fact>
            <Fact name={t.keys.until}>
              {moment(key.notAfter)}
              {standing === 'active' ? ` · ${t.keys.left(duration(Date.parse(key.notAfter) - now))}` : ''}
            </Fact>
          </Facts>
        )}
        <p className="max-w-[68ch] text-soft">{t.keys.about}</p>
        <div className="flex flex-wrap gap-3">
          {standing === 'unsent' && key !== null ? (
            <Button look="strong" aria-disabled={busy} onClick={() => (busy ? undefined : binder.sendBinding(key))}>
              {t.keys.sendBinding}
            </Button>
          ) : null}
          {standing === 'active' ? null : (
            <Button
              look={standing === 'unsent' ? 'plain' : 'strong'}
              aria-disabled={busy || wallet.kind !== 'ready'}
              onClick={() => (busy || wallet.kind !== 'ready' ? undefined : binder.bind())}
            >
              {standing === 'none' ? t.keys.make : t.keys.makeAnew}
            </Button>
          )}
        </div>
        {binder.waitsForWallet ? (
          <p className="text-soft" aria-live="polite">
            {t.keys.wallet}
          </p>
        ) : null}
        {binder.error === undefined ? null : <ErrorNotice error={binder.error} />}
        <ActOutcome acting={binder.acting} />
      </div>
    </Section>
  )
}

function AllKeys({ human, own }: { readonly human: ActorView; readonly own: string | undefined }) {
  const acting = useAct()
  return (
    <Section id="keys" title={t.keys.all} lead={t.keys.revokeAbout}>
      <ul className="space-y-3">
        {human.keys.map((key) => (
          <li key={key.key_id}>
            <Key human={human.id} held={key} isOwn={key.key_id === own} acting={acting} />
          </li>
        ))}
      </ul>
      <ActOutcome acting={acting} />
    </Section>
  )
}

type KeyProps = {
  readonly human: string
  readonly held: HeldKey
  readonly isOwn: boolean
  readonly acting: ReturnType<typeof useAct>
}

function Key({ human, held, isOwn, acting }: KeyProps) {
  const now = useNow(30_000)
  const state = held.revoked ? 'revoked' : now > Date.parse(held.not_after) ? 'expired' : 'active'
  const { key } = held
  return (
    <article className="card flex flex-wrap items-start justify-between gap-3 p-4" aria-label={held.key_id}>
      <div className="min-w-0 space-y-1">
        <p className="flex flex-wrap items-center gap-2">
          <ShortHash value={held.key_id} />
          <Badge tone={TONES[state] ?? 'plain'}>{t.keys.standing[state]}</Badge>
          {isOwn ? <Badge>{t.keys.here}</Badge> : null}
        </p>
        <p className="text-sm text-soft">
          {t.keys.purpose} {held.purpose} · {t.keys.until} {moment(held.not_after)}
        </p>
      </div>
      {state !== 'active' || key === null ? null : (
        <ActButton
          type="identity.revoke_key"
          subject={human}
          acting={acting}
          look="stop"
          label={t.keys.revokeNamed(held.key_id)}
          onPress={() => void acting.carryOut({ type: 'identity.revoke_key', subject: human, body: { key } })}
        >
          {t.keys.revoke}
        </ActButton>
      )}
    </article>
  )
}

function Reviewing({ human }: { readonly human: ActorView }) {
  const acting = useAct()
  return (
    <Section id="reviewing" title={t.keys.reviewer}>
      <p>{human.reviews === true ? t.keys.reviewerIs : t.keys.reviewerIsNot}</p>
      {human.reviews === true ? null : (
        <ActButton
          type="identity.enroll_reviewer"
          subject={human.id}
          acting={acting}
          onPress={() => void acting.carryOut({ type: 'identity.enroll_reviewer', subject: human.id, body: {} })}
        >
          {t.keys.enrol}
        </ActButton>
      )}
      <ActOutcome acting={acting} />
    </Section>
  )
}
