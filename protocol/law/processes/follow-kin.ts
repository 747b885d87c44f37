/**
 * One system under several identities falls with all of them: an identity that was registered beforehand is no way out
 * of a quarantine, nor of an end for malice (spec 4.5; I-05, D-23).
 *
 *     X falls ─▶ who carries its history (lineage, kin)            and, under X's own operator, whose history X carries,
 *                                                                  and who ever stated a fingerprint of X
 *     Y declares an environment that a fallen twin stated ─▶ Y
 *
 * Each comes to what the same identity would be registered with now: no more trust than the least of those it is linked
 * to, extended probation, and quarantine at zero. Another operator's word binds nobody: who declares my machine among
 * its earlier identities falls with mine, and mine not with theirs.
 *
 * An end by time or by failed examinations comes after a quarantine, in which the others were linked already.
 */
import { formatTimestamp } from '../../wire/time.ts'
import type { EventDraft } from '../constraints/event.ts'
import type { Kin } from '../machine/event.ts'
import { heirsOf, twinsOf } from '../machine/kinship.ts'
import type { RegisteredMachine } from '../machine/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { rowOf, take } from './trust-desk.ts'
import { vacated } from './vacate-seats.ts'

type Fallen = {
  readonly machine: RegisteredMachine
  readonly status: 'quarantined' | 'decommissioned'
  readonly since: string
}

export const followKin: Process = (event, situation) => {
  const machine = situation.state.machines.get(event.subject)
  // One that is registered in this very entry has nobody who could fall with it.
  if (machine === undefined) return NOTHING
  switch (event.event_type) {
    case 'trust.machine_quarantined': {
      const { cause, zero_since } = event.data
      const seats = cause === 'lineage' ? vacated(new Set([machine.id]), situation) : NOTHING
      return [...seats, ...fallenWith({ machine, status: 'quarantined', since: zero_since }, situation)]
    }
    case 'trust.machine_decommissioned': {
      if (event.data.cause !== 'malice') return NOTHING
      const since = formatTimestamp(situation.at)
      return fallenWith({ machine, status: 'decommissioned', since }, situation)
    }
    case 'trust.machine_drifted':
      return nowRunsAs(machine, event.data.fingerprint, situation)
    default:
      return NOTHING
  }
}

function fallenWith(fallen: Fallen, situation: Situation): readonly EventDraft[] {
  const { state } = situation
  const { id, operator, kin, fingerprints } = fallen.machine
  const twins = fingerprints.flatMap((fingerprint) => twinsOf(state.kinship, operator, fingerprint))
  const earlier = kin.filter((one) => state.machines.get(one)?.operator === operator)
  const all = new Set([...heirsOf(state.kinship, id), ...twins, ...earlier])
  return [...all].toSorted().flatMap((one) => linked(one, [fallen], situation))
}

/** What runs now ran before under an identity that has fallen. */
function nowRunsAs(
  { id, operator }: RegisteredMachine,
  fingerprint: string,
  situation: Situation,
): readonly EventDraft[] {
  const { state, at } = situation
  const fallen = twinsOf(state.kinship, operator, fingerprint).flatMap((twin): readonly Fallen[] => {
    const machine = state.machines.get(twin)
    if (machine === undefined || twin === id) return []
    const { life } = machine
    if (life.status === 'quarantined') return [{ machine, status: life.status, since: formatTimestamp(life.zeroSince) }]
    return life.status === 'decommissioned' ? [{ machine, status: life.status, since: formatTimestamp(at) }] : []
  })
  return fallen.length === 0 ? NOTHING : linked(id, fallen, situation)
}

const linkedIn = new WeakMap<Situation, Set<string>>()

/** Once an entry: whoever falls with several of a system falls once. */
function linked(id: string, fallen: readonly Fallen[], situation: Situation): readonly EventDraft[] {
  const { state, world, soFar } = situation
  const machine = state.machines.get(id)
  const row = rowOf(id, situation)
  const done = linkedIn.get(situation) ?? new Set<string>()
  linkedIn.set(situation, done)
  const serves = machine?.life.status === 'active' || machine?.life.status === 'probation'
  // At zero it goes into quarantine by its own, in this entry.
  if (machine === undefined || row === undefined || !serves || row.trust === 0 || done.has(id)) return NOTHING
  if (soFar.some(({ event_type, subject }) => subject === id && ENDS.has(event_type))) return NOTHING
  done.add(id)
  const { recertification } = world.constitution.machines
  const least = fallen.map((one) => rowOf(one.machine.id, situation)?.trust ?? 0)
  const trust = Math.min(row.trust, recertification.trustAfter, ...least)
  const failures = fallen.filter(({ status }) => status === 'quarantined').flatMap((one) => one.machine.failures)
  const link: EventDraft = {
    event_type: 'trust.lineage_linked',
    subject: id,
    data: {
      kin: kinWith(machine, fallen, situation),
      trust,
      extended: true,
      probation_tasks: recertification.probationTasks * recertification.extendedProbationFactor,
      failures: [...new Set([...machine.failures, ...failures])]
        .toSorted((a, b) => a - b)
        .map((moment) => formatTimestamp(moment)),
    },
  }
  const since = fallen.map((one) => one.since).toSorted()[0] ?? ''
  const quarantined: EventDraft = {
    event_type: 'trust.machine_quarantined',
    subject: id,
    data: { cause: 'lineage', zero_since: since },
  }
  const cause = { cause: 'lineage', gain: 0, penalty: row.trust - trust, renews: false, guarded: true } as const
  const { event } = take(row, cause, situation)
  return trust === 0 ? [link, quarantined, event] : [link, event]
}

const ENDS: ReadonlySet<string> = new Set(['trust.machine_quarantined', 'trust.machine_decommissioned'])

/** Those it was linked to before, and those that have fallen now, in order of id. */
function kinWith(machine: RegisteredMachine, fallen: readonly Fallen[], { state }: Situation): readonly Kin[] {
  const found = new Map<string, Kin>()
  const by = (id: string): Kin['by'] => (machine.lineage.includes(id) ? 'declared' : 'operator-and-fingerprint')
  for (const id of machine.kin) {
    const status = state.machines.get(id)?.life.status ?? 'unknown'
    found.set(id, { machine: id, status, by: by(id) })
  }
  for (const { machine: other, status } of fallen) found.set(other.id, { machine: other.id, status, by: by(other.id) })
  return [...found.values()].toSorted((a, b) => (a.machine < b.machine ? -1 : a.machine > b.machine ? 1 : 0))
}
