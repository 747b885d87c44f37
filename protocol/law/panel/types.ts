/** The command types of panels: vote, leave a seat, draw anew where a draw was blocked. Source: spec 3.5, 3.6. */
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import * as Body from './command.ts'
import type { PanelEvent, Purpose, VoteWord } from './event.ts'
import { reseat } from './reseat.ts'
import { isMember, type Panel, type Panels } from './state.ts'

type Rule<B> = Constraint<Panels, B>

const base = { domain: 'review', effect: 'reversible', signers: ['human'], subjectKind: 'panel' } as const

function panelIn(scene: Scene<Panels, unknown>): Panel | undefined {
  return scene.own.byId.get(scene.command.subject)
}

const panelExists: Rule<unknown> = {
  id: 'panel-exists',
  level: 'operational',
  reads: 'subject',
  check: (scene) => (panelIn(scene) === undefined ? { panel: scene.command.subject } : undefined),
}

/** A vote by someone who holds no seat is refused, not ignored; so is one of who was replaced. */
const signerSits: Rule<unknown> = {
  id: 'signer-holds-a-seat',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const panel = panelIn(scene)
    return panel === undefined || isMember(panel, scene.principal.id) ? undefined : { signer: scene.principal.id }
  },
}

const notYetVoted: Rule<unknown> = {
  id: 'seat-has-not-voted',
  level: 'operational',
  reads: 'subject',
  check: (scene) =>
    panelIn(scene)?.votes.has(scene.principal.id) === true ? { signer: scene.principal.id } : undefined,
}

/** The last moment of the window is still inside it (reading T16). */
const withinTheWindow: Rule<unknown> = {
  id: 'within-the-voting-window',
  level: 'physical',
  reads: 'subject',
  check: (scene) => {
    const panel = panelIn(scene)
    if (panel?.status !== 'voting' && panel?.status !== 'concluded') return undefined
    return scene.at <= panel.voteBy ? undefined : { late_ms: scene.at - panel.voteBy }
  },
}

function panelIs(...statuses: readonly Panel['status'][]): Rule<unknown> {
  return {
    id: 'panel-is-at-this-step',
    level: 'operational',
    reads: 'subject',
    check: (scene) => {
      const status = panelIn(scene)?.status
      if (status === undefined || statuses.includes(status)) return undefined
      return { status, needs: statuses.join(' or ') }
    },
  }
}

const WORDS: { readonly [purpose in Purpose]: readonly VoteWord[] } = {
  adjudication: ['approve', 'reject'],
  appeal: ['uphold', 'overturn'],
}

const voteFitsThePanel: Rule<Body.VoteBody> = {
  id: 'vote-fits-the-panel',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const purpose = panelIn(scene)?.purpose
    const { vote, reason_code, attestation } = scene.command.body
    if (purpose === undefined) return undefined
    if (!WORDS[purpose].includes(vote)) return { vote, purpose }
    const formal = purpose === 'appeal'
    if (formal !== (reason_code !== undefined)) return { reason_code: formal ? 'missing' : 'not-asked' }
    return formal === (attestation !== undefined) ? undefined : { attestation: formal ? 'missing' : 'not-asked' }
  },
}

const signedByTheOwner: Rule<unknown> = {
  id: 'signed-by-the-owner',
  level: 'state_ownership',
  reads: 'subject',
  check: (scene) => {
    const about = panelIn(scene)?.about
    if (about === undefined) return undefined
    const { id } = scene.principal
    if (about.kind === 'appeal') {
      const parties = scene.world.partiesOf(about.appeal)
      return parties.includes(id) ? undefined : { appeal: about.appeal }
    }
    const owner = scene.world.participants(about.mission)?.owner
    return owner === undefined || owner === id ? undefined : { owner }
  },
}

/** Whoever has declared a conflict since they were seated leaves the seat to another; until then they do not vote. */
const declaredNoConflict: Rule<unknown> = {
  id: 'signer-declared-no-conflict',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const panel = panelIn(scene)
    const { id } = scene.principal
    return panel !== undefined && scene.world.inConflict(id, panel.about) ? { signer: id } : undefined
  },
}

export const vote: CommandType<Panels, Body.VoteBody> = {
  ...base,
  type: 'panel.vote',
  owner: 'whoever was drawn for the seat',
  body: Body.vote,
  constraints: [
    withinTheWindow,
    signerSits,
    declaredNoConflict,
    panelExists,
    // A seat that had no part in the majority may still put its dissent on record.
    panelIs('voting', 'concluded'),
    notYetVoted,
    voteFitsThePanel,
  ],
  decide: (scene) => {
    const { vote, reasons, reason_code, attestation } = scene.command.body
    return events({
      event_type: 'review.panel_voted',
      subject: scene.command.subject,
      data: {
        draw: panelIn(scene)?.frozen.draw ?? 0,
        member: scene.principal.id,
        vote,
        reasons,
        ...(reason_code === undefined ? {} : { reason_code }),
        ...(attestation === undefined ? {} : { attestation }),
      },
    })
  },
}

export const recuse: CommandType<Panels, Body.Recuse> = {
  ...base,
  type: 'panel.recuse',
  owner: 'whoever was drawn for the seat',
  body: Body.recuse,
  constraints: [withinTheWindow, signerSits, panelExists, panelIs('voting'), notYetVoted],
  decide: (scene) => {
    const panel = panelIn(scene)
    if (panel?.status !== 'voting') return []
    const gone = { member: scene.principal.id, reason: scene.command.body.reason }
    return reseat(panel, gone, scene.world, scene.at)
  },
}

export const reopen: CommandType<Panels, Body.Nothing> = {
  ...base,
  type: 'panel.reopen',
  owner: "the mission's owner, or a party to the appeal",
  body: Body.nothing,
  bodyOptional: true,
  constraints: [signedByTheOwner, panelExists, panelIs('blocked')],
  /** What follows is the opening of a new draw: a consequence that crosses subjects (processes/open-panel.ts). */
  decide: (scene) =>
    events({
      event_type: 'review.panel_reopened',
      subject: scene.command.subject,
      data: { draw: panelIn(scene)?.frozen.draw ?? 0 },
    }),
}

function events(event: PanelEvent): readonly PanelEvent[] {
  return [event]
}
