/**
 * R0 and R1 complete under the owner's signed scope, a standing mandate: when the gate opens and nothing stands in
 * it, the mission is completed in the same entry. Everything else waits for a human.
 *
 * Source: spec 3.1.
 */
import { domainOfMission, isAdjudicated } from '../mission/domain.ts'
import { blockAtGate } from '../mission/final-gate.ts'
import { isPlanned } from '../mission/state.ts'
import { NOTHING, type Process } from './process.ts'

export const completeLowRisk: Process = (event, { state }) => {
  if (event.event_type !== 'mission.gate_opened') return NOTHING
  const mission = state.missions.get(event.subject)
  if (!isPlanned(mission)) return NOTHING
  const block = blockAtGate({
    tier: mission.tier,
    domainType: domainOfMission(mission),
    adjudicated: isAdjudicated(mission),
    humanAsked: event.data.human_required,
    chambersPassed: false,
    approval: undefined,
  })
  if (block !== undefined) return NOTHING
  const { attempt } = event.data
  return [{ event_type: 'mission.completed', subject: event.subject, data: { attempt, by: 'standing-mandate' } }]
}
