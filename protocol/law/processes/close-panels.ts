/**
 * A window for voting has passed: whoever was silent is replaced by the next of the same draw. Swept when an epoch is
 * closed, so that it needs no command and no discretion; votes after the window are withheld before the sweep comes.
 *
 * Source: spec 3.5.
 */
import { reseat } from '../panel/reseat.ts'
import { NOTHING, type Process } from './process.ts'

export const closePanels: Process = (event, { state, world, at }) => {
  if (event.event_type !== 'governance.epoch_closed') return NOTHING
  return [...state.panels.open].toSorted().flatMap((id) => {
    const panel = state.panels.byId.get(id)
    if (panel?.status !== 'voting' || at <= panel.voteBy) return NOTHING
    const silent = panel.members.map((member) => member.id).filter((member) => !panel.votes.has(member))
    return reseat(panel, { silent }, world, at)
  })
}
