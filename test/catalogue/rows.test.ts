/** The catalogue is whole: no row without what tries it and what proves it, and nothing named that is not there. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { ATTACKS, attackOf } from '../../protocol/catalogue/attacks/all.ts'
import { EXPECTED, ROWS, type Row } from '../../protocol/catalogue/catalogue.ts'
import { PROPERTIES, propertyOf } from '../../protocol/catalogue/properties/all.ts'
import { allCommandTypes } from '../../protocol/law/commands.ts'
import { RULES } from '../../protocol/law/constitution/rules/rules.ts'
import { PARAMETERS } from '../../protocol/law/constitution/schema/schema.ts'
import { ROOT } from '../../scripts/setup/places.mjs'

const read = (place: string): string => (existsSync(join(ROOT, place)) ? readFileSync(join(ROOT, place), 'utf8') : '')

const constraints = new Set([
  'nonce-is-new',
  ...allCommandTypes().flatMap((type) => type.constraints.map(({ id }) => id)),
])
/** Codes of refusals before any decision, as the law and the wire write them. */
const refusals = [
  ...['admission', 'record', 'replay'].map((name) => read(`protocol/law/${name}.ts`)),
  read('protocol/wire/shape-check.ts'),
  read('protocol/wire/shape.ts'),
].join('\n')

function missing(enforced: string): string | undefined {
  const [kind, first = '', second = ''] = enforced.split(' ')
  switch (kind) {
    case 'constraint':
      return constraints.has(first) ? undefined : first
    case 'rule':
      return RULES.some(({ code }) => code === first) ? undefined : first
    case 'parameter':
      return PARAMETERS.some(({ path }) => path === first) ? undefined : first
    case 'law':
      return new RegExp(`function ${second}\\b`).test(read(`protocol/law/${first}`)) ? undefined : `${first} ${second}`
    case 'contract':
      return read(`contracts/${first}.sol`).includes(`function ${second}(`) ? undefined : `${first}.${second}`
    case 'admission':
      return refusals.includes(`'${first}'`) ? undefined : first
    default:
      return enforced
  }
}

/** What a row lacks. */
export function lacking(row: Row): readonly string[] {
  const lacks: string[] = []
  if (row.awaits === undefined) {
    if (row.attacks.length === 0) lacks.push('an attack')
    if (row.properties.length === 0) lacks.push('a property')
    if (row.tests.length === 0) lacks.push('a test')
    if (row.enforced.length === 0) lacks.push('a constraint')
  }
  if (row.title === '' || row.holds === '') lacks.push('its words')
  return lacks
}

describe('the catalogue', () => {
  it('has every row of the specification once, numbered without a gap', () => {
    for (const [kind, count] of Object.entries(EXPECTED)) {
      const ids = ROWS.filter(({ id }) => id.startsWith(kind)).map(({ id }) => id)
      assert.deepEqual(
        ids,
        Array.from({ length: count }, (_, i) => `${kind}-${String(i + 1).padStart(2, '0')}`),
      )
    }
    assert.equal(ROWS.length, 102)
  })

  it('has no row without an attack, a property, a test and a place where it is enforced', () => {
    assert.deepEqual(
      ROWS.flatMap((row) => lacking(row).map((lack) => `${row.id} lacks ${lack}`)),
      [],
    )
  })

  it('would find a row that lacks one of them', () => {
    const whole = ROWS.find(({ awaits }) => awaits === undefined)!
    assert.deepEqual(lacking(whole), [])
    for (const part of ['attacks', 'properties', 'tests', 'enforced'] as const) {
      assert.equal(lacking({ ...whole, [part]: [] }).length, 1, part)
    }
  })

  it('names only attacks, properties, constraints and tests that there are', () => {
    for (const row of ROWS) {
      const nowhere = [
        ...row.attacks.filter((id) => attackOf(id) === undefined),
        ...row.properties.filter((id) => propertyOf(id) === undefined),
        ...row.tests.filter((test) => !existsSync(join(ROOT, 'test', `${test}.test.ts`))),
        ...row.enforced.flatMap((enforced) => missing(enforced) ?? []),
      ]
      assert.deepEqual(nowhere, [], row.id)
    }
  })

  it('leaves no attack and no property without a row', () => {
    const attacks = new Set(ROWS.flatMap((row) => row.attacks))
    const properties = new Set(ROWS.flatMap((row) => row.properties))
    assert.deepEqual(
      ATTACKS.filter(({ id }) => !attacks.has(id)).map(({ id }) => id),
      [],
    )
    assert.deepEqual(
      PROPERTIES.filter(({ id }) => !properties.has(id)).map(({ id }) => id),
      [],
    )
  })

  it('gives each gate of the control matrix the state that a refusal leaves behind', () => {
    for (const row of ROWS.filter(({ id }) => id.startsWith('C-'))) {
      assert.ok(
        row.gate !== undefined && row.gate.left !== '' && row.gate.takes !== '' && row.gate.gives !== '',
        row.id,
      )
    }
  })

  it('has no id twice among attacks and properties', () => {
    for (const ids of [ATTACKS.map(({ id }) => id), PROPERTIES.map(({ id }) => id)]) {
      assert.equal(new Set(ids).size, ids.length)
    }
  })
})
