/** How it ended: who decided what, and where that can be read by anybody. */
import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../chain/context.tsx'
import { onChainQuery } from '../../data/decision.ts'
import { decisionEntryQuery, entryPath } from '../../data/entries.ts'
import type { DecisionView, Mission } from '../../data/missions.ts'
import { artifactQuery } from '../../data/artifacts.ts'
import { bytes32OfDigest, digestOfBytes32 } from '../../../protocol/wire/abi.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import type { Approval } from '../../../protocol/wire/approval.ts'
import { whole } from '../../format/number.ts'
import { moment } from '../../format/time.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { CopyButton, Hash } from '../../ui/hash.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { NOTHING_WRITTEN } from './draft.ts'
import { progressOf } from './progress.ts'
import { StageLine } from './stage-line.tsx'

type Props = { readonly mission: Mission; readonly me: string | undefined }

export function Outcome({ mission, me }: Props) {
  return (
    <>
      <Reversed by={mission.reversed} />
      <Decided mission={mission} me={me} />
    </>
  )
}

/** What was completed stays on record; that it was taken back is said before it. */
function Reversed({ by }: { readonly by: string | null }) {
  if (by === null) return null
  return (
    <Notice tone="heed" title={t.owner.reversedBy[by] ?? by}>
      <p>{t.owner.reversedMore}</p>
    </Notice>
  )
}

function Decided({ mission, me }: Props) {
  const { decision, gate } = mission
  if (decision === null || gate === null) {
    return mission.state === 'Completed' ? <Notice tone="good" title={t.result.mandate} /> : null
  }
  const approved = decision.decision === 'approve'
  const title =
    decision.approver === me
      ? approved
        ? t.result.approved
        : t.result.rejected
      : approved
        ? t.result.approvedBy(decision.approver)
        : t.result.rejectedBy(decision.approver)
  return (
    <Section id="outcome" title={title}>
      <StageLine progress={progressOf({ mission, onChain: undefined, relayed: undefined, kept: undefined })} />
      <p>{approved ? t.stages.about.recordedApprove : t.stages.about.recordedReject}</p>
      <Where mission={mission.id} from={gate.seq} decision={decision} attempt={gate.attempt} />
    </Section>
  )
}

type WhereProps = {
  readonly mission: string
  readonly from: number
  readonly decision: DecisionView
  readonly attempt: number
}

function Where({ mission, from, decision, attempt }: WhereProps) {
  const { gate, client } = usePlace()
  const entry = useQuery(decisionEntryQuery(mission, from))
  const key = {
    missionDigest: bytes32OfDigest(decision.mission_digest as Digest),
    attempt,
    approver: decision.wallet as Approval['approver'],
  }
  const onChain = useQuery({ ...onChainQuery(client, gate, key), refetchInterval: false })
  return (
    <Facts>
      <Fact name={t.result.entry}>
        <Asked query={entry}>
          {(found) =>
            found === null ? null : (
              <>
                <a
                  className="link inline-flex items-center gap-1"
                  href={entryPath(found.seq)}
                  target="_blank"
                  rel="noreferrer"
                >
                  {t.result.entryLink(whole(found.seq))}
                  <Icon name="link" className="size-4" />
                </a>
                <span className="text-soft"> · {moment(found.recorded_at)}</span>
              </>
            )
          }
        </Asked>
      </Fact>
      <Fact name={t.result.transaction}>
        <Hash value={decision.transaction} /> <CopyButton value={decision.transaction} what={t.result.transaction} />
      </Fact>
      {onChain.data?.log === undefined ? null : (
        <Fact name={t.result.block}>
          {whole(onChain.data.log.block)} <Hash value={onChain.data.log.blockHash} />
        </Fact>
      )}
      <Fact name={t.result.chain}>{decision.chain_id}</Fact>
      <Fact name={t.result.contract}>
        <Hash value={gate.address} />
      </Fact>
      <Fact name={t.result.wallet}>
        <Hash value={decision.wallet} />
      </Fact>
      <Fact name={t.result.reason}>
        <Reason hash={decision.reason_hash} />
      </Fact>
      <Fact name={t.result.signature}>
        <Hash value={decision.signature} />
      </Fact>
    </Facts>
  )
}

function Reason({ hash }: { readonly hash: string }) {
  const written = hash !== NOTHING_WRITTEN
  const query = useQuery({ ...artifactQuery(written ? digestOfBytes32(hash) : ('' as Digest)), enabled: written })
  if (!written) return <span className="text-soft">{t.result.noReason}</span>
  return (
    <Asked query={query}>
      {(bytes) => <span className="whitespace-pre-wrap">{new TextDecoder().decode(bytes)}</span>}
    </Asked>
  )
}
