/** What waits for a human, and whether that human is you. */
import { useQuery } from '@tanstack/react-query'
import { actionsQuery, decideAmong, type Violation } from '../../data/actions.ts'
import { missionQuery, missionsQuery, type MissionSummary } from '../../data/missions.ts'
import { useNow } from '../../data/use-now.ts'
import { duration } from '../../format/time.ts'
import { sentenceFor } from '../../errors/words.ts'
import { addressOf } from '../../routing/route.ts'
import { t } from '../../text/text.ts'
import { Asked, Loading } from '../../ui/asked.tsx'
import { Badge } from '../../ui/badge.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { actorOf, useWallet } from '../../wallet/wallet.ts'
import { standingOf } from './standing.ts'

export function Queue() {
  const missions = useQuery(missionsQuery)
  return (
    <Asked query={missions}>
      {(all) => {
        const waiting = all.filter((mission) => mission.waits_for_a_human)
        if (waiting.length === 0) return <Empty />
        return (
          <div className="space-y-4">
            <p className="text-soft" aria-live="polite">
              {t.queue.count(waiting.length)}
            </p>
            <ul className="space-y-3">
              {waiting.map((mission) => (
                <li key={mission.id}>
                  <Item mission={mission} />
                </li>
              ))}
            </ul>
            <p className="text-sm text-soft">{t.queue.otherwise}</p>
          </div>
        )
      }}
    </Asked>
  )
}

function Empty() {
  return (
    <div className="card flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Icon name="seal" className="size-8 text-edge" />
      <p className="font-medium">{t.queue.empty}</p>
      <p className="text-soft">{t.queue.emptyMore}</p>
    </div>
  )
}

function Item({ mission }: { readonly mission: MissionSummary }) {
  const { wallet } = useWallet()
  const known = wallet.kind === 'ready' || wallet.kind === 'elsewhere'
  const actions = useQuery({ ...actionsQuery(mission.id, actorOf(wallet)), enabled: known })
  const { data: whole } = useQuery(missionQuery(mission.id))
  const decide = actions.data === undefined ? undefined : decideAmong(actions.data)
  const standing = known && decide !== undefined ? standingOf(decide) : undefined
  return (
    <article className="card space-y-3 p-4 sm:p-5" aria-labelledby={`queue-${mission.id}`}>
      <div className="flex flex-wrap items-center gap-2">
        {standing === undefined ? null : <StandingBadge standing={standing} />}
        {mission.tier === null ? null : <Badge>{t.tiers[mission.tier] ?? mission.tier}</Badge>}
        {whole === undefined || whole.gate === null ? null : <TimeLeft until={whole.gate.decide_by} />}
      </div>
      <div>
        <h2 id={`queue-${mission.id}`} className="text-lg font-semibold tracking-tight">
          {mission.title}
        </h2>
        <p className="max-w-[68ch] text-soft">{mission.summary}</p>
      </div>
      {standing === undefined || standing === 'may' ? null : <Reasons violations={decide?.violations ?? []} />}
      {known ? null : <p className="text-soft">{t.queue.connect}</p>}
      {known && actions.data === undefined && actions.error === null ? <Loading /> : null}
      <LinkButton
        href={addressOf({ page: 'mission', id: mission.id })}
        look={standing === 'may' ? 'strong' : 'plain'}
        aria-label={`${standing === 'may' ? t.queue.open : t.queue.read}: ${mission.title}`}
      >
        {standing === 'may' ? t.queue.open : t.queue.read}
        <Icon name="arrow" />
      </LinkButton>
    </article>
  )
}

function StandingBadge({ standing }: { readonly standing: ReturnType<typeof standingOf> }) {
  switch (standing) {
    case 'may':
      return <Badge tone="good">{t.queue.forYou}</Badge>
    case 'not-you':
      return <Badge tone="plain">{t.queue.notYou}</Badge>
    case 'not-yet':
      return <Badge tone="heed">{t.queue.notYet}</Badge>
  }
}

export function Reasons({ violations }: { readonly violations: readonly Violation[] }) {
  return (
    <div className="text-sm">
      <p className="label">{t.queue.reasons}</p>
      <ul className="list-disc space-y-0.5 pl-5">
        {violations.map((violation) => (
          <li key={violation.constraint}>
            {sentenceFor(violation.constraint)} <span className="hash text-soft">{violation.constraint}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function TimeLeft({ until }: { readonly until: string }) {
  const now = useNow(30_000)
  const left = Date.parse(until) - now
  return (
    <span className="flex items-center gap-1.5 text-sm text-soft">
      <Icon name="clock" className="size-4" />
      {left > 0 ? t.queue.left(duration(left)) : t.queue.over}
    </span>
  )
}
