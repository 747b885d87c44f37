/** What every page stands in: the deployment, the wallet, the verification, and the frame around them. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { PlaceProvider } from './chain/context.tsx'
import { deploymentQuery } from './data/deployment.ts'
import { rpcQuery } from './data/development.ts'
import { LiveProvider } from './data/live.tsx'
import { Mistake } from './errors/boundary.tsx'
import { VerificationProvider } from './features/verification/verification.tsx'
import { Frame } from './pages/frame.tsx'
import { HomePage } from './pages/home.tsx'
import { MissionPage } from './pages/mission.tsx'
import { UnknownPage } from './pages/unknown.tsx'
import { useRoute } from './routing/use-route.ts'
import { Asked, Loading } from './ui/asked.tsx'
import { WalletProvider } from './wallet/wallet.ts'

// Loaded when they are opened: whoever comes to decide waits for nothing else.
const MePage = lazy(async () => ({ default: (await import('./pages/me.tsx')).MePage }))
const ActorsPage = lazy(async () => ({ default: (await import('./pages/actors.tsx')).ActorsPage }))
const ActorPage = lazy(async () => ({ default: (await import('./pages/actor.tsx')).ActorPage }))
const IncidentsPage = lazy(async () => ({ default: (await import('./pages/incidents.tsx')).IncidentsPage }))
const IncidentPage = lazy(async () => ({ default: (await import('./pages/incident.tsx')).IncidentPage }))
const SuspensionPage = lazy(async () => ({ default: (await import('./pages/suspension.tsx')).SuspensionPage }))
const PanelPage = lazy(async () => ({ default: (await import('./pages/panel.tsx')).PanelPage }))
const AppealsPage = lazy(async () => ({ default: (await import('./pages/appeals.tsx')).AppealsPage }))
const AppealPage = lazy(async () => ({ default: (await import('./pages/appeal.tsx')).AppealPage }))
const ReviewPage = lazy(async () => ({ default: (await import('./pages/review.tsx')).ReviewPage }))

export function App() {
  return (
    <Mistake>
      <Opening />
    </Mistake>
  )
}

/** Nothing can be shown before it is known which deployment this is and where its chain can be asked. */
function Opening() {
  const deployment = useQuery(deploymentQuery)
  const rpc = useQuery(rpcQuery)
  const first = [deployment, rpc].find(({ data }) => data === undefined)
  if (deployment.data === undefined || rpc.data === undefined) {
    return <main className="mx-auto max-w-6xl px-4 py-6">{first === undefined ? null : <Waiting query={first} />}</main>
  }
  return (
    <PlaceProvider deployment={deployment.data} rpc={rpc.data}>
      <LiveProvider>
        <WalletProvider>
          <VerificationProvider rpc={rpc.data} deployment={deployment.data.deployment}>
            <Frame>
              <Suspense fallback={<Loading />}>
                <Page />
              </Suspense>
            </Frame>
          </VerificationProvider>
        </WalletProvider>
      </LiveProvider>
    </PlaceProvider>
  )
}

function Waiting({ query }: { readonly query: Parameters<typeof Asked<unknown>>[0]['query'] }) {
  return <Asked query={query}>{() => null}</Asked>
}

function Page() {
  const route = useRoute()
  switch (route.page) {
    case 'home':
      return <HomePage />
    case 'mission':
      return <MissionPage key={route.id} id={route.id} />
    case 'review':
      return <ReviewPage key={`${route.id} ${route.task}`} id={route.id} task={route.task} />
    case 'me':
      return <MePage />
    case 'actors':
      return <ActorsPage />
    case 'actor':
      return <ActorPage key={route.id} id={route.id} />
    case 'incidents':
      return <IncidentsPage />
    case 'incident':
      return <IncidentPage key={route.id} id={route.id} />
    case 'suspension':
      return <SuspensionPage key={route.id} id={route.id} />
    case 'panel':
      return <PanelPage key={route.id} id={route.id} />
    case 'appeals':
      return <AppealsPage />
    case 'appeal':
      return <AppealPage key={route.id} id={route.id} />
    case 'unknown':
      return <UnknownPage />
  }
}
