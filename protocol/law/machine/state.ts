/**
 * Registered machines, each with its life as a union: what is true only in one status stands only there.
 *
 *     registered ─▶ active ──T_M = 0──▶ quarantined ──five signatures──▶ probation ──its tasks──▶ active
 *                                            │  ▲                            │
 *                                            │  └───────────T_M = 0──────────┘
 *                                            └─ time, failures, malice ─▶ decommissioned, for good
 *
 * `quarantined` is warm: a window for signatures and the limit at zero pass by time alone, and the close of an epoch
 * states the consequence. A machine has its operator's region and organization (spec 3.4).
 *
 * Source: spec 4.5.
 */
import { placeOfRegistry } from '../../wire/agent-registry.ts'
import type { Millis } from '../../wire/time.ts'
import type { AgentLink } from '../constraints/agent-link.ts'

/** A re-certification that waits for signatures. */
export type Application = {
  /** Digest of the evidence envelope's canonical bytes: what the signers sign. */
  readonly digest: string
  /** The fingerprint that was examined, which is the machine's from its return on. */
  readonly fingerprint: string
  /** The last moment at which a signature counts. */
  readonly signBy: Millis
  readonly signers: readonly string[]
}

export type Life =
  | { readonly status: 'active' }
  | {
      readonly status: 'probation'
      /** The entry that began it: only evidence attached later counts. */
      readonly sinceSeq: number
      readonly done: number
      readonly needed: number
    }
  | {
      readonly status: 'quarantined'
      /** Since when its trust has been zero; a new identity takes over the moment of the one before. */
      readonly zeroSince: Millis
      /** When it was put there, or sold there: what was examined before says nothing about what runs since. */
      readonly since: Millis
      readonly application: Application | undefined
    }
  | { readonly status: 'decommissioned' }

/** One step of a machine's life, for those who read it. */
export type Step = { readonly seq: number; readonly at: Millis; readonly event: string; readonly cause: string }

export type RegisteredMachine = {
  readonly id: string
  readonly operator: string
  readonly region: string
  readonly organization: string
  readonly modelFamily: string
  readonly methodType: string
  /** Digest of the model's fingerprint as it was registered, or as the last re-certification examined it. */
  readonly fingerprint: string
  /** Every fingerprint that was ever stated of it. */
  readonly fingerprints: readonly string[]
  /** Earlier identities as its operator declared them. */
  readonly lineage: readonly string[]
  /** Machines that it is another identity of, as the law found. */
  readonly kin: readonly string[]
  /** Whether its probation is the extended one. */
  readonly extended: boolean
  readonly reviews: boolean
  readonly life: Life
  /** When re-certifications failed; a new identity takes over those of one that has not come to its end. */
  readonly failures: readonly Millis[]
  /** Digests of evidence that an application has used: none is looked at twice. */
  readonly examined: readonly string[]
  readonly steps: readonly Step[]
  /** Its agent in a registry of ERC-8004. */
  readonly agent: AgentLink | undefined
  /** The last entry in which its token changed hands: nothing earned or taken until then is its holder's any more. */
  readonly forfeitedSeq: number | undefined
}

export type Machines = Map<string, RegisteredMachine>

/** The agents whose logs may still change a machine's link. */
export function watchedAgents(machines: Machines): readonly { readonly contract: string; readonly agentId: string }[] {
  return [...machines.values()].flatMap(({ agent }) =>
    agent === undefined || agent.status === 'broken'
      ? []
      : [{ contract: placeOfRegistry(agent.registry).contract, agentId: agent.agentId }],
  )
}
