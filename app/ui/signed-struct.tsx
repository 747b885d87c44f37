/**
 * A struct that a wallet is asked to sign, drawn from the typed data itself: every field whole, in its order, where it
 * counts, and the hashes that a hardware wallet shows.
 */
import type { ReactNode } from 'react'
import { bytes32Of } from '../../protocol/wire/abi.ts'
import {
  digest,
  domainSeparator,
  hashStruct,
  typedData,
  type Columns,
  type Domain,
  type MessageOf,
  type Struct,
} from '../../protocol/wire/eip712.ts'
import { moment } from '../format/time.ts'
import { t } from '../text/text.ts'
import { Disclosure } from './disclosure.tsx'
import { Fact, Facts } from './facts.tsx'
import { CopyButton, Hash } from './hash.tsx'

type Props<C extends Columns> = {
  readonly struct: Struct<C>
  readonly domain: Domain
  readonly message: MessageOf<C>
  readonly names: { readonly [field: string]: string }
  /** How a field is drawn that is drawn otherwise than the others. */
  readonly special?: (field: string, value: string) => ReactNode
}

export function SignedStruct<C extends Columns>({ struct, domain, message, names, special }: Props<C>) {
  const fields = Object.entries(typedData(struct, domain, message).message)
  return (
    <div className="space-y-3">
      <Facts>
        {fields.map(([field, value]) => (
          <Fact key={field} name={names[field] ?? field}>
            {(typeof value === 'string' ? special?.(field, value) : undefined) ?? <Value field={field} value={value} />}
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
          <HashFact name={t.record.messageHash} value={bytes32Of(hashStruct(struct, message))} />
          <HashFact name={t.record.digest} value={bytes32Of(digest(struct, domain, message))} />
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

function Value({ field, value }: { readonly field: string; readonly value: unknown }) {
  if (typeof value === 'boolean') return value ? t.record.yes : t.record.no
  if (field === 'deadline') return `${moment(Number(value) * 1000)} (${String(value)})`
  if (typeof value === 'string' && value.startsWith('0x')) return <Hash value={value} />
  return <span className="break-all">{String(value)}</span>
}
