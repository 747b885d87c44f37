/** One mission: read it, verify it, decide it, and see what came of it. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { usePlace } from '../chain/context.tsx'
import { actionsQuery, decideAmong } from '../data/actions.ts'
import { missionQuery, type Mission } from '../data/missions.ts'
import { overviewQuery } from '../data/overview.ts'
import { useNow } from '../data/use-now.ts'
import { codeOf } from '../errors/words.ts'
import { agreementOf, Changed, changesBetween, Decide, Outcome, Rules } from '../features/decision/decision.tsx'
import * as Record from '../features/mission/record.tsx'
import {
  firstNotGreen,
  useConditions,
  useReplayed,
  useVerification,
  VerificationPanel,
  type Session,
  type Verification,
} from '../features/verification/verification.tsx'
import { duration, moment } from '../format/time.ts'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Asked, Loading } from '../ui/asked.tsx'
import { Icon, Spinner } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useTitle } from '../ui/use-title.ts'
import { actorOf, useWallet } from '../wallet/wallet.ts'

const Owner = lazy(async () => ({ default: (await import('../features/owner/owner.tsx')).Owner }))
const Layers = lazy(async () => ({ default: (await import('../features/layers/layers.tsx')).Layers }))

export function MissionPage({ id }: { readonly id: string }) {
  const query = useQuery(missionQuery(id))
  useTitle(query.data?.title ?? id)
  return (
    <div className="space-y-6">
      <a href={addressOf({ page: 'home' })} className="link inline-flex min-h-9 items-center gap-1.5">
        <Icon name="back" className="size-4" />
        {t.mission.back}
      </a>
      {query.error !== null && codeOf(query.error) === 'not-found' ? (
        <Notice title={t.states.noMission}>
          <p className="hash">{id}</p>
        </Notice>
      ) : (
        <Asked query={query}>{(mission) => <Opened mission={mission} />}</Asked>
      )}
    </div>
  )
}

/** What was read stays on the page until the human agrees to read what it has become. */
function Opened({ mission: present }: { readonly mission: Mission }) {
  const [read, reread] = useState(present)
  const ended = present.decision !== null || present.state === 'Completed'
  const changes = read.state === 'FinalHumanGate' && !ended ? changesBetween(read, present) : []
  const shown = changes.length > 0 ? read : present
  return (
    <Whole mission={shown}>
      {changes.length === 0 ? null : <Changed changes={changes} onReread={() => reread(present)} />}
    </Whole>
  )
}

type WholeProps = { readonly mission: Mission; readonly children: ReactNode }

function Whole({ mission, children: changed }: WholeProps) {
  const { wallet } = useWallet()
  const place = usePlace()
  const { session, state } = useVerification()
  const { data: overview } = useQuery(overviewQuery)
  const atGate = mission.state === 'FinalHumanGate' && mission.gate !== null
  const replayed = useReplayed(mission.id)
  const conditions = useConditions()
  const me = actorOf(wallet)
  const known = wallet.kind === 'ready' || wallet.kind === 'elsewhere'
  const actions = useQuery({ ...actionsQuery(mission.id, me), enabled: atGate && known })
  const action = actions.data === undefined ? undefined : decideAmong(actions.data)

  useEffect(() => {
    if (atGate && session.current().kind === 'idle') session.start()
  }, [atGate, session])

  const agreement = agreementOf(mission, replayed)
  useReplayAnew(session, state, {
    wanted: atGate,
    epochs: overview?.epochs_committed ?? 0,
    revision: agreement === 'behind' ? mission.revision : 0,
  })

  const checked = {
    verified: verdictOf(state),
    gateIsGenuine: genuine(state, place.gate),
    agreement,
  } as const
  const isStable = changed === null
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0 space-y-12">
        <div className="space-y-5">
          <Record.MissionHead mission={mission} />
          {changed}
          {mission.decision !== null || mission.state === 'Completed' ? <Outcome mission={mission} me={me} /> : null}
          <Record.Dissent mission={mission} />
        </div>
        <Record.Asked mission={mission} />
        <Record.Result mission={mission} />
        <Record.Work mission={mission} />
        {mission.tier === 'R2' && mission.gate !== null ? (
          <Suspense fallback={<Loading />}>
            <Layers mission={mission} gate={mission.gate} />
          </Suspense>
        ) : null}
        <Section id="verification" title={t.verification.title} lead={t.verification.lead}>
          {place.rpc === null ? <Notice tone="heed" title={t.verification.noRpc} /> : null}
          <VerificationPanel state={state} entries={overview?.entries} onStart={() => session.start()} />
          {checked.agreement === 'differs' ? <Notice tone="stop" title={t.verification.differs} urgent /> : null}
        </Section>
        {atGate && known && action !== undefined ? <Rules action={action} conditions={conditions ?? []} /> : null}
        {atGate && isStable && mission.gate !== null ? (
          <Decide
            mission={mission}
            gate={mission.gate}
            action={action}
            checked={checked}
            foresee={session.foresee}
            replay={replayName(state)}
          />
        ) : null}
        {me === mission.owner ? (
          <Suspense fallback={<Loading />}>
            <Owner mission={mission} />
          </Suspense>
        ) : null}
      </div>
      <Aside mission={mission} state={state} atGate={atGate} isOwner={me === mission.owner} />
    </div>
  )
}

