/** What chain and law would make of the decision, asked without sending anything. */
import { sentenceFor } from '../../errors/words.ts'
import { t } from '../../text/text.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Icon, Spinner } from '../../ui/icon.tsx'
import type { Foresight } from './foresight.ts'
import type { Answered } from './obstacles.ts'

type Props = {
  readonly rehearsal: Answered
  readonly foreseen: Foresight | undefined
  readonly ready: boolean
}

export function Rehearsal({ rehearsal, foreseen, ready }: Props) {
  if (!ready) return null
  return (
    <Facts className="rounded-lg bg-sunk p-4">
      <Fact name={t.record.call}>
        <span className="hash">FinalGate.decide(approval, signature)</span>
      </Fact>
      <Fact name={t.record.simulation}>
        <OnChain rehearsal={rehearsal} />
      </Fact>
      {foreseen === undefined ? null : (
        <Fact name={t.record.foreseen}>
          <InLedger foreseen={foreseen} />
        </Fact>
      )}
    </Facts>
  )
}

function OnChain({ rehearsal }: { readonly rehearsal: Answered }) {
  switch (rehearsal.kind) {
    case 'unknown':
      return (
        <span className="flex items-center gap-2 text-soft">
          <Spinner className="size-4" />
          {t.record.simulating}
        </span>
      )
    case 'holds':
      return (
        <span className="flex gap-2">
          <Icon name="check" className="mt-0.5 text-seal" />
          <span>
            {t.record.simulated} <span className="text-soft">{t.record.simulatedMore}</span>
          </span>
        </span>
      )
    case 'fails':
      return (
        <span className="flex gap-2">
          <Icon name="cross" className="mt-0.5 text-stop" />
          <span>
            {t.record.refused} {sentenceFor(rehearsal.code)}
          </span>
        </span>
      )
  }
}

function InLedger({ foreseen }: { readonly foreseen: Foresight }) {
  const withheld = foreseen.outcome === 'withheld'
  const lines = withheld
    ? foreseen.violations.map(({ constraint }) => ({ code: constraint, words: sentenceFor(constraint) }))
    : foreseen.events.map((event) => ({ code: event, words: t.record.foreseenEvents[event] ?? '' }))
  return (
    <>
      {withheld ? <p>{t.record.withheld}</p> : null}
      <ul>
        {lines.map(({ code, words }) => (
          <li key={code}>
            <span className="hash">{code}</span> {words === '' ? '' : `· ${words}`}
          </li>
        ))}
      </ul>
    </>
  )
}
