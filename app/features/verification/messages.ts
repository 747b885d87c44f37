/**
 * What the page and its verifying worker say to each other. The worker keeps the replayed state; the page gets plain
 * views of it, never the state itself.
 */
import type { Approval } from '../../../protocol/wire/approval.ts'
import type { Violation } from '../../data/actions.ts'
import type { Mission } from '../../data/missions.ts'

/** A finding: what is wrong, where, and what shows it. */
export type Fact = {
  readonly code: string
  readonly step: string
  readonly place: string
  readonly evidence: { readonly [name: string]: unknown }
}

export type Request =
  | {
      readonly kind: 'verify'
      readonly base: string
      readonly rpc: string | null
      /** The deployment that the page is open on. */
      readonly deployment: string
    }
  | { readonly kind: 'mission'; readonly call: number; readonly id: string }
  | {
      readonly kind: 'foresee'
      readonly call: number
      readonly approval: Approval
      /** Milliseconds since 1970: when the decision would be recorded. */
      readonly at: number
    }

/** `subject`: it can be judged before anything is signed; `body`: only with what is signed. */
export type Condition = { readonly id: string; readonly level: string; readonly reads: 'subject' | 'body' }

/** How the law would decide. */
export type Foreseen = {
  readonly outcome: 'committed' | 'withheld'
  readonly events: readonly string[]
  readonly violations: readonly Violation[]
}

export type Outcome = {
  readonly verdict: 'verified' | 'unverifiable'
  readonly deployment: string | null
  readonly entries: number
  readonly head: string
  readonly epochsOnChain: number
  /** The final gate that the genesis entry names: what is signed must be for this one. */
  readonly gate: { readonly chainId: number; readonly address: string } | null
  readonly fault: Fact | null
  /** Every condition that the law looks at before a final decision. */
  readonly conditions: readonly Condition[]
}

export type StepUpdate = {
  readonly id: string
  readonly state: 'running' | 'holds' | 'fails' | 'skipped'
  readonly done?: number
  readonly total?: number
  readonly findings?: readonly Fact[]
}

export type Answer =
  | { readonly kind: 'step'; readonly step: StepUpdate }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly code: string; readonly params: Fact['evidence'] }
  | { readonly kind: 'mission'; readonly call: number; readonly mission: Mission | null }
  | { readonly kind: 'foreseen'; readonly call: number; readonly foreseen: Foreseen | null }
