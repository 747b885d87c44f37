/** What a mission's owner may do about it: hold it, ask people, draw anew, prolong the gate, take a completion back. */
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import { actionsQuery } from '../../data/actions.ts'
import type { Mission, TaskView } from '../../data/missions.ts'
import { ActButton, ActOutcome, useAct, useMyKey, type Acting } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Select, TextArea } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { blocked, disputable, halted, openActs, type OwnerAct } from './open.ts'

/** Nothing for anybody else: the list of actions would only say that it is not theirs. */
export function Owner({ mission }: { readonly mission: Mission }) {
  const { actor } = useMyKey()
  return actor === mission.owner ? <OwnersPart mission={mission} /> : null
}

function OwnersPart({ mission }: { readonly mission: Mission }) {
  // One for all forms: what came of an act is still said when its form has gone.
  const acting = useAct()
  const { data: actions } = useQuery(actionsQuery(mission.id, mission.owner))
  if (actions === undefined) return null
  const acts = openActs(mission, actions)
  return (
    <Section id="owner" title={t.owner.title} lead={t.owner.lead}>
      {acts.length === 0 ? <p className="text-soft">{t.owner.nothing}</p> : null}
      {acts.map((act) => (
        <Form key={act} act={act} mission={mission} acting={acting} />
      ))}
      <ActOutcome acting={acting} />
    </Section>
  )
}

type FormProps = { readonly act: OwnerAct; readonly mission: Mission; readonly acting: Acting }

function Form({ act, mission, acting }: FormProps) {
  const about = { mission: mission.id, acting }
  switch (act) {
    case 'mission.hold':
      return <Reasoned {...about} type="mission.hold" words={t.owner.hold} />
    case 'mission.release':
      return <Plain {...about} type="mission.release" words={t.owner.release} />
    case 'mission.dispute':
      return <Reasoned {...about} type="mission.dispute" words={t.owner.dispute} tasks={disputable(mission)} />
    case 'mission.withdraw_task':
      return <Reasoned {...about} type="mission.withdraw_task" words={t.owner.withdraw} tasks={halted(mission)} />
    case 'review.reopen':
      return blocked(mission).map((task) => (
        <Plain
          key={task.id}
          {...about}
          type="review.reopen"
          words={t.owner.reopen(task.title)}
          body={{ task: task.id }}
        />
      ))
    case 'mission.renew':
      return <Plain {...about} type="mission.renew" words={t.owner.renew} />
    case 'mission.reverse':
      return <Reasoned {...about} type="mission.reverse" words={t.owner.reverse} look="stop" />
  }
}

type Words = { readonly title: string; readonly about: string; readonly does: string }

type Props = {
  readonly mission: string
  readonly type: OwnerAct
  readonly words: Words
  readonly acting: Acting
}

const NOTHING = {}

function Plain({ mission, type, words, acting, body = NOTHING }: Props & { readonly body?: Json }) {
  return (
    <Card words={words}>
      <ActButton
        type={type}
        subject={mission}
        acting={acting}
        onPress={() => void acting.carryOut({ type, subject: mission, body })}
      >
        {words.does}
      </ActButton>
    </Card>
  )
}

type ReasonedProps = Props & { readonly tasks?: readonly TaskView[]; readonly look?: 'plain' | 'stop' }

function Reasoned({ mission, type, words, acting, tasks, look = 'plain' }: ReasonedProps) {
  const [reason, write] = useState('')
  const [chosen, choose] = useState('')
  const task = tasks?.find(({ id }) => id === chosen) ?? tasks?.[0]
  const body = { reason: reason.trim(), ...(task === undefined ? {} : { task: task.id }) }
  return (
    <Card words={words}>
      {tasks === undefined || tasks.length === 1 ? null : (
        <Select
          label={t.mission.task}
          value={task?.id ?? ''}
          onWrite={choose}
          options={tasks.map(({ id, title }) => ({ value: id, name: title }))}
        />
      )}
      <TextArea label={t.work.reason} about={t.owner.reasonAbout} value={reason} onWrite={write} />
      <ActButton
        type={type}
        subject={mission}
        acting={acting}
        look={look}
        missing={isBlank(reason) ? [t.work.writeReason] : []}
        onPress={() => void acting.carryOut({ type, subject: mission, body })}
      >
        {words.does}
      </ActButton>
    </Card>
  )
}

function Card({ words, children }: { readonly words: Words; readonly children: ReactNode }) {
  return (
    <article className="card space-y-4 p-4" aria-label={words.title}>
      <div className="space-y-1">
        <h3 className="text-lg font-semibold">{words.title}</h3>
        <p className="max-w-[68ch] text-soft">{words.about}</p>
      </div>
      {children}
    </article>
  )
}
