/**
 * Work on a constitutional proposal is reviewed by nobody: no machine has a say in it, and the humans who do are its
 * chambers. Its tasks go through the machine's states without a draw, and the mission stops at its gate.
 *
 * Source: spec 3.1, 3.2 (R3).
 */
import { NOTHING, type Process, type Situation } from './process.ts'

export const passProposal: Process = (event, situation) => {
  if (event.event_type !== 'mission.evidence_attached' || !preparesProposal(event.subject, situation)) return NOTHING
  const { task, attempt } = event.data
  return [
    { event_type: 'mission.reviewers_routed', subject: event.subject, data: { task, attempt, reviewers: [] } },
    {
      event_type: 'mission.task_integrated',
      subject: event.subject,
      data: { task, attempt, agreement_permille: 0, reviews: [] },
    },
  ]
}

export function preparesProposal(mission: string, { state, world }: Situation): boolean {
  const found = state.missions.get(mission)
  if (found === undefined || !('tier' in found)) return false
  return world.constitution.topologyOf(found.tier)?.constitutionalFlow === true
}
