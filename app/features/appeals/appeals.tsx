/** Appeals: the list, and one with both sides, the answer of who is named, and how it ended. */
import { useState } from 'react'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import type { Appeal } from '../../data/appeals.ts'
import { entryPath } from '../../data/entries.ts'
import { moment } from '../../format/time.ts'
import { addressOf } from '../../routing/route.ts'
import { ActButton, ActOutcome, useAct, useMyKey } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'

export function AppealList({ appeals }: { readonly appeals: readonly Appeal[] }) {
  if (appeals.length === 0) return <p className="text-soft">{t.appeals.none}</p>
  return (
    <ul className="space-y-3">
      {appeals.toReversed().map((appeal) => (
        <li key={appeal.id} className="card flex flex-wrap items-center gap-3 p-4">
          <Status appeal={appeal} />
          <a className="link min-w-0 break-all" href={addressOf({ page: 'appeal', id: appeal.id })}>
            {t.appeals.against(t.appeals.types[appeal.decision_type] ?? appeal.decision_type)}:{' '}
            {appeal.mission ?? appeal.subject}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Status({ appeal: { status, outcome } }: { readonly appeal: Appeal }) {
  const word = outcome ?? status
  return <Badge tone={outcome === null ? 'heed' : 'plain'}>{t.appeals.statuses[word] ?? word}</Badge>
}

export function OneAppeal({ appeal }: { readonly appeal: Appeal }) {
  const { decision, decision_type, answers, respondents } = appeal
  return (
    <div className="space-y-10">
      <header className="space-y-3">
        <Status appeal={appeal} />
        <h1 className="text-3xl font-semibold tracking-tight">
          {t.appeals.against(t.appeals.types[decision_type] ?? decision_type)}
        </h1>
        {appeal.level > 1 ? <p>{t.appeals.further}</p> : null}
      </header>
      {appeal.outcome === null ? null : (
        <Notice tone="good" title={t.appeals.statuses[appeal.outcome] ?? appeal.outcome}>
          <p>{t.appeals.outcomeAbout}</p>
        </Notice>
      )}
      <Facts>
        <Fact name={t.appeals.decision}>
          <a className="link" href={entryPath(Number(decision.split('-')[0]))}>
            {decision}
          </a>
        </Fact>
        <Fact name={t.appeals.matter}>
          <Matter appeal={appeal} />
        </Fact>
        <Fact name={t.appeals.appellant}>
          <a className="link" href={addressOf({ page: 'actor', id: appeal.appellant })}>
            {appeal.appellant}
          </a>
        </Fact>
        <Fact name={t.appeals.respondents}>
          {respondents.length === 0 ? t.incidents.nobody : respondents.join(', ')}
        </Fact>
        <Fact name={t.appeals.respondBy}>{moment(appeal.respond_by)}</Fact>
        {appeal.panel === null ? null : (
          <Fact name={t.panels.title}>
            <a className="link" href={addressOf({ page: 'panel', id: appeal.panel })}>
              {t.appeals.toPanel}
            </a>
          </Fact>
        )}
      </Facts>
      <Section id="sides" title={t.appeals.sides}>
        <Side who={appeal.appellant} says={appeal.statement} about={t.appeals.reasonCodes[appeal.reason_code]} />
        {answers.map(({ respondent, statement }) => (
          <Side key={respondent} who={respondent} says={statement} />
        ))}
      </Section>
      <Respond appeal={appeal} />
    </div>
  )
}

const PAGES: { readonly [family: string]: 'incident' | 'actor' | 'suspension' } = {
  'governance.incident_resolved': 'incident',
  'trust.gain_discarded': 'suspension',
  'trust.machine_quarantined': 'actor',
  'trust.machine_decommissioned': 'actor',
}

/** Where what is contested can be read. */
function Matter({ appeal: { mission, subject, decision_type } }: { readonly appeal: Appeal }) {
  const page = PAGES[decision_type]
  if (mission === null && page === undefined) return subject
  const place = mission === null ? { page: page ?? 'actor', id: subject } : ({ page: 'mission', id: mission } as const)
  return (
    <a className="link break-all" href={addressOf(place)}>
      {place.id}
    </a>
  )
}

type SideProps = { readonly who: string; readonly says: string; readonly about?: string | undefined }

function Side({ who, says, about }: SideProps) {
  return (
    <article className="card space-y-1 p-4" aria-label={who}>
      <h3 className="font-semibold">{who}</h3>
      {about === undefined ? null : <p className="text-sm text-soft">{about}</p>}
      <p className="max-w-[68ch] whitespace-pre-wrap">{says}</p>
    </article>
  )
}

/** For the other side alone, while it may answer. */
function Respond({ appeal }: { readonly appeal: Appeal }) {
  const { actor } = useMyKey()
  const acting = useAct()
  const [statement, write] = useState('')
  const named = appeal.respondents.includes(actor)
  const answered = appeal.answers.some(({ respondent }) => respondent === actor)
  if (!named) return null
  // What came of the answer is still said when its form has gone.
  if (answered || appeal.status !== 'answering') return <ActOutcome acting={acting} />
  return (
    <Section id="respond" title={t.appeals.respond} lead={t.appeals.respondAbout}>
      <TextArea label={t.appeals.answer} value={statement} onWrite={write} />
      <ActButton
        type="appeal.respond"
        subject={appeal.id}
        acting={acting}
        look="strong"
        missing={isBlank(statement) ? [t.appeals.writeAnswer] : []}
        onPress={() =>
          void acting.carryOut({ type: 'appeal.respond', subject: appeal.id, body: { statement: statement.trim() } })
        }
      >
        {t.appeals.respond}
      </ActButton>
      <ActOutcome acting={acting} />
    </Section>
  )
}
