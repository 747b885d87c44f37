/** A task as a panel has to judge it: what was asked, the evidence, and what the reviewers say. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { evidenceQuery } from '../data/evidence.ts'
import { missionQuery, type Mission, type TaskView } from '../data/missions.ts'
import { filesOf } from '../features/mission/names.ts'
import * as Record from '../features/mission/record.tsx'
import { Reviews } from '../features/mission/reviews.tsx'
import { TaskEvidence } from '../features/mission/task.tsx'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Asked } from '../ui/asked.tsx'
import { Section } from '../ui/section.tsx'

export function Matter({ mission, task }: { readonly mission: string; readonly task: string }) {
  const query = useQuery(missionQuery(mission))
  return (
    <Asked query={query}>
      {(found) => (
        <Section id="matter" title={t.panels.matter}>
          <a className="link" href={addressOf({ page: 'mission', id: mission })}>
            {found.title}
          </a>
          {found.tasks
            .filter(({ id }) => id === task)
            .map((one) => (
              <Whole key={one.id} mission={found} task={one} />
            ))}
        </Section>
      )}
    </Asked>
  )
}

function Whole({ mission, task }: { readonly mission: Mission; readonly task: TaskView }) {
  const { evidence, review } = task
  const statements = useQueries({
    queries: [evidence].flatMap((one) => (one === null ? [] : [evidenceQuery(one.seq, one.digest)])),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  })
  return (
    <div className="space-y-12">
      <Record.Asked mission={mission} />
      <TaskEvidence task={task} alone={mission.tasks.length === 1} />
      {review === null ? null : (
        <Section id="reviews" title={t.reviews.title}>
          <Reviews review={review} files={filesOf(mission, statements)} agreement={task.agreement_permille} />
        </Section>
      )}
    </div>
  )
}
