/** Before signing: the choice, the words, the fields, the rehearsal, the three statements, the reason. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import type { Approval } from '../../../protocol/wire/approval.ts'
import { usePlace } from '../../chain/context.tsx'
import { simulateDecide } from '../../chain/final-gate.ts'
import type { Action } from '../../data/actions.ts'
import { LIVE } from '../../data/keys.ts'
import type { GateView } from '../../data/missions.ts'
import { useNow } from '../../data/use-now.ts'
import { codeOf } from '../../errors/words.ts'
import { moment } from '../../format/time.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Checks } from '../../ui/checks.tsx'
import { Spinner } from '../../ui/icon.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { useWallet } from '../../wallet/wallet.ts'
import type { Foresight } from './foresight.ts'
import { emptyDraft, missingIn, previewApproval, type Draft as Written, type Verdict } from './draft.ts'
import { obstaclesIn, type Answered, type Situation } from './obstacles.ts'
import { ObstacleList } from './obstacle-list.tsx'
import { Rehearsal } from './rehearsal.tsx'
import { SignedFields } from './signed-fields.tsx'
import type { Through } from './carry-out.ts'
import type { CarryOut } from './use-carry-out.ts'

type Props = {
  readonly gate: GateView
  readonly approver: string
  readonly carry: CarryOut
  readonly action: Action | undefined
  readonly checked: Pick<Situation, 'verified' | 'gateIsGenuine' | 'agreement'>
  readonly foresee: (approval: Approval, at: number) => Promise<Foresight | null | undefined>
  readonly replay: string
  readonly isDecidedKnown: boolean
}

export function Draft(props: Props) {
  const now = useNow(10_000)
  const [draft, write] = useState<Written | undefined>()
  const choose = (verdict: Verdict) =>
    write((before) => ({ ...emptyDraft(verdict, now), reason: before?.reason ?? '' }))
  return (
    <div className="space-y-6">
      <Choice chosen={draft?.verdict} disabled={props.carry.act.kind === 'busy'} onChoose={choose} />
      {draft === undefined ? null : <Whole {...props} draft={draft} write={write} now={now} />}
    </div>
  )
}

type ChoiceProps = {
  readonly chosen: Verdict | undefined
  readonly disabled: boolean
  readonly onChoose: (verdict: Verdict) => void
}

/** Both of one size: to reject is as easy as to approve. */
function Choice({ chosen, disabled, onChoose }: ChoiceProps) {
  const name = useId()
  return (
    <fieldset disabled={disabled} className="grid gap-3 sm:grid-cols-2">
      <legend className="sr-only">{t.decide.choose}</legend>
      {(['approve', 'reject'] as const).map((verdict) => (
        <label
          key={verdict}
          className={`card grid grid-cols-[auto_1fr] content-start gap-x-3 p-4 has-checked:ring-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-seal ${
            verdict === 'approve'
              ? 'has-checked:border-seal has-checked:ring-seal/40'
              : 'has-checked:border-stop has-checked:ring-stop/40'
          }`}
        >
          <input
            type="radio"
            name={name}
            className={`mt-1 size-4.5 shrink-0 ${verdict === 'approve' ? 'accent-seal' : 'accent-stop'}`}
            checked={chosen === verdict}
            onChange={() => onChoose(verdict)}
          />
          <span className="text-lg font-semibold">{t.decide[verdict]}</span>
          <span className="col-start-2 text-sm text-soft">
            {verdict === 'approve' ? t.decide.approveAbout : t.decide.rejectAbout}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

type WholeProps = Props & {
  readonly draft: Written
  readonly write: (draft: Written) => void
  readonly now: number
}

function Whole({ draft, write, now, ...props }: WholeProps) {
  const { gate, approver, carry, action, checked, isDecidedKnown } = props
  const { wallet } = useWallet()
  const place = usePlace()
  const [through, setThrough] = useState<Through>('relay')
  const preview = previewApproval(draft, gate, approver)
  const rehearsal = useRehearsal(useDeferredValue(preview.ok ? preview.value : undefined), wallet.kind === 'ready')
  const foreseen = useForeseen(preview.ok ? preview.value : undefined, props)
  const obstacles = obstaclesIn({
    wallet: wallet.kind,
    ...checked,
    action,
    isDecidedKnown,
    rehearsal,
    foreseen: answeredBy(foreseen),
    missing: missingIn(draft, gate, now),
  })
  const busy = carry.act.kind === 'busy'
  const shut = obstacles.length > 0 || !preview.ok
  const sign = () => {
    if (!shut && !busy) carry.sign(preview.value, draft.reason, through)
  }
  return (
    <div className="space-y-6">
      <div className="space-y-2">
        <h3 className="text-lg font-semibold">{t.record.text}</h3>
        <Scroll name={t.record.text} className="max-h-[60vh] border border-line">
          <pre className="hash p-4 break-words whitespace-pre-wrap">{gate.texts[draft.verdict]}</pre>
        </Scroll>
        <p className="text-sm text-soft">{t.record.textAbout}</p>
      </div>
      {preview.ok ? (
        <div className="space-y-3">
          <h3 className="text-lg font-semibold">{t.record.title}</h3>
          <p className="max-w-[68ch] text-soft">{t.record.lead}</p>
          <SignedFields approval={preview.value} gate={place.gate} />
          <Rehearsal rehearsal={rehearsal} foreseen={foreseen} ready={wallet.kind === 'ready'} />
        </div>
      ) : null}
      <Statements draft={draft} write={write} disabled={busy} />
      <ReasonField draft={draft} write={write} disabled={busy} />
      <Way through={through} onChange={setThrough} disabled={busy} />
      <div className="space-y-3">
        {preview.ok ? (
          <p className="text-sm text-soft">{t.decide.deadline(moment(preview.value.deadline * 1000))}</p>
        ) : null}
        {carry.act.kind === 'failed' ? <ErrorNotice error={carry.act.error} /> : null}
        <Button
          look={draft.verdict === 'approve' ? 'strong' : 'stop'}
          className="w-full sm:w-auto"
          aria-disabled={shut || busy}
          aria-describedby="obstacles"
          onClick={sign}
        >
          {busy ? <Spinner /> : null}
          {t.decide.sign[draft.verdict]}
        </Button>
        <div id="obstacles" aria-live="polite">
          {carry.act.kind === 'busy' ? (
            <p className="text-soft">{t.stages.about[carry.act.step]}</p>
          ) : (
            <ObstacleList obstacles={obstacles} />
          )}
        </div>
      </div>
    </div>
  )
}

/** Asked of the chain with all three statements confirmed, as they will be when it is signed. */
function useRehearsal(approval: Approval | undefined, ready: boolean): Answered {
  const { client, gate } = usePlace()
  const whole = approval === undefined ? undefined : confirmed(approval)
  const { data, error } = useQuery({
    queryKey: [...LIVE, 'rehearsal', whole],
    queryFn: async () => {
      if (whole !== undefined) await simulateDecide(client, gate, whole, undefined)
      return true
    },
    enabled: ready && whole !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  if (error !== null) return { kind: 'fails', code: codeOf(error) }
  return data === true ? { kind: 'holds' } : { kind: 'unknown' }
}

function useForeseen(
  approval: Approval | undefined,
  { foresee, replay }: Pick<Props, 'foresee' | 'replay'>,
): Foresight | undefined {
  const now = useNow(10_000)
  const whole = approval === undefined ? undefined : confirmed(approval)
  const { data } = useQuery({
    queryKey: ['foreseen', replay, whole],
    queryFn: async () => (whole === undefined ? null : ((await foresee(whole, Math.floor(now))) ?? null)),
    enabled: replay !== '' && whole !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  return data ?? undefined
}

function confirmed(approval: Approval): Approval {
  return { ...approval, iUnderstandIt: true, iCommitIt: true, iAcceptItsConsequences: true }
}

/** A rejection still without its reason is nothing that stands in the way of asking: it is missing, and said so. */
function answeredBy(foreseen: Foresight | undefined): Answered {
  if (foreseen === undefined) return { kind: 'unknown' }
  if (foreseen.outcome === 'committed') return { kind: 'holds' }
  const first = foreseen.violations.find(({ constraint }) => constraint !== 'rejection-has-a-reason')
  return first === undefined ? { kind: 'holds' } : { kind: 'fails', code: first.constraint }
}

type FieldProps = {
  readonly draft: Written
  readonly write: (draft: Written) => void
  readonly disabled: boolean
}

function Statements({ draft, write, disabled }: FieldProps) {
  return (
    <Checks
      legend={t.decide.acknowledge}
      options={t.decide.acknowledgements}
      checked={draft.acknowledged}
      disabled={disabled}
      onCheck={(acknowledged) => write({ ...draft, acknowledged })}
    />
  )
}

function ReasonField({ draft, write, disabled }: FieldProps) {
  const id = useId()
  const required = draft.verdict === 'reject'
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="text-lg font-semibold">
        {required ? t.decide.reason : t.decide.reasonOptional}
      </label>
      <p id={`${id}-about`} className="text-sm text-soft">
        {required ? `${t.decide.reasonRequired} ` : ''}
        {t.decide.reasonAbout}
      </p>
      <textarea
        id={id}
        rows={4}
        required={required}
        disabled={disabled}
        aria-describedby={`${id}-about`}
        className="block w-full max-w-[68ch] rounded-lg border border-edge bg-raised px-3 py-2"
        value={draft.reason}
        onChange={({ target }) => write({ ...draft, reason: target.value })}
      />
    </div>
  )
}

type WayProps = {
  readonly through: Through
  readonly onChange: (through: Through) => void
  readonly disabled: boolean
}

function Way({ through, onChange, disabled }: WayProps) {
  const name = useId()
  const ways = [
    { way: 'relay', title: t.decide.relay, about: t.decide.relayAbout },
    { way: 'wallet', title: t.decide.direct, about: t.decide.directAbout },
  ] as const
  return (
    <fieldset className="space-y-2" disabled={disabled}>
      <legend className="text-lg font-semibold">{t.decide.through}</legend>
      {ways.map(({ way, title, about }) => (
        <label key={way} className="grid grid-cols-[auto_1fr] gap-x-3">
          <input
            type="radio"
            name={name}
            className="mt-1 size-4.5 shrink-0 accent-seal"
            checked={through === way}
            onChange={() => onChange(way)}
          />
          <span>{title}</span>
          <span className="col-start-2 text-sm text-soft">{about}</span>
        </label>
      ))}
    </fieldset>
  )
}
