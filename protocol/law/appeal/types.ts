/**
 * The command types of appeals: whoever a decision affected contests it, the other side answers.
 *
 * One appeal a decision, and one further appeal against what came of it; then it is settled. What was decided stays in
 * force while an appeal runs.
 *
 * Source: spec 3.6; reading T16 (the last moment of a window is inside it).
 */
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import * as Body from './command.ts'
import type { AppealEvent } from './event.ts'
import type { Appeal, Appeals, Decision } from './state.ts'

type Rule<B> = Constraint<Appeals, B>

const base = { domain: 'governance', effect: 'reversible', signers: ['human'], subjectKind: 'appeal' } as const

function decisionIn({ own, command }: Scene<Appeals, Body.File>): Decision | undefined {
  return own.decisions.get(command.body.decision)
}

function appealIn({ own, command }: Scene<Appeals, unknown>): Appeal | undefined {
  return own.byId.get(command.subject)
}

const appealIsNew: Rule<unknown> = {
  id: 'appeal-is-new',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) => {
    const kind = world.kindOf(command.subject)
    return kind === undefined ? undefined : { subject: command.subject, kind }
  },
}

/** Not every event is a decision; and what a further appeal decided is settled. */
const decisionCanBeAppealed: Rule<Body.File> = {
  id: 'decision-can-be-appealed',
  level: 'operational',
  reads: 'body',
  check: (scene) => (decisionIn(scene) === undefined ? { decision: scene.command.body.decision } : undefined),
}

const withinTheAppealWindow: Rule<Body.File> = {
  id: 'within-the-appeal-window',
  level: 'physical',
  reads: 'body',
  check: (scene) => {
    const decision = decisionIn(scene)
    if (decision === undefined) return undefined
    const end = decision.at + scene.world.constitution.appeals.windowMs
    return scene.at <= end ? undefined : { late_ms: scene.at - end }
  },
}

const notYetAppealed: Rule<Body.File> = {
  id: 'decision-is-not-yet-appealed',
  level: 'operational',
  reads: 'body',
  check: ({ own, command }) => {
    const appeal = own.against.get(command.body.decision)
    return appeal === undefined ? undefined : { appeal }
  },
}

const signerIsAffected: Rule<Body.File> = {
  id: 'signer-is-affected',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const affected = scene.world.affectedBy(scene.command.body.decision)?.affected
    return affected === undefined || affected.includes(scene.principal.id) ? undefined : { signer: scene.principal.id }
  },
}

/** Recorded facts besides the decision itself, or files: free text alone is no ground (spec 1.3). */
const restsOnEvidence: Rule<Body.File> = {
  id: 'grounds-are-stated',
  level: 'responsibility',
  reads: 'body',
  check: ({ command: { body, grounds } }) => {
    const facts = grounds.filter((ground) => ground !== body.decision)
    return facts.length + (body.evidence ?? []).length > 0 ? undefined : {}
  },
}

const appealExists: Rule<unknown> = {
  id: 'appeal-exists',
  level: 'operational',
  reads: 'subject',
  check: (scene) => (appealIn(scene) === undefined ? { appeal: scene.command.subject } : undefined),
}

const waitsForAnswers: Rule<unknown> = {
  id: 'appeal-waits-for-answers',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const status = appealIn(scene)?.status ?? 'answering'
    return status === 'answering' ? undefined : { status }
  },
}

const withinTheTimeToRespond: Rule<unknown> = {
  id: 'within-the-time-to-respond',
  level: 'physical',
  reads: 'subject',
  check: (scene) => {
    const appeal = appealIn(scene)
    return appeal === undefined || scene.at <= appeal.respondBy ? undefined : { late_ms: scene.at - appeal.respondBy }
  },
}

const signerIsTheOtherSide: Rule<unknown> = {
  id: 'signer-is-the-other-side',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const appeal = appealIn(scene)
    if (appeal === undefined || appeal.respondents.includes(scene.principal.id)) return undefined
    return { signer: scene.principal.id }
  },
}

const notYetAnswered: Rule<unknown> = {
  id: 'respondent-has-not-answered',
  level: 'operational',
  reads: 'subject',
  check: (scene) =>
    appealIn(scene)?.answers.has(scene.principal.id) === true ? { signer: scene.principal.id } : undefined,
}

export const file: CommandType<Appeals, Body.File> = {
  ...base,
  type: 'appeal.file',
  owner: 'any human whom the decision affected, or who operates a machine that it affected',
  creates: true,
  body: Body.file,
  constraints: [
    withinTheAppealWindow,
    signerIsAffected,
    restsOnEvidence,
    appealIsNew,
    decisionCanBeAppealed,
    notYetAppealed,
  ],
  decide: (scene) => {
    const decision = decisionIn(scene)
    const concerned = scene.world.affectedBy(scene.command.body.decision)
    if (decision === undefined || concerned === undefined) return []
    const { reason_code, statement, evidence = [] } = scene.command.body
    const { id: appellant } = scene.principal
    const others = [...concerned.affected, ...concerned.answerable].filter((id) => id !== appellant)
    return events({
      event_type: 'governance.appeal_filed',
      subject: scene.command.subject,
      data: {
        decision: decision.id,
        decision_type: decision.type,
        about: decision.about,
        level: decision.appeal === undefined ? 1 : 2,
        appellant,
        reason_code,
        statement,
        grounds: scene.command.grounds,
        evidence,
        respondents: [...new Set(others)].toSorted(),
        respond_by: formatTimestamp(millis(scene.at + scene.world.constitution.appeals.responseMs)),
      },
    })
  },
}

export const respond: CommandType<Appeals, Body.Respond> = {
  ...base,
  type: 'appeal.respond',
  owner: 'whoever the notice names as the other side',
  body: Body.respond,
  constraints: [withinTheTimeToRespond, signerIsTheOtherSide, appealExists, waitsForAnswers, notYetAnswered],
  decide: ({ command, principal }) =>
    events({
      event_type: 'governance.appeal_answered',
      subject: command.subject,
      data: { respondent: principal.id, statement: command.body.statement },
    }),
}

function events(event: AppealEvent): readonly AppealEvent[] {
  return [event]
}
