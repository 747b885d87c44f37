import assert from 'node:assert/strict'
import test from 'node:test'
import { encode } from '../../../protocol/wire/canonical-json.ts'
import { STATEMENT_TYPE, statement, statementOf } from '../../../protocol/wire/in-toto.ts'
import { digest, digestHex } from '../../../protocol/wire/sha256.ts'
import * as Shape from '../../../protocol/wire/shape.ts'

const TYPE = 'urn:example:build:v1'
const build = statementOf(TYPE, Shape.object({ command: Shape.string() }), {
  name: Shape.string({ pattern: /^[a-z.]+$/ }),
  subjects: 2,
})
const [one, two] = ['one', 'two'].map((name) => ({ name: `${name}.md`, digest: digest(name) }))
const made = statement(TYPE, { command: 'make' }, [one!, two!])

const codeOf = (change: object): string => {
  const read = Shape.parse(build, { ...made, ...change })
  return read.ok ? 'fits' : `${read.error.code} ${read.error.path ?? ''}`
}

test('a statement names its artifacts by SHA-256, in the framework’s own notation', () => {
  assert.equal(
    encode(made),
    encode({
      _type: 'https://in-toto.io/Statement/v1',
      predicate: { command: 'make' },
      predicateType: TYPE,
      subject: [
        { digest: { sha256: digestHex(digest('one')) }, name: 'one.md' },
        { digest: { sha256: digestHex(digest('two')) }, name: 'two.md' },
      ],
    }),
  )
  const read = Shape.parse(build, made)
  assert.ok(read.ok)
  assert.equal(read.value._type, STATEMENT_TYPE)
  assert.equal(read.value.predicate.command, 'make')
})

test('a statement of another kind, about nothing, or about one name twice is refused', () => {
  const [first, second] = made.subject
  assert.equal(codeOf({ _type: 'https://in-toto.io/Statement/v0.1' }), 'field-value /_type')
  assert.equal(codeOf({ predicateType: 'urn:example:other:v1' }), 'field-value /predicateType')
  assert.equal(codeOf({ predicate: {} }), 'field-missing /predicate/command')
  assert.equal(codeOf({ subject: [] }), 'field-range /subject')
  assert.equal(codeOf({ subject: [first, second, { ...first, name: 'c' }] }), 'field-range /subject')
  assert.equal(codeOf({ subject: [first, { ...second, name: first!.name }] }), 'statement-subject-repeated /subject')
  assert.equal(codeOf({ subject: [{ name: 'A', digest: first!.digest }] }), 'field-pattern /subject/0/name')
  const other = { name: 'a', digest: { sha256: digestHex(digest('a')), sha1: '00' } }
  assert.equal(codeOf({ subject: [other] }), 'field-unknown /subject/0/digest/sha1')
  assert.equal(
    codeOf({ subject: [{ name: 'a', digest: { sha256: digest('a') } }] }),
    'field-range /subject/0/digest/sha256',
  )
  assert.equal(codeOf({ extra: 1 }), 'field-unknown /extra')
})
