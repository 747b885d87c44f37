/**
 * When reviewers alone cannot close a question: somebody disputes it as a matter of norms, or they disagree too much
 * about one that is not purely objective.
 *
 * Escalation and the need for an adjudication are two things: a normative or mixed question always needs humans before
 * it is closed, however much the reviewers agree (reading R1).
 *
 * Source: spec 3.5; readings R1, R2.
 */
export type Question = {
  readonly domainType: string
  /** Largest share of equal verdicts, in thousandths. */
  readonly agreementPermille: number
  /** Flagged by a reviewer or by the owner. */
  readonly disputed: boolean
}

export function escalation(question: Question, thresholdPermille: number): 'dispute' | 'agreement' | undefined {
  if (question.disputed) return 'dispute'
  const tooLow = question.domainType !== 'objective' && question.agreementPermille < thresholdPermille
  return tooLow ? 'agreement' : undefined
}

/** Whether only humans can close it. A domain type that is not known counts as normative. */
export function needsAdjudication(question: Question, thresholdPermille: number): boolean {
  return question.domainType !== 'objective' || escalation(question, thresholdPermille) !== undefined
}
