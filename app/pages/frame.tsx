/** The frame of every page: where one is, whether it is live, and one's wallet. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, type ReactNode } from 'react'
import { usePlace } from '../chain/context.tsx'
import { useLive } from '../data/live.tsx'
import { overviewQuery } from '../data/overview.ts'
import { short } from '../format/hash.ts'
import { addressOf } from '../routing/route.ts'
import { useRoute } from '../routing/use-route.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { ThemeSwitch } from '../ui/theme.tsx'
import { DevelopmentPrompt, useWallet, WalletDialog } from '../wallet/wallet.ts'

export function Frame({ children }: { readonly children: ReactNode }) {
  const main = useRef<HTMLElement>(null)
  useFocusOnNewPage(main)
  return (
    <>
      <button
        type="button"
        className="sr-only z-30 rounded-lg bg-raised px-4 py-2 focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2"
        onClick={() => main.current?.focus()}
      >
        {t.skip}
      </button>
      <header className="z-20 border-b sm:sticky sm:top-0 border-line bg-paper/95 backdrop-blur-sm">
        <div className="mx-auto flex min-h-14 max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5">
          <a
            href={addressOf({ page: 'home' })}
            className="flex items-center gap-2 text-lg font-semibold tracking-tight"
          >
            <Icon name="seal" className="size-6 text-seal" />
            {t.name}
          </a>
          <Pages />
          <Live />
          <div className="ml-auto flex items-center gap-2">
            <WalletButton />
          </div>
        </div>
      </header>
      <Silence />
      <main ref={main} tabIndex={-1} className="mx-auto max-w-6xl px-4 pt-6 pb-16 outline-none">
        {children}
      </main>
      <Footer />
      <WalletDialog />
      <DevelopmentPrompt />
    </>
  )
}

const PAGES = ['home', 'actors', 'incidents', 'appeals', 'me'] as const

function Pages() {
  const { page } = useRoute()
  return (
    <nav aria-label={t.nav.label}>
      <ul className="flex flex-wrap items-center gap-x-1">
        {PAGES.map((one) => (
          <li key={one}>
            <a
              href={addressOf({ page: one })}
              className="flex min-h-9 items-center rounded-lg px-2.5 text-sm text-soft hover:bg-sunk aria-[current=page]:bg-sunk aria-[current=page]:text-ink"
              aria-current={page === one ? 'page' : undefined}
            >
              {t.nav[one]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Whoever reads with a screen reader or moves by keyboard starts a new page at its beginning. */
function useFocusOnNewPage(main: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const onNewPage = () => {
      main.current?.focus({ preventScroll: true })
      globalThis.scrollTo({ top: 0, behavior: 'instant' })
    }
    globalThis.addEventListener('hashchange', onNewPage)
    return () => globalThis.removeEventListener('hashchange', onNewPage)
  }, [main])
}

function Live() {
  const live = useLive()
  const tone = live === 'live' ? 'bg-seal' : 'bg-heed-line'
  return (
    <span className="flex items-center gap-1.5 text-sm text-soft" title={t.live.about}>
      <span aria-hidden="true" className={`size-2 rounded-full ${tone}`} />
      <span aria-live="polite">{t.live[live]}</span>
    </span>
  )
}

/** Only when it has lasted: a broken connection usually comes back by itself. */
function Silence() {
  const live = useLive()
  const { error } = useQuery(overviewQuery)
  if (live !== 'silent' || error === null) return null
  return (
    <output className="block border-b border-heed-line bg-heed-ground">
      <span className="mx-auto block max-w-6xl px-4 py-2 text-heed">{t.states.offline}</span>
    </output>
  )
}

function WalletButton() {
  const { wallet, choose, leave } = useWallet()
  if (wallet.kind === 'none' || wallet.kind === 'locked' || wallet.kind === 'connecting') {
    return (
      <Button size="small" look="plain" onClick={() => choose(true)}>
        <Icon name="wallet" />
        {t.wallet.connect}
      </Button>
    )
  }
  const human = wallet.kind === 'stranger' ? undefined : wallet.human
  return (
    <div className="flex items-center gap-2">
      <span className="flex flex-col items-end text-sm leading-tight">
        {human === undefined ? null : <span className="font-medium">{human.id}</span>}
        <span className="hash text-soft" title={wallet.address}>
          {short(wallet.address)}
        </span>
      </span>
      <Button size="small" look="quiet" onClick={leave}>
        {t.wallet.disconnect}
      </Button>
    </div>
  )
}

function Footer() {
  const { deployment } = usePlace()
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-6">
        <p className="min-w-0 text-sm text-soft">
          {deployment.development ? `${t.overview.development} ` : `${t.overview.deployment} `}
          <span className="hash break-all">{deployment.deployment}</span>
        </p>
        <ThemeSwitch />
      </div>
    </footer>
  )
}
