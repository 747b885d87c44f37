/**
 * Opening the bundle that a worker signed, out of the ledger entry that attached it. What is read here hashes to the
 * digest that the mission names. Loaded when it is first needed.
 *
 * Faults: `evidence-differs`, `evidence-unreadable`.
 */
import { encode, parse as parseJson } from '../../protocol/wire/canonical-json.ts'
import { envelopeShape, openValue } from '../../protocol/wire/dsse.ts'
import { openBundle, type EvidenceStatement } from '../../protocol/wire/evidence.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import * as Shape from '../../protocol/wire/shape.ts'
import type { Entry } from './entries.ts'
import { anything, fields } from './read.ts'

export function evidenceIn(entry: Entry, expected: string): EvidenceStatement {
  const command = openValue(entry.command)
  if (!command.ok) throw new Fault('evidence-unreadable', { code: command.error.code })
  const payload = parseJson(command.value.text)
  if (!payload.ok) throw new Fault('evidence-unreadable', { code: payload.error.code })
  const { body } = fields({ body: fields({ evidence: anything }) })(payload.value, '')
  const envelope = Shape.parse(envelopeShape, body.evidence)
  if (!envelope.ok) throw new Fault('evidence-unreadable', { code: envelope.error.code })
  const found = digest(encode(envelope.value))
  if (found !== expected) throw new Fault('evidence-differs', { expected, found })
  const bundle = openBundle(envelope.value)
  if (!bundle.ok) throw new Fault('evidence-unreadable', { code: bundle.error.code })
  return bundle.value.statement
}
