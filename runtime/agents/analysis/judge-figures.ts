/** Figures computed again, against those of the report: equal in every one, or the first that are not, by name. */
import { encode } from '../../../protocol/wire/canonical-json.ts'
import type { Opinion } from '../skill.ts'
import type { File } from './files.ts'
import { approves, rejects, type Finding } from './opinions.ts'
import { FIGURES, readReport, type Figures } from './report.ts'

export function judgeFigures(own: Figures, report: File, data: File, how: string): Opinion {
  const stated = readReport(report.text)
  if (!stated.ok) {
    const found = [
      {
        text: `The report cannot be read: ${stated.error.code}.`,
        artifact: report.digest,
        locator: stated.error.path ?? '/',
      },
    ]
    return rejects(found, { completeness: 0, correctness: 0, policy_compliance: 0 })
  }
  const differences = FIGURES.flatMap((name): Finding[] => {
    const [mine, theirs] = [encode(own[name]), encode(stated.value[name])]
    if (mine === theirs) return []
    const text = `${name} differs: computed ${mine.slice(0, 200)}, stated ${theirs.slice(0, 200)}.`
    return [{ text, artifact: report.digest, locator: `/${name}` }]
  })
  if (differences.length > 0) return rejects(differences, { completeness: 60, correctness: 10, policy_compliance: 40 })
  return approves([
    {
      text: `${how}: total ${own.total_tonnes} t over ${own.rows} rows, as stated.`,
      artifact: report.digest,
      locator: '/total_tonnes',
    },
    { text: 'All rows of the period were read.', artifact: data.digest, locator: `rows 1-${own.rows}` },
  ])
}
