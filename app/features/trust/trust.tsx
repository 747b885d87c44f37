/** An actor's trust: what it is, and every movement with its cause and the entry that made it. */
import { useQuery } from '@tanstack/react-query'
import type { ActorView } from '../../data/actor.ts'
import { entryPath } from '../../data/entries.ts'
import { trustQuery, type Movement, type Suspension } from '../../data/trust.ts'
import { micro, signedMicro, whole } from '../../format/number.ts'
import { addressOf } from '../../routing/route.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Section } from '../../ui/section.tsx'
import { newestFirst } from './movements.ts'

export function ActorHead({ actor }: { readonly actor: ActorView }) {
  return (
    <header className="space-y-3">
      <p className="flex flex-wrap gap-2">
        <Badge>{t.trust.kinds[actor.kind] ?? actor.kind}</Badge>
        {actor.status === null ? null : (
          <Badge tone={actor.status === 'active' ? 'good' : 'heed'}>
            {t.machines.statuses[actor.status] ?? actor.status}
          </Badge>
        )}
      </p>
      <h1 className="text-3xl font-semibold tracking-tight break-all">{actor.id}</h1>
      <Facts>
        {(['operator', 'region', 'organization', 'model_family'] as const).map((name) => {
          const value = actor[name]
          return value === null ? null : (
            <Fact key={name} name={t.trust.facts[name]}>
              {name === 'operator' ? (
                <a className="link" href={addressOf({ page: 'actor', id: value })}>
                  {value}
                </a>
              ) : (
                value
              )}
            </Fact>
          )
        })}
        {actor.method_type === null ? null : (
          <Fact name={t.trust.facts.method_type}>{t.methods[actor.method_type] ?? actor.method_type}</Fact>
        )}
      </Facts>
    </header>
  )
}

export function Trust({ actor }: { readonly actor: string }) {
  const query = useQuery(trustQuery(actor))
  return (
    <Section id="trust" title={t.trust.title} lead={t.trust.lead}>
      <Asked query={query}>
        {({ trust_micro, cap_micro, movements, suspended }) => (
          <div className="space-y-5">
            <p>
              <span className="text-3xl font-semibold tabular-nums">{micro(trust_micro)}</span>{' '}
              <span className="text-soft">{t.trust.cap(micro(cap_micro))}</span>
            </p>
            <Suspended suspended={suspended.filter(({ status }) => status === 'waiting')} />
            <Movements movements={movements} />
          </div>
        )}
      </Asked>
    </Section>
  )
}

function Suspended({ suspended }: { readonly suspended: readonly Suspension[] }) {
  if (suspended.length === 0) return null
  return (
    <ul className="space-y-1">
      {suspended.map(({ id, amount, signatures }) => (
        <li key={id}>
          <a className="link" href={addressOf({ page: 'suspension', id })}>
            {t.trust.suspended(micro(amount), signatures.length)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Movements({ movements }: { readonly movements: readonly Movement[] }) {
  if (movements.length === 0) return <p className="text-soft">{t.trust.none}</p>
  return (
    <Scroll name={t.trust.movements}>
      <table className="min-w-full text-sm tabular-nums">
        <caption className="sr-only">{t.trust.movements}</caption>
        <thead className="sticky top-0 bg-sunk">
          <tr>
            {[t.trust.cause, t.trust.change, t.trust.after, t.trust.entry].map((name) => (
              <th key={name} scope="col" className="px-3 py-2 text-left font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst(movements).map(({ seq, from, to, cause, place }) => (
            <tr key={place} className="border-t border-line">
              <td className="px-3 py-1.5">{t.trust.causes[cause] ?? cause}</td>
              <td className="px-3 py-1.5">{signedMicro(to - from)}</td>
              <td className="px-3 py-1.5">{micro(to)}</td>
              <td className="px-3 py-1.5">
                <a className="link" href={entryPath(seq)}>
                  {t.result.entryLink(whole(seq))}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
