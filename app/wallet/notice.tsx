/** Why the connected wallet cannot decide yet, each case with its own way out. Nothing when it can. */
import { useSwitchChain } from 'wagmi'
import { usePlace } from '../chain/context.tsx'
import { walletFault } from '../errors/wallet.ts'
import { t } from '../text/text.ts'
import { Loading } from '../ui/asked.tsx'
import { Button } from '../ui/button.tsx'
import { Hash } from '../ui/hash.tsx'
import { ErrorNotice, Notice } from '../ui/notice.tsx'
import { useWallet } from './context.tsx'

export function WalletNotice() {
  const { wallet, choose, leave } = useWallet()
  switch (wallet.kind) {
    case 'ready':
      return null
    case 'connecting':
      return <Loading what={t.wallet.connecting} />
    case 'none':
      return (
        <Notice title={t.wallet.notConnected}>
          <Button look="strong" onClick={() => choose(true)}>
            {t.wallet.connect}
          </Button>
        </Notice>
      )
    case 'locked':
      return (
        <Notice tone="heed" title={t.wallet.locked} urgent>
          <p>{t.wallet.lockedAbout}</p>
          <Button onClick={() => choose(true)}>{t.wallet.connect}</Button>
        </Notice>
      )
    case 'elsewhere':
      return <Elsewhere chainId={wallet.chainId} />
    case 'stranger':
      return (
        <Notice tone="heed" title={t.wallet.noIdentity} urgent>
          <p>{t.wallet.noIdentityAbout}</p>
          <Hash value={wallet.address} />
          <div>
            <Button size="small" onClick={leave}>
              {t.wallet.disconnect}
            </Button>
          </div>
        </Notice>
      )
  }
}

function Elsewhere({ chainId }: { readonly chainId: number }) {
  const { gate } = usePlace()
  const { mutate, isPending, error } = useSwitchChain()
  return (
    <Notice tone="heed" title={t.wallet.wrongNetwork} urgent>
      <p>{t.wallet.wrongNetworkAbout(String(gate.chainId), String(chainId))}</p>
      <Button disabled={isPending} onClick={() => mutate({ chainId: gate.chainId })}>
        {t.wallet.switch}
      </Button>
      {error === null ? null : <ErrorNotice error={walletFault(error)} />}
    </Notice>
  )
}
