/** What a wallet has signed, in the form in which it is brought to the relay. */
import { decided } from '../law/flow.ts'
import { NOOR, type Person } from '../law/people.ts'
import type { Bench } from '../law/world.ts'

export type Brought = {
  readonly approval: { readonly [field: string]: string | number | boolean }
  readonly signature: string
}

/** Over a mission at its gate; `more` replaces fields before the wallet of `signer` signs. */
export function approvalOf(
  bench: Bench,
  mission: string,
  person: Person = NOOR,
  verdict: 'approve' | 'reject' = 'approve',
  more: { [field: string]: unknown } = {},
  signer: Person = person,
): Brought {
  const log = decided(bench, mission, person, verdict, more, signer)
  const approval = {
    missionDigest: `0x${log.mission_digest.slice(7)}`,
    attempt: log.attempt,
    approver: log.approver,
    decision: log.decision,
    reasonHash: log.reason_hash,
    iUnderstandIt: log.i_understand_it,
    iCommitIt: log.i_commit_it,
    iAcceptItsConsequences: log.i_accept_its_consequences,
    textHash: log.text_hash,
    attentionHash: log.attention_hash,
    deadline: log.deadline,
  }
  return { approval, signature: log.signature }
}
