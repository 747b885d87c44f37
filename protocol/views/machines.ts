/**
 * The life of a machine as readers see it: where it stands, what it waits for, every step with the entry that made it.
 *
 * `decommission_at` is when time alone ends it; null where it is not in quarantine.
 */
import type { Json } from '../wire/canonical-json.ts'
import { formatTimestamp, millis } from '../wire/time.ts'
import type { RegisteredMachine } from '../law/machine/state.ts'
import type { State } from '../law/state.ts'
import { worldOf } from '../law/world.ts'

type View = { readonly [key: string]: Json }

export function machinesView(state: State): View {
  return { machines: [...state.machines.values()].map((machine) => lifeOf(state, machine)) }
}

export function machineView(state: State, id: string): View | undefined {
  const machine = state.machines.get(id)
  return machine === undefined ? undefined : lifeOf(state, machine)
}

function lifeOf(state: State, machine: RegisteredMachine): View {
  const { id, operator, fingerprint, fingerprints, lineage, kin, extended, life, failures, steps, agent } = machine
  const { constitution } = worldOf(state)
  const limit = constitution.machines.decommission.zeroTrustMs
  const quarantined = life.status === 'quarantined' ? life : undefined
  return {
    id,
    operator,
    status: life.status,
    fingerprint,
    fingerprints,
    lineage,
    kin,
    extended,
    probation: life.status === 'probation' ? { done: life.done, needed: life.needed } : null,
    zero_since: quarantined === undefined ? null : formatTimestamp(quarantined.zeroSince),
    decommission_at: quarantined === undefined ? null : formatTimestamp(millis(quarantined.zeroSince + limit)),
    application: application(quarantined?.application, constitution.machines.recertification.signatures),
    failures: failures.map((moment) => formatTimestamp(moment)),
    agent: agent === undefined ? null : { registry: agent.registry, agent_id: agent.agentId, status: agent.status },
    incidents: worldOf(state).openIncidents(id),
    steps: steps.map(({ seq, at, event, cause }) => ({ seq, at: formatTimestamp(at), event, cause })),
    revision: worldOf(state).revision(id),
  }
}

type Quarantined = Extract<RegisteredMachine['life'], { status: 'quarantined' }>

function application(waits: Quarantined['application'], needed: number): Json {
  if (waits === undefined) return null
  const { digest, fingerprint, signBy, signers } = waits
  return { digest, fingerprint, sign_by: formatTimestamp(signBy), signers, needed }
}
