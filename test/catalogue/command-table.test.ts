/**
 * One table declares every command: what it does to the state, who signs it, who owns what it changes, what must hold.
 * From the table each type is tried with the wrong principal, in a hurry and on a state that has moved on (spec 1.2, 1.3).
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { digestOfSubjects } from '../../protocol/catalogue/digest-of-subjects.ts'
import { allCommandTypes, commandType, FINAL_DECISION } from '../../protocol/law/commands.ts'
import { LEVELS } from '../../protocol/law/constraints/violation.ts'
import { bodyOf } from '../support/law/bodies.ts'
import { ADA, NOOR, RUNTIME, WORKER } from '../support/law/people.ts'
import { founded, withheldBy, type Options, type Sender } from '../support/law/world.ts'

const bench = founded()
const TYPES = allCommandTypes().filter((type) => type !== FINAL_DECISION)

const EVERY = [
  'command-within-its-time',
  'subject-at-revision',
  'grounds-are-recorded',
  'phase-not-expired',
  'urgency-is-not-a-ground',
  'signed-by-the-right-kind',
]

const SENDERS: { readonly [signer: string]: Sender } = { founder: ADA, human: NOOR, machine: WORKER, runtime: RUNTIME }

/** Sent on a subject that some commands know and others do not: the common constraints ask no matter what. */
function constraintsOn(type: string, sender: Sender, options: Options = {}): readonly string[] {
  const before = digestOfSubjects(bench.state)
  const violated = withheldBy(bench.send(sender, type, 'attacked', bodyOf(type), options))
  assert.equal(digestOfSubjects(bench.state), before, `${type}: a withheld command changed a subject`)
  return violated
}

for (const type of allCommandTypes()) {
  describe(`${type.type} in the command table`, () => {
    it('declares effect, signers, owner, subject and body', () => {
      assert.ok(['simulate', 'reversible', 'mechanical', 'irreversible'].includes(type.effect))
      assert.ok(type.signers.length > 0)
      assert.ok(type.signers.every((signer) => Object.hasOwn(SENDERS, signer)))
      assert.notEqual(type.owner.trim(), '')
      assert.notEqual(type.subjectKind.trim(), '')
      assert.equal(typeof type.body, 'object')
    })

    it('declares its constraints: the common ones, each named once, with level and what it reads', () => {
      const ids = type.constraints.map(({ id }) => id)
      assert.deepEqual(
        EVERY.filter((id) => !ids.includes(id)),
        [],
      )
      assert.deepEqual(ids.length, new Set(ids).size, ids.join(' '))
      for (const { id, level, reads } of type.constraints) {
        assert.match(id, /^[a-z][a-z0-9-]+$/)
        assert.ok(LEVELS.includes(level) && ['subject', 'body'].includes(reads), id)
      }
    })

    it('is signed by a human where it is irreversible, by the runtime alone where it is mechanical', () => {
      if (type.effect === 'irreversible') assert.deepEqual(type.signers, ['human'])
      if (type.effect === 'mechanical') assert.deepEqual(type.signers, ['runtime'])
      if (type.signers.includes('runtime')) assert.equal(type.effect, 'mechanical')
    })
  })
}

for (const { type, signers } of TYPES) {
  describe(`${type}, tried from the table`, () => {
    const wrong = Object.entries(SENDERS).filter(
      ([kind]) => !signers.some((signer) => signer === kind || (signer === 'human' && kind === 'founder')),
    )
    for (const [kind, sender] of wrong) {
      it(`is withheld from ${kind === 'founder' ? 'the founder' : `a ${kind}`} by signed-by-the-right-kind`, () => {
        assert.ok(constraintsOn(type, sender).includes('signed-by-the-right-kind'))
      })
    }

    it('is withheld in a hurry without a ground, whoever sends it', () => {
      const sender = SENDERS[signers[0]!]!
      assert.ok(constraintsOn(type, sender, { urgent: true }).includes('urgency-is-not-a-ground'))
    })

    it('is withheld on a ground that nobody recorded', () => {
      const sender = SENDERS[signers[0]!]!
      const grounds = ['999999999999-000']
      assert.ok(constraintsOn(type, sender, { urgent: true, grounds }).includes('grounds-are-recorded'))
    })

    it('is withheld on a revision that its subject does not have', () => {
      const sender = SENDERS[signers[0]!]!
      assert.ok(constraintsOn(type, sender, { expects: 77 }).includes('subject-at-revision'))
    })

    it('is known by its name and by no variant of it', () => {
      assert.equal(commandType(type)?.type, type)
      for (const variant of [type.toUpperCase(), `${type} `, `${type}\u200b`, `x.${type}`]) {
        assert.equal(commandType(variant), undefined)
      }
    })
  })
}

describe('names that every object has', () => {
  it('are no commands', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      assert.equal(commandType(name), undefined)
    }
  })
})
