/** A worker's result as signed evidence: an in-toto Statement in a DSSE envelope, and the bytes it names. */
import { encodeBytes, type Json } from '../../protocol/wire/canonical-json.ts'
import { seal, type Envelope } from '../../protocol/wire/dsse.ts'
import { EVIDENCE_TYPE, STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../protocol/wire/evidence.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { formatTimestamp, type Millis } from '../../protocol/wire/time.ts'
import type { Author } from '../client/client.ts'
import type { Clock } from '../ports/clock.ts'
import type { Job, Produced, Work } from './skill.ts'

/** The result's own words, beside the result: `{ "summary": … }`. */
export const SUMMARY_FILE = 'summary.json'

export type SigningParts = {
  readonly author: Author
  readonly modelFamily: string
  readonly methodType: string
  readonly clock: Clock
}

export function bundleFor(
  parts: SigningParts,
  job: Job,
  work: Work,
  started: Millis,
): { envelope: Envelope; artifacts: readonly Produced[] } {
  const summary = { name: SUMMARY_FILE, mediaType: 'application/json', bytes: encodeBytes({ summary: work.summary }) }
  const outputs = [...work.outputs, summary]
  const known = new Map(
    [
      ...job.inputs,
      ...[...outputs, ...work.intermediate].map(({ name, bytes }) => ({ name, digest: digest(bytes) as string })),
    ].map(({ name, digest: value }) => [name, value]),
  )
  const named = (names: readonly string[]): Json =>
    names.map((name) => {
      const value = known.get(name)
      if (value === undefined) throw new Fault('reproduction-names-nothing', { name })
      return { name, digest: value }
    })
  const { command, inputs, outputs: made, environment } = work.reproduction
  const statement: Json = {
    _type: STATEMENT_TYPE,
    subject: outputs.map(({ name, bytes }) => ({ name, digest: { sha256: digest(bytes).slice(7) } })),
    predicateType: EVIDENCE_TYPE,
    predicate: {
      mission: job.mission,
      task: job.task,
      attempt: job.attempt,
      worker: parts.author.id,
      model_family: parts.modelFamily,
      method_type: parts.methodType,
      work: work.account,
      reproduction: { command, inputs: named(inputs), outputs: named(made), environment },
      intermediate: named(work.intermediate.map(({ name }) => name)),
      started: formatTimestamp(started),
      finished: formatTimestamp(parts.clock.now()),
    },
  }
  return {
    envelope: seal(STATEMENT_PAYLOAD_TYPE, statement, parts.author.signer),
    artifacts: [...outputs, ...work.intermediate],
  }
}
