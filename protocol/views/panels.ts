/**
 * Panels as readers see them: what they are about, who was drawn, what each says, and who dissents.
 *
 *     { id, purpose: 'adjudication', mission, task, appeal, status: 'voting', members: […], votes: […], outcome: null }
 */
import type { Json } from '../wire/canonical-json.ts'
import { formatTimestamp } from '../wire/time.ts'
import type { Panel } from '../law/panel/state.ts'
import type { State } from '../law/state.ts'

type View = { readonly [key: string]: Json }

export function panelsView(state: State): View {
  return { panels: [...state.panels.byId.values()].map(panel) }
}

export function panelView(state: State, id: string): View | undefined {
  const found = state.panels.byId.get(id)
  return found === undefined ? undefined : panel(found)
}

function panel(found: Panel): View {
  const { id, purpose, about, reason, status, rules, frozen, members } = found
  const outcome = status === 'concluded' ? found.outcome : null
  return {
    id,
    purpose,
    mission: about.kind === 'task' ? about.mission : null,
    task: about.kind === 'task' ? about.task : null,
    attempt: about.kind === 'task' ? about.attempt : null,
    appeal: about.kind === 'appeal' ? about.appeal : null,
    reason,
    status,
    why: status === 'blocked' || status === 'closed' ? found.why : null,
    size: rules.size,
    majority: rules.majority,
    min_regions: rules.minRegions,
    min_organizations: rules.minOrganizations,
    draw: frozen.draw,
    round: frozen.round,
    nonce: frozen.nonce,
    previous_commitment: frozen.previousCommitment,
    members: members.map((member) => ({ ...member })),
    vote_by: status === 'voting' || status === 'concluded' ? formatTimestamp(found.voteBy) : null,
    votes: [...found.votes].map(([member, cast]) => ({
      member,
      vote: cast.vote,
      reasons: cast.reasons,
      reason_code: cast.reasonCode ?? null,
      attestation: cast.attestation ?? null,
      dissents: outcome !== null && cast.vote !== outcome,
    })),
    outcome,
  }
}
