/** For whoever operates a machine: take a key from it, say what it runs as now. */
import { useState } from 'react'
import { parseDigest } from '../../../protocol/wire/sha256.ts'
import type { ActorView } from '../../data/actor.ts'
import { ActButton, ActOutcome, useAct, useMyKey, type Acting } from '../../signing/signing.ts'
import { t } from '../../text/text.ts'
import { Field } from '../../ui/field.tsx'
import { Hash } from '../../ui/hash.tsx'
import { Section } from '../../ui/section.tsx'

export function Operator({ machine }: { readonly machine: ActorView }) {
  const { actor } = useMyKey()
  return actor !== '' && actor === machine.operator ? <OperatorsPart machine={machine} /> : null
}

function OperatorsPart({ machine }: { readonly machine: ActorView }) {
  const acting = useAct()
  const keys = machine.keys.filter(({ revoked, key }) => !revoked && key !== null)
  return (
    <Section id="operator" title={t.operator.title} lead={t.operator.lead}>
      <h3 className="text-lg font-semibold">{t.operator.keys}</h3>
      <p className="max-w-[68ch] text-soft">{keys.length === 0 ? t.operator.noKeys : t.operator.revokeAbout}</p>
      <ul className="space-y-3">
        {keys.map(({ key_id, key }) => (
          <li key={key_id} className="card flex flex-wrap items-start justify-between gap-3 p-4">
            <Hash value={key_id} />
            <ActButton
              type="machine.revoke_key"
              subject={machine.id}
              acting={acting}
              look="stop"
              label={t.operator.revokeNamed(key_id)}
              onPress={() =>
                void acting.carryOut({ type: 'machine.revoke_key', subject: machine.id, body: { key: key ?? '' } })
              }
            >
              {t.operator.revoke}
            </ActButton>
          </li>
        ))}
      </ul>
      <Environment machine={machine} acting={acting} />
      <ActOutcome acting={acting} />
    </Section>
  )
}

function Environment({ machine, acting }: { readonly machine: ActorView; readonly acting: Acting }) {
  const [written, write] = useState('')
  const fingerprint = parseDigest(written.trim())
  return (
    <div className="space-y-4">
      <div className="space-y-1">
        <h3 className="text-lg font-semibold">{t.operator.environment}</h3>
        <p className="max-w-[68ch] text-soft">{t.operator.environmentAbout}</p>
      </div>
      {machine.life === null ? null : (
        <p>
          {t.operator.present}: <Hash value={machine.life.fingerprint} />
        </p>
      )}
      <Field label={t.operator.fingerprint} className="max-w-[68ch]" value={written} onWrite={write} />
      <ActButton
        type="machine.declare_environment"
        subject={machine.id}
        acting={acting}
        missing={fingerprint.ok ? [] : [t.operator.fingerprintMissing]}
        onPress={() =>
          void acting.carryOut({
            type: 'machine.declare_environment',
            subject: machine.id,
            body: { fingerprint: written.trim() },
          })
        }
      >
        {t.operator.declare}
      </ActButton>
    </div>
  )
}
