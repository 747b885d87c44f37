/** What the rules say about a decision now: every condition, and which of them do not hold. */
import type { Action, Violation } from '../../data/actions.ts'
import { sentenceFor } from '../../errors/words.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

type Condition = { readonly id: string; readonly level: string }

type Props = {
  readonly action: Pick<Action, 'answer' | 'violations'> | undefined
  /** All conditions, as the browser's own replay knows them. */
  readonly conditions: readonly Condition[] | undefined
}

export function Rules({ action, conditions }: Props) {
  const violations = action?.violations ?? []
  const shown = conditions ?? violations.map(({ constraint, level }) => ({ id: constraint, level }))
  if (shown.length === 0) return null
  return (
    <Section id="rules" title={t.rules.title} lead={t.rules.lead}>
      <ul className="card divide-y divide-line">
        {[...shown]
          .sort((a, b) => rank(a, violations) - rank(b, violations))
          .map((condition) => (
            <Line
              key={condition.id}
              condition={condition}
              violation={violations.find(({ constraint }) => constraint === condition.id)}
            />
          ))}
      </ul>
    </Section>
  )
}

/** What does not hold comes first. */
function rank(condition: Condition, violations: readonly Violation[]): number {
  return violations.some(({ constraint }) => constraint === condition.id) ? 0 : 1
}

type LineProps = { readonly condition: Condition; readonly violation: Violation | undefined }

function Line({ condition, violation }: LineProps) {
  const holds = violation === undefined
  return (
    <li className="flex gap-3 px-4 py-2.5" data-constraint={condition.id} data-holds={holds}>
      <Icon name={holds ? 'check' : 'cross'} className={`mt-0.5 ${holds ? 'text-seal' : 'text-stop'}`} />
      <div className="min-w-0">
        <p>
          <span className="sr-only">{holds ? t.rules.holds : t.rules.fails}: </span>
          {sentenceFor(condition.id)}
        </p>
        {holds ? null : (
          <p className="hash break-words text-soft">
            {condition.id} {paramsOf(violation)}
          </p>
        )}
      </div>
    </li>
  )
}

function paramsOf({ params }: Violation): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
}
