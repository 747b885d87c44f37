/**
 * The relay: it carries a signed decision to the chain, so that whoever signs needs no gas. It adds nothing to the
 * signature, and whoever has the signed decision can do without it.
 */
import { queryOptions } from '@tanstack/react-query'
import { parseApproval, type Approval } from '../../protocol/wire/approval.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { get, post } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, list, nullable, number, text, type Read, type Reader } from './read.ts'

export type SignedApproval = { readonly approval: Approval; readonly signature: `0x${string}` }

const approval: Reader<Approval> = (value, at) => {
  const parsed = parseApproval(value)
  if (!parsed.ok) throw new Fault('answer-unreadable', { at })
  return parsed.value
}

const relayed = fields({
  mission: text,
  approval,
  signature: text,
  /** `signed`, `submitted` … `refused`: how far the relay is; how far the decision is says the chain. */
  state: text,
  transaction: nullable(text),
  block: nullable(number),
  note: nullable(text),
})

export type Relayed = Read<typeof relayed>

/** The very bytes that the relay takes; they can be kept and sent later by anybody. */
export function approvalFile({ approval, signature }: SignedApproval): string {
  return `${JSON.stringify({ approval, signature }, null, 2)}\n`
}

/** Sending the same one again changes nothing. */
export function relayApproval(signed: SignedApproval): Promise<Relayed> {
  return post('/v1/approvals', approvalFile(signed), relayed)
}

export async function fetchApprovals(mission: string, signal?: AbortSignal): Promise<readonly Relayed[]> {
  const query = new URLSearchParams({ mission }).toString()
  return (await get(`/v1/approvals?${query}`, fields({ approvals: list(relayed) }), signal)).approvals
}

export function approvalsQuery(mission: string) {
  return queryOptions({
    queryKey: [...LIVE, 'approvals', mission],
    queryFn: ({ signal }) => fetchApprovals(mission, signal),
    // How far a transaction has come is no entry of the ledger.
    refetchInterval: 2_000,
  })
}
