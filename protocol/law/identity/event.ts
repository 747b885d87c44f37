/** What can have happened to a human identity. The event's subject is the human's id. Source: spec 5.2. */
import type { EventDraft } from '../constraints/event.ts'

export type Party =
  { readonly with: 'actor'; readonly actor: string } | { readonly with: 'organization'; readonly organization: string }

export type IdentityEvent =
  | EventDraft<
      'governance.human_attested',
      {
        by: string
        wallet: string
        region: string
        organization: string
        /** First key, bound by the wallet (EIP-712 `KeyBinding`). */
        key: string
        key_purpose: string
        key_not_after: string
        binding: string
        /** In millionths of trust. */
        trust: number
      }
    >
  | EventDraft<'governance.wallet_bound_key', { key: string; purpose: string; not_after: string; binding: string }>
  /** A standing conflict, declared by whom it is of: they are drawn for nothing that this party has a hand in. */
  | EventDraft<'governance.conflict_declared', Party>
  | EventDraft<'governance.conflict_withdrawn', Party>
  | EventDraft<'governance.reviewer_enrolled', { model_family: 'human'; method_type: 'human_reviewer' }>
