/** All missions, as a list. */
import { useQuery } from '@tanstack/react-query'
import { missionsQuery, type MissionSummary } from '../../data/missions.ts'
import { addressOf } from '../../routing/route.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { StateBadge } from '../../ui/mission-state.tsx'

export function Missions() {
  const query = useQuery(missionsQuery)
  return (
    <Asked query={query}>{(all) => (all.length === 0 ? <p>{t.missions.empty}</p> : <List missions={all} />)}</Asked>
  )
}

function List({ missions }: { readonly missions: readonly MissionSummary[] }) {
  return (
    <ul aria-label={t.missions.caption} className="card divide-y divide-line">
      {missions.map((mission) => (
        <li key={mission.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
          <div className="min-w-0 flex-1 basis-64">
            <a className="font-medium hover:underline" href={addressOf({ page: 'mission', id: mission.id })}>
              {mission.title}
            </a>
            <p className="text-sm text-soft">
              {t.missions.owner} {mission.owner}
              {mission.tier === null ? '' : ` · ${t.tiers[mission.tier] ?? mission.tier}`}
            </p>
          </div>
          <StateBadge state={mission.state} />
        </li>
      ))}
    </ul>
  )
}
