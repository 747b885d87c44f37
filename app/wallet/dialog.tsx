/** Choosing a wallet: those that announced themselves, and on a development deployment one to play with. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConnect, useConnectors, type Connector, type CreateConnectorFn } from 'wagmi'
import { usePlace, type Place } from '../chain/context.tsx'
import { walletsQuery, type DevelopmentWallet } from '../data/development.ts'
import { walletFault } from '../errors/wallet.ts'
import { t } from '../text/text.ts'
import { Asked, Loading } from '../ui/asked.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { ErrorNotice, Notice } from '../ui/notice.tsx'
import { confirmByPrompt } from './development/prompts.ts'
import { useWallet } from './context.tsx'

export function WalletDialog() {
  const { choosing, choose } = useWallet()
  return (
    <Dialog open={choosing} onClose={() => choose(false)} title={t.wallet.choose} about={t.wallet.chooseAbout}>
      <Choices onDone={() => choose(false)} />
    </Dialog>
  )
}

function Choices({ onDone }: { readonly onDone: () => void }) {
  const place = usePlace()
  const connectors = useConnectors()
  const { mutate, isPending, error } = useConnect()
  const connect = (connector: Connector | CreateConnectorFn) => mutate({ connector }, { onSuccess: onDone })
  if (isPending) return <Loading what={t.wallet.connecting} />
  return (
    <div className="space-y-4">
      {error === null ? null : <ErrorNotice error={walletFault(error)} />}
      {connectors.length === 0 ? (
        <Notice title={t.wallet.none}>
          <p className="text-soft">{t.wallet.noneAbout}</p>
        </Notice>
      ) : (
        <ul className="space-y-2">
          {connectors.map((connector) => (
            <li key={connector.uid}>
              <Button className="w-full justify-start" onClick={() => connect(connector)}>
                {connector.icon === undefined ? <Icon name="wallet" /> : <WalletIcon source={connector.icon} />}
                {connector.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {place.deployment.development ? <Development place={place} onChoose={connect} /> : null}
    </div>
  )
}

/** The announcement of a wallet brings its picture as a data: address. */
function WalletIcon({ source }: { readonly source: string }) {
  return <img src={source.trim()} alt="" className="size-6 rounded" />
}

type DevelopmentProps = {
  readonly place: Place
  readonly onChoose: (connector: CreateConnectorFn) => void
}

function Development({ place, onChoose }: DevelopmentProps) {
  const [open, setOpen] = useState(false)
  const wallets = useQuery({ ...walletsQuery, enabled: open })
  if (!open) {
    return (
      <div className="space-y-2 border-t border-line pt-4">
        <p className="label">{t.wallet.developmentAbout}</p>
        <Button onClick={() => setOpen(true)}>{t.wallet.development}</Button>
      </div>
    )
  }
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <Notice tone="heed" title={t.wallet.developmentWarning} />
      <Asked query={wallets}>
        {(all) => (
          <ul className="grid grid-cols-2 gap-2" aria-label={t.wallet.development}>
            {all.map((wallet) => (
              <li key={wallet.id}>
                <Button className="w-full" onClick={() => void choose(wallet, place, onChoose)}>
                  {wallet.id}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </div>
  )
}

/** Signing with a key that the page holds is loaded only when somebody asks for it. */
async function choose(
  wallet: DevelopmentWallet,
  { chain, rpc }: Place,
  onChoose: (connector: CreateConnectorFn) => void,
): Promise<void> {
  const { developmentConnector } = await import('./development/connector.ts')
  onChoose(developmentConnector({ wallet, chain, rpc: rpc ?? '', confirm: confirmByPrompt }))
}
