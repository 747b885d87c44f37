/** What can have happened to a human identity. The event's subject is the human's id. Source: spec 5.2. */
import type { EventDraft } from '../constraints/event.ts'

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
  | EventDraft<'governance.reviewer_enrolled', { model_family: 'human'; method_type: 'human_reviewer' }>
