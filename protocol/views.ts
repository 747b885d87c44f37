/**
 * The state as readers see it: plain JSON, made from the fold alone, each with the place in the ledger it stands for.
 *
 * A view adds nothing to the law; whatever it shows can be traced to the entries it was folded from.
 */
import { hex } from './wire/bytes.ts'
import type { Json } from './wire/canonical-json.ts'
import { formatTimestamp, millis, type Millis } from './wire/time.ts'
import { approvalText } from './law/mission/approval-text.ts'
import { isHalted } from './law/mission/fitness.ts'
import { shownState, type Mission, type Task } from './law/mission/state.ts'
import { panelId } from './law/panel/selection.ts'
import { isSeated, reviewKey, type Review } from './law/review/state.ts'
import { nextRegularEnd } from './law/epoch/schedule.ts'
import type { State } from './law/state.ts'
import { machineView } from './views/machines.ts'
import { worldOf } from './law/world.ts'

type View = { readonly [key: string]: Json }

export function deploymentView(state: State): View | undefined {
  if (state.founded === undefined) return undefined
  const { deployment, constitution } = state.founded
  const { beacon } = deployment
  return {
    deployment: deployment.id,
    protocol_version: deployment.protocolVersion,
    development: deployment.development,
    founded_at: formatTimestamp(deployment.startedAt),
    epoch_ms: deployment.epochMs,
    beacon: { ...beacon },
    founder: { ...deployment.founder },
    runtime: { id: deployment.runtime.id, may: deployment.runtime.may },
    committee: {
      id: deployment.committee.id,
      threshold: deployment.committee.threshold,
      members: deployment.committee.members.map((member) => ({ ...member })),
    },
    chains: deployment.chains.map(({ role, chainId, genesisHash }) => ({
      role,
      chain_id: chainId,
      genesis_hash: genesisHash,
    })),
    contracts: Object.fromEntries(Object.entries(deployment.contracts).map(([name, facts]) => [name, { ...facts }])),
    constitution: constitution.hash,
  }
}

export function overviewView(state: State, at: Millis): View | undefined {
  if (state.founded === undefined) return undefined
  const { deployment, constitution } = state.founded
  const { epochs, books, chain } = state
  const overdue = worldOf(state).overdueEpoch(at)
  return {
    deployment: deployment.id,
    development: deployment.development,
    phase: 'G0',
    phase_ends_at: formatTimestamp(millis(deployment.startedAt + constitution.phases.g0MaxMs)),
    commitment_tier: 'C0',
    humans: state.identities.humans.size,
    machines: state.machines.size,
    missions: countBy([...state.missions.values()].map(shownState)),
    entries: books.next,
    head: books.head,
    epoch: epochs.current,
    epoch_ends_at: formatTimestamp(nextRegularEnd(epochs.lastEnd, deployment.epochMs)),
    epochs_closed: epochs.closed.length,
    epochs_committed: chain.committed.size,
    overdue_epoch: overdue ?? null,
    at: formatTimestamp(at),
  }
}

export function missionSummary(state: State, mission: Mission): View {
  return {
    id: mission.id,
    title: mission.title,
    summary: mission.summary,
    owner: mission.owner,
    state: shownState(mission),
    held: mission.held ?? null,
    tier: 'tier' in mission ? mission.tier : null,
    mission_class: 'scope' in mission ? mission.scope.mission_class : null,
    domain_type: 'scope' in mission ? mission.scope.domain_type : null,
    revision: worldOf(state).revision(mission.id),
    waits_for_a_human: mission.status === 'FinalHumanGate',
  }
}

export function missionsView(state: State): View {
  return { missions: [...state.missions.values()].map((mission) => missionSummary(state, mission)) }
}

export function missionView(state: State, id: string): View | undefined {
  const mission = state.missions.get(id)
  if (mission === undefined || state.founded === undefined) return undefined
  return {
    ...missionSummary(state, mission),
    scope:
      'scope' in mission ? { ...mission.scope, inputs: mission.scope.inputs.map((input) => ({ ...input })) } : null,
    attempt: 'plan' in mission ? mission.plan.attempt : 0,
    tasks: 'plan' in mission ? [...mission.plan.tasks.values()].map((task) => taskView(state, mission, task)) : [],
    gate: gateView(state, mission),
    decision: 'decision' in mission && mission.decision !== undefined ? { ...mission.decision } : null,
    reversed: mission.reversals.at(-1)?.by ?? null,
    /** Every reversal that stands: by whom, which appeal found so, and the record that says it. */
    reversals: mission.reversals.map((reversal) => ({ ...reversal })),
  }
}

function gateView(state: State, mission: Mission): Json {
  if (!('gate' in mission)) return null
  const { gate } = mission
  const deployment = state.founded?.deployment.id ?? ''
  const epoch = worldOf(state).epochOfSeq(gate.seq)
  return {
    attempt: gate.attempt,
    mission_digest: gate.digest,
    human_required: gate.humanRequired,
    decide_by: gate.decideBy,
    integrator: gate.integrator,
    outputs: gate.outputs.map((output) => ({ ...output })),
    summary: gate.summary,
    seq: gate.seq,
    epoch,
    epoch_committed: worldOf(state).epochCommitted(epoch),
    texts: {
      approve: approvalText(mission, 'approve', deployment),
      reject: approvalText(mission, 'reject', deployment),
    },
  }
}

