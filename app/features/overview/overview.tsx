/** The deployment at a glance: phase and clocks, epochs on chain, people and records. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { overviewQuery, type Overview as Facts } from '../../data/overview.ts'
import { useNow } from '../../data/use-now.ts'
import { whole } from '../../format/number.ts'
import { duration, moment } from '../../format/time.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'

export function Overview() {
  const query = useQuery(overviewQuery)
  return <Asked query={query}>{(facts) => <Glance facts={facts} />}</Asked>
}

function Glance({ facts }: { readonly facts: Facts }) {
  const now = useNow()
  const left = Date.parse(facts.epoch_ends_at) - now
  return (
    <div className="space-y-3">
      {facts.overdue_epoch === null ? null : (
        <Notice tone="heed" title={t.overview.overdue(facts.overdue_epoch)}>
          <p>{t.overview.overdueMore}</p>
        </Notice>
      )}
      <dl className="card grid grid-cols-2 gap-px overflow-hidden bg-line sm:grid-cols-3">
        <Tile name={t.overview.phase} more={t.overview.phaseUntil(moment(facts.phase_ends_at))}>
          {facts.phase}
        </Tile>
        <Tile name={t.overview.tier}>{facts.commitment_tier}</Tile>
        <Tile name={t.overview.epoch} more={left > 0 ? t.overview.closesIn(duration(left)) : t.overview.closesNow}>
          {whole(facts.epoch)}
        </Tile>
        <Tile
          name={t.overview.committed}
          more={t.overview.committedOf(whole(facts.epochs_committed), whole(facts.epochs_closed))}
        >
          {whole(facts.epochs_committed)}
        </Tile>
        <Tile name={t.overview.entries}>{whole(facts.entries)}</Tile>
        <Tile name={t.overview.humans} more={t.overview.machines(whole(facts.machines))}>
          {whole(facts.humans)}
        </Tile>
      </dl>
      {facts.overdue_epoch === null ? (
        <p className="flex items-center gap-2 text-sm text-seal">
          <Icon name="check" className="size-4" />
          {t.overview.fresh}
        </p>
      ) : null}
    </div>
  )
}

type TileProps = { readonly name: string; readonly more?: string; readonly children: ReactNode }

function Tile({ name, more, children }: TileProps) {
  return (
    <div className="bg-raised px-4 py-3">
      <dt className="label">{name}</dt>
      <dd>
        <span className="text-2xl font-semibold tracking-tight tabular-nums">{children}</span>
        {more === undefined ? null : <span className="block text-sm text-soft tabular-nums">{more}</span>}
      </dd>
    </div>
  )
}
