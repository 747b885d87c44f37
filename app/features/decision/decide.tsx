/**
 * The decision itself. Choose, read the words, acknowledge, sign; or follow what was signed before. One component for
 * each stage, and never two at once.
 */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import type { Approval } from '../../../protocol/wire/approval.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import { usePlace } from '../../chain/context.tsx'
import type { Action } from '../../data/actions.ts'
import { approvalsQuery } from '../../data/approvals.ts'
import { onChainQuery } from '../../data/decision.ts'
import type { GateView, Mission } from '../../data/missions.ts'
import { Section } from '../../ui/section.tsx'
import { t } from '../../text/text.ts'
import { sentenceFor } from '../../errors/words.ts'
import { Notice } from '../../ui/notice.tsx'
import { useWallet, WalletNotice } from '../../wallet/wallet.ts'
import { Draft } from './draft-form.tsx'
import { Following } from './following.tsx'
import type { Foresight } from './foresight.ts'
import { recall } from './kept.ts'
import { progressOf, relayedFor } from './progress.ts'
import type { Situation } from './obstacles.ts'
import { useCarryOut } from './use-carry-out.ts'

type Props = {
  /** As it was read. */
  readonly mission: Mission
  readonly gate: GateView
  readonly action: Action | undefined
  readonly checked: Pick<Situation, 'verified' | 'gateIsGenuine' | 'agreement'>
  /** What the browser's own replay would make of a decision; undefined while nothing is replayed. */
  readonly foresee: (approval: Approval, at: number) => Promise<Foresight | null | undefined>
  /** Changes with every replay, so that what it said is asked again. */
  readonly replay: string
}

/** Stands in for the wallet's address while none is connected, so that everything can be read. */
const NOBODY = `0x${'0'.repeat(40)}`

export function Decide({ mission, gate, action, checked, foresee, replay }: Props) {
  const { wallet } = useWallet()
  const place = usePlace()
  const [keptAt, setKeptAt] = useState(0)
  const known = wallet.kind === 'ready'
  const approver = known || wallet.kind === 'elsewhere' ? wallet.address : NOBODY
  const key = useMemo(
    () => ({
      missionDigest: bytes32OfDigest(gate.mission_digest as Digest),
      attempt: gate.attempt,
      approver: approver as Approval['approver'],
    }),
    [gate.mission_digest, gate.attempt, approver],
  )
  const onChain = useQuery({ ...onChainQuery(place.client, place.gate, key), enabled: known })
  const approvals = useQuery({ ...approvalsQuery(mission.id), enabled: known })
  const relayed = approvals.data === undefined ? undefined : relayedFor(approvals.data, key)
  // oxlint-disable-next-line react/exhaustive-deps -- what is kept changes when somebody says so
  const kept = useMemo(() => (known ? recall(key) : undefined), [known, key, keptAt])
  const carry = useCarryOut(mission, () => setKeptAt((count) => count + 1))
  const progress = progressOf({ mission, onChain: onChain.data, relayed, kept })

  return (
    <Section id="decide" title={t.decide.title} lead={t.decide.lead}>
      <WalletNotice />
      {progress.reached !== 'none' || progress.refused === undefined ? null : (
        <Notice tone="stop" title={t.stages.about.refused} urgent>
          <p>{sentenceFor(`gate-${progress.refused}`)}</p>
          <p>{t.stages.about.refusedMore}</p>
        </Notice>
      )}
      {progress.reached === 'none' ? (
        <Draft
          key={approver}
          gate={gate}
          approver={approver}
          carry={carry}
          action={action}
          checked={checked}
          foresee={foresee}
          replay={replay}
          isDecidedKnown={onChain.data !== undefined}
        />
      ) : (
        <Following progress={progress} signed={kept ?? signedIn(relayed)} carry={carry} />
      )}
    </Section>
  )
}

function signedIn(relayed: ReturnType<typeof relayedFor>) {
  if (relayed === undefined) return undefined
  return { approval: relayed.approval, signature: relayed.signature as `0x${string}`, reason: '' }
}
