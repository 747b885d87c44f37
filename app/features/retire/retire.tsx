/** The end of a machine, for proven malice: read, write, confirm, compare, and sign with the wallet. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ACT, actTypedData, type Act } from '../../../protocol/wire/act.ts'
import { usePlace } from '../../chain/context.tsx'
import type { ActorView } from '../../data/actor.ts'
import { incidentsQuery, type Incident } from '../../data/incidents.ts'
import { presentTime, useNow } from '../../data/use-now.ts'
import { moment } from '../../format/time.ts'
import { addressOf } from '../../routing/route.ts'
import { ActButton, ActOutcome, useAct, useMyKey, type Acting } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Checks } from '../../ui/checks.tsx'
import { Select, TextArea } from '../../ui/field.tsx'
import { ErrorNotice, Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { SignedStruct } from '../../ui/signed-struct.tsx'
import { useTypedSignature } from '../../wallet/use-typed-signature.ts'
import { useWallet } from '../../wallet/wallet.ts'
import { actOf, commandOf, domainOf, emptyDraft, missingIn, provenAgainst, type Begun, type Draft } from './draft.ts'
import { Foresight } from './foresight.tsx'

/** Shown where a human has upheld such an incident, to whoever has come with a wallet. */
export function Retire({ machine }: { readonly machine: ActorView }) {
  const { actor } = useMyKey()
  const { data: incidents } = useQuery(incidentsQuery)
  // What came of it is said here, when the form has gone.
  const acting = useAct()
  const proven = provenAgainst(machine.id, incidents ?? [])
  const isOver = machine.status === 'decommissioned'
  if (actor === '' || proven.length === 0) return null
  if (isOver) return <ActOutcome acting={acting} />
  return (
    <Section id="retire" title={t.retire.title} lead={t.retire.lead}>
      <p className="max-w-[68ch]">{t.retire.about}</p>
      <Form machine={machine} proven={proven} acting={acting} />
      <ActOutcome acting={acting} />
    </Section>
  )
}

type Props = { readonly machine: ActorView; readonly proven: readonly Incident[]; readonly acting: Acting }

function Form({ machine, proven, acting }: Props) {
  const client = useQueryClient()
  const begin = (): Begun => ({ at: presentTime(client), revision: machine.revision })
  const [begun, beginAnew] = useState(begin)
  const [draft, write] = useState<Draft>(() => emptyDraft(proven[0]?.id ?? ''))
  const { deployment } = usePlace()
  const { wallet } = useWallet()
  const { actor } = useMyKey()
  const now = useNow(10_000)
  const missing = missingIn(draft, begun, now)
  const by = {
    deployment: deployment.deployment,
    machine: machine.id,
    signer: wallet.kind === 'ready' ? wallet.address : '',
  }
  const act = wallet.kind === 'ready' ? actOf(draft, begun, by) : undefined
  const isStale = machine.revision !== begun.revision || missing.includes('time')
  return (
    <div className="space-y-6">
      <Select
        label={t.retire.incident}
        value={draft.incident}
        onWrite={(incident) => write({ ...draft, incident })}
        options={proven.map(({ id, kind, opened_at }) => ({
          value: id,
          name: `${t.incidents.kinds[kind] ?? kind}, ${moment(opened_at)}`,
        }))}
      />
      <p>
        <a className="link" href={addressOf({ page: 'incident', id: draft.incident })}>
          {t.retire.read}
        </a>
      </p>
      <TextArea
        label={t.retire.reason}
        about={t.retire.reasonAbout}
        value={draft.reason}
        onWrite={(reason) => write({ ...draft, reason })}
      />
      <Checks
        legend={t.decide.acknowledge}
        options={t.decide.acknowledgements}
        checked={draft.acknowledged}
        onCheck={(acknowledged) => write({ ...draft, acknowledged })}
      />
      {isStale ? (
        <Notice tone="heed" title={missing.includes('time') ? t.retire.over : t.retire.changed} urgent>
          <p>{t.retire.changedMore}</p>
          <Button onClick={() => beginAnew(begin())}>{t.retire.begin}</Button>
        </Notice>
      ) : null}
      {act === undefined ? <p className="text-soft">{t.retire.needsWallet}</p> : null}
      {act === undefined || isStale ? null : (
        <>
          <div className="space-y-3">
            <h3 className="text-lg font-semibold">{t.retire.fields}</h3>
            <SignedStruct struct={ACT} domain={domainOf(deployment)} message={act} names={t.retire.fieldNames} />
          </div>
          <Foresight actor={actor} draft={draft} act={act} />
          <Sign
            draft={draft}
            act={act}
            acting={acting}
            missing={missing.flatMap((one) => (one === 'time' ? [] : [t.decide.missing[one]]))}
          />
        </>
      )}
    </div>
  )
}

type SignProps = {
  readonly draft: Draft
  readonly act: Act
  readonly acting: Acting
  readonly missing: readonly string[]
}

/** First the wallet, over the very struct that is shown; then the command that carries it, with the key of this browser. */
function Sign({ draft, act, acting, missing }: SignProps) {
  const { deployment } = usePlace()
  const ask = useTypedSignature()
  const [waits, wait] = useState(false)
  const [error, setError] = useState<unknown>(undefined)
  const sign = async () => {
    acting.settle()
    setError(undefined)
    wait(true)
    try {
      const signature = await ask(actTypedData(domainOf(deployment), act))
      wait(false)
      await acting.carryOut(commandOf(draft, act, signature))
    } catch (cause) {
      setError(cause)
    } finally {
      wait(false)
    }
  }
  return (
    <div className="space-y-3">
      {error === undefined ? null : <ErrorNotice error={error} />}
      <ActButton
        type="machine.decommission"
        subject={act.subject}
        acting={acting}
        look="stop"
        missing={missing}
        onPress={() => {
          if (!waits) void sign()
        }}
      >
        {t.retire.sign}
      </ActButton>
      <p className="text-soft empty:hidden" aria-live="polite">
        {waits ? t.retire.wallet : ''}
      </p>
    </div>
  )
}
