import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseCsv } from '../../app/artifacts/csv.ts'
import { parseDiff } from '../../app/artifacts/diff.ts'
import { kindOf } from '../../app/artifacts/kind.ts'
import { readAs } from '../../app/artifacts/read.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('a table', () => {
  it('is read as RFC 4180 writes it', () => {
    assert.deepEqual(parseCsv('a,b\r\n1,"x, ""y"""\r\n2,"two\nlines"\r\n'), {
      head: ['a', 'b'],
      rows: [
        ['1', 'x, "y"'],
        ['2', 'two\nlines'],
      ],
    })
  })

  it('gives back every field that was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') })
    const written = (rows: string[][]) =>
      rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\n')
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const { head, rows: rest } = parseCsv(written(rows))
        assert.deepEqual([head, ...rest], rows)
      }),
    )
  })

  it('of nothing is empty, and a half-open quote is no reason to fall over', () => {
    assert.deepEqual(parseCsv(''), { head: [], rows: [] })
    assert.deepEqual(parseCsv('a,b\n"1,2').rows, [['1,2']])
  })
})

describe('a diff', () => {
  it('tells headers from lines that begin alike', () => {
    const text = '--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n same\n--- was a rule\n+++ is one\n'
    assert.deepEqual(
      parseDiff(text).map(({ kind }) => kind),
      ['file', 'file', 'hunk', 'same', 'removed', 'added'],
    )
  })

  it('of several files begins anew at each', () => {
    const text = 'diff a b\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\ndiff c d\n--- c\n+++ d\n@@ -1 +1 @@\n+z'
    assert.deepEqual(
      parseDiff(text).map(({ kind }) => kind),
      ['file', 'file', 'file', 'hunk', 'removed', 'added', 'file', 'file', 'file', 'hunk', 'added'],
    )
  })
})

describe('the kind of a file', () => {
  it('follows its media type, else its ending', () => {
    assert.equal(kindOf('x', 'application/json; charset=utf-8'), 'json')
    assert.equal(kindOf('x', 'application/vnd.in-toto+json'), 'json')
    assert.equal(kindOf('plants.csv', 'text/csv'), 'table')
    assert.equal(kindOf('changes.DIFF'), 'diff')
    assert.equal(kindOf('handbook.md', 'text/markdown'), 'text')
    assert.equal(kindOf('x', 'text/plain'), 'text')
    assert.equal(kindOf('photo.png', 'image/png'), 'opaque')
    assert.equal(kindOf('constructor', '__proto__'), 'opaque')
  })
})

describe('bytes', () => {
  it('that are no text are not shown as such', () => {
    assert.deepEqual(readAs('text', Uint8Array.of(0xff, 0xfe)), { kind: 'opaque' })
  })

  it('of JSON are indented, and shown as they are when that could change a number', () => {
    assert.deepEqual(readAs('json', utf8('{"a":1}')), { kind: 'json', text: '{\n  "a": 1\n}' })
    const exact = '{"a":12345678901234567890}'
    assert.deepEqual(readAs('json', utf8(exact)), { kind: 'json', text: exact })
    const inText = '{"a":"12345678901234567890"}'
    assert.deepEqual(readAs('json', utf8(inText)), { kind: 'json', text: '{\n  "a": "12345678901234567890"\n}' })
    assert.deepEqual(readAs('json', utf8('{broken')), { kind: 'json', text: '{broken' })
  })
})
