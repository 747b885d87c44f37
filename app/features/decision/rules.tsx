/** What the rules say about a decision now: every condition, and which of them do not hold. */
import type { Action, Violation } from '../../data/actions.ts'
import { sentenceFor } from '../../errors/words.ts'
import { t } from '../../text/text.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

type Condition = { readonly id: string; readonly reads: 'subject' | 'body' }

type Props = {
  readonly action: Pick<Action, 'answer' | 'violations'>
  /** All conditions, as the browser's own replay knows them; none while nothing is replayed. */
  readonly conditions: readonly Condition[]
}

export function Rules({ action: { violations }, conditions }: Props) {
  const failing = new Set(violations.map(({ constraint }) => constraint))
  const holding = conditions.filter(({ id, reads }) => reads === 'subject' && !failing.has(id))
  const later = conditions.filter(({ id, reads }) => reads === 'body' && !failing.has(id))
  return (
    <Section id="rules" title={t.rules.title} lead={t.rules.lead}>
      <ul className="card divide-y divide-line empty:hidden">
        {violations.map((violation) => (
          <Failing key={violation.constraint} violation={violation} />
        ))}
        {holding.map(({ id }) => (
          <li key={id} className="flex gap-3 px-4 py-2.5" data-constraint={id} data-holds="true">
            <Icon name="check" className="mt-0.5 text-seal" />
            <p>
              <span className="sr-only">{t.rules.holds}: </span>
              {sentenceFor(id)}
            </p>
          </li>
        ))}
      </ul>
      {later.length === 0 ? null : (
        <Disclosure title={t.rules.later(later.length)}>
          <ul className="list-disc space-y-0.5 pl-5">
            {later.map(({ id }) => (
              <li key={id}>{sentenceFor(id)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Section>
  )
}

function Failing({ violation }: { readonly violation: Violation }) {
  const { constraint, params } = violation
  const figures = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`)
  return (
    <li className="flex gap-3 px-4 py-2.5" data-constraint={constraint} data-holds="false">
      <Icon name="cross" className="mt-0.5 text-stop" />
      <div className="min-w-0">
        <p>
          <span className="sr-only">{t.rules.fails}: </span>
          {sentenceFor(constraint)}
        </p>
        <p className="hash break-words text-soft">{[constraint, ...figures].join(' ')}</p>
      </div>
    </li>
  )
}
