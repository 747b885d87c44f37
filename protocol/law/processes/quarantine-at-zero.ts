/**
 * A machine whose trust has come to zero is in quarantine from that very entry on: whatever it asks for in the same
 * moment is decided afterwards and withheld (spec 4.5; I-04, D-22).
 */
import { formatTimestamp } from '../../wire/time.ts'
import type { EventDraft } from '../constraints/event.ts'
import type { LawEvent } from '../events.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { vacated } from './vacate-seats.ts'

export const quarantineAtZero: Process = (event, situation) => {
  const { state, soFar, at } = situation
  const out = fallenBy(event, situation).filter((id) => {
    const status = state.machines.get(id)?.life.status
    const already = soFar.some((past) => past.event_type === 'trust.machine_quarantined' && past.subject === id)
    return (status === 'active' || status === 'probation') && !already
  })
  if (out.length === 0) return NOTHING
  const zero_since = formatTimestamp(at)
  const quarantined = out.map((subject): EventDraft => {
    return { event_type: 'trust.machine_quarantined', subject, data: { cause: 'zero-trust', zero_since } }
  })
  return [...quarantined, ...vacated(new Set(out), situation)]
}

function fallenBy(event: LawEvent, { state }: Situation): readonly string[] {
  if (event.event_type === 'trust.settled') return event.data.at_zero
  if (event.event_type !== 'trust.changed' || event.data.to > 0) return []
  return state.machines.has(event.subject) ? [event.subject] : []
}
