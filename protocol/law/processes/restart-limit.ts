/**
 * An appeal has overturned a quarantine. What the machine has lost by it is time, so time is given back: its limit at
 * zero begins anew and its failures are forgotten (spec 3.6, 4.5).
 *
 * It stays in quarantine. With trust zero nothing else is valid (I-04), and a panel of five that decides by three is
 * not the examination with five signatures that the way back asks for (I-05): of the two readings the closed one.
 */
import { formatTimestamp } from '../../wire/time.ts'
import { NOTHING, type Process } from './process.ts'

export const restartLimit: Process = (event, { state, at }) => {
  if (event.event_type !== 'governance.appeal_decided') return NOTHING
  const { original_type, original_subject, outcome, stands } = event.data
  if (original_type !== 'trust.machine_quarantined' || stands) return NOTHING
  // A further panel that upholds what the first one found gives nothing a second time.
  if (outcome !== 'overturned') return NOTHING
  if (state.machines.get(original_subject)?.life.status !== 'quarantined') return NOTHING
  const data = { appeal: event.subject, zero_since: formatTimestamp(at) }
  return [{ event_type: 'trust.limit_restarted', subject: original_subject, data }]
}
