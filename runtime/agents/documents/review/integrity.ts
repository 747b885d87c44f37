/**
 * What a repair must never touch: line endings, code, characters that were not there before, lines without links.
 */
import type { Nodes } from 'mdast'
import { indexOf } from '../../retrieval/bm25.ts'
import type { Reviewer } from '../../skill.ts'
import { reviewedFiles, type Reviewed } from './files.ts'
import { opinionOf, type Checked } from './opinions.ts'
import { readSyntax } from './syntax.ts'
import { undecodable, unreadable } from './unreadable.ts'

export const integrity: Reviewer = async (job) => {
  const files = reviewedFiles(job)
  if (typeof files === 'string') return unreadable(job, files)
  if (files.texts === undefined) return undecodable(files)
  const { before, after, diff } = files.texts
  const { removed, added } = changedLines(diff)
  const fresh = unknownCharacters(before, after, files)
  const repaired = files.report.links.repaired.first.flatMap(({ from, to }) => [from, to])
  const told = ['](', ']:', ...repaired]
  const code = codeIn(after)
  const place = { artifact: files.after.digest, locator: files.after.name }
  const checks: Checked[] = [
    {
      holds: endings(before).size === 0 || endings(after).isSubsetOf(endings(before)),
      text: 'Lines end as they ended before.',
      references: [place],
    },
    {
      holds: codeIn(before).join('\0') === code.join('\0'),
      text: `${code.length} blocks of code are the same, character by character.`,
      references: [place],
    },
    {
      holds: fresh.length === 0,
      text:
        fresh.length === 0
          ? 'No character came in that neither the document nor the names of files had.'
          : `Characters came in that were not there: ${fresh.slice(0, 8).join(' ')}.`,
      references: [place],
    },
    {
      holds: [...removed, ...added].every((line) => line.trim() === '' || told.some((part) => line.includes(part))),
      text: `Only lines with links were taken out (${removed.length}) or put in (${added.length}).`,
      references: [{ artifact: files.diff.digest, locator: 'all hunks' }],
    },
  ]
  return opinionOf(checks.map((check) => withCriterion(check, job.criteria)))
}

/** Says which of the mission's criteria the check serves, where one does. */
function withCriterion(check: Checked, criteria: readonly string[]): Checked {
  const index = indexOf(criteria.map((text, i) => ({ locator: `criterion ${i + 1}`, text })))
  const [best] = index.rank(check.text)
  return best === undefined ? check : { ...check, text: `${check.text} (${best.passage.locator})` }
}

function endings(text: string): ReadonlySet<string> {
  return new Set(text.match(/\r\n|\n|\r/g) ?? [])
}

function codeIn(text: string): readonly string[] {
  const found: string[] = []
  const visit = (node: Nodes): void => {
    if (node.type === 'code') found.push(node.value)
    if ('children' in node) node.children.forEach(visit)
  }
  visit(readSyntax(text).tree)
  return found
}

function changedLines(diff: string): { removed: readonly string[]; added: readonly string[] } {
  const lines = diff.split('\n').slice(2)
  return {
    removed: lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1)),
    added: lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1)),
  }
}

/** By code point. Lower case of what was there may come in: anchors are. */
function unknownCharacters(before: string, after: string, files: Reviewed): readonly string[] {
  const names = [...files.others.map(({ name }) => name), ...(files.listing ?? [])].join('')
  const supplied = files.others
    .map(({ bytes }) => new TextDecoder().decode(bytes))
    .join('')
    .toLowerCase()
  const known = new Set(`${before}${before.toLowerCase()}${names}${supplied}0123456789ABCDEF%#-[]()*+. /\n`)
  const found = [...new Set(after)].filter((character) => !known.has(character))
  return found.map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
}
