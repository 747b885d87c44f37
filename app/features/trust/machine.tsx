/** A machine's life: its state, its way back where it has one, and a human's signature under that. */
import { entryPath } from '../../data/entries.ts'
import type { Life } from '../../data/machine.ts'
import { whole } from '../../format/number.ts'
import { moment } from '../../format/time.ts'
import { ActButton, ActOutcome, useAct, type Acting } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Hash } from '../../ui/hash.tsx'
import { Section } from '../../ui/section.tsx'

export function MachineLife({ id, life }: { readonly id: string; readonly life: Life }) {
  // What came of a signature is still said when it was the last that was needed.
  const acting = useAct()
  return (
    <Section id="life" title={t.machines.title}>
      <p className="font-medium">{t.machines.statuses[life.status] ?? life.status}</p>
      {life.probation === null ? null : <p>{t.machines.probation(life.probation.done, life.probation.needed)}</p>}
      {life.zero_since === null ? null : <p>{t.machines.zeroSince(moment(life.zero_since))}</p>}
      {life.application === null ? null : <Application id={id} application={life.application} acting={acting} />}
      <ActOutcome acting={acting} />
      {life.steps.length === 0 ? null : (
        <ol className="space-y-1" aria-label={t.machines.steps}>
          {life.steps.map(({ seq, at, event, cause }) => (
            <li key={`${seq} ${event}`}>
              {moment(at)} · {t.machines.events[event] ?? event}
              {cause === '' ? '' : ` (${t.machines.causes[cause] ?? cause})`}{' '}
              <a className="link" href={entryPath(seq)}>
                {t.result.entryLink(whole(seq))}
              </a>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

type ApplicationProps = {
  readonly id: string
  readonly application: NonNullable<Life['application']>
  readonly acting: Acting
}

function Application({ id, application, acting }: ApplicationProps) {
  const { digest, sign_by, signers, needed } = application
  return (
    <div className="card space-y-3 p-4">
      <h3 className="text-lg font-semibold">{t.machines.application}</h3>
      <p className="max-w-[68ch] text-soft">{t.machines.applicationAbout}</p>
      <Hash value={digest} />
      <p>
        {t.machines.signed(signers.length, needed)}
        {signers.length === 0 ? '' : `: ${signers.join(', ')}`}
      </p>
      <p className="text-soft">{t.machines.signBy(moment(sign_by))}</p>
      <ActButton
        type="machine.sign_recertification"
        subject={id}
        acting={acting}
        look="strong"
        onPress={() =>
          void acting.carryOut({
            type: 'machine.sign_recertification',
            subject: id,
            body: { application: digest },
          })
        }
      >
        {t.machines.sign}
      </ActButton>
    </div>
  )
}
