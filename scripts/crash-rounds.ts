/**
 * Kill -9 under load, a hundred rounds by default: the long form of test/runtime/ledger/crash.test.ts.
 *
 *     node scripts/crash-rounds.ts [rounds] [seed]
 *
 * A fresh ledger every ten rounds. Exit code 0 when everything acknowledged was there every time, else 1.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installNativeSha256 } from '../runtime/signatures/native.ts'
import {
  draws,
  killDuringLoad,
  planRound,
  requireAllThere,
  type Acknowledged,
} from '../test/support/crash-round.ts'

const ROUNDS_PER_LEDGER = 10

installNativeSha256()
const rounds = Number(process.argv[2] ?? 100)
const seed = Number(process.argv[3] ?? 1)
const draw = draws(seed)
let total = 0

for (let first = 0; first < rounds; first += ROUNDS_PER_LEDGER) {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-crash-'))
  const acknowledged: Acknowledged[] = []
  for (let run = first; run < Math.min(rounds, first + ROUNDS_PER_LEDGER); run++) {
    const round = planRound(folder, run, draw)
    acknowledged.push(...(await killDuringLoad(round)))
    const size = await requireAllThere(folder, acknowledged)
    console.log(
      `round ${run + 1}/${rounds}: ${round.producers} producers, killed ${round.killAfterMs} ms after ${round.from}: ` +
        `${acknowledged.length} acknowledged, ${size} on disk, all there`,
    )
  }
  total += acknowledged.length
  rmSync(folder, { recursive: true })
}
console.log(`${rounds} rounds, ${total} acknowledged entries, none missing, none half-written`)
