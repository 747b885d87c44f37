/** A deployment with the humans of every bench and only these machines: a draw of one reviewer then seats who is meant. */
import { signRound, timeOfRound } from '../../../protocol/wire/beacon.ts'
import { DAY, millis, type Millis } from '../../../protocol/wire/time.ts'
import { ADA, NOOR, OPERATORS, RUNTIME, type MachineFacts } from '../law/people.ts'
import { attest, BEACON_SECRET, committed, emptyBench, genesisBody, register, START, type Bench } from '../law/world.ts'
import type { Opened } from './desk-bench.ts'

export function foundedWith(machines: readonly MachineFacts[], at: Millis = START): Bench {
  const bench = emptyBench(at)
  const keyEnd = millis(Math.floor((at + 80 * DAY) / 1000) * 1000)
  committed(bench.send(ADA, 'genesis', 'genesis', genesisBody(at)))
  for (const person of [NOOR, ...OPERATORS]) attest(bench, person, keyEnd)
  for (const machine of machines) register(bench, machine, keyEnd)
  return bench
}

/** Let the beacon round come that draws wait for, on a ledger that has been opened. */
export async function drawOn({ ledger, bench, send }: Opened): Promise<void> {
  const due = await ledger.ask((state) => {
    const [round] = state.reviews.awaiting.keys()
    const scheme = state.founded?.deployment.beacon
    return round === undefined || scheme === undefined ? undefined : { round, at: timeOfRound(scheme, round) }
  })
  if (due === undefined) throw new Error('no draw waits for a round')
  if (bench.now() < due.at) bench.wait(due.at - bench.now())
  const { signature } = signRound(BEACON_SECRET, due.round)
  await send(RUNTIME, 'beacon.observed', 'beacon', { round: due.round, signature })
}
