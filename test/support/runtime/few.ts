/** A deployment with the humans of every bench and only these machines: a draw of one reviewer then seats who is meant. */
import type { MachineFacts } from '../law/people.ts'
import { ADA, NOOR, OPERATORS } from '../law/people.ts'
import { attest, BEACON_SECRET, committed, emptyBench, genesisBody, register, START, type Bench } from '../law/world.ts'
import { signRound } from '../../../protocol/wire/beacon.ts'
import { timeOfRound } from '../../../protocol/wire/beacon.ts'
import { RUNTIME } from '../law/people.ts'
import type { Opened } from './desk-bench.ts'

export function foundedWith(machines: readonly MachineFacts[]): Bench {
  const bench = emptyBench(START)
  committed(bench.send(ADA, 'genesis', 'genesis', genesisBody(START)))
  for (const person of [NOOR, ...OPERATORS]) attest(bench, person)
  for (const machine of machines) register(bench, machine)
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
