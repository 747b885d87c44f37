/**
 * An epoch was closed: everybody who had no proof and no failure is charged for their rest, and the cap of the next
 * epoch is computed over those who are active now.
 *
 * One event for all of them. It holds the exact figures of the cap and a digest of everybody's trust, so that two folds
 * which differ by a millionth for one actor differ in the commitment.
 *
 * Source: spec 4.2 («Order», cap).
 */
import { digestOfHash, hash } from '../../wire/sha256.ts'
import { capOf, deviationOf, meanOf, populationOf } from '../trust/rules/cap.ts'
import { settle, type Charge } from '../trust/rules/settle.ts'
import { capInForce, capRule, type Kind } from '../trust/state.ts'
import type { TrustEvent } from '../trust/event.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { deskOf } from './trust-desk.ts'

export const settleTrust: Process = (event, situation) => {
  if (event.event_type !== 'governance.epoch_closed') return NOTHING
  const { state, world, at } = situation
  const { constitution } = world
  const human = settled('human', situation)
  const machine = settled('machine', situation)
  deskOf(situation).settled = { human: human.values, machine: machine.values }
  forgetRows(situation)
  const { columns, ids } = state.trust.human
  // Active: signed an act within the time of grace; its last moment counts (reading T16).
  const population = populationOf(human.values, ids.length, columns.lastAct, at - constitution.trust.dormancyGraceMs)
  const settlement: TrustEvent = {
    event_type: 'trust.settled',
    subject: 'trust',
    data: {
      epoch: event.data.epoch,
      humans: figures(human.charge, ids.length),
      machines: figures(machine.charge, state.trust.machine.ids.length),
      at_zero: machine.charge.atZero.map((index) => state.trust.machine.ids[index] ?? ''),
      population: {
        active: population.count,
        sum: Number(population.sum),
        squares: String(population.squares),
        mean: meanOf(population),
        deviation: deviationOf(population),
      },
      cap: capOf(population, capRule(constitution)),
      values: digestOfValues([human.values, machine.values]),
    },
  }
  return [settlement]
}

function settled(kind: Kind, { state, world, at }: Situation): { values: Uint32Array; charge: Charge } {
  const { columns, ids } = state.trust[kind]
  const values = new Uint32Array(ids.length)
  const { constitution } = world
  const cap = capInForce(state.trust, constitution)
  return { values, charge: settle(kind, columns, ids.length, at, constitution.trust, cap, values) }
}

/** Nothing moves trust before the settlement in the entry that closes an epoch; what follows begins behind it. */
function forgetRows(situation: Situation): void {
  deskOf(situation).rows.clear()
}

function figures(charge: Charge, count: number) {
  return { count, charged: charge.charged, fell: charge.fell }
}

/** @returns the digest of all columns one after another, each value as four big-endian bytes */
export function digestOfValues(columns: readonly Uint32Array[]): string {
  const bytes = new Uint8Array(4 * columns.reduce((sum, column) => sum + column.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const column of columns) {
    for (let i = 0; i < column.length; i++, at += 4) view.setUint32(at, column[i]!)
  }
  return digestOfHash(hash(bytes))
}
