/**
 * The canonical text of an event record, as it is hashed and as it stands in its entry: byte for byte what `encode`
 * gives. Records of one type are alike, so each type has a writer that knows their form.
 *
 * What the law itself has made (the id, the time, the type) is plain ASCII and needs no look.
 */
import { alike, quoted, type Write } from '../wire/canonical-forms.ts'
import type { EventRecord } from './constraints/event.ts'

/** There are as many as the law has types of events. */
const writers = new Map<string, { readonly data: Write; readonly type: string }>()

export function eventText({ actor_id, data, event_id, event_timestamp, event_type, subject }: EventRecord): string {
  let writer = writers.get(event_type)
  if (writer === undefined) {
    writer = { data: alike(), type: `","event_type":${quoted(event_type)},"subject":` }
    writers.set(event_type, writer)
  }
  const by = `{"actor_id":${quoted(actor_id)},"data":`
  const at = `,"event_id":"${event_id}","event_timestamp":"${event_timestamp}`
  return `${by}${writer.data(data)}${at}${writer.type}${quoted(subject)}}`
}
