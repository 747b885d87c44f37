/**
 * What follows when seats of a panel fall empty: the next of the same draw take them.
 *
 * Source: spec 3.5, 3.6.
 */
import { formatTimestamp, millis, type Millis } from '../../wire/time.ts'
import type { MemberFacts, PanelEvent } from './event.ts'
import { drawPanel, memberOf } from './selection.ts'
import type { Panel } from './state.ts'

type Voting = Extract<Panel, { status: 'voting' }>

/** Whoever leaves or was silent loses the seat; the next of the same draw takes it. A pool too thin blocks the panel. */
export function reseat(
  panel: Voting,
  gone: { readonly silent: readonly string[] } | { readonly member: string; readonly reason: string },
  voteMs: number,
  at: Millis,
): readonly PanelEvent[] {
  const leaving = 'silent' in gone ? gone.silent : [gone.member]
  const stay = panel.members.filter(({ id }) => !leaving.includes(id))
  const { drawn } = drawPanel(panel.frozen, panel.rules, panel.randomness, stay, [...panel.recused, ...leaving])
  const { draw } = panel.frozen
  const vote_by = formatTimestamp(millis(at + voteMs))
  const blocked = whyNobody(drawn)
  const members: readonly MemberFacts[] =
    drawn.ok && drawn.value.outcome === 'seated' ? drawn.value.drawn.map(memberOf) : []
  const event = (data: PanelEvent): PanelEvent => data
  const replaced =
    'silent' in gone
      ? event({
          event_type: 'review.panel_replaced',
          subject: panel.id,
          data: { draw, silent: gone.silent, members, vote_by },
        })
      : event({
          event_type: 'review.panel_recused',
          subject: panel.id,
          data: { draw, member: gone.member, reason: gone.reason, members, vote_by },
        })
  if (blocked === undefined) return [replaced]
  return [
    replaced,
    event({ event_type: 'review.panel_blocked', subject: panel.id, data: { draw, ...blocked, silent: [] } }),
  ]
}

/** Why a draw seats nobody, or undefined where it does. */
export function whyNobody(
  drawn: ReturnType<typeof drawPanel>['drawn'],
): { reason: string; counts: { readonly [name: string]: number } } | undefined {
  if (!drawn.ok) return { reason: drawn.error.code, counts: {} }
  if (drawn.value.outcome === 'seated') return undefined
  const { reason, counts } = drawn.value.certificate
  return { reason, counts }
}
