/** A panel of humans: who was drawn, what each says, what came of it; and one's own vote, with its reasons. */
import { useState } from 'react'
import { VOTE_REASONS } from '../../../protocol/law/constraints/codes.ts'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import type { Panel, PanelVote } from '../../data/panels.ts'
import { whole } from '../../format/number.ts'
import { moment } from '../../format/time.ts'
import { ActButton, ActOutcome, useAct, useMyKey, type Acting } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Select, TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'

export function PanelFacts({ panel }: { readonly panel: Panel }) {
  return (
    <div className="space-y-4" data-panel={panel.status}>
      <p aria-live="polite">
        {t.panels.status[panel.status] ?? panel.status}{' '}
        {panel.vote_by === null ? '' : t.review.until(moment(panel.vote_by))}
      </p>
      {panel.why === null ? null : <Notice tone="heed" title={t.panels.blocked(panel.why)} />}
      {panel.outcome === null ? null : (
        <Notice tone="good" title={t.panels.outcome(t.panels.votes[panel.outcome] ?? panel.outcome)}>
          <p>{t.panels.noPrecedent}</p>
        </Notice>
      )}
      <p className="text-sm text-soft">{t.panels.drawn(panel.size, panel.majority, whole(panel.round))}</p>
      <ul className="space-y-3">
        {panel.members.map((member) => (
          <li key={member.id}>
            <Member member={member} vote={panel.votes.find((one) => one.member === member.id)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

type MemberProps = { readonly member: Panel['members'][number]; readonly vote: PanelVote | undefined }

function Member({ member, vote }: MemberProps) {
  const dissents = vote?.dissents === true
  return (
    <article
      aria-label={member.id}
      className={`card space-y-2 p-4 ${dissents ? 'border-heed-line border-l-4 bg-heed-ground' : ''}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{member.id}</h3>
        <span className="flex gap-2">
          {dissents ? <Badge tone="heed">{t.panels.dissent}</Badge> : null}
          <Badge>{vote === undefined ? t.panels.silent : (t.panels.votes[vote.vote] ?? vote.vote)}</Badge>
        </span>
      </div>
      <p className="text-sm text-soft">
        {member.region} · {member.organization}
      </p>
      {vote === undefined ? null : <p className="max-w-[68ch] whitespace-pre-wrap">{vote.reasons}</p>}
      {vote === undefined || vote.reason_code === null ? null : (
        <p className="text-sm text-soft">{t.appeals.reasonCodes[vote.reason_code] ?? vote.reason_code}</p>
      )}
      {vote === undefined || vote.attestation === null ? null : (
        <p className="max-w-[68ch] whitespace-pre-wrap">{vote.attestation}</p>
      )}
    </article>
  )
}

/** For whoever holds a seat; the owner of a blocked panel can have it drawn anew. */
export function MyPart({ panel }: { readonly panel: Panel }) {
  const { actor } = useMyKey()
  // One for all: what came of an act is still said when its form has gone.
  const acting = useAct()
  const sits = panel.members.some(({ id }) => id === actor)
  const voted = panel.votes.some(({ member }) => member === actor)
  return (
    <div className="space-y-5">
      {sits && !voted ? <Vote panel={panel} acting={acting} /> : null}
      {panel.status === 'blocked' ? <Reopen panel={panel} acting={acting} /> : null}
      <ActOutcome acting={acting} />
    </div>
  )
}

type FormProps = { readonly panel: Panel; readonly acting: Acting }

function Vote({ panel, acting }: FormProps) {
  const isAppeal = panel.purpose === 'appeal'
  const [vote, choose] = useState<string | undefined>(undefined)
  const [reasons, write] = useState('')
  const [code, setCode] = useState<string>(VOTE_REASONS[0])
  const [attestation, attest] = useState('')
  const words = isAppeal ? ['uphold', 'overturn'] : ['approve', 'reject']
  const missing = [
    ...(vote === undefined ? [t.panels.choose] : []),
    ...(isBlank(reasons) ? [t.work.writeReason] : []),
    ...(isAppeal && isBlank(attestation) ? [t.panels.writeAttestation] : []),
  ]
  const body = {
    vote: vote ?? '',
    reasons: reasons.trim(),
    ...(isAppeal ? { reason_code: code, attestation: attestation.trim() } : {}),
  }
  return (
    <div className="space-y-5">
      <p className="max-w-[68ch] text-soft">{isAppeal ? t.panels.appealAbout : t.panels.adjudicationAbout}</p>
      <Choice
        legend={t.panels.yours}
        options={words.map((value) => ({ value, name: t.panels.choices[value] ?? value }))}
        chosen={vote}
        onChoose={choose}
      />
      <TextArea label={t.panels.reasons} about={t.panels.reasonsAbout} value={reasons} onWrite={write} />
      {isAppeal ? (
        <>
          <Select
            label={t.panels.reasonCode}
            value={code}
            onWrite={setCode}
            options={VOTE_REASONS.map((value) => ({ value, name: t.appeals.reasonCodes[value] ?? value }))}
          />
          <TextArea
            label={t.panels.attestation}
            about={t.panels.attestationAbout}
            value={attestation}
            onWrite={attest}
          />
        </>
      ) : null}
      <ActButton
        type="panel.vote"
        subject={panel.id}
        acting={acting}
        look="strong"
        missing={missing}
        onPress={() => void acting.carryOut({ type: 'panel.vote', subject: panel.id, body })}
      >
        {t.panels.cast}
      </ActButton>
      <Disclosure title={t.panels.recuse}>
        <Recuse panel={panel} acting={acting} />
      </Disclosure>
    </div>
  )
}

function Recuse({ panel, acting }: FormProps) {
  const [reason, write] = useState('')
  return (
    <div className="space-y-4">
      <TextArea label={t.panels.recuseWhy} about={t.panels.recuseAbout} value={reason} onWrite={write} />
      <ActButton
        type="panel.recuse"
        subject={panel.id}
        acting={acting}
        missing={isBlank(reason) ? [t.work.writeReason] : []}
        onPress={() =>
          void acting.carryOut({ type: 'panel.recuse', subject: panel.id, body: { reason: reason.trim() } })
        }
      >
        {t.panels.recuse}
      </ActButton>
    </div>
  )
}

function Reopen({ panel, acting }: FormProps) {
  return (
    <ActButton
      type="panel.reopen"
      subject={panel.id}
      acting={acting}
      onPress={() => void acting.carryOut({ type: 'panel.reopen', subject: panel.id, body: {} })}
    >
      {t.panels.reopen}
    </ActButton>
  )
}
