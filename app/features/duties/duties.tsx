/** What waits for this human besides final decisions, soonest first. */
import { useQuery } from '@tanstack/react-query'
import { dutiesQuery, type Duty } from '../../data/duties.ts'
import { useNow } from '../../data/use-now.ts'
import { duration } from '../../format/time.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { actorOf, useWallet } from '../../wallet/wallet.ts'
import { addressOfDuty } from './address.ts'
import { soonestFirst } from './order.ts'

export function Duties() {
  const { wallet } = useWallet()
  const actor = actorOf(wallet)
  const duties = useQuery(dutiesQuery(actor))
  if (actor === '') return null
  return (
    <Asked query={duties}>
      {(all) =>
        all.length === 0 ? null : (
          <section aria-labelledby="duties-title" className="space-y-3">
            <h2 id="duties-title" className="text-xl font-semibold tracking-tight">
              {t.duties.title}
            </h2>
            <p className="text-soft" aria-live="polite">
              {t.duties.count(all.length)}
            </p>
            <ul className="space-y-3">
              {soonestFirst(all).map((duty) => (
                <li key={`${duty.kind} ${duty.subject} ${duty.task ?? ''}`}>
                  <Item duty={duty} />
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Asked>
  )
}

function Item({ duty }: { readonly duty: Duty }) {
  const what = t.duties.kinds[duty.kind] ?? duty.kind
  return (
    <article
      className="card flex flex-wrap items-center justify-between gap-3 p-4"
      aria-label={`${what}: ${duty.title}`}
    >
      <div className="min-w-0">
        <p className="font-semibold">{what}</p>
        <p className="text-soft">{duty.title}</p>
        {duty.until === null ? null : <TimeLeft until={duty.until} />}
      </div>
      <LinkButton look="strong" href={addressOfDuty(duty)} aria-label={`${t.duties.open}: ${what}, ${duty.title}`}>
        {t.duties.open}
        <Icon name="arrow" />
      </LinkButton>
    </article>
  )
}

function TimeLeft({ until }: { readonly until: string }) {
  const left = Date.parse(until) - useNow(10_000)
  return (
    <p className="flex items-center gap-1.5 text-sm text-soft">
      <Icon name="clock" className="size-4" />
      {left >= 0 ? t.duties.until(duration(left)) : t.duties.over}
    </p>
  )
}
