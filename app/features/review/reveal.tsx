/** A sealed decision: kept, saved as a copy, and opened when all are in. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../chain/context.tsx'
import { ActButton, ActOutcome, useAct } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Loading } from '../../ui/asked.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice, Notice } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save.ts'
import type { Place } from './draft.ts'
import { copyOf, keepSealed, readCopy, recallSealed, type Sealed } from './sealed.ts'

type Props = { readonly place: Place; readonly commitment: string; readonly isRevealing: boolean }

function sealedQuery(deployment: string, place: Place, commitment: string) {
  return queryOptions({
    queryKey: ['sealed', deployment, place, commitment],
    queryFn: () => recallSealed(deployment, place, commitment),
    staleTime: Infinity,
    retry: false,
  })
}

export function Reveal({ place, commitment, isRevealing }: Props) {
  const { deployment } = usePlace()
  const query = useQuery(sealedQuery(deployment.deployment, place, commitment))
  if (query.error !== null) return <ErrorNotice error={query.error} />
  if (query.data === undefined) return <Loading />
  if (query.data === null) return <Lost place={place} commitment={commitment} />
  return <Kept sealed={query.data} place={place} isRevealing={isRevealing} />
}

type KeptProps = { readonly sealed: Sealed; readonly place: Place; readonly isRevealing: boolean }

function Kept({ sealed, place, isRevealing }: KeptProps) {
  const acting = useAct()
  const { decision, salt } = sealed
  const save = () => saveFile(`review-${place.mission}-${place.task}.json`, copyOf(sealed), 'application/json')
  return (
    <div className="space-y-4">
      <Notice tone="good" title={t.review.sealed}>
        <p>{t.review.sealedAbout}</p>
        <Button size="small" onClick={save}>
          <Icon name="download" className="size-4" />
          {t.review.copy}
        </Button>
      </Notice>
      <div className="card space-y-2 p-4">
        <h3 className="font-semibold">{t.review.kept}</h3>
        <p>{t.review.verdicts[decision.verdict]}</p>
        {decision.reasons.map((reason) => (
          <p key={reason.text} className="max-w-[68ch] whitespace-pre-wrap text-soft">
            {reason.text}
          </p>
        ))}
      </div>
      {isRevealing ? (
        <>
          <p className="text-soft">{t.review.revealAbout}</p>
          <ActButton
            type="review.reveal"
            subject={place.mission}
            acting={acting}
            look="strong"
            onPress={() =>
              void acting.carryOut({
                type: 'review.reveal',
                subject: place.mission,
                body: { task: place.task, decision: { ...decision, reasons: [...decision.reasons] }, salt },
              })
            }
          >
            {t.review.reveal}
          </ActButton>
          <ActOutcome acting={acting} />
        </>
      ) : (
        <p className="text-soft">{t.review.waitReveal}</p>
      )}
    </div>
  )
}

/** Made in another browser, or this one was cleared: a copy can stand in, if it is the one that was sealed. */
function Lost({ place, commitment }: { readonly place: Place; readonly commitment: string }) {
  const { deployment } = usePlace()
  const client = useQueryClient()
  const [error, setError] = useState<unknown>(undefined)
  const id = useId()
  const load = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      await keepSealed(deployment.deployment, readCopy(await file.text(), place, commitment))
      setError(undefined)
      await client.invalidateQueries({ queryKey: ['sealed'] })
    } catch (cause) {
      setError(cause)
    }
  }
  return (
    <Notice tone="heed" title={t.faults['seal-missing']?.title ?? ''}>
      <p>{t.faults['seal-missing']?.what}</p>
      <div className="space-y-1.5">
        <label htmlFor={id} className="font-medium">
          {t.review.load}
        </label>
        <p className="text-sm">{t.review.loadAbout}</p>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          className="block"
          onChange={({ target }) => void load(target.files?.[0])}
        />
      </div>
      {error === undefined ? null : <ErrorNotice error={error} />}
    </Notice>
  )
}
