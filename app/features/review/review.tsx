/** A human's seat in the review of a task: write and seal, later open; each step by the list of actions. */
import type { ReviewView, SeatView } from '../../data/missions.ts'
import { moment } from '../../format/time.ts'
import { t } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { useKeptFocus } from '../../ui/use-kept-focus.ts'
import type { Place } from './draft.ts'
import { Recuse } from './recuse.tsx'
import { Reveal } from './reveal.tsx'
import { Write, type FileChoice } from './write.tsx'

type Props = {
  readonly review: ReviewView
  readonly seat: SeatView
  readonly place: Place
  readonly files: readonly FileChoice[]
  readonly grounds: readonly string[]
}

export function MyReview({ review, seat, place, files, grounds }: Props) {
  const until = review.commit_by ?? review.reveal_by
  const reached = seat.decision !== null ? 'open' : seat.commitment !== null ? 'sealed' : 'to write'
  const step = useKeptFocus<HTMLDivElement>(reached)
  return (
    <div ref={step} tabIndex={-1} className="scroll-mt-20 space-y-5 outline-none" data-review={review.status}>
      <p aria-live="polite">
        {t.review.status[review.status] ?? review.status} {until === null ? '' : t.review.until(moment(until))}
      </p>
      <Step review={review} seat={seat} place={place} files={files} grounds={grounds} />
    </div>
  )
}

function Step({ review, seat, place, files, grounds }: Props) {
  if (seat.decision !== null) return <Notice tone="good" title={t.review.revealed} />
  if (seat.commitment !== null) {
    return <Reveal place={place} commitment={seat.commitment} isRevealing={review.status === 'revealing'} />
  }
  if (review.status !== 'sealing') return null
  return (
    <>
      <p className="max-w-[68ch] text-soft">{t.review.writeLead}</p>
      <Write key={`${place.reviewer} ${place.attempt}`} place={place} files={files} grounds={grounds} />
      <Recuse place={place} />
    </>
  )
}
