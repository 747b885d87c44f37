/** A mission to read: what was asked, what came of it, how it was done, and what independent reviewers say. */
import { useQueries } from '@tanstack/react-query'
import { Artifact } from '../../artifacts/artifact.tsx'
import { evidenceQuery } from '../../data/evidence.ts'
import type { Mission } from '../../data/missions.ts'
import { addressOf } from '../../routing/route.ts'
import { t } from '../../text/text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StateBadge } from '../../ui/mission-state.tsx'
import { Section } from '../../ui/section.tsx'
import { filesOf } from './names.ts'
import { Reviews } from './reviews.tsx'
import { dissentIn } from './spread.ts'
import { TaskEvidence } from './task.tsx'

export function MissionHead({ mission }: { readonly mission: Mission }) {
  return (
    <header className="space-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <StateBadge state={mission.state} />
        {mission.tier === null ? null : <Badge>{t.tiers[mission.tier] ?? mission.tier}</Badge>}
      </div>
      <h1 className="text-3xl font-semibold tracking-tight">{mission.title}</h1>
      <p className="max-w-[68ch] text-lg text-soft">{mission.summary}</p>
      {mission.held === null ? null : <Notice tone="heed" title={t.mission.held(mission.held)} />}
    </header>
  )
}

/** Who says no, before anything else is read. */
export function Dissent({ mission }: { readonly mission: Mission }) {
  const reviews = mission.tasks.flatMap((task) => (task.review === null ? [] : [task.review]))
  const dissent = reviews.flatMap(dissentIn)
  const seats = reviews.flatMap((review) => review.seats).length
  if (dissent.length === 0) return null
  return (
    <Notice tone="heed" title={t.reviews.dissentTitle(dissent.length, seats)}>
      {dissent.map((seat) => (
        <p key={seat.id}>
          <span className="font-medium">{seat.id}: </span>
          {seat.decision?.reasons.map((reason) => reason.text).join(' ')}
        </p>
      ))}
      <a className="link inline-flex items-center gap-1" href="#reviews" onClick={goTo('reviews')}>
        {mission.state === 'FinalHumanGate' ? t.reviews.dissentLead : t.reviews.dissentMore}
      </a>
    </Notice>
  )
}

export function Asked({ mission }: { readonly mission: Mission }) {
  const { scope } = mission
  return (
    <Section id="asked" title={t.mission.asked}>
      {scope === null ? null : (
        <>
          <p className="max-w-[68ch] whitespace-pre-wrap">{scope.scope}</p>
          <div className="max-w-[68ch] space-y-1">
            <h3 className="font-semibold">{t.mission.criteria}</h3>
            <ul className="space-y-1">
              {scope.acceptance_criteria.map((criterion) => (
                <li key={criterion} className="flex gap-2">
                  <Icon name="check" className="mt-1 size-4 text-soft" />
                  <span className="min-w-0">{criterion}</span>
                </li>
              ))}
            </ul>
          </div>
          <div className="max-w-[68ch] space-y-1">
            <h3 className="font-semibold">{t.mission.riskWords}</h3>
            <p className="whitespace-pre-wrap">{scope.risk_acknowledgement}</p>
          </div>
        </>
      )}
      <Facts>
        <Fact name={t.mission.id}>{mission.id}</Fact>
        <Fact name={t.mission.owner}>{mission.owner}</Fact>
        {scope === null ? null : (
          <>
            <Fact name={t.mission.class}>{scope.mission_class}</Fact>
            <Fact name={t.mission.domain}>{scope.domain_type}</Fact>
            <Fact name={t.mission.planner}>{scope.planner}</Fact>
            <Fact name={t.mission.integrator}>{scope.integrator}</Fact>
          </>
        )}
      </Facts>
      {scope === null ? null : (
        <div className="space-y-2">
          <h3 className="font-semibold">{t.mission.inputs}</h3>
          {scope.inputs.length === 0 ? <p className="text-soft">{t.mission.noInputs}</p> : null}
          {scope.inputs.map((input) => (
            <Artifact
              key={input.name}
              name={input.name}
              digest={input.digest}
              mediaType={input.media_type}
              stated={input.bytes}
            />
          ))}
        </div>
      )}
    </Section>
  )
}

export function Result({ mission }: { readonly mission: Mission }) {
  const { gate } = mission
  return (
    <Section id="result" title={t.mission.result}>
      {gate === null ? (
        <p className="text-soft">{t.mission.noResult}</p>
      ) : (
        <>
          <p className="max-w-[68ch] whitespace-pre-wrap">{gate.summary}</p>
          <div className="space-y-2">
            {gate.outputs.map((output) => (
              <Artifact
                key={output.name}
                name={output.name}
                digest={output.digest}
                mediaType={output.media_type}
                stated={output.bytes}
              />
            ))}
          </div>
        </>
      )}
    </Section>
  )
}

export function Work({ mission }: { readonly mission: Mission }) {
  const evidence = mission.tasks.flatMap((task) => (task.evidence === null ? [] : [task.evidence]))
  const statements = useQueries({
    queries: evidence.map(({ seq, digest }) => evidenceQuery(seq, digest)),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  })
  const files = filesOf(mission, statements)
  return (
    <>
      <Section id="evidence" title={t.mission.evidence}>
        {mission.tasks.length === 0 ? <p className="text-soft">{t.mission.noEvidence}</p> : null}
        {mission.tasks.map((task) => (
          <TaskEvidence key={task.id} task={task} alone={mission.tasks.length === 1} />
        ))}
      </Section>
      <Section id="reviews" title={t.reviews.title}>
        {mission.tasks.every((task) => task.review === null) ? <p className="text-soft">{t.reviews.none}</p> : null}
        {mission.tasks.map((task) =>
          task.panel === null ? null : (
            <p key={task.panel}>
              <a className="link" href={addressOf({ page: 'panel', id: task.panel })}>
                {t.panels.toTask(task.title)}
              </a>
            </p>
          ),
        )}
        {mission.tasks.map((task) =>
          task.review === null ? null : (
            <Reviews
              key={task.id}
              review={task.review}
              files={files}
              agreement={task.agreement_permille}
              {...(mission.tasks.length === 1 ? {} : { title: task.title })}
            />
          ),
        )}
      </Section>
    </>
  )
}

/** Inside a page whose address is behind the hash, a jump is a scroll. */
export function goTo(id: string): (event: { preventDefault(): void }) => void {
  return (event) => {
    event.preventDefault()
    const section = document.getElementById(id)
    section?.scrollIntoView()
    section?.querySelector<HTMLElement>('h2')?.focus()
  }
}