function taskView(state: State, mission: Mission, task: Task): View {
  const review = state.reviews.byTask.get(reviewKey(mission.id, task.id))
  return {
    id: task.id,
    title: task.title,
    instructions: task.instructions,
    domain_type: task.domain_type,
    depends_on: task.depends_on,
    worker: task.takenBy ?? task.worker ?? null,
    state: task.status,
    attempt: task.attempt,
    rework_reason: task.reworkReason ?? null,
    evidence:
      task.evidence === undefined
        ? null
        : {
            digest: task.evidence.digest,
            seq: task.evidence.seq,
            artifacts: task.evidence.artifacts.map((artifact) => ({ ...artifact })),
            references: task.evidence.references,
          },
    agreement_permille: task.agreementPermille ?? null,
    disputed: task.disputed,
    /** Its worker is out of service: the owner may take it from there. */
    halted: 'tier' in mission && isHalted(task, mission.tier, worldOf(state)),
    panel: panelOf(state, mission, task),
    review: review === undefined ? null : reviewView(review),
  }
}

/** The panel that adjudicates the task's present attempt, by its name. */
function panelOf(state: State, mission: Mission, task: Task): string | null {
  const id = panelId({ kind: 'task', mission: mission.id, task: task.id, attempt: task.attempt })
  return state.panels.byId.has(id) ? id : null
}

export function reviewView(review: Review): View {
  return {
    status: review.status,
    attempt: review.attempt,
    draw: review.frozen.draw,
    round: review.frozen.round,
    nonce: review.frozen.nonce,
    previous_commitment: review.frozen.previousCommitment,
    pool_size: review.frozen.pool.members.length,
    reason: 'reason' in review ? review.reason : null,
    outcome: review.status === 'concluded' ? review.outcome : null,
    counts: review.status === 'blocked' ? { ...review.counts } : null,
    commit_by: review.status === 'sealing' ? formatTimestamp(review.commitBy) : null,
    reveal_by: review.status === 'revealing' ? formatTimestamp(review.revealBy) : null,
    seats: isSeated(review)
      ? [...review.seats.values()].map((seat) => ({
          ...seat.member,
          sealed: seat.commitment !== undefined,
          commitment: seat.commitment ?? null,
          decision: seat.decision === undefined ? null : (seat.decision as unknown as Json),
          counted: seat.record?.counted ?? null,
        }))
      : [],
  }
}

export function actorsView(state: State): View {
  const ids = [...state.identities.humans.keys(), ...state.machines.keys()]
  return { actors: ids.map((id) => actorView(state, id) ?? { id }) }
}

export function actorView(state: State, id: string): View | undefined {
  if (state.founded === undefined) return undefined
  const actor = worldOf(state).actor(id)
  if (actor === undefined || actor.kind === 'stranger') return undefined
  const keys = [...state.keyring.entries()]
    .filter(([, key]) => key.actor === id)
    .map(([keyId, key]) => ({
      key_id: keyId,
      key: hex(key.publicKey),
      purpose: key.purpose,
      not_after: formatTimestamp(key.notAfter),
      revoked: key.revoked,
    }))
  const revision = worldOf(state).revision(id)
  if (actor.kind === 'runtime') return { kind: 'runtime', id, keys, revision }
  if (actor.kind === 'human') {
    const { wallet, region, organization, reviews, trust } = actor
    const founder = id === state.founded.deployment.founder.id
    const conflicts = [...(state.identities.conflicts.get(id) ?? [])]
    const place = { wallet, region, organization }
    return { kind: 'human', id, ...place, reviews, trust_micro: trust, founder, conflicts, keys, revision }
  }
  const { operator, region, organization, modelFamily, methodType, reviews, trust, status } = actor
  return {
    kind: 'machine',
    id,
    operator,
    region,
    organization,
    model_family: modelFamily,
    method_type: methodType,
    fingerprint: state.machines.get(id)?.fingerprint ?? '',
    status,
    life: machineView(state, id) ?? null,
    reviews,
    trust_micro: trust,
    keys,
    revision,
  }
}

export function epochsView(state: State): View {
  return { current: state.epochs.current, epochs: state.epochs.closed.map((_, epoch) => epochView(state, epoch) ?? {}) }
}

export function epochView(state: State, epoch: number): View | undefined {
  const closed = state.epochs.closed[epoch]
  if (closed === undefined) return undefined
  const { published, closedBySeq } = closed
  return {
    ...(published as unknown as View),
    closed_by_seq: closedBySeq,
    committed: state.chain.committed.has(epoch),
  }
}

function countBy(values: readonly string[]): View {
  const counts: { [value: string]: number } = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
