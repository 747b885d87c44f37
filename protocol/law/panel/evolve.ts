/** The fold of panel events. No default: a new event stops the build until it is answered here. */
import { parseTimestamp, type Millis } from '../../wire/time.ts'
import type { FrozenPool } from '../constraints/pool.ts'
import type { PanelEvent } from './event.ts'
import type { Panel, Panels } from './state.ts'

type Opened = Extract<PanelEvent, { event_type: 'review.panel_opened' }>

/** `pool` is the humans as they stand at the entry, frozen into the draw that this entry opens. */
export function evolvePanel(
  panels: Panels,
  event: PanelEvent,
  pool: () => FrozenPool = () => ({ members: [], eligible: new Uint8Array(0) }),
): void {
  const before = panels.byId.get(event.subject)
  if (event.event_type === 'review.panel_opened') {
    panels.byId.set(event.subject, opened(before, event, pool()))
    panels.open.add(event.subject)
    const { about } = event.data
    if (before === undefined && about.kind === 'task') {
      panels.ofMission.set(about.mission, [...(panels.ofMission.get(about.mission) ?? []), event.subject])
    }
    const { round } = event.data
    const waiting = panels.awaiting.get(round)
    if (waiting === undefined) panels.awaiting.set(round, new Set([event.subject]))
    else waiting.add(event.subject)
    return
  }
  if (before === undefined) return
  if (SETTLED.has(event.event_type)) settle(panels, before)
  if (event.event_type === 'review.panel_concluded' || event.event_type === 'review.panel_closed')
    panels.open.delete(event.subject)
  panels.byId.set(event.subject, after(before, event))
}

function opened(before: Panel | undefined, { subject, data }: Opened, pool: FrozenPool): Panel {
  const { purpose, about, reason, draw, round, nonce, previous_commitment, excluded } = data
  const votes = before?.votes ?? new Map()
  return {
    id: subject,
    purpose,
    about,
    reason,
    rules: {
      size: data.size,
      majority: data.majority,
      minRegions: data.min_regions,
      minOrganizations: data.min_organizations,
      trust: data.trust,
    },
    frozen: { draw, round, nonce, previousCommitment: previous_commitment, pool, excluded },
    members: before?.members.filter(({ id }) => votes.has(id)) ?? [],
    votes,
    recused: before?.recused ?? [],
    sat: before?.sat ?? [],
    status: 'awaiting_beacon',
  }
}

/** What ends the waiting for a beacon round. */
const SETTLED: ReadonlySet<string> = new Set(['review.panel_seated', 'review.panel_blocked', 'review.panel_closed'])

function settle(panels: Panels, panel: Panel): void {
  const waiting = panels.awaiting.get(panel.frozen.round)
  waiting?.delete(panel.id)
  if (waiting?.size === 0) panels.awaiting.delete(panel.frozen.round)
}

function after(panel: Panel, event: Exclude<PanelEvent, Opened>): Panel {
  const { id, purpose, about, reason, rules, frozen, members, votes, recused, sat } = panel
  const base = { id, purpose, about, reason, rules, frozen, members, votes, recused, sat }
  switch (event.event_type) {
    case 'review.panel_seated': {
      const { randomness, members: seated, vote_by } = event.data
      return {
        ...base,
        status: 'voting',
        members: seated,
        sat: withSeated(sat, seated),
        randomness,
        voteBy: millis(vote_by),
      }
    }
    case 'review.panel_blocked': {
      const { reason: why, counts, silent } = event.data
      const kept = members.filter((member) => !silent.includes(member.id))
      return { ...base, status: 'blocked', members: kept, recused: [...recused, ...silent], why, counts }
    }
    case 'review.panel_reopened':
      // The draw that follows in the same entry replaces this one.
      return panel
    case 'review.panel_voted': {
      const { member, vote, reasons, reason_code, attestation } = event.data
      const cast = { vote, reasons, reasonCode: reason_code, attestation }
      return { ...panel, votes: new Map(votes).set(member, cast) }
    }
    case 'review.panel_recused':
      return reseated(panel, [event.data.member], event.data)
    case 'review.panel_replaced':
      return reseated(panel, event.data.silent, event.data)
    case 'review.panel_closed':
      return { ...base, status: 'closed', why: event.data.reason }
    case 'review.panel_concluded':
      return panel.status === 'voting' ? { ...panel, status: 'concluded', outcome: event.data.outcome } : panel
  }
}

function reseated(
  panel: Panel,
  gone: readonly string[],
  by: { readonly members: Panel['members']; readonly vote_by: string },
): Panel {
  if (panel.status !== 'voting') return panel
  return {
    ...panel,
    members: [...panel.members.filter(({ id }) => !gone.includes(id)), ...by.members],
    recused: [...panel.recused, ...gone],
    sat: withSeated(panel.sat, by.members),
    voteBy: millis(by.vote_by),
  }
}

function withSeated(sat: readonly string[], members: Panel['members']): readonly string[] {
  return [...new Set([...sat, ...members.map(({ id }) => id)])]
}

/** Times inside events were written by the law itself, so they parse. */
function millis(timestamp: string): Millis {
  const parsed = parseTimestamp(timestamp)
  return parsed.ok ? parsed.value : (0 as Millis)
}
