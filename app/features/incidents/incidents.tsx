/** Incidents: the list, and one with its resolution. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import { entryPath } from '../../data/entries.ts'
import { incidentsQuery, type Incident } from '../../data/incidents.ts'
import { whole } from '../../format/number.ts'
import { moment } from '../../format/time.ts'
import { addressOf } from '../../routing/route.ts'
import { ActButton, ActOutcome, useAct, type Acting } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'

const TONES: { readonly [status: string]: Tone } = { open: 'heed', upheld: 'stop', dismissed: 'plain', settled: 'good' }

export function IncidentList() {
  const query = useQuery(incidentsQuery)
  return (
    <Asked query={query}>
      {(all) =>
        all.length === 0 ? (
          <p className="text-soft">{t.incidents.none}</p>
        ) : (
          <ul className="space-y-3">
            {all.toReversed().map((incident) => (
              <li key={incident.id} className="card flex flex-wrap items-center gap-3 p-4">
                <StatusBadge status={incident.status} />
                <a className="link min-w-0 break-all" href={addressOf({ page: 'incident', id: incident.id })}>
                  {t.incidents.kinds[incident.kind] ?? incident.kind}: {incident.concerns.join(', ')}
                </a>
                <span className="text-sm text-soft">{moment(incident.opened_at)}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Asked>
  )
}

function StatusBadge({ status }: { readonly status: string }) {
  return <Badge tone={TONES[status] ?? 'plain'}>{t.incidents.statuses[status] ?? status}</Badge>
}

export function OneIncident({ incident }: { readonly incident: Incident }) {
  const { resolved } = incident
  const acting = useAct()
  return (
    <div className="space-y-8">
      <header className="space-y-3">
        <p className="flex flex-wrap gap-2">
          <StatusBadge status={incident.status} />
          <Badge>{t.incidents.severities[incident.severity] ?? incident.severity}</Badge>
        </p>
        <h1 className="text-3xl font-semibold tracking-tight">{t.incidents.kinds[incident.kind] ?? incident.kind}</h1>
        {incident.account === '' ? null : <p className="max-w-[68ch] whitespace-pre-wrap">{incident.account}</p>}
      </header>
      <Facts>
        <Fact name={t.incidents.concerns}>{incident.concerns.join(', ')}</Fact>
        <Fact name={t.incidents.accused}>
          {incident.accused === null ? (
            t.incidents.nobody
          ) : (
            <a className="link" href={addressOf({ page: 'actor', id: incident.accused })}>
              {incident.accused}
            </a>
          )}
        </Fact>
        <Fact name={t.incidents.reporter}>{incident.reporter ?? t.incidents.law}</Fact>
        <Fact name={t.incidents.grounds}>
          {incident.grounds.length === 0 ? t.incidents.noGrounds : null}
          {incident.grounds.map((ground) => (
            <a key={ground} className="link mr-3" href={entryPath(Number(ground.split('-')[0]))}>
              {ground}
            </a>
          ))}
        </Fact>
        <Fact name={t.result.entry}>
          <a className="link" href={entryPath(incident.seq)}>
            {t.result.entryLink(whole(incident.seq))}
          </a>
        </Fact>
      </Facts>
      <Section id="resolution" title={t.incidents.resolution}>
        {resolved === null ? (
          <Resolve incident={incident} acting={acting} />
        ) : (
          <div className="card space-y-2 p-4">
            <p className="font-medium">{t.incidents.resolvedBy(resolved.by ?? t.incidents.law)}</p>
            <p className="max-w-[68ch] whitespace-pre-wrap">{resolved.reason}</p>
            <a className="link" href={entryPath(resolved.seq)}>
              {t.result.entryLink(whole(resolved.seq))}
            </a>
          </div>
        )}
        <ActOutcome acting={acting} />
      </Section>
    </div>
  )
}

const RESOLUTIONS = ['upheld', 'dismissed'] as const

type ResolveProps = { readonly incident: Incident; readonly acting: Acting }

function Resolve({ incident, acting }: ResolveProps) {
  const [resolution, choose] = useState<(typeof RESOLUTIONS)[number] | undefined>(undefined)
  const [reason, write] = useState('')
  const missing = [
    ...(resolution === undefined ? [t.incidents.chooseResolution] : []),
    ...(isBlank(reason) ? [t.work.writeReason] : []),
  ]
  return (
    <div className="space-y-4">
      <p className="max-w-[68ch] text-soft">{t.incidents.resolveAbout}</p>
      <Choice
        legend={t.incidents.question}
        options={RESOLUTIONS.map((value) => ({ value, name: t.incidents.resolutions[value] }))}
        chosen={resolution}
        onChoose={choose}
      />
      <TextArea label={t.work.reason} value={reason} onWrite={write} />
      <ActButton
        type="incident.resolve"
        subject={incident.id}
        acting={acting}
        look="strong"
        missing={missing}
        onPress={() =>
          void acting.carryOut({
            type: 'incident.resolve',
            subject: incident.id,
            body: { resolution: resolution ?? '', reason: reason.trim() },
          })
        }
      >
        {t.incidents.resolve}
      </ActButton>
    </div>
  )
}
