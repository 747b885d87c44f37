/**
 * The words that a human reads before signing, and whose hash is inside what they sign.
 *
 * Made from the ledger's facts alone, by this one function, for the screen, the wallet and the law: nobody can be
 * shown other words than those that count. What people and machines wrote into the mission stands on its own line or,
 * where it has several, indented below it: no title and no summary can pass for a line of the law's.
 *
 * Source: spec 10.2, 1.2 (the three acknowledgements).
 */
import { utf8 } from '../../wire/bytes.ts'
import { hash } from '../../wire/sha256.ts'
import type { Adjudication } from './event.ts'
import type { GateFacts, ScopedMission } from './state.ts'

export const ACKNOWLEDGEMENTS = ['I understand it', 'I commit it', 'I accept its consequences'] as const

export function approvalText(
  mission: ScopedMission & { readonly gate: GateFacts },
  decision: 'approve' | 'reject',
  deployment: string,
): string {
  const { gate, scope } = mission
  return [
    `${decision === 'approve' ? 'I approve' : 'I reject'} the result of this mission.`,
    '',
    `Mission: ${mission.id}, attempt ${gate.attempt}`,
    `Title: ${quoted(mission.title)}`,
    `Asked: ${quoted(scope.scope)}`,
    `Risk: ${mission.tier}, ${scope.mission_class}, ${scope.domain_type}`,
    `Result: ${quoted(gate.summary)}`,
    ...gate.outputs.map((output) => `Output: ${output.name} ${output.digest}`),
    ...dissentOf(mission),
    `Mission digest: ${gate.digest}`,
    `Deployment: ${deployment}`,
    '',
    decision === 'approve'
      ? 'With my signature the mission is completed. This cannot be taken back.'
      : 'With my signature this result is rejected and the mission goes back to planning.',
    ...ACKNOWLEDGEMENTS.map((words) => `${words}.`),
    '',
  ].join('\n')
}

const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u

/** Controls, and what makes a screen show letters in another order than they are in. */
// oxlint-disable-next-line no-control-regex -- these are the very characters to be named
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

function quoted(text: string): string {
  const lines = text.split(LINE_BREAK).map((line) => line.replaceAll(UNSEEN, nameOf))
  return lines.join('\n    ')
}

function nameOf(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
}

/** SHA-256 of the text's UTF-8 form: the `textHash` of the signed struct. */
export function approvalTextHash(text: string): Uint8Array {
  return hash(utf8(text))
}

function dissentOf(mission: ScopedMission): readonly string[] {
  if (!('plan' in mission)) return []
  const tasks = [...mission.plan.tasks.values()]
  const reviews = tasks.flatMap((task) => task.reviews)
  const approvals = reviews.filter((review) => review.verdict === 'approve').length
  const others = reviews.filter((review) => review.verdict !== 'approve')
  return [
    `Reviews: ${approvals} of ${reviews.length} approve`,
    ...others.map((review) => `Dissent: ${review.reviewer} says ${review.verdict}, decision ${review.decision}`),
    ...tasks.flatMap(({ id, adjudication }) => (adjudication === undefined ? [] : adjudicationOf(id, adjudication))),
  ]
}

function adjudicationOf(task: string, { panel, votes }: Adjudication): readonly string[] {
  const approvals = votes.filter(({ vote }) => vote === 'approve' || vote === 'overturn').length
  const others = votes.filter(({ vote }) => vote !== 'approve' && vote !== 'overturn')
  return [
    `Adjudication of ${task}: ${approvals} of ${votes.length} approve, ${panel}`,
    ...others.map(({ member, vote }) => `Dissent: ${member} votes ${vote}`),
  ]
}
