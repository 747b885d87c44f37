/** An entry with more than a thousand events: each of them has an id that can be named as a ground (spec 1.3, 2.2). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eventId } from '../../../protocol/law/constraints/event.ts'
import { eventId as shape } from '../../../protocol/wire/identifiers.ts'
import { fits } from '../../../protocol/wire/shape.ts'
import { closeEpoch } from '../../support/law/flow.ts'
import { fork } from '../../support/law/fork.ts'
import { HOUR, setTrust } from '../../support/law/lives.ts'
import { physical, withholds } from '../../support/law/outcomes.ts'
import { machine, NOOR, OPERATORS } from '../../support/law/people.ts'
import { committed, founded, register } from '../../support/law/world.ts'

const [bea] = OPERATORS
const CROWD = 1_001

/** Everybody at the last of their trust: an idle hour quarantines them all in one entry. */
const base = founded()
for (let i = 0; i < CROWD; i++) {
  const one = machine(`m-${i}`, bea, `family-${i}`, 'rule_based_deterministic', false)
  register(base, one)
  setTrust(base, one.id, 1)
}
base.wait(HOUR)
const events = committed(closeEpoch(base))
const seq = base.state.books.next - 1
const at = (position: number) => eventId(seq, position)

describe('an entry with more than a thousand events', () => {
  it('gives each of them an id of its own, in the one spelling that can be named', () => {
    assert.ok(events.length > CROWD)
    const ids = events.map(({ event_id }) => event_id)
    assert.equal(new Set(ids).size, ids.length)
    assert.deepEqual([ids[999], ids[1000]], [at(999), at(1000)])
    assert.ok(ids.every((id) => fits(shape, id)))
  })

  for (const position of [998, 999, 1000, events.length - 1]) {
    it(`can be named as a ground by its event ${position}`, () => {
      const body = { title: 'T', summary: 'S' }
      committed(fork(base).send(NOOR, 'mission.create', 'm-new', body, { grounds: [at(position)] }))
    })
  }

  it('has no event behind its last one', () => {
    const ground = at(events.length)
    assert.deepEqual(
      withholds(fork(base), NOOR, 'mission.create', 'm-new', { title: 'T', summary: 'S' }, { grounds: [ground] }),
      [physical('grounds-are-recorded', { ground })],
    )
  })
})
