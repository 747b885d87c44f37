/**
 * What the wallet will be asked to sign, drawn from the typed data itself: every field whole, in its order, and the
 * hashes that a hardware wallet shows.
 */
import {
  approvalTypedData,
  approvalDomain,
  APPROVAL,
  approvalDigest,
  type Approval,
} from '../../../protocol/wire/approval.ts'
import { bytes32Of } from '../../../protocol/wire/abi.ts'
import { domainSeparator, hashStruct } from '../../../protocol/wire/eip712.ts'
import type { Gate } from '../../data/deployment.ts'
import { moment } from '../../format/time.ts'
import { t } from '../../text/text.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { CopyButton, Hash } from '../../ui/hash.tsx'
import { NOTHING_WRITTEN } from './draft.ts'

type Props = { readonly approval: Approval; readonly gate: Gate }

export function SignedFields({ approval, gate }: Props) {
  const domain = approvalDomain(gate.chainId, gate.address)
  const { message } = approvalTypedData(domain, approval)
  return (
    <div className="space-y-3">
      <Facts>
        {Object.entries(message).map(([field, value]) => (
          <Fact key={field} name={t.record.fieldNames[field] ?? field}>
            <Value field={field} value={value} />
          </Fact>
        ))}
        <Fact name={t.record.contract}>
          <Hash value={domain.verifyingContract} />
        </Fact>
        <Fact name={t.record.chain}>{domain.chainId}</Fact>
      </Facts>
      <Disclosure title={t.record.hashes}>
        <Facts>
          <HashFact name={t.record.domainHash} value={bytes32Of(domainSeparator(domain))} />
          <HashFact name={t.record.messageHash} value={bytes32Of(hashStruct(APPROVAL, approval))} />
          <HashFact name={t.record.digest} value={bytes32Of(approvalDigest(domain, approval))} />
        </Facts>
      </Disclosure>
    </div>
  )
}

function HashFact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Fact name={name}>
      <Hash value={value} /> <CopyButton value={value} what={name} />
    </Fact>
  )
}

function Value({ field, value }: { readonly field: string; readonly value: string | number | boolean }) {
  if (typeof value === 'boolean') return value ? t.record.yes : t.record.no
  if (field === 'deadline') return `${moment(Number(value) * 1000)} (${value})`
  if (typeof value === 'number') return value
  if (field === 'decision') return <strong>{value}</strong>
  if (value === NOTHING_WRITTEN) {
    return (
      <>
        <span className="text-soft">{t.record.noReason} </span>
        <Hash value={value} />
      </>
    )
  }
  return <Hash value={value} />
}
