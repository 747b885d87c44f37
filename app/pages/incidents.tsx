/** Incidents: all of them, and reporting one. */
import { IncidentList } from '../features/incidents/incidents.tsx'
import { ReportIncident } from '../features/incidents/report.tsx'
import { t } from '../text/text.ts'
import { Section } from '../ui/section.tsx'
import { useTitle } from '../ui/use-title.ts'
import { useWallet, WalletNotice } from '../wallet/wallet.ts'

export function IncidentsPage() {
  const { wallet } = useWallet()
  useTitle(t.incidents.title)
  return (
    <div className="space-y-12">
      <header className="space-y-1">
        <h1 className="text-3xl font-semibold tracking-tight">{t.incidents.title}</h1>
        <p className="max-w-[68ch] text-soft">{t.incidents.lead}</p>
      </header>
      <Section id="incidents" title={t.incidents.all}>
        <IncidentList />
      </Section>
      <Section id="report" title={t.incidents.report} lead={t.incidents.reportLead}>
        {wallet.kind === 'ready' ? <ReportIncident /> : <WalletNotice />}
      </Section>
    </div>
  )
}
