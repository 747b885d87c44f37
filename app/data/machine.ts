/** A machine's life: its state, what it waits for, and what happened to it. */
import { fields, flag, list, nullable, number, text, type Read } from './read.ts'

export const life = fields({
  status: text,
  extended: flag,
  kin: list(text),
  fingerprint: text,
  application: nullable(
    fields({ digest: text, fingerprint: text, sign_by: text, signers: list(text), needed: number }),
  ),
  probation: nullable(fields({ done: number, needed: number })),
  zero_since: nullable(text),
  steps: list(fields({ seq: number, at: text, event: text, cause: text })),
})

export type Life = Read<typeof life>
