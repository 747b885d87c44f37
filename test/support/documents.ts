/** Documentation work without a sandbox: the same program, called in this process, as a reviewer would see it. */
import * as fc from 'fast-check'
import { utf8 } from '../../protocol/wire/bytes.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { canonical } from '../../runtime/agents/documents/program/canonical.ts'
import { repairDocument, type Repair } from '../../runtime/agents/documents/program/repair.ts'
import { treeOf } from '../../runtime/agents/documents/program/tree.ts'
import type { NamedBytes, ReviewJob } from '../../runtime/agents/skill.ts'

export type Files = { readonly [path: string]: string }

/** The first file is the document; with `listing` the tree is known to be whole. */
export function repair(text: string, others: Files = {}, listing?: readonly string[]): Repair {
  return repairDocument(treeOf('README.md', new Map([...Object.entries(others), ['README.md', text]]), listing))
}

export function named(name: string, content: string | Uint8Array): NamedBytes {
  const bytes = typeof content === 'string' ? utf8(content) : content
  return { name, bytes, digest: digest(bytes) }
}

export function reviewJob(text: string, repair: Repair, others: Files = {}, listing?: readonly string[]): ReviewJob {
  const files = Object.entries(others).map(([name, content]) => named(name, content))
  const paths = listing === undefined ? [] : [named('files.txt', listing.join('\n'))]
  return {
    mission: 'mission-1',
    task: 'task-1',
    attempt: 1,
    title: 'Repair the readme',
    scope: 'Contents and links.',
    criteria: ['The table of contents lists every section.', 'Every relative link resolves or is reported.'],
    instructions: 'Repair the table of contents and the links.',
    inputs: [named('README.md', text), ...files, ...paths],
    artifacts: [
      named('repaired/README.md', repair.text),
      named('repaired/changes.diff', repair.diff),
      named('repaired/check.json', canonical(repair.report)),
    ],
    intermediate: [],
    reproduction: { command: [], inputs: [], outputs: [], environment: {} },
    account: 'Repaired.',
  }
}

/**
 * Markdown as nobody writes it: what means something in Markdown, in any order. Left out are four combinations on which
 * parsers disagree (footnotes, ordered items above 1 and indented code inside other blocks, a title that begins below a
 * definition).
 */
const BLOCKS = [
  '# ',
  '## ',
  '### ',
  '- ',
  '* ',
  '1. ',
  '> ',
  '```',
  '~~~',
  '---',
  '===',
  '***',
  '\n',
  '\n',
  '\n\n',
  '\t',
]
const LINKS = ['[a](b.md)', '[c](<d e.md> "t")', '![i](j.png)', '[r]', '[r][]', '[x][r]', '[y](#z)', '\n[r]: u.md\n\n']
const WORDS = ['_em_', '**st**', 'a_b', 'word', 'Word', 'ä', 'é', '&amp;', '<http://x.y>', '`', '``', '1', ' ', '  ']
const MARKS = [
  '<b>',
  '</b>',
  '<!-- c -->',
  '<!--',
  '-->',
  '<div>',
  '<a name="q"></a>',
  '\\',
  '\\[',
  '[',
  ']',
  '!',
  '"',
  '|',
]
const PIECES = [...BLOCKS, ...LINKS, ...WORDS, ...MARKS]

export const anyMarkdown: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 30 }), fc.constantFrom('\n', '\r\n'))
  .map(([pieces, ending]) => pieces.join('').replaceAll('\n', ending))

/** Documents with contents, headings, links and code, more or less in order. */
export const plausibleMarkdown: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom('Install', 'Usage', 'Usage', 'On `Linux`', '_Why_ not', 'Über uns', 'A & B'), {
      maxLength: 8,
    }),
    fc.array(fc.constantFrom('#usage', '#Usage', '#install', '#on_linux', '#gone', 'docs/a.md', 'Docs/A.md#Top'), {
      maxLength: 8,
    }),
    fc.constantFrom('## Contents\n\n', '<!-- toc -->\n', ''),
    fc.constantFrom('- ', '* ', '1. '),
    fc.constantFrom('\n', '\r\n'),
    fc.integer({ min: 2, max: 3 }),
  )
  .map(([headings, links, opening, marker, ending, level]) => {
    const list = links.filter((link) => link.startsWith('#')).map((link) => `${marker}[x](${link})`)
    const closing = opening.startsWith('<!--') ? '\n<!-- tocstop -->' : ''
    const sections = headings.map((heading, i) => {
      const link = links[i % Math.max(1, links.length)] ?? '#usage'
      return `${'#'.repeat(i % 2 === 0 ? 2 : level)} ${heading}\n\nSee [it](${link}).\n\n\`\`\`md\n[it](${link})\n\`\`\`\n`
    })
    const contents = list.length === 0 && closing === '' ? '' : `${opening}${list.join('\n')}${closing}`
    return ['# Title', contents, ...sections].join('\n\n').replaceAll('\n', ending)
  })
