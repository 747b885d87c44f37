/**
 * The way back from quarantine. Of three machines one passes its examination and finds five humans who sign, one does
 * not reach the thresholds, and for one too few sign in time.
 */
import { seal } from '../../../protocol/wire/dsse.ts'
import { encode, encodeBytes, type Json } from '../../../protocol/wire/canonical-json.ts'
import { EXAMINATION_TYPE } from '../../../protocol/wire/examination.ts'
import { STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../../protocol/wire/evidence.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { formatTimestamp, HOUR, millis, MINUTE } from '../../../protocol/wire/time.ts'
import type { Machine } from '../people.ts'
import type { Story } from '../schedule.ts'
import type { Stage } from '../stage.ts'
import { fingerprintOf } from './founding.ts'

const WAYS = ['passes', 'falls-short', 'unsigned'] as const

/** Looks for machines that were quarantined; each operator tries a day later. */
export async function* operatorsRecertify(stage: Stage): Story {
  for (let count = 0; ;) {
    yield millis(stage.now() + 6 * HOUR + 11 * MINUTE)
    const quarantined = await stage.house.ask((state) =>
      [...state.machines.values()].filter(({ life }) => life.status === 'quarantined').map(({ id }) => id),
    )
    for (const id of quarantined.toSorted()) {
      if (stage.remembered(`recertify ${id}`).length > 0) continue
      stage.remember(`recertify ${id}`, 'told')
      const machine = stage.cast.machines.find((one) => one.id === id)
      const way = WAYS[count % WAYS.length]!
      count += 1
      if (machine !== undefined) stage.tell(stage.hoursOn(24, `recertify ${id}`), recertification(stage, machine, way))
    }
  }
}

async function* recertification(stage: Stage, machine: Machine, way: (typeof WAYS)[number]): Story {
  const { id, operator } = machine
  const evidence = await examined(stage, machine, way === 'falls-short' ? 930_000 : 990_000)
  const applied = await stage.attempt(operator, 'machine.recertify', id, { evidence })
  if (applied.outcome !== 'committed' || way === 'falls-short') return
  const application = digest(encode(evidence))
  const needed = way === 'passes' ? 5 : 3
  let signed = 0
  for (const human of stage.cast.independents) {
    if (signed === needed) return
    yield stage.hoursOn(3, `${id} ${human.id}`)
    const answer = await stage.attempt(human.id, 'machine.sign_recertification', id, { application })
    if (answer.outcome === 'committed') signed += 1
  }
}

/** An examination of a thousand sums, signed by the operator. */
async function examined(stage: Stage, machine: Machine, correct: number): Promise<Json> {
  const { id, operator } = machine
  const tasks = encodeBytes({ examination: id, sums: 1_000 })
  const scores = encodeBytes({ correct: Math.floor(correct / 1_000), of: 1_000, machine: id })
  await stage.house.put(tasks)
  await stage.house.put(scores)
  const named = (name: string, bytes: Uint8Array) => ({ name, digest: digest(bytes) })
  const statement: Json = {
    _type: STATEMENT_TYPE,
    subject: [{ name: 'scores.json', digest: { sha256: digest(scores).slice(7) } }],
    predicateType: EXAMINATION_TYPE,
    predicate: {
      machine: id,
      operator,
      fingerprint: fingerprintOf(machine),
      results: { correctness_ppm: correct, severe_errors_ppm: 1_000, reproducibility_ppm: 1_000_000 },
      reproduction: {
        command: ['node', 'examine.mjs'],
        inputs: [named('tasks.json', tasks)],
        outputs: [named('scores.json', scores)],
        environment: {},
      },
      started: formatTimestamp(millis(stage.now() - 2 * HOUR)),
      finished: formatTimestamp(stage.now()),
    },
  }
  return seal(STATEMENT_PAYLOAD_TYPE, statement, stage.author(operator).signer)
}
