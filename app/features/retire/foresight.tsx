/** What the rules would say to the act as it is written now, asked before anybody signs. */
import type { Act } from '../../../protocol/wire/act.ts'
import { useForeseen } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Icon, Spinner } from '../../ui/icon.tsx'
import { Violations } from '../../ui/violations.tsx'
import { commandOf, confirmed, type Draft } from './draft.ts'

/** No rule is broken by a signature that has still to be given. */
const STILL_TO_COME = 'signed-by-the-wallet'

/** A reason is asked for elsewhere; until there is one, the rules are asked with this in its place. */
const ANY_REASON = '…'

type Props = { readonly actor: string; readonly draft: Draft; readonly act: Act }

export function Foresight({ actor, draft, act }: Props) {
  const reason = draft.reason.trim() === '' ? ANY_REASON : draft.reason
  const foreseen = useForeseen(actor, commandOf({ ...draft, reason }, confirmed(act)))
  return (
    <div className="space-y-2 rounded-lg bg-sunk p-4" aria-live="polite">
      <h3 className="font-semibold">{t.retire.foresight}</h3>
      <Answer foreseen={foreseen} />
    </div>
  )
}

function Answer({ foreseen }: { readonly foreseen: ReturnType<typeof useForeseen> }) {
  if (foreseen === undefined) {
    return (
      <p className="flex items-center gap-2 text-soft">
        <Spinner className="size-4" />
        {t.retire.asking}
      </p>
    )
  }
  const violations = foreseen.outcome === 'committed' ? [] : foreseen.violations
  const others = violations.filter(({ constraint }) => constraint !== STILL_TO_COME)
  if (others.length > 0) return <Violations violations={others} />
  return (
    <p className="flex gap-2">
      <Icon name="check" className="mt-0.5 text-seal" />
      {t.retire.wouldBeTaken}
    </p>
  )
}
