/**
 * Review of the data against the governing text: every article that wants something disclosed is found, and the duty
 * it names is tested on the rows. Figures are others' business; whether the rows may be summed at all is this one's.
 */
import type { Reviewer } from '../skill.ts'
import { filesOf } from './files.ts'
import { approves, rejects, type Finding } from './opinions.ts'
import { passagesOf, rank } from './passages.ts'
import { readReport } from './report.ts'

type Row = { readonly line: number; readonly [column: string]: string | number }

/** What an article's words ask of the rows; each finding names lines of the data. */
type Duty = {
  readonly words: string
  /** What a passage must say for the duty to be in it: the nearest passage may be about something else. */
  readonly governs: RegExp
  readonly breaches: (rows: readonly Row[]) => readonly Breach[]
}

type Breach = { readonly text: string; readonly lines: readonly number[] }

const DUTIES: readonly Duty[] = [
  {
    words: 'unit another unit gigajoules disclosed',
    governs: /another unit[^.]*disclosed/,
    breaches: (rows) =>
      rows
        .filter((row) => row.unit !== 'GJ')
        .map((row) => ({ text: `Plant ${row.plant} reports in ${row.unit}.`, lines: [row.line] })),
  },
  {
    words: 'permit reported under more than one plant number double report disclosed',
    governs: /permit[^.]*more than one plant number[^.]*disclosed/,
    breaches: (rows) =>
      [...Map.groupBy(rows, (row) => String(row.permit))].flatMap(([permit, own]) => {
        const numbers = [...new Set(own.map((row) => row.plant))]
        if (numbers.length < 2) return []
        const text = `Permit ${permit} is reported under plant numbers ${numbers.join(' and ')}, ${own.length} rows in all, and counted twice.`
        return [{ text, lines: own.map((row) => row.line) }]
      }),
  },
  {
    words: 'plant reports all four quarters missing quarter disclosed completeness',
    governs: /missing quarter[^.]*disclosed/,
    breaches: (rows) =>
      [...Map.groupBy(rows, (row) => String(row.plant))].flatMap(([plant, own]) => {
        const quarters = new Set(own.map((row) => row.quarter))
        if (quarters.size === 4 && own.length === 4) return []
        return [
          {
            text: `Plant ${plant} has ${own.length} rows over ${quarters.size} quarters.`,
            lines: own.map((row) => row.line),
          },
        ]
      }),
  },
]

export const dataQuality: Reviewer = async (job) => {
  const { data, regulation, report } = filesOf(job)
  const stated = readReport(report.text)
  const disclosed = stated.ok ? JSON.stringify(stated.value.disclosures) : ''
  const passages = passagesOf(regulation.text).filter(({ text }) => text.includes('disclosed'))
  const rows = rowsOf(data.text)
  const rule = (article: string) => ({ artifact: regulation.digest, locator: article })
  const checked: Finding[] = []
  const found: Finding[] = []
  for (const duty of DUTIES) {
    const [article] = rank(
      passages.filter(({ text }) => duty.governs.test(text)),
      duty.words,
    )
    if (article === undefined || article.score === 0) continue
    const open = duty.breaches(rows).filter(({ lines }) => !isDisclosed(lines, rows, disclosed))
    if (open.length === 0) {
      checked.push({
        text: `Nothing to disclose under ${article.article}.`,
        artifact: data.digest,
        locator: `lines 2-${rows.length + 1}`,
        also: rule(article.article),
      })
    }
    for (const { text, lines } of open) {
      found.push({
        text: `${text} ${article.article} wants it disclosed; the report does not.`,
        artifact: data.digest,
        locator: `lines ${lines.join(', ')}`,
        also: rule(article.article),
      })
    }
  }
  return found.length > 0
    ? rejects(found, { completeness: 40, correctness: 60, policy_compliance: 10 })
    : approves(checked)
}

/** A breach is disclosed when the report's disclosures name every plant number that it touches. */
function isDisclosed(lines: readonly number[], rows: readonly Row[], disclosures: string): boolean {
  const plants = new Set(rows.filter((row) => lines.includes(row.line)).map((row) => String(row.plant)))
  return [...plants].every((plant) => disclosures.includes(`"${plant}"`))
}

function rowsOf(csv: string): readonly Row[] {
  const [head = '', ...lines] = csv.trimEnd().split('\n')
  const columns = head.split(',')
  return lines.map((text, i) => ({
    ...Object.fromEntries(text.split(',').map((value, column) => [columns[column] ?? '', value])),
    line: i + 2,
  }))
}
