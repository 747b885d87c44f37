/**
 * What a built-in agent can do, apart from how it is asked: work on a task, and review somebody else's work. Pure of
 * transport; bytes come and go by digest.
 *
 * Source: spec 3.3, 3.7.
 */
import type { Digest } from '../../protocol/wire/sha256.ts'
import type { Reason, Verdict } from '../../protocol/law/review/event.ts'

export type NamedBytes = { readonly name: string; readonly digest: Digest; readonly bytes: Uint8Array }

/** A task with all that its worker may look at. */
export type Job = {
  readonly mission: string
  readonly task: string
  readonly attempt: number
  readonly title: string
  readonly scope: string
  readonly criteria: readonly string[]
  readonly instructions: string
  readonly inputs: readonly NamedBytes[]
}

export type Produced = { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }

/** A worker's result: what it made, what it went through, and how anyone makes it again. */
export type Work = {
  /** What was done, in words. */
  readonly account: string
  /** What the mission is about: these can become its outputs. */
  readonly outputs: readonly Produced[]
  /** Programs, logs and other artifacts that the evidence also names. */
  readonly intermediate: readonly Produced[]
  readonly reproduction: {
    readonly command: readonly string[]
    /** Names of inputs and intermediate artifacts that the command finds in its folder. */
    readonly inputs: readonly string[]
    /** Names of the outputs that it must make again, byte for byte. */
    readonly outputs: readonly string[]
    readonly environment: { readonly [name: string]: string }
  }
  /** One line for the human at the gate. */
  readonly summary: string
}

/** Work to be reviewed: the bundle's artifacts, by name, and what it says of itself. */
export type ReviewJob = Job & {
  readonly artifacts: readonly NamedBytes[]
  readonly intermediate: readonly NamedBytes[]
  readonly reproduction: {
    readonly command: readonly string[]
    readonly inputs: readonly NamedBytes[]
    readonly outputs: readonly { readonly name: string; readonly digest: string }[]
    readonly environment: { readonly [name: string]: string }
  }
  readonly account: string
}

export type Opinion = {
  readonly verdict: Verdict
  readonly scores: { readonly completeness: number; readonly correctness: number; readonly policy_compliance: number }
  readonly reasons: readonly Reason[]
  readonly normative_dispute: boolean
  /** All that a model was asked and answered: stored and named by the decision when it is revealed. */
  readonly transcript?: Uint8Array
}

/** The signal says that nobody wants the result any more. */
export type Worker = (job: Job, signal?: AbortSignal) => Promise<Work>

export type Reviewer = (job: ReviewJob, signal?: AbortSignal) => Promise<Opinion>

/** What one agent can do, whatever the mission's class. */
export type Skill = {
  readonly worker?: Worker
  readonly reviewer?: Reviewer
  /** The same job gives the same opinion. Where it does not, what was sealed has to be kept until it is revealed. */
  readonly repeatable: boolean
}
