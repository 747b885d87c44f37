/**
 * A member's own memory, on disk: how far it has come, and what it has signed.
 *
 * It never signs two commitments for one epoch: what it is about to sign is on disk before the signature leaves.
 * And a ledger whose past has changed since it last looked is a ledger it does not sign for any more.
 */
import { readFileSync } from 'node:fs'
import * as Shape from '../../protocol/wire/shape.ts'
import { digest } from '../../protocol/wire/identifiers.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { ONLY_OWNER, writeWhole } from '../files/files.ts'

const shape = Shape.object({
  deployment: digest,
  /** Entries seen, and the hash of the last. */
  size: Shape.integer({ min: 0 }),
  head: digest,
  signed: Shape.array(Shape.object({ epoch: Shape.integer({ min: 0 }), commitment: digest })),
})

export type Checkpoint = Shape.Infer<typeof shape>

export function readCheckpoint(file: string): Checkpoint | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return undefined
    throw new Fault('checkpoint-unreadable', { file }, { cause })
  }
  const parsed = Shape.parse(shape, jsonOf(file, text))
  if (!parsed.ok) throw new Fault('checkpoint-unreadable', { file, code: parsed.error.code })
  return parsed.value
}

/** A memory that cannot be read is not an empty one: whoever forgot what it signed must not sign. */
function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('checkpoint-unreadable', { file, code: 'json-malformed' }, { cause })
  }
}

/** Whole or not at all: on disk when it returns. */
export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  writeWhole(file, JSON.stringify(checkpoint), ONLY_OWNER)
}
