/** How the repair program reads Markdown, against another parser and GitHub's own slugs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import GithubSlugger, { slug as githubSlug } from 'github-slugger'
import { readDocument } from '../../../../runtime/agents/documents/program/document.ts'
import { slug, slugger } from '../../../../runtime/agents/documents/program/slugs.ts'
import { readSyntax } from '../../../../runtime/agents/documents/review/syntax.ts'
import { anyMarkdown, plausibleMarkdown } from '../../../support/documents.ts'

test('a slug is what GitHub makes of the heading, for every character there is', () => {
  const differing: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const text = `a ${String.fromCodePoint(code)}-B`
    if (slug(text) !== githubSlug(text)) differing.push(code.toString(16))
  }
  // Letters that Unicode has gained since that library's list was made, and circled ones.
  assert.ok(differing.length < 16_000, String(differing.length))
  assert.deepEqual(
    differing.filter((code) => Number.parseInt(code, 16) < 0x250),
    [],
  )
})

test('headings of the same words get numbers, and a number that is taken is passed over', () => {
  const words = fc.array(fc.constantFrom('A', 'a', 'A 1', 'a-1', 'a-1-1', 'B', '', '!', 'A-2'), { maxLength: 12 })
  fc.assert(
    fc.property(words, (texts) => {
      const [ours, theirs] = [slugger(), new GithubSlugger()]
      assert.deepEqual(
        texts.map((text) => ours(text)),
        texts.map((text) => theirs.slug(text)),
      )
    }),
  )
})

test('plausible documents: the same headings and the same links as another parser finds', () => {
  fc.assert(fc.property(plausibleMarkdown, same), { numRuns: 300 })
})

test('arbitrary Markdown: never a link where another parser sees none', () => {
  fc.assert(
    fc.property(anyMarkdown, (text) => {
      const theirs = readSyntax(text)
      const ours = readDocument(text)
      const places = new Set(theirs.targets.map(({ line }) => line))
      const surplus = ours.pointers.length - theirs.targets.length
      assert.ok(surplus <= 0 || places.size < ours.pointers.length, JSON.stringify(text))
      assert.ok(surplus <= 0, JSON.stringify({ text, ours: ours.pointers.length, theirs: theirs.targets.length }))
    }),
    { numRuns: 3_000, seed: 20_260_213 },
  )
})

function same(text: string): void {
  const [ours, theirs] = [readDocument(text), readSyntax(text)]
  assert.deepEqual(
    ours.headings.map((heading) => heading.slug),
    theirs.headings.map((heading) => heading.slug),
  )
  assert.deepEqual(
    ours.pointers.map(({ start, end }) => text.slice(start, end)),
    theirs.targets.map(({ destination }) => destination),
  )
}

const READINGS: readonly (readonly [what: string, text: string, headings: string, links: string])[] = [
  ['closing hashes', '## A ##\n### B#\n# #\n', 'a b ', ''],
  ['underlined headings', 'A\n=\nB\nC\n---\n', 'a bc', ''],
  ['no heading without a space', '#hash\n', '', ''],
  ['code in fences', '```\n# A\n[a](b)\n```\n# B\n', 'b', ''],
  ['an unclosed fence', '~~~\n# A\n[a](b)', '', ''],
  ['a fence in an item', '- ```\n  [a](b)\n  ```\n- [c](d)', '', 'd'],
  ['indented code', 'x\n\n    [a](b)\n\n[c](d)', '', 'd'],
  ['code in a line', '`[a](b)` [c](d) ``[e](`f)``', '', 'd'],
  ['comments', '<!-- [a](b)\n# A\n-->\n\nx <!-- [c](d) --> [e](f)', '', 'f'],
  ['HTML blocks', '<div>\n[a](b)\n</div>\n\n[c](d)', '', 'd'],
  ['quotes and lists', '> ## A\n> [a](b)\n\n1. x\n   - [c](d)', 'a', 'b d'],
  ['escapes', '\\[a](b) [c\\](d) [e](f)', '', 'f'],
  ['titles and angle brackets', '[a](<b c> "t") [d](e \'t\') [f](g (t))', '', 'b c|e|g'],
  ['parentheses in a destination', '[a](b(c)d)', '', 'b(c)d'],
  ['an image in a link', '[![a](b)](c)', '', 'b|c'],
  ['no link in a link', '[a [b](c) d](e)', '', 'c'],
  ['definitions', '[a]: b "t"\n[c]: <d e>\n\n[a] [x][c]', '', 'b|d e'],
  ['footnotes are none', '[^1]: note\n\nx[^1]', '', ''],
  ['front matter', '---\ntitle: "[a](b)"\n---\n# A\n', 'a', ''],
  ['a rule is no front matter', '---\n\n# A\n\n---\n', 'a', ''],
  ['markup in headings', '# A `b_c` _d_ [e](f) &amp; <i>g</i> ![h](i)\n', 'a-b_c-d-e--g-', 'f|i'],
  ['a byte-order mark', '\ufeff[a](b)', '', 'b'],
]

for (const [what, text, headings, links] of READINGS) {
  test(`reads ${what}`, () => {
    const document = readDocument(text)
    assert.equal(document.headings.map((heading) => heading.slug).join(' '), headings)
    const found = document.pointers.map(({ start, end }) => text.slice(start, end))
    assert.equal(found.join(links.includes('|') ? '|' : ' '), links)
  })
}

test('a megabyte of brackets, backticks, quotes or nesting is read in little time', () => {
  const nasty = [
    '[',
    '![',
    '[a](',
    '`',
    '``a`',
    '<',
    '<!--',
    '<a b="',
    '*a ',
    '_a ',
    '> ',
    '- ',
    '\\',
    '[a](b "',
    '&',
    '|',
  ]
  for (const piece of nasty) {
    const text = piece.repeat(Math.floor(1_000_000 / piece.length))
    const start = performance.now()
    readDocument(`# ${text}\n\n${text}\n\n${text}`)
    assert.ok(performance.now() - start < 8_000, `${piece}: ${Math.round(performance.now() - start)} ms`)
  }
})
