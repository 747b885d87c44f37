/**
 * A member's own memory, on disk: how far it has come, and what it has signed.
 *
 * It never signs two commitments for one epoch: what it is about to sign is on disk before the signature leaves.
 * And a ledger whose past has changed since it last looked is a ledger it does not sign for any more.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import * as Shape from '../../protocol/wire/shape.ts'
import { digest } from '../../protocol/wire/identifiers.ts'
import { Fault } from '../../protocol/wire/fault.ts'

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
  const parsed = Shape.parse(shape, JSON.parse(text) as unknown)
  if (!parsed.ok) throw new Fault('checkpoint-unreadable', { file, code: parsed.error.code })
  return parsed.value
}

/** Whole or not at all: written beside, synced, renamed, and the folder synced. */
export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  const beside = `${file}.new`
  const handle = openSync(beside, 'w', 0o600)
  try {
    writeSync(handle, JSON.stringify(checkpoint))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, file)
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
