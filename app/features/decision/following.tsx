/** A decision on its way: how far it is, and what can be done if it does not get on. */
import { useEffect } from 'react'
import { approvalFile } from '../../data/approvals.ts'
import { whole } from '../../format/number.ts'
import { short } from '../../format/hash.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { CopyButton, Hash } from '../../ui/hash.tsx'
import { Icon, Spinner } from '../../ui/icon.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save.ts'
import { forget, type Kept } from './kept.ts'
import type { Progress } from './progress.ts'
import { StageLine } from './stage-line.tsx'
import type { CarryOut } from './use-carry-out.ts'

type Props = {
  readonly progress: Progress
  readonly signed: Kept | undefined
  readonly carry: CarryOut
}

export function Following({ progress, signed, carry }: Props) {
  const { act } = carry
  useEffect(() => {
    if (progress.reached === 'recorded' && signed !== undefined) forget(signed.approval)
  }, [progress.reached, signed])
  return (
    <div className="card space-y-4 p-4 sm:p-5">
      <StageLine progress={progress} />
      <output className="block">{act.kind === 'busy' ? t.stages.about[act.step] : aboutStage(progress)}</output>
      {act.kind === 'failed' ? <ErrorNotice error={act.error} /> : null}
      {progress.transaction === undefined ? null : (
        <Facts>
          <Fact name={t.result.transaction}>
            <Hash value={progress.transaction} />{' '}
            <CopyButton value={progress.transaction} what={t.result.transaction} />
          </Fact>
        </Facts>
      )}
      {progress.reached === 'signed' && signed !== undefined ? (
        <Unsent progress={progress} signed={signed} carry={carry} />
      ) : null}
    </div>
  )
}

function aboutStage(progress: Progress): string {
  const { about } = t.stages
  switch (progress.reached) {
    case 'none':
      return ''
    case 'signed':
      if (progress.waitsFor !== undefined) return about.waitsFor(progress.waitsFor)
      if (progress.held === 'relay') return about.signedRelay
      return progress.held === 'wallet' ? about.signedWallet : about.signedBrowser
    case 'included':
      return about.included(progress.block === undefined ? '' : whole(progress.block))
    case 'final':
      return about.final
    case 'recorded':
      return progress.verdict === 'reject' ? about.recordedReject : about.recordedApprove
  }
}

type UnsentProps = { readonly progress: Progress; readonly signed: Kept; readonly carry: CarryOut }

function Unsent({ progress, signed, carry }: UnsentProps) {
  const busy = carry.act.kind === 'busy'
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <p className="text-sm text-soft">
        {progress.held === 'browser' ? t.stages.signedBefore : t.stages.downloadAbout}
      </p>
      <div className="flex flex-wrap gap-3">
        {progress.held === 'relay' ? null : (
          <Button look="strong" disabled={busy} onClick={() => carry.resend(signed, 'relay')}>
            {busy ? <Spinner /> : null}
            {t.stages.sendRelay}
          </Button>
        )}
        <Button disabled={busy} onClick={() => carry.resend(signed, 'wallet')}>
          {t.stages.sendWallet}
        </Button>
        <Button onClick={() => saveFile(fileName(signed), approvalFile(signed), 'application/json')}>
          <Icon name="download" />
          {t.stages.download}
        </Button>
      </div>
    </div>
  )
}

function fileName({ approval }: Kept): string {
  return `genesis-${approval.decision}-${short(approval.missionDigest).replace(/[^0-9a-f]+/g, '-')}-${approval.attempt}.json`
}
