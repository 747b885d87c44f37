/** A human who had no hand in a mission decides on it: signs the struct with their wallet, and the gate keeps it. */
import type { Hex } from 'viem'
import { approvalDigest, approvalDomain, parseApproval } from '../../../protocol/wire/approval.ts'
import { bytes32Of, bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { hash } from '../../../protocol/wire/sha256.ts'
import { DAY, HOUR, millis, MINUTE, type Millis } from '../../../protocol/wire/time.ts'
import { sign } from '../../../protocol/wire/wallet.ts'
import { approvalText, approvalTextHash } from '../../../protocol/law/mission/approval-text.ts'
import { involvement } from '../../../protocol/law/mission/independence.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import { decideCall } from '../../../runtime/chain/chain.ts'
import type { Stage } from '../stage.ts'
import type { Look, MissionPlan } from './plan.ts'

/** Signs and settles a decision once the epoch of the integration is on chain; answers when to look again. */
export async function decideAtGate(stage: Stage, plan: MissionPlan, seen: Look, turn: string): Promise<Millis> {
  const gate = await gateOf(stage, plan)
  // An R3 proposal waits for three chambers that there are not yet, what is normative for a panel.
  if (gate === undefined || gate.tier !== 'R2') return stage.hoursOn(24, turn)
  // What is contested waits: the law would withhold the decision, and the gate would keep it all the same.
  if (gate.contested) return stage.hoursOn(24, turn)
  if (!gate.committed) return millis(stage.now() + HOUR)
  const verdict = seen.planAttempt <= plan.rejections ? 'reject' : 'approve'
  const call = gate.callOf(verdict)
  // Not in the minutes in which an epoch ends: what is signed now should settle in this one.
  if (stage.now() % HOUR > 50 * MINUTE) return millis(stage.now() + 15 * MINUTE)
  stage.remember(`asked ${plan.id}`, gate.approver)
  await stage.house.settle([call])
  return stage.hoursOn(1, turn)
}

async function gateOf(stage: Stage, plan: MissionPlan) {
  const { seed, deployment } = stage.house
  const approvers = [...stage.cast.independents, ...stage.cast.owners, ...stage.cast.operators]
  return stage.house.ask((state, now) => {
    const mission = state.missions.get(plan.id)
    if (mission === undefined || mission.status !== 'FinalHumanGate') return undefined
    const world = worldOf(state)
    // Whoever has signed once for it has nothing more to say: the gate keeps the first word.
    const asked = stage.remembered(`asked ${plan.id}`)
    const independent = approvers.filter(
      ({ id }) => !asked.includes(id) && involvement(mission, id, world) === undefined,
    )
    const approver = seed.wallet(stage.chance.pick(`approver ${plan.id} ${asked.length}`, independent).id)
    const { gate, tier } = mission
    const facts = state.founded!.deployment
    const to = facts.contracts.final_gate.address
    const domain = approvalDomain(stage.house.where.chainId, to)
    return {
      tier,
      approver: approver.id,
      contested: world.openAppeals(plan.id).length + world.openIncidents(plan.id).length > 0,
      committed: world.epochCommitted(world.epochOfSeq(gate.seq)),
      callOf: (verdict: 'approve' | 'reject') => {
        const reason =
          verdict === 'reject' ? hash(utf8(`${plan.id}: the sum has to be explained.`)) : new Uint8Array(32)
        const approval = parseApproval({
          missionDigest: bytes32OfDigest(gate.digest as never),
          attempt: gate.attempt,
          approver: approver.address,
          decision: verdict,
          reasonHash: bytes32Of(reason),
          iUnderstandIt: true,
          iCommitIt: true,
          iAcceptItsConsequences: true,
          textHash: bytes32Of(approvalTextHash(approvalText(mission, verdict, deployment))),
          attentionHash: bytes32Of(new Uint8Array(32)),
          deadline: Math.floor((now + DAY) / 1000),
        })
        if (!approval.ok) throw new Fault('scenario-approval-malformed', { code: approval.error.code })
        const signature = sign(approvalDigest(domain, approval.value), approver.secret)
        return decideCall(to, approval.value, signature as Hex)
      },
    }
  })
}
