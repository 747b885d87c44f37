/** You, as this deployment and this browser know you. */
import { MyIdentity } from '../features/identity/identity.tsx'
import { t } from '../text/text.ts'
import { useTitle } from '../ui/use-title.ts'
import { useWallet, WalletNotice } from '../wallet/wallet.ts'

export function MePage() {
  const { wallet } = useWallet()
  useTitle(t.nav.me)
  return (
    <div className="space-y-8">
      <h1 className="text-3xl font-semibold tracking-tight">{t.nav.me}</h1>
      {wallet.kind === 'ready' ? <p className="text-soft">{t.wallet.as(wallet.human.id)}</p> : <WalletNotice />}
      <MyIdentity />
    </div>
  )
}
