/** Panels of humans, incidents and appeals. Source: spec 3.5, 3.6. */
import { drawPanel } from '../../law/panel/selection.ts'
import { majority } from '../../law/panel/majority.ts'
import { tally } from '../../law/review/tally.ts'
import { freeze } from '../../law/constraints/pool.ts'
import type { PoolMember } from '../../law/constraints/pool.ts'
import { digest } from '../../wire/sha256.ts'
import type { Attack, Simulation } from './attack.ts'

type Frozen = Parameters<typeof drawPanel>[0]

/** Why no panel of the constitution's size can be drawn from these humans, or undefined where one can. */
function starves(arena: Simulation, members: readonly Partial<PoolMember>[]): string | undefined {
  const { panel } = arena.world.state.founded!.constitution.normative
  const pool = members.map((member, i) => ({
    id: `human-${i}`,
    region: ['EU', 'NA', 'AF', 'SA'][i % 4] ?? 'EU',
    organization: `house-${i}`,
    operator: `human-${i}`,
    modelFamily: 'human',
    methodType: 'human_reviewer',
    ...member,
  })) as readonly PoolMember[]
  const frozen = {
    pool: freeze(pool, () => true),
    excluded: { actors: [], operators: [], organizations: [] },
    previousCommitment: digest('before'),
    nonce: digest('nonce'),
  } as unknown as Frozen
  const rules = { size: panel.size, minRegions: panel.regions, minOrganizations: panel.organizations }
  const { drawn } = drawPanel(frozen, rules as Parameters<typeof drawPanel>[1], 'ab'.repeat(32), [], [])
  if (!drawn.ok) return drawn.error.code
  return drawn.value.outcome === 'infeasible' ? drawn.value.certificate.reason : undefined
}

const humans = (count: number, more: Partial<PoolMember> = {}) => Array.from({ length: count }, () => more)

export const PANELS: readonly Attack[] = [
  {
    id: 'panel-of-friends',
    title: 'A panel of two humans, of one region, of one organization',
    on: 'rules',
    run: async (arena) => {
      arena.expectAnswer('insufficient_eligible', 'two humans', starves(arena, humans(2)))
      arena.expectAnswer('region_diversity', 'one region', starves(arena, humans(9, { region: 'EU' })))
      arena.expectAnswer(
        'organization_diversity',
        'one organization',
        starves(arena, humans(9, { organization: 'elm' })),
      )
      arena.expectAnswer('undecided', 'one vote of three', majority(['approve'], 2) ?? 'undecided')
      arena.expectAnswer('undecided', 'one against one', majority(['approve', 'reject'], 2) ?? 'undecided')
    },
  },
  {
    id: 'machines-close-a-normative-question',
    title: 'Reviewers agree unanimously on a normative task, a mixed one, a disputed one',
    on: 'rules',
    run: async (arena) => {
      const { constitution } = arena.world.state.founded!
      const topology = constitution.topologyOf('R2')!
      const reviewed = (dispute: boolean) =>
        Array.from({ length: 5 }, (_, i) => ({
          member: {
            id: `r-${i}`,
            operator: `o-${i}`,
            region: ['EU', 'NA', 'AF'][i % 3]!,
            organization: `house-${i}`,
            model_family: `family-${i}`,
            method_type: ['reasoning_model', 'retrieval_augmented'][i % 2]!,
          },
          record: { reviewer: `r-${i}`, verdict: 'approve', decision: digest(`r-${i}`), counted: true },
          dispute,
        })) as unknown as Parameters<typeof tally>[0]
      const outcome = (domain: string, dispute = false) =>
        tally(reviewed(dispute), topology, domain, constitution.normative.agreementPermille).outcome
      arena.expectAnswer('adjudication', 'normative', outcome('normative'))
      arena.expectAnswer('adjudication', 'mixed', outcome('mixed'))
      arena.expectAnswer('adjudication', 'of no known kind', outcome('subjective'))
      arena.expectAnswer('adjudication', 'disputed', outcome('objective', true))
    },
  },
  {
    id: 'vote-without-reasons',
    title: 'A panel’s vote without reasons, with invisible ones, by a machine, by whoever holds no seat',
    on: 'anything',
    run: async (arena) => {
      const panel = `panel:${'0'.repeat(32)}`
      const vote = { vote: 'approve', reasons: 'It follows the policy.' }
      await arena.expect('field-missing', arena.human(), 'panel.vote', panel, { vote: 'approve' })
      await arena.expect('field-blank', arena.human(), 'panel.vote', panel, { ...vote, reasons: '\u200b' })
      await arena.expect('field-range', arena.human(), 'panel.vote', panel, { ...vote, reasons: '' })
      await arena.expect('field-value', arena.human(), 'panel.vote', panel, { ...vote, vote: 'maybe' })
      await arena.expect('signed-by-the-right-kind', arena.machine(), 'panel.vote', panel, vote)
      await arena.expect('panel-exists', arena.human(), 'panel.vote', panel, vote)
    },
  },
  {
    id: 'appeal-out-of-nothing',
    title: 'An appeal against nothing, without grounds, without words, by a machine; an answer to no appeal',
    on: 'anything',
    run: async (arena) => {
      const appeal = { decision: '999999999999-000', reason_code: 'facts-wrong', statement: 'The figures are wrong.' }
      await arena.expect('decision-can-be-appealed', arena.human(), 'appeal.file', arena.fresh('appeal'), appeal)
      await arena.expect('decision-can-be-appealed', arena.human(), 'appeal.file', arena.fresh('appeal'), {
        ...appeal,
        decision: '000000000000-000',
      })
      await arena.expect('field-blank', arena.human(), 'appeal.file', arena.fresh('appeal'), {
        ...appeal,
        statement: '\u2060',
      })
      await arena.expect('field-value', arena.human(), 'appeal.file', arena.fresh('appeal'), {
        ...appeal,
        reason_code: 'toString',
      })
      await arena.expect('appeal-exists', arena.human(), 'appeal.respond', arena.fresh('appeal'), {
        statement: 'It is not so.',
      })
    },
  },
  {
    id: 'incident-out-of-nothing',
    title: 'An incident without grounds, against oneself, resolved by a machine or before it was opened',
    on: 'anything',
    run: async (arena) => {
      const report = { kind: 'forged-evidence', severity: 'severe', concerns: [arena.owner().id], account: 'I saw it.' }
      const subject = () => arena.fresh('incident')
      await arena.expect('field-blank', arena.human(), 'incident.report', subject(), { ...report, account: '\u200b' })
      await arena.expect('field-range', arena.human(), 'incident.report', subject(), { ...report, concerns: [] })
      await arena.expect('concerns-what-there-is', arena.human(), 'incident.report', subject(), {
        ...report,
        concerns: ['nobody-at-all'],
      })
      await arena.expect('incident-exists', arena.human(), 'incident.resolve', subject(), {
        resolution: 'dismissed',
        reason: 'No.',
      })
      await arena.expect('signed-by-the-right-kind', arena.machine(), 'incident.resolve', subject(), {
        resolution: 'dismissed',
        reason: 'No.',
      })
    },
  },
]
