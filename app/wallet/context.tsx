/** The wallet's state for every page, connecting and leaving. */
import { useQuery } from '@tanstack/react-query'
import { createContext, use, useMemo, useRef, useState, type ReactNode } from 'react'
import { useConnection, useConnectionEffect, useDisconnect, WagmiProvider } from 'wagmi'
import { usePlace } from '../chain/context.tsx'
import { actorsQuery } from '../data/actors.ts'
import { walletConfig } from './config.ts'
import { walletState, type WalletState } from './state.ts'

type Held = {
  readonly wallet: WalletState
  readonly choosing: boolean
  choose(open: boolean): void
  leave(): void
}

const Context = createContext<Held | undefined>(undefined)

export function useWallet(): Held {
  const held = use(Context)
  if (held === undefined) throw new TypeError('useWallet needs a WalletProvider')
  return held
}

export function WalletProvider({ children }: { readonly children: ReactNode }) {
  const place = usePlace()
  const config = useMemo(() => walletConfig(place), [place])
  return (
    <WagmiProvider config={config}>
      <Holder>{children}</Holder>
    </WagmiProvider>
  )
}

function Holder({ children }: { readonly children: ReactNode }) {
  const { gate } = usePlace()
  const { status, address, chainId } = useConnection()
  const { mutate: disconnect } = useDisconnect()
  const { data: actors } = useQuery(actorsQuery)
  const [choosing, choose] = useState(false)
  const [withdrew, setWithdrew] = useState(false)
  const leaving = useRef(false)
  useConnectionEffect({
    onConnect: () => setWithdrew(false),
    onDisconnect: () => {
      setWithdrew(!leaving.current)
      leaving.current = false
    },
  })
  const held = useMemo<Held>(
    () => ({
      wallet: walletState({ status, address, chainId, withdrew }, gate.chainId, actors),
      choosing,
      choose,
      leave: () => {
        leaving.current = true
        disconnect({})
      },
    }),
    [status, address, chainId, withdrew, gate.chainId, actors, choosing, disconnect],
  )
  return <Context value={held}>{children}</Context>
}
