/**
 * A sealed decision with the salt that opens it, kept in this browser until it is revealed: without it a seat counts
 * as silent. Kept before the seal is sent, so that no moment exists in which the seal is recorded and the decision lost.
 *
 * The salt is 32 random bytes. A copy can be saved and loaded elsewhere; it is secret until the reveal.
 *
 * Faults: `browser-keeps-nothing`, `seal-unreadable`, `seal-of-another`.
 */
import { fromHex, hex } from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import { decisionShape } from '../../../protocol/law/review/command.ts'
import type { ReviewDecision } from '../../../protocol/law/review/event.ts'
import { sealOf } from '../../../protocol/law/review/seal.ts'
import * as Storage from '../../signing/storage.ts'
import type { Place } from './draft.ts'

export type Sealed = {
  readonly decision: ReviewDecision
  /** Lower-case hex. */
  readonly salt: string
}

export function sealDecision(decision: ReviewDecision): Sealed {
  return { decision, salt: hex(crypto.getRandomValues(new Uint8Array(32))) }
}

export function commitmentOf({ decision, salt }: Sealed): string {
  const bytes = fromHex(salt)
  if (!bytes.ok) throw new Fault('seal-unreadable')
  return sealOf(decision, bytes.value)
}

/** Beside what was kept before: whichever of them the ledger has the seal of is the one to open. */
export async function keepSealed(deployment: string, sealed: Sealed): Promise<void> {
  Storage.askToPersist()
  const name = nameOf(deployment, sealed.decision)
  await Storage.put('seals', name, [...(await kept(name, sealed.decision)), sealed])
}

/** The decision that this commitment seals, or null where this browser does not have it. */
export async function recallSealed(deployment: string, place: Place, commitment: string): Promise<Sealed | null> {
  const all = await kept(nameOf(deployment, place), place)
  return all.find((sealed) => commitmentOf(sealed) === commitment) ?? null
}

async function kept(name: string, place: Place): Promise<readonly Sealed[]> {
  const found = await Storage.get('seals', name)
  return Array.isArray(found) ? found.map((one) => readSealed(one, place)) : []
}

/** What somebody may take along: the very thing that this browser keeps. */
export function copyOf(sealed: Sealed): string {
  return `${JSON.stringify(sealed, null, 2)}\n`
}

/** A copy that is of this place and opens this very seal. */
export function readCopy(text: string, place: Place, commitment: string): Sealed {
  const sealed = readSealed(jsonOf(text), place)
  if (commitmentOf(sealed) !== commitment) throw new Fault('seal-of-another')
  return sealed
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('seal-unreadable', {}, { cause })
  }
}

const shape = Shape.object({ decision: decisionShape, salt: Shape.string({ max: 64, pattern: /^[0-9a-f]{64}$/ }) })

function readSealed(value: unknown, place: Place): Sealed {
  const read = Shape.parse(shape, value)
  if (!read.ok) throw new Fault('seal-unreadable', { code: read.error.code })
  const { decision } = read.value
  const same =
    decision.mission === place.mission &&
    decision.task === place.task &&
    decision.attempt === place.attempt &&
    decision.reviewer === place.reviewer
  if (!same) throw new Fault('seal-of-another')
  return read.value
}

function nameOf(deployment: string, { mission, task, attempt, reviewer }: Place): string {
  return [deployment, mission, task, attempt, reviewer].join(' ')
}
