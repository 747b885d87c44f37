/** The fold of machine events. No default: a new event stops the build until it is answered here. */
import { parseTimestamp, type Millis } from '../../wire/time.ts'
import type { MachineEvent } from './event.ts'
import type { Life, Machines, RegisteredMachine } from './state.ts'

export type EntryOf = { readonly seq: number; readonly at: Millis }

export function evolveMachine(machines: Machines, event: MachineEvent, entry: EntryOf): void {
  if (event.event_type === 'trust.machine_registered') {
    const { operator, region, organization, model_family, method_type, fingerprint, lineage, reviews } = event.data
    machines.set(event.subject, {
      id: event.subject,
      operator,
      region,
      organization,
      modelFamily: model_family,
      methodType: method_type,
      fingerprint,
      fingerprints: [fingerprint],
      lineage,
      kin: [],
      extended: false,
      reviews,
      life: { status: 'active' },
      failures: [],
      examined: [],
      steps: [{ seq: entry.seq, at: entry.at, event: event.event_type, cause: '' }],
      agent: undefined,
      forfeitedSeq: undefined,
    })
    return
  }
  const machine = machines.get(event.subject)
  if (machine !== undefined) machines.set(machine.id, after(machine, event, entry))
}

type Later = Exclude<MachineEvent, { event_type: 'trust.machine_registered' }>

function after(machine: RegisteredMachine, event: Later, entry: EntryOf): RegisteredMachine {
  const lived = (life: Life, cause = ''): RegisteredMachine => ({
    ...machine,
    life,
    steps: [...machine.steps, { seq: entry.seq, at: entry.at, event: event.event_type, cause }],
  })
  switch (event.event_type) {
    case 'trust.machine_key_added':
      // The keyring holds the key; this record says who added it.
      return machine
    case 'trust.lineage_linked': {
      const { kin, extended, probation_tasks: needed, failures } = event.data
      const life: Life = extended ? { status: 'probation', sinceSeq: entry.seq, done: 0, needed } : machine.life
      return { ...lived(life), kin: kin.map((one) => one.machine), extended, failures: failures.map(millisOf) }
    }
    case 'trust.machine_quarantined':
      return lived(
        { status: 'quarantined', zeroSince: millisOf(event.data.zero_since), since: entry.at, application: undefined },
        event.data.cause,
      )
    case 'trust.limit_restarted': {
      if (machine.life.status !== 'quarantined') return machine
      const life = { ...machine.life, zeroSince: millisOf(event.data.zero_since) }
      return { ...lived(life, event.data.appeal), failures: [] }
    }
    case 'trust.recertification_applied': {
      const { application, fingerprint, sign_by } = event.data
      const waits = { digest: application, fingerprint, signBy: millisOf(sign_by), signers: [] }
      const examined = [...machine.examined, application]
      return { ...withApplication(lived(machine.life), waits), examined, fingerprints: known(machine, fingerprint) }
    }
    case 'trust.recertification_signed': {
      const { life } = machine
      if (life.status !== 'quarantined' || life.application === undefined) return machine
      const signers = [...life.application.signers, event.data.by]
      return withApplication(machine, { ...life.application, signers })
    }
    case 'trust.recertification_failed': {
      const failed = withApplication(lived(machine.life, event.data.reason), undefined)
      return { ...failed, failures: [...machine.failures, entry.at] }
    }
    case 'trust.machine_recertified': {
      const { fingerprint, probation_tasks: needed } = event.data
      return { ...lived({ status: 'probation', sinceSeq: entry.seq, done: 0, needed }), fingerprint }
    }
    case 'trust.probation_counted': {
      const { life } = machine
      return life.status === 'probation' ? { ...machine, life: { ...life, done: event.data.done } } : machine
    }
    case 'trust.machine_activated':
      return { ...lived({ status: 'active' }), extended: false }
    case 'trust.machine_decommissioned':
      return lived({ status: 'decommissioned' }, event.data.cause)
    case 'trust.agent_link_proposed': {
      const { registry, agent_id: agentId } = event.data
      return { ...lived(machine.life), agent: { registry, agentId, status: 'proposed' } }
    }
    case 'trust.agent_linked': {
      const { registry, agent_id: agentId, block, log_index: logIndex } = event.data
      return { ...lived(machine.life), agent: { registry, agentId, status: 'linked', since: { block, logIndex } } }
    }
    case 'trust.agent_link_broken': {
      const { registry, agent_id: agentId, cause } = event.data
      const { life } = machine
      // Who examines it and signs for it from now on does so for its next holder.
      const after = life.status === 'quarantined' ? { ...life, since: entry.at, application: undefined } : life
      return { ...lived(after, cause), agent: { registry, agentId, status: 'broken' }, forfeitedSeq: entry.seq }
    }
    case 'trust.machine_drifted': {
      const { fingerprint, drift_ppm } = event.data
      return { ...lived(machine.life, String(drift_ppm)), fingerprints: known(machine, fingerprint) }
    }
  }
}

type Waiting = Extract<Life, { status: 'quarantined' }>['application']

function withApplication(machine: RegisteredMachine, application: Waiting): RegisteredMachine {
  return machine.life.status === 'quarantined' ? { ...machine, life: { ...machine.life, application } } : machine
}

function known(machine: RegisteredMachine, fingerprint: string): readonly string[] {
  return machine.fingerprints.includes(fingerprint) ? machine.fingerprints : [...machine.fingerprints, fingerprint]
}

/** Times inside events were written by the law itself, so they parse. */
function millisOf(timestamp: string): Millis {
  const parsed = parseTimestamp(timestamp)
  return parsed.ok ? parsed.value : (0 as Millis)
}
