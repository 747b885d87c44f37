/** What a repair changes, and what it never does. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import { apply, inOrder } from '../../../../runtime/agents/documents/program/edits.ts'
import { unifiedDiff } from '../../../../runtime/agents/documents/program/diff.ts'
import { applyPatch } from '../../../../runtime/agents/documents/review/patch.ts'
import { REVIEWS } from '../../../../runtime/agents/documents/review/reviews.ts'
import { anyMarkdown, plausibleMarkdown, repair, reviewJob } from '../../../support/documents.ts'
import { temporaryFolder } from '../../../support/folder.ts'

const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join('')

suite('the table of contents', () => {
  const stale = lines(
    '# T',
    '',
    '## Contents',
    '',
    '- [A](#a)',
    '- [Gone](#gone)',
    '',
    '## A',
    '',
    '### A1',
    '',
    '## B',
  )

  test('gets an entry for every heading of the depth it had, in order', () => {
    const { text, report } = repair(stale)
    assert.equal(text, stale.replace('- [Gone](#gone)', '- [B](#b)'))
    assert.deepEqual(report.contents, { entries: 2, state: 'regenerated' })
  })

  test('goes as deep as its author let it go', () => {
    const deep = stale.replace('- [Gone](#gone)', '  - [Gone](#gone)')
    assert.match(repair(deep).text, /- \[A\]\(#a\)\n  - \[A1\]\(#a1\)\n- \[B\]\(#b\)\n/)
  })

  test('is not touched when it says the right thing, however it is written', () => {
    const right = lines(
      '# T',
      '',
      '## Table of Contents',
      '',
      '*  [First!](#a)',
      '',
      '*  [B](#b)',
      '',
      '## A',
      '',
      '## B',
    )
    assert.deepEqual([repair(right).text, repair(right).report.contents.state], [right, 'current'])
  })

  test('keeps markers, numbers, indentation and the words of entries whose anchor is right', () => {
    const own = lines(
      '# T',
      '## Contents',
      '1. [The first](#a)',
      '    1. [x](#x)',
      '2. [y](#y)',
      '',
      '## A',
      '### C',
      '## B',
    )
    const expected = lines('1. [The first](#a)', '    1. [C](#c)', '2. [B](#b)')
    assert.match(repair(own).text, new RegExp(expected.replace(/[.()[\]]/g, '\\$&')))
  })

  test('is filled in between markers, and the markers stay', () => {
    const empty = lines('# T', '<!-- toc -->', '<!-- tocstop -->', '', '## A', '', '### B', '', '#### C')
    const filled = lines('<!-- toc -->', '', '- [A](#a)', '  - [B](#b)', '', '<!-- tocstop -->')
    assert.ok(repair(empty).text.includes(filled), repair(empty).text)
    assert.equal(repair(repair(empty).text).text, repair(empty).text)
  })

  test('numbers headings of the same words as GitHub does', () => {
    const twice = lines('## Contents', '- [x](#x)', '  - [y](#y)', '', '# A', '', '## Use', '', '# B', '', '## Use')
    assert.match(repair(twice).text, /\(#use\)[\s\S]*\(#use-1\)/)
  })

  test('has no links, images, HTML or bare brackets in the words of an entry', () => {
    const heading = lines('## Contents', '- [x](#x)', '', '## `a[0]` [b](c) ![d](e) <i>f</i> \\[g] _h_')
    assert.match(repair(heading).text, /- \[`a\[0\]` b f \\\[g\\\] _h_\]\(#a0-b--f-g-h\)/)
  })

  test('is not made where there was none, nor where the list has anything else in it', () => {
    const none = lines('# T', '', '## A', '', '## B')
    const mixed = lines('# T', '', '## Contents', '', '- [A](#a)', '- [Guide](guide.md)', '', '## A', '', '## B')
    assert.deepEqual([repair(none).text, repair(none).report.contents.state], [none, 'absent'])
    assert.deepEqual([repair(mixed).text, repair(mixed).report.contents.state], [mixed, 'kept'])
  })

  test('is written with the line endings of the document', () => {
    const windows = stale.replaceAll('\n', '\r\n')
    assert.equal(repair(windows).text, repair(stale).text.replaceAll('\n', '\r\n'))
  })
})

suite('links', () => {
  const others = { 'docs/Guide.md': '# Guide\n\n## First steps\n\n<a name="old"></a>\n\n## Last\n', 'img/a b.png': '' }
  const whole = ['README.md', 'docs/Guide.md', 'img/a b.png', 'x/unique.txt', 'p/twin.md', 'q/twin.md', 'p/README.md']
  const fixed = (link: string) => {
    const repaired = repair(`# T\n\n## Own part\n\n[First steps](${link})\n`, others, whole).text
    return /\]\((.*)\)\n$/.exec(repaired)?.[1]
  }

  const REPAIRS: readonly (readonly [from: string, to: string])[] = [
    ['docs/guide.md', 'docs/Guide.md'],
    ['./docs/guide.md', './docs/Guide.md'],
    ['/docs/guide.md', '/docs/Guide.md'],
    ['docs/Guide', 'docs/Guide.md'],
    ['docs/Guide.html#last', 'docs/Guide.md#last'],
    ['Guide.md#LAST', 'docs/Guide.md#last'],
    ['unique.txt', 'x/unique.txt'],
    ['img/A%20B.PNG', 'img/a%20b.png'],
    ['docs/Guide.md#First-Steps', 'docs/Guide.md#first-steps'],
    ['docs/Guide.md#first_steps', 'docs/Guide.md#first-steps'],
    ['docs/Guide.md#begin', 'docs/Guide.md#first-steps'],
    ['docs/guide.md?raw=1#begin', 'docs/Guide.md?raw=1#first-steps'],
    ['#Own-Part', '#own-part'],
    ['#own_part', '#own-part'],
  ]
  for (const [from, to] of REPAIRS) test(`${from} becomes ${to}`, () => assert.equal(fixed(from), to))

  const LEFT_ALONE: readonly (readonly [link: string, code: string | undefined])[] = [
    ['docs/Guide.md', undefined],
    ['docs/Guide.md#old', undefined],
    ['docs/', undefined],
    ['#', undefined],
    ['#top', undefined],
    ['img/a%20b.png#page=2', undefined],
    ['https://x.y/docs/guide.md#Q', undefined],
    ['//x.y/z', undefined],
    ['mailto:a@b.c', undefined],
    ['twin.md', 'file-ambiguous'],
    ['docs/README.md', 'file-unknown'],
    ['nowhere.md', 'file-unknown'],
    ['../../etc/passwd', 'outside-the-tree'],
    ['%ZZ', 'outside-the-tree'],
  ]
  for (const [link, code] of LEFT_ALONE) {
    test(`${link} stays, ${code === undefined ? 'and is no fault' : `and is reported: ${code}`}`, () => {
      const text = `[words](${link})\n`
      const { text: repaired, report } = repair(text, others, whole)
      assert.equal(repaired, text)
      assert.equal(report.links.unrepaired.first[0]?.code, code)
    })
  }

  test('a path that is right gets no other because its anchor is not there', () => {
    const { text, report } = repair('[x](docs/guide.md#nothing)\n', others, whole)
    assert.equal(text, '[x](docs/Guide.md#nothing)\n')
    assert.deepEqual([report.links.repaired.total, report.links.unrepaired.first[0]?.code], [1, 'anchor-unknown'])
  })

  test('files that were not supplied are neither right nor wrong: reported, not changed', () => {
    const text = lines('# T', '[a](docs/a.md#x) ![b](img/b.png) [T](#t)')
    const { text: repaired, report } = repair(text)
    assert.equal(repaired, text)
    assert.deepEqual([report.links.unchecked.total, report.links.unrepaired.total, report.links.correct], [2, 0, 1])
    assert.equal(report.links.unchecked.first[0]?.line, 2)
  })

  test('definitions are repaired once, for all who refer to them', () => {
    const text = lines('[a][g] and [g]', '', '[g]: <docs/guide.md> "t"')
    assert.equal(repair(text, others, whole).text, text.replace('guide.md', 'Guide.md'))
  })

  test('what only looks like a link is left alone', () => {
    const text = lines(
      '`[a](unique.txt)`',
      '',
      '```',
      '[a](unique.txt)',
      '```',
      '',
      '    [a](unique.txt)',
      '',
      '<!-- [a](unique.txt) -->',
      '',
      '\\[a](unique.txt)',
    )
    assert.equal(repair(text, others, whole).text, text)
  })

  test('an empty document, one without headings and one of blank lines stay as they are', () => {
    for (const text of ['', '\n\n', 'words\r\n', '\ufeff', 'no line ending']) {
      assert.deepEqual([repair(text).text, repair(text).diff], [text, ''])
    }
  })

  test('names that objects inherit are names like others', () => {
    const text = lines('## constructor', '[a](#constructor) [b](#__proto__) [c](toString)', '## `__proto__`')
    assert.equal(repair(text, {}, ['README.md']).text, text)
  })
})

suite('for any document', () => {
  const others = { 'docs/a.md': '# A\n\n## Top\n', 'b.md': '# Z\n' }
  const listing = ['README.md', 'docs/a.md', 'b.md', 'm/j.png']

  test('everything outside the edits is the same, byte for byte', () => {
    fc.assert(
      fc.property(fc.oneof(anyMarkdown, plausibleMarkdown), (text) => {
        const { text: repaired, edits } = repair(text, others, listing)
        let [before, after] = [0, 0]
        for (const { start, end, replacement } of inOrder(edits)) {
          assert.equal(repaired.slice(after, after + start - before), text.slice(before, start))
          after += start - before + replacement.length
          before = end
        }
        assert.equal(repaired.slice(after), text.slice(before))
      }),
      { numRuns: 1_000 },
    )
  })

  test('a repaired document needs no repair', () => {
    fc.assert(
      fc.property(plausibleMarkdown, (text) => {
        const { text: repaired } = repair(text, others, listing)
        assert.equal(repair(repaired, others, listing).text, repaired)
      }),
      { numRuns: 500 },
    )
  })

  test('four reviewers with another parser find nothing to object to', async () => {
    await fc.assert(
      fc.asyncProperty(plausibleMarkdown, async (text) => {
        const job = reviewJob(text, repair(text, others, listing), others, listing)
        for (const [agent, review] of Object.entries(REVIEWS)) {
          const { verdict, reasons } = await review(job)
          assert.equal(verdict, 'approve', `${agent}: ${JSON.stringify(reasons)}\n${JSON.stringify(text)}`)
        }
      }),
      { numRuns: 150 },
    )
  })
})

suite('the diff', () => {
  const edited = fc
    .tuple(
      fc.array(fc.constantFrom('a\n', 'b\n', '\n', 'long line\r\n', 'é\n', '@@ x\n', '+y\n', '--- z\n'), {
        maxLength: 40,
      }),
      fc.boolean(),
      fc.array(fc.tuple(fc.nat(200), fc.nat(6), fc.constantFrom('', 'x', 'new\n', '\n', 'p\r\nq\n')), { maxLength: 6 }),
    )
    .map(([all, ends, wanted]) => {
      const text = ends ? all.join('') : all.join('').replace(/\r?\n$/, '')
      let at = 0
      const edits = wanted.flatMap(([skip, length, replacement]) => {
        const start = Math.min(text.length, at + (skip % 30))
        const end = Math.min(text.length, start + length)
        if (start < at || (start === end && start === at && at > 0)) return []
        at = end
        return [{ start, end, replacement }]
      })
      return { text, edits }
    })

  test('applied by the reviewer, gives the new text', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        assert.equal(applyPatch(text, unifiedDiff('x.md', text, edits)), apply(text, edits))
      }),
      { numRuns: 2_000 },
    )
  })

  test('applied by git, gives the new text', (t) => {
    const folder = temporaryFolder(t)
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const diff = unifiedDiff('x.md', text, edits)
        if (diff === '') return
        writeFileSync(join(folder, 'x.md'), text)
        writeFileSync(join(folder, 'x.diff'), diff)
        git('apply', '--whitespace=nowarn', 'x.diff')
        assert.equal(readFileSync(join(folder, 'x.md'), 'utf8'), apply(text, edits))
      }),
      { numRuns: 40 },
    )
  })
})

test('a megabyte of handbook is repaired in seconds', () => {
  const section = (i: number) =>
    `## Part ${i}\n\nSee [part](#Part-${i}) and [gone](#gone-${i}).\n\n\`\`\`\ncode ${i}\n\`\`\`\n\n`
  const body = Array.from({ length: 14_000 }, (_, i) => section(i)).join('')
  const text = `# Big\n\n## Contents\n\n- [x](#x)\n\n${body}`
  assert.ok(text.length > 1_000_000)
  const start = performance.now()
  const { report } = repair(text)
  assert.deepEqual([report.contents.entries, report.links.repaired.total], [14_000, 14_000])
  assert.ok(performance.now() - start < 15_000)
})
