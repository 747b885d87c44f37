/** Your seat in the review of a task: what was asked, the evidence, and your decision. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { evidenceQuery } from '../data/evidence.ts'
import { missionQuery, type Mission, type TaskView } from '../data/missions.ts'
import { filesOf } from '../features/mission/names.ts'
import * as Record from '../features/mission/record.tsx'
import { TaskEvidence } from '../features/mission/task.tsx'
import { MyReview } from '../features/review/review.tsx'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Asked } from '../ui/asked.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useTitle } from '../ui/use-title.ts'
import { actorOf, useWallet, WalletNotice } from '../wallet/wallet.ts'

export function ReviewPage({ id, task }: { readonly id: string; readonly task: string }) {
  const query = useQuery(missionQuery(id))
  useTitle(t.review.title)
  return (
    <div className="space-y-6">
      <a href={addressOf({ page: 'mission', id })} className="link inline-flex min-h-9 items-center gap-1.5">
        <Icon name="back" className="size-4" />
        {t.review.back}
      </a>
      <Asked query={query}>
        {(mission) => {
          const found = mission.tasks.find((one) => one.id === task)
          return found === undefined ? <Notice title={t.review.noTask} /> : <Opened mission={mission} task={found} />
        }}
      </Asked>
    </div>
  )
}

function Opened({ mission, task }: { readonly mission: Mission; readonly task: TaskView }) {
  const { wallet } = useWallet()
  const me = actorOf(wallet)
  const { review, evidence } = task
  const statements = useQueries({
    queries: [evidence].flatMap((one) => (one === null ? [] : [evidenceQuery(one.seq, one.digest)])),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  })
  const files = [...filesOf(mission, statements).values()]
  const seat = review?.seats.find(({ id }) => id === me)
  return (
    <div className="space-y-12">
      <Record.MissionHead mission={mission} />
      <Record.Asked mission={mission} />
      <Section id="evidence" title={t.mission.evidence}>
        <TaskEvidence task={task} alone={mission.tasks.length === 1} />
      </Section>
      <Section id="review" title={t.review.title}>
        {me === '' ? <WalletNotice /> : null}
        {review === null || seat === undefined ? (
          <Notice title={t.review.noSeat}>
            <p>{t.review.noSeatAbout}</p>
          </Notice>
        ) : (
          <MyReview
            review={review}
            seat={seat}
            place={{ mission: mission.id, task: task.id, attempt: review.attempt, reviewer: me }}
            files={files}
            grounds={evidence?.references ?? []}
          />
        )}
      </Section>
    </div>
  )
}
