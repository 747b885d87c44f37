/**
 * Review by retrieval: for each claim of the report the article that governs it is found, its figures are read out of
 * the text, and the claim is held against them, with the article cited.
 */
import type { Reviewer } from '../skill.ts'
import { filesOf, type File } from './files.ts'
import { approves, rejects, type Finding } from './opinions.ts'
import { passagesOf, rank, type Passage } from './passages.ts'
import { readReport, type Report } from './report.ts'

type Claim = {
  readonly question: string
  readonly field: keyof Report
  /** What is wrong with the claim under the passage, or undefined. */
  readonly fault: (passage: string, report: Report) => string | undefined
  readonly holds: (report: Report) => string
}

const CLAIMS: readonly Claim[] = [
  {
    question: 'reporting period calendar year',
    field: 'period',
    fault: (passage, { period }) =>
      passage.includes(`calendar year ${period}`) ? undefined : `the period is not ${period}`,
    holds: ({ period }) => `The period is ${period}.`,
  },
  {
    question: 'large plant named emissions reach tonnes',
    field: 'large_from_tonnes',
    fault: (passage, report) => {
      const threshold = numberIn(passage, /reach (\d+) tonnes/)
      if (threshold !== report.large_from_tonnes) return `large plants begin at ${threshold}`
      const small = report.large_plants.find(({ tonnes }) => tonnes < threshold)
      return small === undefined ? undefined : `plant ${small.plant} is not large`
    },
    holds: ({ large_plants }) => `${large_plants.length} large plants are named with their sums.`,
  },
  {
    question: 'cap of the sector emissions of all plants together shall not exceed',
    field: 'cap_tonnes',
    fault: (passage, report) => {
      const cap = numberIn(passage, /exceed (\d+) tonnes/)
      if (cap !== report.cap_tonnes) return `the cap is ${cap}`
      return report.cap_kept === report.total_tonnes <= cap ? undefined : 'whether the cap is kept is stated wrongly'
    },
    holds: ({ total_tonnes, cap_tonnes }) => `The sum ${total_tonnes} t is stated against the cap ${cap_tonnes} t.`,
  },
  {
    question: 'verified share percent accredited body permille',
    field: 'verified_permille',
    fault: (passage, report) => {
      const least = numberIn(passage, /At least (\d+) percent/)
      return least !== undefined && report.verified_permille >= least * 10
        ? undefined
        : `the verified share is under ${least} percent`
    },
    holds: ({ verified_permille }) => `The verified share of ${verified_permille} permille is stated and suffices.`,
  },
]

export const bm25: Reviewer = async (job) => {
  const { regulation, report } = filesOf(job)
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
  const passages = passagesOf(regulation.text)
  const judged = CLAIMS.map((claim) => judge(claim, passages, stated.value, regulation, report))
  const faults = judged.filter(({ fault }) => fault)
  return faults.length > 0
    ? rejects(faults, { completeness: 60, correctness: 40, policy_compliance: 10 })
    : approves(judged)
}

function judge(
  claim: Claim,
  passages: readonly Passage[],
  stated: Report,
  regulation: File,
  report: File,
): Finding & { readonly fault: boolean } {
  const [best] = rank(passages, claim.question)
  if (best === undefined || best.score === 0) {
    return {
      fault: true,
      text: `No article governs ${claim.field}.`,
      artifact: report.digest,
      locator: `/${claim.field}`,
    }
  }
  const fault = claim.fault(best.text, stated)
  const places = {
    artifact: report.digest,
    locator: `/${claim.field}`,
    also: { artifact: regulation.digest, locator: best.article },
  }
  return fault === undefined
    ? { fault: false, text: claim.holds(stated), ...places }
    : { fault: true, text: `Under ${best.article} ${fault}.`, ...places }
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}
