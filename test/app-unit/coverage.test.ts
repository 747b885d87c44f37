/** Nothing that the law lets a human do is missing here by accident. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { DECIDE } from '../../app/data/actions.ts'
import { NOT_OFFERED, OFFERED } from '../../app/signing/offered.ts'
import { allCommandTypes } from '../../protocol/law/commands.ts'

const FEATURES = new URL('../../app/features/', import.meta.url)

/** Every command type that a form draws a button for, or sends. */
function drawn(): ReadonlySet<string> {
  const known = new Set(allCommandTypes().map(({ type }) => type))
  const files = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const words = files.flatMap((name) =>
    [
      ...readFileSync(new URL(name, FEATURES), 'utf8').matchAll(/\btype(?:=|: |\s*=\s*)["']([a-z_]+\.[a-z_]+)["']/gi),
    ].map(([, type = '']) => type),
  )
  return new Set(words.filter((type) => known.has(type)))
}

describe('every command that a human signs', () => {
  const humans = allCommandTypes()
    .filter(({ signers }) => !signers.every((signer) => signer === 'machine' || signer === 'runtime'))
    .map(({ type }) => type)

  it('is offered in the app, or it is said why not', () => {
    assert.ok(humans.includes('machine.decommission') && humans.length > 30)
    const placed = new Set<string>([...OFFERED, ...Object.keys(NOT_OFFERED), DECIDE])
    assert.deepEqual(
      humans.filter((type) => !placed.has(type)),
      [],
      'give it a form and name it in OFFERED, or name it in NOT_OFFERED with a reason (app/signing/offered.ts)',
    )
  })

  it('stands in one list alone, and every list names what there is, each exception with its reason', () => {
    for (const type of [...OFFERED, ...Object.keys(NOT_OFFERED)]) assert.ok(humans.includes(type), `no ${type}`)
    for (const type of OFFERED) assert.equal(Object.hasOwn(NOT_OFFERED, type), false, type)
    assert.equal(new Set(OFFERED).size, OFFERED.length)
    for (const [type, reason] of Object.entries(NOT_OFFERED)) assert.ok(reason.length > 30, type)
  })

  it('that is offered has a form, and no form gives one that is not', () => {
    assert.deepEqual([...drawn()].toSorted(), [...OFFERED].toSorted())
  })
})
