/** The first page: what waits for you, then everything else at a glance. */
import { Duties } from '../features/duties/duties.tsx'
import { Missions } from '../features/missions/missions.tsx'
import { Overview } from '../features/overview/overview.tsx'
import { Queue } from '../features/queue/queue.tsx'
import { t } from '../text/text.ts'
import { Section } from '../ui/section.tsx'
import { useTitle } from '../ui/use-title.ts'
import { useWallet, WalletNotice } from '../wallet/wallet.ts'

export function HomePage() {
  const { wallet } = useWallet()
  useTitle(t.home.title)
  return (
    <div className="space-y-12">
      <div className="space-y-5">
        <header className="space-y-1">
          <h1 className="text-3xl font-semibold tracking-tight">{t.home.title}</h1>
          <p className="max-w-[68ch] text-soft">{t.home.lead}</p>
        </header>
        {wallet.kind === 'none' ? null : <WalletNotice />}
        <Duties />
        <Queue />
      </div>
      <Section id="overview" title={t.home.overview}>
        <Overview />
      </Section>
      <Section id="missions" title={t.home.missions}>
        <Missions />
      </Section>
    </div>
  )
}