type News = {
  readonly wanted: boolean
  /** Committed on chain by now. */
  readonly epochs: number
  /** The mission's, where the replay is behind it. */
  readonly revision: number
}

/** A replay that has become old is made anew, once for each thing that made it old: never because it failed. */
function useReplayAnew(session: Session, state: Verification, { wanted, epochs, revision }: News): void {
  const answered = useRef({ epochs: 0, revision: 0 })
  const replayed = state.kind === 'done' ? state.outcome.epochsOnChain : undefined
  useEffect(() => {
    if (!wanted || replayed === undefined) return
    const known = answered.current
    const hasNews = epochs > Math.max(replayed, known.epochs) || revision > known.revision
    answered.current = { epochs: Math.max(known.epochs, epochs), revision: Math.max(known.revision, revision) }
    if (hasNews) session.start()
  }, [session, wanted, replayed, epochs, revision])
}

function verdictOf(state: Verification) {
  if (state.kind === 'failed') return { kind: 'fails', step: undefined } as const
  if (state.kind !== 'done') return { kind: 'not-yet' } as const
  if (state.outcome.verdict === 'verified') return { kind: 'holds' } as const
  return { kind: 'fails', step: firstNotGreen(state.steps)?.id } as const
}

function genuine(state: Verification, gate: { readonly chainId: number; readonly address: string }) {
  if (state.kind !== 'done' || state.outcome.gate === null) return undefined
  const { chainId, address } = state.outcome.gate
  return chainId === gate.chainId && address === gate.address
}

function replayName(state: Verification): string {
  return state.kind === 'done' ? `${state.outcome.entries}:${state.outcome.head}` : ''
}

type AsideProps = {
  readonly mission: Mission
  readonly state: Verification
  readonly atGate: boolean
  readonly isOwner: boolean
}

/** What one wants in sight while reading: the time, the verification, and the way to every part. */
function Aside({ mission, state, atGate, isOwner }: AsideProps) {
  const parts = [
    ['asked', t.mission.asked],
    ['result', t.mission.result],
    ['evidence', t.mission.evidence],
    ['reviews', t.reviews.title],
    ['verification', t.verification.title],
    ...(atGate ? ([['decide', t.decide.title]] as const) : []),
    ...(isOwner ? ([['owner', t.owner.title]] as const) : []),
  ] as const
  return (
    <aside className="order-first lg:order-none">
      <div className="space-y-5 lg:sticky lg:top-20">
        {atGate && mission.gate !== null ? <TimeLeft until={mission.gate.decide_by} /> : null}
        <VerificationLine state={state} />
        <nav aria-label={t.mission.contents} className="hidden lg:block">
          <ul className="space-y-0.5 border-l border-line">
            {parts.map(([id, name]) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  onClick={Record.goTo(id)}
                  className="-ml-px flex min-h-8 items-center border-l border-transparent pl-3 text-soft hover:border-seal hover:text-ink"
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </aside>
  )
}

function TimeLeft({ until }: { readonly until: string }) {
  const now = useNow()
  const left = Date.parse(until) - now
  return (
    <div>
      <p className="label">{t.mission.timeLeft}</p>
      <p className="text-xl font-semibold tabular-nums">{left > 0 ? duration(left) : t.queue.over}</p>
      <p className="text-sm text-soft">{moment(until)}</p>
    </div>
  )
}

function VerificationLine({ state }: { readonly state: Verification }) {
  const verdict = verdictOf(state)
  if (state.kind === 'running') {
    return (
      <p className="flex items-center gap-2 text-sm text-soft">
        <Spinner className="size-4" />
        {t.verification.running}
      </p>
    )
  }
  if (verdict.kind === 'not-yet') return null
  const holds = verdict.kind === 'holds'
  return (
    <p className={`flex items-center gap-2 text-sm ${holds ? 'text-seal' : 'text-stop'}`}>
      <Icon name={holds ? 'check' : 'alert'} className="size-4" />
      {holds ? t.verification.title : t.verification.unverifiable}
    </p>
  )
}
