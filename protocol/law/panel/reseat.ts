/**
 * What follows when seats of a panel fall empty: the next of the same draw take them.
 *
 * Source: spec 3.5, 3.6.
 */
import { formatTimestamp, millis, type Millis } from '../../wire/time.ts'
import type { World } from '../constraints/world.ts'
import type { MemberFacts, PanelEvent } from './event.ts'
import { passedOver } from './passed.ts'
import { drawPanel, memberOf } from './selection.ts'
import type { Panel } from './state.ts'

type Voting = Extract<Panel, { status: 'voting' }>

/** Whoever leaves or was silent loses the seat; the next of the same draw takes it. A pool too thin blocks the panel. */
export function reseat(
  panel: Voting,
  gone: { readonly silent: readonly string[] } | { readonly member: string; readonly reason: string },
  world: World,
  at: Millis,
): readonly PanelEvent[] {
  const leaving = 'silent' in gone ? gone.silent : [gone.member]
  const stay = panel.members.filter(({ id }) => !leaving.includes(id))
  const passed = passedOver(panel, leaving, world)
  const { drawn } = drawPanel(panel.frozen, panel.rules, panel.randomness, stay, passed)
  const { draw } = panel.frozen
  const vote_by = formatTimestamp(millis(at + world.constitution.reviews.adjudicationMs))
  const blocked = whyNobody(drawn)
  const members: readonly MemberFacts[] =
    drawn.ok && drawn.value.outcome === 'seated' ? drawn.value.drawn.map(memberOf) : []
  const event = (data: PanelEvent): PanelEvent => data
  const replaced =
    'silent' in gone
      ? event({
          event_type: 'review.panel_replaced',
          subject: panel.id,
          data: { draw, silent: gone.silent, members, passed, vote_by },
        })
      : event({
          event_type: 'review.panel_recused',
          subject: panel.id,
          data: { draw, member: gone.member, reason: gone.reason, members, passed, vote_by },
        })
  if (blocked === undefined) return [replaced]
  return [
    replaced,
    event({ event_type: 'review.panel_blocked', subject: panel.id, data: { draw, ...blocked, silent: [], passed } }),
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
