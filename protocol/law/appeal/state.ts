/**
 * Appeals as the fold holds them, the decisions that can be appealed, and which subjects have an appeal open.
 *
 *     answering ─▶ heard ─▶ decided
 *
 * `answering` is warm: the time to respond passes, and the next closing of an epoch states the consequence.
 *
 * Source: spec 3.6.
 */
import type { Millis } from '../../wire/time.ts'
import type { DecisionType } from './event.ts'

/** A decision that somebody may contest: what it was, about whom, and when it was recorded. */
export type Decision = {
  /** The event's id. */
  readonly id: string
  readonly type: DecisionType
  readonly subject: string
  readonly at: Millis
  readonly about: readonly string[]
  readonly mission: string | undefined
  readonly task: string | undefined
  readonly attempt: number
  /** Whom it was about where that is one actor: the beneficiary, the machine. */
  readonly actor: string | undefined
  /** Who signed for it alone: a mission that moves on forgets them, and they hear no appeal against it. */
  readonly by: string | undefined
  /** What was decided, where there was a choice. */
  readonly outcome: string
  /** The appeal that decided it, for a further appeal. */
  readonly appeal: string | undefined
}

export type Appeal = {
  readonly id: string
  readonly decision: Decision
  readonly level: number
  readonly appellant: string
  readonly reasonCode: string
  readonly statement: string
  readonly grounds: readonly string[]
  readonly evidence: readonly string[]
  readonly respondents: readonly string[]
  readonly answers: ReadonlyMap<string, string>
  readonly filedAt: Millis
  readonly respondBy: Millis
  readonly panel: string | undefined
  readonly status: 'answering' | 'heard' | 'decided'
  readonly outcome: 'upheld' | 'overturned' | undefined
}

export type Appeals = {
  readonly byId: Map<string, Appeal>
  /** Open appeals by the subject whose decision they contest. */
  readonly openOn: Map<string, ReadonlySet<string>>
  /** Every appeal there has been, by the mission or else the subject that it was about. */
  readonly ever: Map<string, readonly string[]>
  /** Appeals whose other side may still answer. */
  readonly answering: Set<string>
  /** Every decision that can be appealed, by event id. */
  readonly decisions: Map<string, Decision>
  /** The decisions about each subject, by event id. */
  readonly decisionsOn: Map<string, readonly string[]>
  /** The appeal against each decision that has had one. */
  readonly against: Map<string, string>
}

/** What an appeal is about in the end: a further one is about what the first one was about. */
export function originalOf({ byId }: Appeals, id: string): Decision | undefined {
  const decision = byId.get(id)?.decision
  return decision?.appeal === undefined ? decision : byId.get(decision.appeal)?.decision
}

export function emptyAppeals(): Appeals {
  return {
    byId: new Map(),
    openOn: new Map(),
    ever: new Map(),
    answering: new Set(),
    decisions: new Map(),
    decisionsOn: new Map(),
    against: new Map(),
  }
}
