/**
 * The fold of trust events, in place. Every figure stands in the event or follows from it: nobody folds a rule that the
 * event does not name.
 */
import type { Millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import { correct, pushTo, setVerdict } from './conduct.ts'
import type { TrustEvent, Work } from './event.ts'
import { write, type Cause } from './history.ts'
import { restUnits } from './rules/decay.ts'
import { settleAndClose } from './rules/settle.ts'
import { capInForce, placeOf, type Blame, type CapBasis, type Proof, type Suspension, type Trust } from './state.ts'
import { drop, push } from './window.ts'

type Entry = { readonly seq: number; readonly at: Millis }
type Changed = Extract<TrustEvent, { event_type: 'trust.changed' }>
type Minted = Extract<TrustEvent, { event_type: 'trust.proof_minted' }>

export function evolveTrust(trust: Trust, event: TrustEvent, entry: Entry, constitution: Constitution): void {
  switch (event.event_type) {
    case 'trust.proof_minted':
      minted(trust, event, entry)
      return
    case 'trust.changed':
      changed(trust, event, entry, constitution.trust)
      return
    case 'trust.failure_recorded': {
      const { kind, incident, mission, task, attempt, finding, taken } = event.data
      const actor = event.subject
      if (kind === 'contradicted-review') setVerdict(trust, actor, event.data, false)
      if (mission !== null && finding !== null) {
        blamed(trust, mission, { actor, task, attempt, kind, finding, taken, seq: entry.seq })
      }
      if (incident !== null) trust.misconduct.set(incident, { actor, taken, forgiven: false, seq: entry.seq })
      return
    }
    case 'trust.gain_suspended': {
      const { actor, amount, epoch, mission, task, role } = event.data
      const work = { mission, task, role }
      const { seq, at } = entry
      const suspension = { id: event.subject, actor, amount, epoch, ...work, seq, at, signatures: [] }
      trust.suspensions.set(event.subject, { ...suspension, status: 'waiting', discarded: undefined, applied: 0 })
      return
    }
    case 'trust.revalidation_signed':
      withSuspension(trust, event.subject, (before) => ({
        ...before,
        signatures: [...before.signatures, { by: event.data.by, seq: entry.seq }],
      }))
      return
    case 'trust.gain_released': {
      const { applied } = event.data
      const released = withSuspension(trust, event.subject, (before) => ({
        ...before,
        status: 'released',
        applied,
      }))
      if (released === undefined) return
      withProof(trust, released, released.actor, (proof) => ({ ...proof, applied: proof.applied + applied }))
      return
    }
    case 'trust.gain_discarded':
      withSuspension(trust, event.subject, (before) => ({
        ...before,
        status: 'discarded',
        discarded: event.data.reason,
      }))
      return
    case 'trust.gain_held_again':
      // Nobody who signed has seen the work stand after it had fallen: the signatures and their window begin anew.
      withSuspension(trust, event.subject, (before) => ({
        ...before,
        status: 'waiting',
        at: entry.at,
        signatures: [],
      }))
      return
    case 'trust.release_withdrawn': {
      const before = withSuspension(trust, event.subject, (one) => ({ ...one, status: 'discarded', applied: 0 }))
      if (before === undefined) return
      // Taken by the work's reversal already, it is no part of what would come back with the work.
      withProof(trust, before, before.actor, (proof) => ({
        ...proof,
        applied: Math.max(0, proof.applied - before.applied),
      }))
      return
    }
    case 'trust.proof_withdrawn':
      withProof(trust, event.data, event.subject, (proof) => {
        const place = placeOf(trust, event.subject)
        if (place !== undefined) correct(place, proof, false)
        // What could not be taken, because the floor was there before, is not given back either.
        return { ...proof, applied: event.data.taken, withdrawn: entry.seq }
      })
      return
    case 'trust.proof_restored':
      setOff(trust, event.subject, event.data.begun)
      withProof(trust, event.data, event.subject, (proof) => {
        const place = placeOf(trust, event.subject)
        if (place !== undefined) correct(place, proof, true)
        return { ...proof, applied: event.data.applied, withdrawn: undefined }
      })
      return
    case 'trust.failure_withdrawn': {
      const { incident, mission, begun } = event.data
      setOff(trust, event.subject, begun)
      const cost = trust.misconduct.get(incident ?? '')
      if (incident !== null && cost !== undefined) trust.misconduct.set(incident, { ...cost, forgiven: true })
      if (mission !== null) forgiven(trust, event.subject, mission, event.data)
      return
    }
    case 'trust.settled':
      settled(trust, event.data.cap, entry, constitution)
      trust.population = populationIn(event)
      return
  }
}

function minted(trust: Trust, { subject, data }: Minted, { seq, at }: Entry): void {
  const place = placeOf(trust, subject)
  if (place === undefined) return
  const { mission, task, attempt, role, gain, applied, clean } = data
  const { cohort, index } = place
  const number = role === 'reviewer' ? setVerdict(trust, subject, data, true) : pushTo(place, 'task', clean)
  if (role !== 'reviewer') push(cohort.acceptances, cohort.columns.accepted, index, 1, at)
  const work = { mission, task, role, actor: subject, attempt, seq, at, gain, applied }
  const proof = { ...work, place: number, clean, withdrawn: undefined }
  trust.proofs.set(mission, [...(trust.proofs.get(mission) ?? []), proof])
}

function changed(trust: Trust, { subject, data }: Changed, { seq, at }: Entry, dynamics: Constitution['trust']): void {
  const place = placeOf(trust, subject)
  if (place === undefined) return
  const { cohort, index, kind } = place
  const { columns } = cohort
  // What is given back was no gain when it was taken, so it fills no limit when it comes again.
  const rise = data.cause === 'restoration' ? 0 : Math.max(0, data.to - data.from)
  columns.value[index] = data.to
  columns.risen[index] = (columns.risen[index] ?? 0) + rise
  if (kind === 'human') push(cohort.growth, columns.grown, index, rise, at)
  columns.owed[index] = 0
  columns.charged[index] = Math.max(
    columns.charged[index] ?? 0,
    restUnits(kind, columns.renewed[index] ?? 0, at, dynamics),
  )
  columns.driftCharged[index] = columns.drift[index] ?? 0
  if (data.renews && kind === 'machine') {
    columns.renewed[index] = at
    columns.charged[index] = 0
  }
  write(cohort.history, columns.latest, index, { seq, from: data.from, to: data.to, cause: CAUSE_OF[data.cause] })
}

const CAUSE_OF: { readonly [cause in Changed['data']['cause']]: Cause } = {
  proof: 'proof',
  failure: 'failure',
  release: 'released',
  withdrawal: 'withdrawn',
  transfer: 'forfeited',
  restoration: 'restored',
  lineage: 'lineage',
}

function settled(trust: Trust, cap: number, { at }: Entry, constitution: Constitution): void {
  const dynamics = constitution.trust
  const inForce = capInForce(trust, constitution)
  for (const kind of ['human', 'machine'] as const) {
    const { columns, ids, growth, acceptances, answers } = trust[kind]
    settleAndClose(kind, columns, ids.length, at, dynamics, inForce)
    drop(growth, columns.grown, at, dynamics.slowWindowMs)
    drop(acceptances, columns.accepted, at, VOLUME_MS)
    drop(answers, columns.answered, at, VOLUME_MS)
  }
  trust.cap = cap
}

type Settlement = Extract<TrustEvent, { event_type: 'trust.settled' }>

/** The epoch is the one that begins: the settlement is of the one that ended. */
function populationIn({ data: { epoch, population } }: Settlement): CapBasis {
  const { active, sum, mean, deviation } = population
  return { epoch: epoch + 1, active, sum, mean, deviation }
}

/** A machine came back: its trust is what the constitution gives it, and its result is verified now. */
export function recertified(trust: Trust, id: string, value: number, { seq, at }: Entry): void {
  const place = placeOf(trust, id)
  if (place?.kind !== 'machine') return
  const { columns, history } = place.cohort
  const { index } = place
  const from = columns.value[index] ?? 0
  trust.begun.set(id, { seq, left: Math.max(0, value - from) })
  write(history, columns.latest, index, { seq, from, to: value, cause: 'recertified' })
  columns.value[index] = value
  columns.renewed[index] = at
  columns.charged[index] = 0
  columns.owed[index] = 0
  columns.driftCharged[index] = columns.drift[index] ?? 0
}

/** A machine's environment was declared anew: how far it is now from the one that was verified, in millionths. */
export function drifts(trust: Trust, id: string, drift: number): void {
  const place = placeOf(trust, id)
  if (place?.kind !== 'machine') return
  const { columns } = place.cohort
  columns.drift[place.index] = drift
  // Coming nearer costs nothing and gives nothing back; going away again is charged from there.
  columns.driftCharged[place.index] = Math.min(columns.driftCharged[place.index] ?? 0, drift)
}

/** What the same finding cost before is history: a finding that is made anew is another one. */
function blamed(trust: Trust, mission: string, blame: Blame): void {
  const isOfBefore = ({ finding, task, seq }: Blame) =>
    finding === blame.finding && seq !== blame.seq && (finding === 'rejection' || task === blame.task)
  const others = (trust.blames.get(mission) ?? []).filter((one) => !isOfBefore(one))
  trust.blames.set(mission, [...others, blame])
}

/** A failure that was none: the verdict is a good one, and what it cost is given back once. */
function forgiven(
  trust: Trust,
  actor: string,
  mission: string,
  failure: { readonly task: string | null; readonly attempt: number | null } & Pick<Blame, 'kind'> & {
      readonly finding: string | null
    },
): void {
  const { task, attempt, kind, finding } = failure
  if (kind === 'contradicted-review') setVerdict(trust, actor, { mission, task, attempt }, true)
  const isIt = (one: Blame) => one.actor === actor && one.task === task && one.kind === kind && one.finding === finding
  const left = (trust.blames.get(mission) ?? []).filter((one) => !isIt(one))
  if (left.length === 0) trust.blames.delete(mission)
  else trust.blames.set(mission, left)
}

/** A restoration came to something that a re-certification had given already. */
function setOff(trust: Trust, actor: string, amount: number): void {
  const begun = trust.begun.get(actor)
  if (begun === undefined || amount === 0) return
  if (begun.left === amount) trust.begun.delete(actor)
  else trust.begun.set(actor, { ...begun, left: begun.left - amount })
}

function withSuspension(trust: Trust, id: string, change: (before: Suspension) => Suspension): Suspension | undefined {
  const before = trust.suspensions.get(id)
  if (before !== undefined) trust.suspensions.set(id, change(before))
  return before
}

function withProof(trust: Trust, work: Work, actor: string, change: (proof: Proof) => Proof): void {
  const proofs = trust.proofs.get(work.mission)
  if (proofs === undefined) return
  const isIt = (proof: Proof) => proof.actor === actor && proof.role === work.role && proof.task === work.task
  trust.proofs.set(
    work.mission,
    proofs.map((proof) => (isIt(proof) ? change(proof) : proof)),
  )
}

/** V looks back thirty days (spec 4.2). */
export const VOLUME_MS = 30 * 24 * 3_600_000
