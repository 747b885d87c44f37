/**
 * What came of an act: read out as soon as it is known, whoever looks or listens. Once it is recorded the focus goes
 * there, because the form that had it may be gone.
 */
import { useEffect, useRef, type ReactNode } from 'react'
import { entryPath } from '../data/entries.ts'
import { whole } from '../format/number.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/icon.tsx'
import { ErrorNotice, Notice } from '../ui/notice.tsx'
import { Violations } from '../ui/violations.tsx'
import type { Acting } from './use-act.ts'

export function ActOutcome({ acting, done }: { readonly acting: Acting; readonly done?: ReactNode }) {
  const { act } = acting
  const place = useRef<HTMLDivElement>(null)
  const isRecorded = act.kind === 'done' && act.result.outcome === 'committed'
  useEffect(() => {
    if (isRecorded) place.current?.focus()
  }, [isRecorded])
  return (
    <div
      ref={place}
      tabIndex={-1}
      className="scroll-mt-20 outline-none"
      aria-live="polite"
      data-act={act.kind === 'done' ? act.result.outcome : act.kind}
    >
      {act.kind === 'busy' ? (
        <p className="flex items-center gap-2 text-soft">
          <Spinner />
          {t.acts.stages[act.stage]}
        </p>
      ) : null}
      {act.kind === 'failed' ? (
        <ErrorNotice error={act.error}>
          {act.envelope === undefined ? null : (
            <>
              <p>{t.acts.mayHaveArrived}</p>
              <Button size="small" onClick={() => void acting.sendAgain()}>
                {t.acts.sendAgain}
              </Button>
            </>
          )}
        </ErrorNotice>
      ) : null}
      {act.kind === 'done' ? <Done acting={acting}>{done}</Done> : null}
    </div>
  )
}

function Done({ acting: { act }, children }: { readonly acting: Acting; readonly children: ReactNode }) {
  if (act.kind !== 'done') return null
  const { result } = act
  const recorded = 'seq' in result ? result : undefined
  const entry =
    recorded === undefined ? null : (
      <p>
        <a className="link" href={entryPath(recorded.seq)}>
          {t.result.entryLink(whole(recorded.seq))}
        </a>{' '}
        <span className="hash break-all text-soft">{recorded.hash}</span>
      </p>
    )
  if (result.outcome === 'committed') {
    return (
      <Notice tone="good" title={t.acts.committed}>
        {children}
        {entry}
      </Notice>
    )
  }
  return (
    <Notice tone="heed" title={recorded === undefined ? t.acts.wouldBeWithheld : t.acts.withheld}>
      <Violations violations={result.violations} />
      <p className="text-soft">{recorded === undefined ? t.acts.nothingSent : t.acts.stateIsKept}</p>
      {entry}
    </Notice>
  )
}
