/** A beacon round has come: every panel that waited for it is seated, or blocked with the constraint that starves. */
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { PanelEvent } from '../panel/event.ts'
import { passedOver } from '../panel/passed.ts'
import { whyNobody } from '../panel/reseat.ts'
import { drawPanel, memberOf } from '../panel/selection.ts'
import type { Panel } from '../panel/state.ts'
import type { State } from '../state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

export const seatPanel: Process = (event, situation) => {
  if (event.event_type !== 'governance.beacon_observed') return NOTHING
  const { round, randomness } = event.data
  const { panels } = situation.state
  const events: PanelEvent[] = []
  for (const id of [...(panels.awaiting.get(round) ?? [])].toSorted()) {
    const panel = panels.byId.get(id)
    if (panel?.status !== 'awaiting_beacon') continue
    events.push(seated(panel, round, randomness, seatedBefore(panel, events, situation), situation))
  }
  return events
}

/** Who has been seated in the same matter by this very round: an appeal is heard by others, and no state knows it yet. */
function seatedBefore(panel: Panel, events: readonly PanelEvent[], { state }: Situation): readonly string[] {
  if (panel.about.kind !== 'appeal') return []
  const matter = matterOf(panel, state)
  return events.flatMap((event) => {
    if (event.event_type !== 'review.panel_seated') return []
    const other = state.panels.byId.get(event.subject)
    return other !== undefined && matterOf(other, state) === matter ? event.data.members.map(({ id }) => id) : []
  })
}

function matterOf({ about }: Panel, state: State): string | undefined {
  if (about.kind === 'task') return about.mission
  const decision = state.appeals.byId.get(about.appeal)?.decision
  return decision?.mission ?? decision?.subject
}

function seated(
  panel: Panel,
  round: number,
  randomness: string,
  busy: readonly string[],
  { world, at }: Situation,
): PanelEvent {
  const { draw } = panel.frozen
  const passed = passedOver(panel, [], world, busy)
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
