/**
 * A question goes to humans: reviews that a dispute or low agreement sent there, or that were only advisory; or a draw
 * that was blocked and is opened anew.
 *
 * Source: spec 3.5.
 */
import { roundAt } from '../../wire/beacon.ts'
import type { PanelEvent } from '../panel/event.ts'
import { moreThanHalf } from '../panel/majority.ts'
import { panelId, panelNonce } from '../panel/selection.ts'
import type { PanelRules } from '../panel/state.ts'
import { once } from '../constraints/involved.ts'
import { keptOutOfTask } from '../kept-out.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

type Opened = Extract<PanelEvent, { event_type: 'review.panel_opened' }>

export const openPanel: Process = (event, situation) => {
  if (event.event_type === 'review.concluded' && event.data.outcome === 'adjudication') {
    const { task, attempt, reason } = event.data
    const about = { kind: 'task', mission: event.subject, task, attempt } as const
    const { constitution } = situation.world
    const { size, regions, organizations } = constitution.normative.panel
    const mission = situation.state.missions.get(event.subject)
    const tier = mission !== undefined && 'tier' in mission ? mission.tier : ''
    const rules = {
      size,
      majority: moreThanHalf(size),
      minRegions: regions,
      minOrganizations: organizations,
      trust: constitution.reviewThreshold(tier) ?? Number.MAX_SAFE_INTEGER,
    }
    const excluded = keptOutOfTask(situation.state, about, situation.world)
    return [openedPanel({ purpose: 'adjudication', about, reason, rules }, excluded, situation)]
  }
  if (event.event_type === 'review.panel_reopened') {
    const panel = situation.state.panels.byId.get(event.subject)
    if (panel === undefined) return NOTHING
    // Who was kept out of this matter once stays out of it, and so does whoever would be by now.
    const { actors, organizations } = panel.frozen.excluded
    const now = situation.world.keptOut(panel.about)
    const excluded = {
      actors: once([...actors, ...now.actors]),
      organizations: once([...organizations, ...now.organizations]),
    }
    return [openedPanel(panel, excluded, situation, panel.frozen.draw + 1)]
  }
  return NOTHING
}

export function openedPanel(
  matter: Pick<Opened['data'], 'purpose' | 'about' | 'reason'> & { readonly rules: PanelRules },
  excluded: Opened['data']['excluded'],
  { world, at }: Situation,
  draw = 1,
): Opened {
  const { purpose, about, reason, rules } = matter
  const subject = panelId(about)
  const { constitution, deployment } = world
  return {
    event_type: 'review.panel_opened',
    subject,
    data: {
      purpose,
      about,
      reason,
      draw,
      round: roundAt(deployment.beacon, at) + constitution.reviews.beaconRounds,
      nonce: panelNonce(subject, draw),
      previous_commitment: world.lastCommitment(),
      size: rules.size,
      majority: rules.majority,
      min_regions: rules.minRegions,
      min_organizations: rules.minOrganizations,
      trust: rules.trust,
      pool_size: world.humans(),
      excluded,
    },
  }
}
