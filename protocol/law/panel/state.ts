/**
 * Panels as the fold holds them, by status. `voting` is warm: its window passes by time alone, and the next closing
 * of an epoch states the consequence.
 *
 *     awaiting_beacon ─▶ voting ─▶ concluded
 *            │             │ ▲ └── who was silent is replaced by the next of the same draw
 *            └─▶ blocked ◀─┘ └──── a new draw for the empty seats, opened by the owner; votes stay
 *
 * Until it is concluded an appeal can settle what it was asked about: then it is `closed` and answers nothing.
 *
 * Source: spec 3.5, 3.6.
 */
import type { Millis } from '../../wire/time.ts'
import type { FrozenPool } from '../constraints/pool.ts'
import type { About, MemberFacts, Purpose, VoteWord } from './event.ts'

export type PanelRules = {
  readonly size: number
  readonly majority: number
  readonly minRegions: number
  readonly minOrganizations: number
  readonly trust: number
}

/** What was frozen when the draw was opened; nothing later changes who may be drawn. */
export type FrozenPanel = {
  readonly draw: number
  readonly round: number
  readonly nonce: string
  readonly previousCommitment: string
  readonly pool: FrozenPool
  readonly excluded: { readonly actors: readonly string[]; readonly organizations: readonly string[] }
}

export type Vote = {
  readonly vote: VoteWord
  readonly reasons: string
  readonly reasonCode: string | undefined
  readonly attestation: string | undefined
}

type Base = {
  readonly id: string
  readonly purpose: Purpose
  readonly about: About
  readonly reason: string
  readonly rules: PanelRules
  readonly frozen: FrozenPanel
  /** Those who sit; while a draw is open, those who keep their seats. */
  readonly members: readonly MemberFacts[]
  readonly votes: ReadonlyMap<string, Vote>
  /** Who was silent in a seat or left it: not drawn for this panel again. */
  readonly recused: readonly string[]
  /** Everybody who has ever held a seat of it, kept or lost. */
  readonly sat: readonly string[]
}

export type Panel =
  | (Base & { readonly status: 'awaiting_beacon' })
  | (Base & {
      readonly status: 'blocked'
      readonly why: string
      readonly counts: { readonly [name: string]: number }
    })
  | (Base & { readonly status: 'voting'; readonly randomness: string; readonly voteBy: Millis })
  | (Base & { readonly status: 'closed'; readonly why: string })
  | (Base & {
      readonly status: 'concluded'
      readonly outcome: VoteWord
      readonly randomness: string
      readonly voteBy: Millis
    })

export type Panels = {
  readonly byId: Map<string, Panel>
  /** Panels whose draw waits for a beacon round, by that round. */
  readonly awaiting: Map<number, Set<string>>
  /** Panels that have not decided yet. */
  readonly open: Set<string>
  /** Panels about a task, by its mission, in the order in which they were opened. */
  readonly ofMission: Map<string, readonly string[]>
}

export function emptyPanels(): Panels {
  return { byId: new Map(), awaiting: new Map(), open: new Set(), ofMission: new Map() }
}

export function isMember(panel: Panel | undefined, human: string): boolean {
  return panel !== undefined && panel.members.some(({ id }) => id === human)
}
