/**
 * The fold of trust events, in place. Every figure stands in the event or follows from it: nobody folds a rule that the
 * event does not name.
 */
import type { Millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { TrustEvent, Work } from './event.ts'
import { write, type Cause } from './history.ts'
import { restUnits } from './rules/decay.ts'
import { settleAndClose } from './rules/settle.ts'
import {
  capInForce,
  isMintedVerdict,
  placeOf,
  type Overturned,
  type Place,
  type Proof,
  type Suspension,
  type Trust,
} from './state.ts'
import { mended, pushed, spoiled, type Twenty } from './twenty.ts'
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
      const place = placeOf(trust, event.subject)
      const { kind, incident, mission, task, taken } = event.data
      const isNew = kind === 'contradicted-review' && !isMintedVerdict(trust, event.subject, event.data)
      const number = place !== undefined && isNew ? pushTo(place, 'verdict', false) : undefined
      if (mission !== null && (kind === 'contradicted-review' || kind === 'rework-after-approval')) {
        const { seq } = entry
        const before = (trust.overturned.get(mission) ?? []).filter((one) => one.seq === seq)
        trust.overturned.set(mission, [...before, { actor: event.subject, task, kind, taken, place: number, seq }])
      }
      if (incident !== null) trust.misconduct.set(incident, { actor: event.subject, taken, forgiven: false })
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
      const released = withSuspension(trust, event.subject, (before) => ({
        ...before,
        status: 'released',
        applied: event.data.applied,
      }))
      if (released === undefined) return
      withProof(trust, released, released.actor, (proof) => ({ ...proof, applied: proof.applied + event.data.applied }))
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
      withSuspension(trust, event.subject, (before) => ({ ...before, status: 'waiting', at: entry.at }))
      return
    case 'trust.release_withdrawn': {
      const before = withSuspension(trust, event.subject, (one) => ({ ...one, status: 'discarded', applied: 0 }))
      if (before === undefined) return
      withProof(trust, before, before.actor, (proof) => ({
        ...proof,
        applied: Math.max(0, proof.applied - before.applied),
      }))
      return
    }
    case 'trust.proof_withdrawn':
      withProof(trust, event.data, event.subject, (proof) => {
        const place = placeOf(trust, event.subject)
        if (place !== undefined) correct(place, proof, spoiled)
        // What could not be taken, because the floor was there before, is not given back either.
        return { ...proof, applied: event.data.taken, withdrawn: true }
      })
      return
    case 'trust.proof_restored':
      withProof(trust, event.data, event.subject, (proof) => {
        const place = placeOf(trust, event.subject)
        if (place !== undefined && proof.clean) correct(place, proof, mended)
        return { ...proof, applied: event.data.applied, withdrawn: false }
      })
      return
    case 'trust.failure_withdrawn': {
      const { incident, mission } = event.data
      const cost = trust.misconduct.get(incident ?? '')
      if (incident !== null && cost !== undefined) trust.misconduct.set(incident, { ...cost, forgiven: true })
      if (mission !== null) forgiven(trust, event.subject, mission, event.data)
      return
    }
    case 'trust.settled':
      settled(trust, event.data.cap, entry, constitution)
      return
  }
}

function minted(trust: Trust, { subject, data }: Minted, { at }: Entry): void {
  const place = placeOf(trust, subject)
  if (place === undefined) return
  const { mission, task, role, gain, applied, clean } = data
  const kind = role === 'reviewer' ? 'verdict' : 'task'
  const number = pushTo(place, kind, role === 'reviewer' || clean)
  const { cohort, index } = place
  if (kind === 'task') push(cohort.acceptances, cohort.columns.accepted, index, 1, at)
  const proof = { mission, task, role, actor: subject, gain, applied, place: number, clean, withdrawn: false }
  trust.proofs.set(mission, [...(trust.proofs.get(mission) ?? []), proof])
}

function changed(trust: Trust, { subject, data }: Changed, { seq, at }: Entry, dynamics: Constitution['trust']): void {
  const place = placeOf(trust, subject)
  if (place === undefined) return
  const { cohort, index, kind } = place
  const { columns } = cohort
  const rise = Math.max(0, data.to - data.from)
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

/** A machine came back: its trust is what the constitution gives it, and its result is verified now. */
export function recertified(trust: Trust, id: string, value: number, { seq, at }: Entry): void {
  const place = placeOf(trust, id)
  if (place?.kind !== 'machine') return
  const { columns, history } = place.cohort
  const { index } = place
  write(history, columns.latest, index, { seq, from: columns.value[index] ?? 0, to: value, cause: 'recertified' })
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

/** A seat of a review was filled with a revealed decision in time, or was lost by silence. */
export function duty(trust: Trust, id: string, answered: boolean, at: Millis): void {
  const place = placeOf(trust, id)
  if (place === undefined) return
  pushTo(place, 'duty', answered)
  if (answered) push(place.cohort.answers, place.cohort.columns.answered, place.index, 1, at)
}

/** A verdict became final without anybody contradicting it: its evidence was sent back by the reviews themselves. */
export function verdictStands(trust: Trust, id: string): void {
  const place = placeOf(trust, id)
  if (place !== undefined) pushTo(place, 'verdict', true)
}

export type Conduct = 'task' | 'verdict' | 'duty'

export function conductAt({ cohort: { columns }, index }: Place, of: Conduct): Twenty {
  const [bits, count] = columnsOf(columns, of)
  return { bits: bits[index] ?? 0, count: count[index] ?? 0 }
}

function columnsOf(columns: Place['cohort']['columns'], of: Conduct): readonly [Uint32Array, Uint32Array] {
  if (of === 'task') return [columns.tasks, columns.taskCount]
  return of === 'verdict' ? [columns.verdicts, columns.verdictCount] : [columns.duties, columns.dutyCount]
}

/** @returns its number, from 1 */
function pushTo(place: Place, of: Conduct, good: boolean): number {
  return put(place, of, pushed(conductAt(place, of), good))
}

function put(place: Place, of: Conduct, { bits, count }: Twenty): number {
  const [bitColumn, countColumn] = columnsOf(place.cohort.columns, of)
  bitColumn[place.index] = bits
  countColumn[place.index] = count
  return count
}

/** What was accepted and is no longer counts as bad, as long as it is among the last twenty; restored, as it was. */
function correct(place: Place, proof: Proof, how: typeof spoiled): void {
  const of = proof.role === 'reviewer' ? 'verdict' : 'task'
  put(place, of, how(conductAt(place, of), proof.place))
}

/** A failure that was none: the bad verdict that was added for it is a good one, and it is given back once. */
function forgiven(
  trust: Trust,
  actor: string,
  mission: string,
  { task, kind }: { readonly task: string | null; readonly kind: string },
): void {
  const isIt = (one: Overturned) => one.actor === actor && one.task === task && one.kind === kind
  const all = trust.overturned.get(mission) ?? []
  const number = all.find(isIt)?.place
  const place = placeOf(trust, actor)
  if (place !== undefined && number !== undefined) put(place, 'verdict', mended(conductAt(place, 'verdict'), number))
  const left = all.filter((one) => !isIt(one))
  if (left.length === 0) trust.overturned.delete(mission)
  else trust.overturned.set(mission, left)
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
