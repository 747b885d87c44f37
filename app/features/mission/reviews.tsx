/** The reviews of a task: how different the reviewers are, and what each says. Dissent comes first. */
import { useState } from 'react'
import { Artifact } from '../../artifacts/artifact.tsx'
import type { ReviewView, SeatView } from '../../data/missions.ts'
import { permille, whole } from '../../format/number.ts'
import { t } from '../../text/text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { Named } from './names.ts'
import { approvingIn, inReadingOrder, spreadOf, type Spread } from './spread.ts'

type Props = {
  readonly review: ReviewView
  readonly files: ReadonlyMap<string, Named>
  readonly agreement: number | null
  readonly title?: string
}

export function Reviews({ review, files, agreement, title }: Props) {
  const approving = approvingIn(review)
  return (
    <div className="space-y-4">
      {title === undefined ? null : <h3 className="text-lg font-semibold">{title}</h3>}
      <div className="card space-y-3 p-4">
        <p className="font-medium">
          {t.reviews.approve(approving.length, review.seats.length)}
          {agreement === null ? '' : ` · ${t.reviews.agreement(permille(agreement))}`}
        </p>
        {approving.length === 0 ? null : <SpreadLine title={t.reviews.amongApproving} spread={spreadOf(approving)} />}
        {approving.length === review.seats.length ? null : (
          <SpreadLine title={t.reviews.amongAll} spread={spreadOf(review.seats)} />
        )}
        <p className="text-sm text-soft">{t.reviews.drawn(review.pool_size, whole(review.round))}</p>
      </div>
      <ul className="space-y-3">
        {inReadingOrder(review).map((seat) => (
          <li key={seat.id}>
            <Seat seat={seat} files={files} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function SpreadLine({ title, spread }: { readonly title: string; readonly spread: Spread }) {
  const { families, methods, regions, organizations } = spread
  const words = [
    t.reviews.families(families),
    t.reviews.methods(methods),
    t.reviews.regions(regions),
    t.reviews.organizations(organizations),
  ]
  return (
    <div className="text-sm">
      <p className="label">{title}</p>
      <p>{words.join(' · ')}</p>
    </div>
  )
}

const TONES: { readonly [verdict: string]: Tone } = { approve: 'good', reject: 'stop', rework: 'heed' }

function Seat({ seat, files }: { readonly seat: SeatView; readonly files: ReadonlyMap<string, Named> }) {
  const { decision } = seat
  const dissents = decision !== null && decision.verdict !== 'approve'
  return (
    <article
      aria-label={seat.id}
      className={`card space-y-3 p-4 ${dissents ? 'border-heed-line border-l-4 bg-heed-ground' : ''}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{seat.id}</h3>
        {decision === null ? (
          <Badge>{seat.sealed ? t.reviews.sealed : t.reviews.silent}</Badge>
        ) : (
          <Badge tone={TONES[decision.verdict] ?? 'plain'}>{t.reviews.verdicts[decision.verdict]}</Badge>
        )}
      </div>
      <p className="text-sm text-soft">
        {[
          t.methods[seat.method_type] ?? seat.method_type,
          seat.model_family,
          seat.region,
          seat.organization,
          `${t.reviews.operator} ${seat.operator}`,
        ].join(' · ')}
      </p>
      {decision === null ? null : (
        <>
          <ul className="space-y-2">
            {decision.reasons.map((reason) => (
              <li key={reason.text} className="space-y-1">
                <p className="max-w-[68ch] whitespace-pre-wrap">{reason.text}</p>
                <References references={reason.references} files={files} />
              </li>
            ))}
          </ul>
          {decision.normative_dispute ? <p className="font-medium text-heed">{t.reviews.dispute}</p> : null}
          {seat.counted === false ? <p className="font-medium text-heed">{t.reviews.notCounted}</p> : null}
          <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
            <Score name={t.reviews.correctness} value={decision.scores.correctness} />
            <Score name={t.reviews.completeness} value={decision.scores.completeness} />
            <Score name={t.reviews.policy} value={decision.scores.policy_compliance} />
          </dl>
        </>
      )}
    </article>
  )
}

function Score({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-soft">{name}</dt>
      <dd className="font-medium tabular-nums">{value}</dd>
    </div>
  )
}

type ReferencesProps = {
  readonly references: readonly { readonly artifact: string; readonly locator: string }[]
  readonly files: ReadonlyMap<string, Named>
}

/** What a reason points at can be opened right there. */
function References({ references, files }: ReferencesProps) {
  const [shown, show] = useState<string | undefined>()
  const file = shown === undefined ? undefined : files.get(shown)
  return (
    <div className="space-y-2">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {references.map(({ artifact, locator }) => (
          <li key={`${artifact} ${locator}`} className="min-w-0">
            <button
              type="button"
              className="link min-h-6 text-left break-all"
              aria-expanded={shown === artifact}
              onClick={() => show(shown === artifact ? undefined : artifact)}
            >
              {t.reviews.reference(files.get(artifact)?.name ?? artifact, locator)}
            </button>
          </li>
        ))}
      </ul>
      {shown === undefined ? null : (
        <Artifact
          key={shown}
          name={file?.name ?? shown}
          digest={shown}
          open
          {...(file?.mediaType === undefined ? {} : { mediaType: file.mediaType })}
        />
      )}
    </div>
  )
}
