/** Several machines go out of service in one entry (spec 4.5; I-04): none of them succeeds another. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { EventDraft } from '../../../../protocol/law/constraints/event.ts'
import { vacated } from '../../../../protocol/law/processes/vacate-seats.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { seatedFor, underReview } from '../../../support/law/flow.ts'
import { founded } from '../../../support/law/world.ts'

const bench = founded()
underReview(bench, 'm-1')
const seat = seatedFor(bench, 'm-1')[0]!.id

function leaves(id: string, ...soFar: readonly EventDraft[]): readonly EventDraft[] {
  const { state } = bench
  return vacated(new Set([id]), { state, world: worldOf(state), at: bench.now(), seq: state.books.next, soFar })
}

function seatedBy(events: readonly EventDraft[]): readonly string[] {
  return events.flatMap(({ event_type, data }) =>
    event_type === 'review.replaced' ? (data['reviewers'] as unknown as { id: string }[]).map(({ id }) => id) : [],
  )
}

function quarantined(subject: string): EventDraft {
  return { event_type: 'trust.machine_quarantined', subject, data: { cause: 'zero-trust' } }
}

const first = leaves(seat)
const [successor] = seatedBy(first)

it('who left before is passed over by the seat of who leaves after', () => {
  assert.ok(successor !== undefined)
  const [other] = seatedBy(leaves(seat, quarantined(successor)))
  assert.ok(other !== undefined)
  assert.notEqual(other, successor)
})

it('who was seated in this very entry leaves that seat too', () => {
  assert.ok(successor !== undefined)
  const [other] = seatedBy(leaves(successor, quarantined(seat), ...first))
  assert.ok(other !== undefined)
  assert.ok(![seat, successor].includes(other))
})
