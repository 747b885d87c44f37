/** Writing a decision, and sealing it. */
import { useState } from 'react'
import { usePlace } from '../../chain/context.tsx'
import { ActButton, ActOutcome, useAct } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import {
  decisionOf,
  emptyReason,
  missingIn,
  REASONS_MAX,
  SCORES,
  VERDICTS,
  type Draft,
  type Place,
  type Reason,
} from './draft.ts'
import { forgetDraft, keepDraft, recallDraft } from './kept-draft.ts'
import { commitmentOf, keepSealed, sealDecision } from './sealed.ts'

export type FileChoice = { readonly name: string; readonly digest: string }

type Props = {
  readonly place: Place
  readonly files: readonly FileChoice[]
  /** Digests that an approval must refer to. */
  readonly grounds: readonly string[]
}

export function Write({ place, files, grounds }: Props) {
  const { deployment } = usePlace()
  const acting = useAct()
  const [draft, setDraft] = useState(() => recallDraft(place))
  const busy = acting.act.kind === 'busy'
  const write = (next: Draft) => {
    keepDraft(place, next)
    setDraft(next)
  }
  const seal = async () => {
    const decision = decisionOf(draft, place, grounds)
    if (decision === undefined) return
    const sealed = sealDecision(decision)
    const committed = await acting.carryOut(
      {
        type: 'review.commit',
        subject: place.mission,
        body: { task: place.task, commitment: commitmentOf(sealed) },
      },
      () => keepSealed(deployment.deployment, sealed),
    )
    if (committed) forgetDraft(place)
  }
  return (
    <div className="space-y-6">
      <fieldset disabled={busy} className="space-y-6">
        <legend className="sr-only">{t.review.write}</legend>
        <Choice
          legend={t.review.verdict}
          options={VERDICTS.map((value) => ({ value, name: t.review.verdicts[value] }))}
          chosen={draft.verdict}
          onChoose={(verdict) => write({ ...draft, verdict })}
        />
        <Scores draft={draft} write={write} />
        <Reasons draft={draft} write={write} files={files} />
        <label className="flex min-h-9 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 accent-seal"
            checked={draft.dispute}
            onChange={({ target }) => write({ ...draft, dispute: target.checked })}
          />
          {t.review.dispute}
        </label>
      </fieldset>
      <p className="max-w-[68ch] text-soft">{t.review.sealAbout}</p>
      <ActButton
        type="review.commit"
        subject={place.mission}
        acting={acting}
        look="strong"
        missing={missingIn(draft, grounds).map((one) => t.review.missing[one])}
        onPress={() => void seal()}
      >
        {t.review.seal}
      </ActButton>
      <ActOutcome acting={acting} />
    </div>
  )
}

type Part = { readonly draft: Draft; readonly write: (draft: Draft) => void }

function Scores({ draft, write }: Part) {
  return (
    <fieldset className="space-y-2">
      <legend className="text-lg font-semibold">{t.review.scores}</legend>
      <div className="flex flex-wrap gap-4">
        {SCORES.map((score) => (
          <Field
            key={score}
            label={t.review.score[score]}
            className="w-32"
            inputMode="numeric"
            value={draft.scores[score]}
            onWrite={(value) => write({ ...draft, scores: { ...draft.scores, [score]: value } })}
          />
        ))}
      </div>
    </fieldset>
  )
}

function Reasons({ draft, write, files }: Part & { readonly files: readonly FileChoice[] }) {
  const { reasons } = draft
  const change = (next: Reason) => write({ ...draft, reasons: reasons.map((one) => (one.id === next.id ? next : one)) })
  return (
    <div className="space-y-4">
      <h3 className="text-lg font-semibold">{t.review.reasons}</h3>
      {reasons.map((reason, index) => (
        <fieldset key={reason.id} className="card space-y-3 p-4">
          <legend className="sr-only">{t.review.reason(index + 1)}</legend>
          <TextArea
            label={t.review.reason(index + 1)}
            value={reason.text}
            onWrite={(text) => change({ ...reason, text })}
          />
          <References reason={reason} files={files} change={change} />
          {reasons.length === 1 ? null : (
            <Button
              size="small"
              look="quiet"
              onClick={() => write({ ...draft, reasons: reasons.filter(({ id }) => id !== reason.id) })}
            >
              {t.review.removeReason(index + 1)}
            </Button>
          )}
        </fieldset>
      ))}
      {reasons.length >= REASONS_MAX ? null : (
        <Button size="small" onClick={() => write({ ...draft, reasons: [...reasons, emptyReason(reasons)] })}>
          {t.review.addReason}
        </Button>
      )}
    </div>
  )
}

type ReferencesProps = {
  readonly reason: Reason
  readonly files: readonly FileChoice[]
  readonly change: (reason: Reason) => void
}

function References({ reason, files, change }: ReferencesProps) {
  const { references } = reason
  const choose = (digest: string, chosen: boolean) => {
    const { [digest]: _given, ...others } = references
    change({ ...reason, references: chosen ? { ...others, [digest]: '' } : others })
  }
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">{t.review.references}</legend>
      <p className="text-sm text-soft">{t.review.referencesAbout}</p>
      <ul className="space-y-2">
        {files.map(({ name, digest }) => (
          <li key={digest} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <label className="flex min-h-9 min-w-0 items-center gap-3">
              <input
                type="checkbox"
                className="size-5 shrink-0 accent-seal"
                checked={Object.hasOwn(references, digest)}
                onChange={({ target }) => choose(digest, target.checked)}
              />
              <span className="break-all">{name}</span>
            </label>
            {Object.hasOwn(references, digest) ? (
              <Field
                label={t.review.locator(name)}
                isLabelHidden
                className="w-64"
                value={references[digest] ?? ''}
                onWrite={(locator) => change({ ...reason, references: { ...references, [digest]: locator } })}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
