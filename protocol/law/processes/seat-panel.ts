/** A beacon round has come: every panel that waited for it is seated, or blocked with the constraint that starves. */
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { PanelEvent } from '../panel/event.ts'
import { passedOver } from '../panel/passed.ts'
import { whyNobody } from '../panel/reseat.ts'
import { drawPanel, memberOf } from '../panel/selection.ts'
import type { Panel } from '../panel/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

export const seatPanel: Process = (event, situation) => {
  if (event.event_type !== 'governance.beacon_observed') return NOTHING
  const { round, randomness } = event.data
  const { panels } = situation.state
  return [...(panels.awaiting.get(round) ?? [])].toSorted().flatMap((id) => {
    const panel = panels.byId.get(id)
    return panel?.status === 'awaiting_beacon' ? [seated(panel, round, randomness, situation)] : NOTHING
  })
}

function seated(panel: Panel, round: number, randomness: string, { world, at }: Situation): PanelEvent {
  const { draw } = panel.frozen
  const passed = passedOver(panel, [], world)
  const { seed, drawn } = drawPanel(panel.frozen, panel.rules, randomness, panel.members, passed)
  const blocked = whyNobody(drawn)
  if (blocked !== undefined) {
    return { event_type: 'review.panel_blocked', subject: panel.id, data: { draw, ...blocked, silent: [], passed } }
  }
  const members = drawn.ok && drawn.value.outcome === 'seated' ? drawn.value.members.map(memberOf) : []
  const vote_by = formatTimestamp(millis(at + world.constitution.reviews.adjudicationMs))
  return {
    event_type: 'review.panel_seated',
    subject: panel.id,
    data: { draw, round, randomness, seed, members, passed, vote_by },
  }
}
