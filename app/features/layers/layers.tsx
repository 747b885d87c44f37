/**
 * The four layers that a decision of high risk needs: who they are who worked and reviewed, how they have kept to the
 * rules, what the independent reviews say, and the record of each with its proof.
 */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { actorQuery, type ActorView } from '../../data/actor.ts'
import { entryPath } from '../../data/entries.ts'
import { epochQuery, fetchEpoch, fetchLines, type EpochView } from '../../data/epochs.ts'
import { incidentsQuery } from '../../data/incidents.ts'
import { FIXED } from '../../data/keys.ts'
import type { GateView, Mission } from '../../data/missions.ts'
import { trustQuery, type TrustView } from '../../data/trust.ts'
import { micro, whole } from '../../format/number.ts'
import { addressOf } from '../../routing/route.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Hash } from '../../ui/hash.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Section } from '../../ui/section.tsx'
import { complianceOf, partiesOf, RECORDED } from './parties.ts'
import type { Proven } from './proof.ts'

export function Layers({ mission, gate }: { readonly mission: Mission; readonly gate: GateView }) {
  const ids = partiesOf(mission)
  const actors = useQueries({ queries: ids.map(actorQuery), combine: there })
  const trusts = useQueries({ queries: ids.map(trustQuery), combine: there })
  return (
    <Section id="layers" title={t.layers.title} lead={t.layers.lead}>
      <Identities actors={actors} trusts={trusts} />
      <Compliance trusts={trusts} />
      <div className="space-y-2">
        <h3 className="text-lg font-semibold">{t.layers.reviews}</h3>
        <p>{t.layers.reviewsAbout(mission.tasks.flatMap(({ review }) => review?.seats ?? []).length)}</p>
      </div>
      <Records mission={mission.id} epoch={gate.epoch} from={firstEvidence(mission)} />
    </Section>
  )
}

function there<T>(results: readonly { readonly data: T | undefined }[]): readonly T[] {
  return results.flatMap(({ data }) => (data === undefined ? [] : [data]))
}

function firstEvidence(mission: Mission): number {
  return Math.min(...mission.tasks.flatMap(({ evidence }) => (evidence === null ? [] : [evidence.seq])))
}

type IdentityProps = { readonly actors: readonly ActorView[]; readonly trusts: readonly TrustView[] }

function Identities({ actors, trusts }: IdentityProps) {
  return (
    <div className="space-y-2">
      <h3 className="text-lg font-semibold">{t.layers.identity}</h3>
      <Table
        name={t.layers.identity}
        head={[t.trust.who, t.trust.facts.operator, t.trust.facts.organization, t.layers.since, t.trust.value]}
        rows={actors.map(({ id, operator, organization, region }) => {
          const trust = trusts.find(({ actor }) => actor === id)
          const first = trust?.movements[0]?.seq
          return {
            id,
            cells: [
              operator ?? id,
              `${organization ?? ''} · ${region ?? ''}`,
              first === undefined ? null : <EntryLink key="since" seq={first} />,
              trust === undefined ? '' : micro(trust.trust_micro),
            ],
          }
        })}
      />
    </div>
  )
}

function Compliance({ trusts }: { readonly trusts: readonly TrustView[] }) {
  const { data: incidents = [] } = useQuery(incidentsQuery)
  return (
    <div className="space-y-2">
      <h3 className="text-lg font-semibold">{t.layers.compliance}</h3>
      <Table
        name={t.layers.compliance}
        head={[t.trust.who, t.layers.proofs, t.layers.failures, t.layers.incidents]}
        rows={trusts.map((trust) => {
          const { proofs, failures, accused } = complianceOf(trust, incidents)
          return { id: trust.actor, cells: [whole(proofs), whole(failures), whole(accused)] }
        })}
      />
    </div>
  )
}

type TableProps = {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[]
}

function Table({ name, head, rows }: TableProps) {
  return (
    <Scroll name={name} className="">
      <table className="min-w-full text-sm tabular-nums">
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col" className="px-3 py-2 text-left font-semibold">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                <a className="link" href={addressOf({ page: 'actor', id })}>
                  {id}
                </a>
              </th>
              {cells.map((cell, place) => (
                // A row's cells stand for its columns.
                // oxlint-disable-next-line react/no-array-index-key
                <td key={place} className="px-3 py-1.5">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function EntryLink({ seq }: { readonly seq: number }) {
  return (
    <a className="link" href={entryPath(seq)}>
      {t.result.entryLink(whole(seq))}
    </a>
  )
}

type RecordsProps = { readonly mission: string; readonly epoch: number; readonly from: number }

function Records({ mission, epoch, from }: RecordsProps) {
  const [asked, ask] = useState(false)
  const query = useQuery({ ...epochQuery(epoch), enabled: asked })
  return (
    <div className="space-y-3">
      <h3 className="text-lg font-semibold">{t.layers.records}</h3>
      <p className="max-w-[68ch] text-soft">{t.layers.recordsAbout}</p>
      {asked ? (
        <Asked query={query}>{(closed) => <Proofs mission={mission} last={closed} from={from} />}</Asked>
      ) : (
        <Button onClick={() => ask(true)}>{t.layers.check}</Button>
      )}
    </div>
  )
}

type ProofsProps = { readonly mission: string; readonly last: EpochView; readonly from: number }

/** Work and reviews may lie in an epoch before the result's: each is proven in its own. */
function Proofs({ mission, last, from }: ProofsProps) {
  const query = useQuery({
    queryKey: [...FIXED, 'proofs', mission, last.commitment, from],
    queryFn: ({ signal }) => provenIn(mission, last, from, signal),
    staleTime: Infinity,
  })
  return (
    <Asked query={query}>
      {(proven) => (
        <ul className="space-y-2" aria-label={t.layers.records}>
          {proven.map((one) => (
            <li key={one.eventId} className="card p-3" data-proof={one.holds}>
              <p className="flex flex-wrap items-center gap-2">
                <Icon name={one.holds ? 'check' : 'cross'} className={one.holds ? 'text-seal' : 'text-stop'} />
                <span className="font-medium">{t.layers.events[one.eventType] ?? one.eventType}</span>
                <span className="text-soft">{one.actor}</span>
                <EntryLink seq={one.seq} />
              </p>
              <p className="text-sm">
                {one.holds ? t.layers.holds(whole(one.index + 1), whole(one.size)) : t.layers.fails}
              </p>
              <Disclosure title={t.layers.path(one.path.length)}>
                <ol className="space-y-1">
                  {one.path.map((hash) => (
                    <li key={hash}>
                      <Hash value={hash} />
                    </li>
                  ))}
                </ol>
                <p className="label">{t.layers.root}</p>
                <Hash value={one.root} />
              </Disclosure>
            </li>
          ))}
        </ul>
      )}
    </Asked>
  )
}

async function provenIn(
  mission: string,
  last: EpochView,
  from: number,
  signal: AbortSignal,
): Promise<readonly Proven[]> {
  const { prove } = await import('./proof.ts')
  const proven: Proven[] = []
  for (let closed = last; ; closed = await fetchEpoch(closed.epoch - 1, signal)) {
    const lines = await fetchLines(closed.first_seq, closed.last_seq, signal)
    proven.unshift(
      ...prove(lines, closed, (record) => record['subject'] === mission && RECORDED.includes(record.event_type)),
    )
    if (closed.first_seq <= from || closed.epoch === 0)
      return proven.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))
  }
}
