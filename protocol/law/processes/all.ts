/** Every process, in the order in which their events follow. */
import type { EventDraft } from '../constraints/event.ts'
import type { LawEvent } from '../events.ts'
import { assignReviewers } from './assign-reviewers.ts'
import { bindKeys } from './bind-keys.ts'
import { completeLowRisk } from './complete-low-risk.ts'
import { concludeReview } from './conclude-review.ts'
import { countProbation } from './count-probation.ts'
import { followAgent } from './follow-agent.ts'
import { followKin } from './follow-kin.ts'
import { mintTrust } from './mint-trust.ts'
import { openDraw } from './open-draw.ts'
import { openIncidents } from './open-incidents.ts'
import { passProposal } from './pass-proposal.ts'
import { closePanels } from './close-panels.ts'
import { concludePanel } from './conclude-panel.ts'
import { decideAppeal } from './decide-appeal.ts'
import { openAppealHearing } from './open-appeal-hearing.ts'
import { openPanel } from './open-panel.ts'
import { seatPanel } from './seat-panel.ts'
import { withdrawProofs } from './withdraw-proofs.ts'
import type { Process, Situation } from './process.ts'
import { quarantineAtZero } from './quarantine-at-zero.ts'
import { releaseGain } from './release-gain.ts'
import { recordFailures } from './record-failures.ts'
import { restartLimit } from './restart-limit.ts'
import { retireMachine } from './retire-machine.ts'
import { routeReviewers } from './route-reviewers.ts'
import { settleTrust } from './settle-trust.ts'

const PROCESSES: readonly Process[] = [
  bindKeys,
  // Before every sweep that follows the close of an epoch: whatever moves trust then begins behind the settlement.
  settleTrust,
  openDraw,
  passProposal,
  assignReviewers,
  routeReviewers,
  concludeReview,
  openPanel,
  seatPanel,
  closePanels,
  concludePanel,
  decideAppeal,
  openAppealHearing,
  completeLowRisk,
  mintTrust,
  recordFailures,
  followAgent,
  quarantineAtZero,
  followKin,
  countProbation,
  retireMachine,
  restartLimit,
  openIncidents,
  releaseGain,
  withdrawProofs,
]

/** The decided events and all that follows from them, each consequence directly behind its cause. */
export function withConsequences(
  decided: readonly EventDraft[],
  entry: Omit<Situation, 'soFar'>,
): readonly EventDraft[] {
  const all: EventDraft[] = []
  const situation = { ...entry, soFar: all }
  const follow = (event: EventDraft): void => {
    all.push(event)
    for (const process of PROCESSES) {
      for (const consequence of process(event as LawEvent, situation)) follow(consequence)
    }
  }
  for (const event of decided) follow(event)
  return all
}
