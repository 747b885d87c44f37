/** The steps of the verification with their progress and their results, and the first fault in words. */
import { whole } from '../../format/number.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon, Spinner } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { sentenceFor } from '../../errors/words.ts'
import type { Verification } from './session.ts'
import type { Fact } from './messages.ts'
import type { ShownStep } from './steps.ts'

type Props = {
  readonly state: Verification
  /** Entries of the ledger now, to say when there are more than were verified. */
  readonly entries: number | undefined
  readonly onStart: () => void
}

export function VerificationPanel({ state, entries, onStart }: Props) {
  const steps = state.kind === 'idle' ? [] : state.steps
  return (
    <div className="space-y-4">
      <Verdict state={state} entries={entries} onStart={onStart} />
      {steps.length === 0 ? null : (
        <ol className="card divide-y divide-line">
          {steps.map((step) => (
            <Step key={step.id} step={step} />
          ))}
        </ol>
      )}
    </div>
  )
}

function Verdict({ state, entries, onStart }: Props) {
  switch (state.kind) {
    case 'idle':
      return (
        <Button look="plain" onClick={onStart}>
          <Icon name="seal" />
          {t.verification.start}
        </Button>
      )
    case 'running':
      return (
        <output className="flex items-center gap-2 text-soft">
          <Spinner />
          {t.verification.running}
        </output>
      )
    case 'failed':
      return (
        <Notice tone="stop" title={t.verification.unverifiable} urgent>
          <p>{sentenceFor(state.code)}</p>
          <p className="hash text-soft">{state.code}</p>
          <Again onStart={onStart} />
        </Notice>
      )
    case 'done': {
      const { outcome } = state
      if (outcome.verdict === 'unverifiable') {
        return (
          <Notice tone="stop" title={t.verification.unverifiable} urgent>
            {outcome.fault === null ? null : <FaultWords fault={outcome.fault} />}
            <Again onStart={onStart} />
          </Notice>
        )
      }
      const behind = entries !== undefined && entries > outcome.entries
      return (
        <Notice tone="good" title={t.verification.verified(whole(outcome.entries))}>
          <output className="block">
            <p className="hash break-all text-soft">{outcome.head}</p>
          </output>
          {behind ? (
            <>
              <p>{t.verification.stale}</p>
              <Again onStart={onStart} />
            </>
          ) : null}
        </Notice>
      )
    }
  }
}

function Again({ onStart }: { readonly onStart: () => void }) {
  return (
    <Button size="small" onClick={onStart}>
      {t.verification.again}
    </Button>
  )
}

function FaultWords({ fault }: { readonly fault: Fact }) {
  const words = Object.hasOwn(t.verification.findings, fault.code) ? t.verification.findings[fault.code] : undefined
  return (
    <>
      <p>{words?.means ?? sentenceFor(fault.code)}</p>
      {words === undefined ? null : (
        <p>
          <span className="text-soft">{t.verification.remedy}: </span>
          {words.remedy}
        </p>
      )}
      <p className="hash break-all text-soft">
        {fault.code} {fault.place}
      </p>
    </>
  )
}

function Step({ step }: { readonly step: ShownStep }) {
  const words = t.verification.steps[step.id]
  const counted = step.total !== undefined && step.total > 0 && step.done !== undefined
  return (
    <li className="flex gap-3 px-4 py-3" data-step={step.id} data-state={step.state}>
      <StepMark state={step.state} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-4">
          <p className="font-medium">{words?.title ?? step.id}</p>
          <p className="text-sm text-soft">
            {step.state === 'running' && counted
              ? t.verification.of(whole(step.done), whole(step.total))
              : t.verification.states[step.state]}
          </p>
        </div>
        <p className="text-sm text-soft">{words?.about}</p>
        {step.state === 'running' && counted ? <Bar done={step.done} total={step.total} /> : null}
      </div>
    </li>
  )
}

function Bar({ done, total }: { readonly done: number; readonly total: number }) {
  return (
    <div aria-hidden="true" className="mt-2 h-1 overflow-hidden rounded-full bg-sunk">
      <div className="h-full rounded-full bg-seal transition-[width]" style={{ width: `${(100 * done) / total}%` }} />
    </div>
  )
}

function StepMark({ state }: { readonly state: ShownStep['state'] }) {
  switch (state) {
    case 'running':
      return <Spinner className="mt-0.5 text-seal" />
    case 'holds':
      return <Icon name="check" className="mt-0.5 text-seal" />
    case 'fails':
      return <Icon name="cross" className="mt-0.5 text-stop" />
    case 'waiting':
    case 'skipped':
      return <Icon name="minus" className="mt-0.5 text-edge" />
  }
}
