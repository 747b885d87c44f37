/**
 * What the wallet will be asked to sign, drawn from the typed data itself: every field whole, in its order, and the
 * hashes that a hardware wallet shows.
 */
import type { ReactNode } from 'react'
import { approvalDomain, APPROVAL, type Approval } from '../../../protocol/wire/approval.ts'
import type { Gate } from '../../data/deployment.ts'
import { t } from '../../text/text.ts'
import { Hash } from '../../ui/hash.tsx'
import { SignedStruct } from '../../ui/signed-struct.tsx'
import { NOTHING_WRITTEN } from './draft.ts'

type Props = { readonly approval: Approval; readonly gate: Gate }

export function SignedFields({ approval, gate }: Props) {
  return (
    <SignedStruct
      struct={APPROVAL}
      domain={approvalDomain(gate.chainId, gate.address)}
      message={approval}
      names={t.record.fieldNames}
      special={drawnOtherwise}
    />
  )
}

function drawnOtherwise(field: string, value: string): ReactNode {
  if (field === 'decision') return <strong>{value}</strong>
  if (value !== NOTHING_WRITTEN) return undefined
  return (
    <>
      <span className="text-soft">{t.record.noReason} </span>
      <Hash value={value} />
    </>
  )
}
