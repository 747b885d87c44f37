/**
 * The twelve steps of the mission machine as the commands that cause them, for a mission of one task.
 *
 * A step that is the law's own consequence (routing, the outcome of a review) is asked for as well as anyone can ask:
 * by the command that would cause it, were it the time for it.
 */
import assert from 'node:assert/strict'
import { bytes32Of } from '../../../protocol/wire/abi.ts'
import { signRound, roundAt } from '../../../protocol/wire/beacon.ts'
import { sealOf } from '../../../protocol/law/review/seal.ts'
import { isSeated, reviewKey } from '../../../protocol/law/review/state.ts'
import { taskOf } from '../../../protocol/law/mission/state.ts'
import type { Step } from '../../../protocol/law/mission/machine.ts'
import type { Verdict } from '../../../protocol/law/review/event.ts'
import type { Recorded } from '../../../protocol/genesis.ts'
import { INTEGRATOR, NOOR, PLANNER, REVIEWERS, RUNTIME, WORKER } from './people.ts'
import {
  decided,
  decision,
  evidence,
  observed,
  oneTask,
  OUTPUT,
  publishAll,
  reinforced,
  SALT,
  scopeBody,
  seatedFor,
} from './flow.ts'
import { BEACON_SECRET, committed, drawNow, type Bench } from './world.ts'

/** The state of the machine: the mission's own, or its task's while it is worked on. */
export function machineState(bench: Bench, mission: string): string {
  const found = bench.state.missions.get(mission)
  if (found === undefined) return 'none'
  return found.status === 'Working' ? (taskOf(found, 't-1')?.status ?? 'none') : found.status
}

function attemptOf(bench: Bench, mission: string): number {
  return taskOf(bench.state.missions.get(mission), 't-1')?.attempt ?? 0
}

/** Ask for one step; the answer is what came of the last command that was needed. */
export function ask(bench: Bench, mission: string, step: Step): Recorded {
  switch (step) {
    case 'define_scope':
      return bench.send(NOOR, 'mission.scope', mission, scopeBody('regulated_analysis'))
    case 'build_task_graph':
      return bench.send(PLANNER, 'mission.plan', mission, oneTask())
    case 'replan':
      return bench.send(PLANNER, 'mission.replan', mission, oneTask())
    case 'start_work':
      return bench.send(WORKER, 'mission.start', mission, { task: 't-1' })
    case 'correct_task':
      return bench.send(WORKER, 'mission.correct', mission, { task: 't-1' })
    case 'submit_evidence': {
      const envelope = evidence(bench, mission, attemptOf(bench, mission) + 1)
      return bench.send(WORKER, 'mission.submit', mission, { task: 't-1', evidence: envelope })
    }
    case 'assemble_output':
      return bench.send(INTEGRATOR, 'mission.integrate', mission, { outputs: [OUTPUT], summary: 'Total 42.' })
    case 'route_reviewers':
      return bench.state.reviews.awaiting.size > 0 ? drawNow(bench) : someRound(bench)
    case 'review_approved':
      return review(bench, mission, 'approve')
    case 'review_failed':
      return review(bench, mission, 'reject')
    case 'human_approve':
      return decide(bench, mission, 'approve')
    case 'human_reject':
      return decide(bench, mission, 'reject')
  }
}

function someRound(bench: Bench): Recorded {
  const round = roundAt(bench.state.founded!.deployment.beacon, bench.now())
  return bench.send(RUNTIME, 'beacon.observed', 'beacon', {
    round,
    signature: signRound(BEACON_SECRET, round).signature,
  })
}

function review(bench: Bench, mission: string, verdict: Verdict): Recorded {
  const attempt = attemptOf(bench, mission)
  const found = bench.state.reviews.byTask.get(reviewKey(mission, 't-1'))
  const said = (id: string) => decision(id, mission, verdict, { attempt: Math.max(attempt, 1) })
  const reveal = (seat: (typeof REVIEWERS)[number]) =>
    bench.send(seat, 'review.reveal', mission, { task: 't-1', decision: said(seat.id), salt: SALT })
  if (!isSeated(found) || found.status !== 'sealing') return reveal(REVIEWERS[0])
  const seats = seatedFor(bench, mission) as (typeof REVIEWERS)[number][]
  for (const seat of seats) {
    const commitment = sealOf(said(seat.id), Buffer.from(SALT, 'hex'))
    committed(bench.send(seat, 'review.commit', mission, { task: 't-1', commitment }))
  }
  const answers = seats.map(reveal)
  return answers.at(-1)!
}

function decide(bench: Bench, mission: string, verdict: 'approve' | 'reject'): Recorded {
  publishAll(bench)
  const found = bench.state.missions.get(mission)
  assert.ok(found !== undefined)
  const log = 'gate' in found ? decided(bench, mission, NOOR, verdict) : signedForNothing(verdict)
  const recorded = bench.send(RUNTIME, 'chain.observed', 'chain', observed(log, 'final_gate'))
  if (machineState(bench, mission) === 'Rejected' && found.status !== 'Rejected') reinforced(bench)
  return recorded
}

/** A decision on a mission that never was at a gate: there is nothing that its digest could be of. */
function signedForNothing(verdict: 'approve' | 'reject') {
  const zero = bytes32Of(new Uint8Array(32))
  return {
    event: 'Decided',
    mission_digest: `sha256:${'12'.repeat(32)}`,
    attempt: 1,
    approver: NOOR.wallet,
    decision: verdict,
    reason_hash: zero,
    i_understand_it: true,
    i_commit_it: true,
    i_accept_its_consequences: true,
    text_hash: zero,
    attention_hash: zero,
    deadline: 1_780_000_000,
    signature: '0x',
    by_contract: true,
  }
}
