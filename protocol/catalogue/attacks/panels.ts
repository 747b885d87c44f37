/** Panels of humans, incidents and appeals. Source: spec 3.5, 3.6. */
import { Fault } from '../../wire/fault.ts'
import { panelId } from '../../law/panel/selection.ts'
import type { Panel } from '../../law/panel/state.ts'
import type { Deployment } from '../../conformance/missions/deployment.ts'
import { GATE } from '../../conformance/missions/deployment.ts'
import { decisionLog, missionRun, OUTPUT, task, type MissionRun } from '../../conformance/missions/mission.ts'
import { INTEGRATOR, OWNER, person, type Person } from '../../conformance/missions/people.ts'
import { CITIZENS, withPeople } from '../arena/worlds.ts'
import type { Attack, Simulation } from './attack.ts'

type Asked = { readonly domain: string; readonly dispute?: 'owner' | 'reviewers' }

/** A mission of the highest tier whose five machines all approve; it is a question for humans by what is `asked`. */
function approvedByAll(world: Deployment, id: string, { domain, dispute }: Asked): MissionRun {
  const run = missionRun(world, id, 'R2')
  run.create()
  run.step('define_scope')
  run.step('build_task_graph', { tasks: [task({ domain_type: domain })] })
  for (const next of ['start_work', 'submit_evidence', 'route_reviewers'] as const) run.step(next)
  if (dispute === 'owner') world.send(OWNER, 'mission.dispute', id, { task: 't-1', reason: 'Whose data is it?' })
  run.review(['approve', 'approve', 'approve', 'approve', 'approve'], { normative_dispute: dispute === 'reviewers' })
  return run
}

const panelOf = ({ state }: Deployment, { id }: MissionRun): Panel | undefined =>
  state.panels.byId.get(panelId({ kind: 'task', mission: id, task: 't-1', attempt: 1 }))

/** The beacon speaks for the panel; answers where it stands, or why nobody was seated. */
function seated(world: Deployment, run: MissionRun): string | undefined {
  const waiting = panelOf(world, run)
  if (waiting?.status === 'awaiting_beacon') world.observeRound(waiting.frozen.round)
  const panel = panelOf(world, run)
  return panel?.status === 'blocked' ? panel.why : panel?.status
}

const VOTE = { vote: 'approve', reasons: 'It follows the policy.' }
const RESULT = { outputs: [OUTPUT], summary: 'Total 42.' }

/** Whoever would go on without the panel: the integrator, and the owner at a gate that the mission has not reached. */
async function goesOn(there: Simulation, run: MissionRun): Promise<void> {
  await there.expect('step-of-the-machine', INTEGRATOR, 'mission.integrate', run.id, RESULT)
  const log = decisionLog(there.world, there.world.state.missions.get(run.id), 'approve', OWNER, OWNER)
  await there.expectLog('mission-exists', `the owner approves ${run.id}`, GATE, log)
}

const alike = (count: number, region: (index: number) => string, house: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => person(`friend-${i}`, region(i), house(i)))

export const PANELS: readonly Attack[] = [
  {
    id: 'panel-of-friends',
    title: 'A panel of two humans, of one region, of one organization; one vote of three, a vote twice, by an outsider',
    on: 'rules',
    run: async (arena) => {
      // The founder and one more had no hand in the work; everybody else had.
      const few: readonly (readonly [string, string, readonly Person[]])[] = [
        ['insufficient_eligible', 'two humans', CITIZENS.slice(0, 1)],
        [
          'region_diversity',
          'one region',
          alike(
            8,
            () => 'EU',
            (i) => `house-${i}`,
          ),
        ],
        [
          'organization_diversity',
          'one organization',
          alike(
            8,
            (i) => ['EU', 'NA', 'AF'][i % 3] ?? 'EU',
            () => 'founders',
          ),
        ],
      ]
      for (const [reason, what, people] of few) {
        const there = arena.elsewhere(`a panel of ${what}`, () => withPeople(people))
        const run = approvedByAll(there.world, there.fresh('friends'), { domain: 'normative' })
        there.expectInVain(
          reason,
          `a panel of ${what}`,
          () => seated(there.world, run),
          () => run.shown() === 'UnderReview',
        )
        const panel = panelOf(there.world, run)?.id ?? ''
        await there.expect('signer-holds-a-seat', people[0]!, 'panel.vote', panel, VOTE)
        await goesOn(there, run)
      }
      await votes(arena.elsewhere('a panel of three', () => withPeople()))
    },
  },
  {
    id: 'machines-close-a-normative-question',
    title: 'Reviewers agree unanimously on a normative task, a mixed one, a disputed one',
    on: 'rules',
    run: async (arena) => {
      const there = arena.elsewhere('a normative question', () => withPeople())
      for (const asked of [
        { domain: 'normative' },
        { domain: 'mixed' },
        { domain: 'objective', dispute: 'owner' },
        { domain: 'objective', dispute: 'reviewers' },
      ] as const) {
        const run = approvedByAll(there.world, there.fresh('question'), asked)
        there.expectInVain(
          'awaiting_beacon',
          `five approvals, ${Object.values(asked).join(', disputed by ')}`,
          () => panelOf(there.world, run)?.status,
          () => run.shown() === 'UnderReview',
        )
        await goesOn(there, run)
      }
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
      await arena.expect('grounds-are-stated', arena.human(), 'incident.report', subject(), report)
      const oneself = { ...report, concerns: [arena.human().id], accused: arena.human().id }
      await arena.expect('accused-is-another', arena.human(), 'incident.report', subject(), oneself)
      const dismissed = { resolution: 'dismissed', reason: 'No.' }
      await arena.expect('incident-exists', arena.human(), 'incident.resolve', subject(), dismissed)
      await arena.expect('signed-by-the-right-kind', arena.machine(), 'incident.resolve', subject(), dismissed)
    },
  },
]

/** Three sit: one vote, or one against one, decides nothing, and nobody votes twice or from outside. */
async function votes(there: Simulation): Promise<void> {
  const run = approvedByAll(there.world, there.fresh('votes'), { domain: 'normative' })
  if (seated(there.world, run) !== 'voting') throw new Fault('arena-not-ready', { panel: run.id })
  const panel = panelOf(there.world, run)
  const members = panel?.members.map(({ id }) => id) ?? []
  const [first, second] = CITIZENS.filter(({ id }) => members.includes(id))
  const outsider = CITIZENS.find(({ id }) => !members.includes(id))
  const subject = panel?.id ?? ''
  await there.expect('signer-holds-a-seat', outsider!, 'panel.vote', subject, VOTE)
  await there.expect('signer-holds-a-seat', OWNER, 'panel.vote', subject, VOTE)
  for (const [member, vote] of [
    [first!, VOTE],
    [second!, { ...VOTE, vote: 'reject' }],
  ] as const) {
    there.world.send(member, 'panel.vote', subject, vote)
    await there.expect('seat-has-not-voted', member, 'panel.vote', subject, VOTE)
    await goesOn(there, run)
  }
}
