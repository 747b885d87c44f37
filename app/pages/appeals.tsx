/** Appeals: all of them, and filing one. */
import { useQuery } from '@tanstack/react-query'
import { appealsQuery, contestableQuery } from '../data/appeals.ts'
import { AppealList } from '../features/appeals/appeals.tsx'
import { FileAppeal } from '../features/appeals/file.tsx'
import { t } from '../text/text.ts'
import { Asked } from '../ui/asked.tsx'
import { Section } from '../ui/section.tsx'
import { useTitle } from '../ui/use-title.ts'
import { useWallet, WalletNotice } from '../wallet/wallet.ts'

export function AppealsPage() {
  const { wallet } = useWallet()
  const query = useQuery(appealsQuery)
  useTitle(t.appeals.title)
  return (
    <div className="space-y-12">
      <header className="space-y-1">
        <h1 className="text-3xl font-semibold tracking-tight">{t.appeals.title}</h1>
        <p className="max-w-[68ch] text-soft">{t.appeals.lead}</p>
      </header>
      <Section id="appeals" title={t.appeals.all}>
        <Asked query={query}>{(appeals) => <AppealList appeals={appeals} />}</Asked>
      </Section>
      <Section id="file" title={t.appeals.file} lead={t.appeals.fileAbout}>
        {wallet.kind === 'ready' ? <Filing actor={wallet.human.id} /> : <WalletNotice />}
      </Section>
    </div>
  )
}

function Filing({ actor }: { readonly actor: string }) {
  const query = useQuery(contestableQuery(actor))
  return <Asked query={query}>{(decisions) => <FileAppeal decisions={decisions} />}</Asked>
}
