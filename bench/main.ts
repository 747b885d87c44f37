/**
 * `npm run bench [name…]`: every measurement beside its baseline, and what falls short of its goal.
 *
 * A bench is a file that exports a `Bench`; it is listed here.
 */
import { cpus } from 'node:os'
import { sortition } from './draw.ts'
import { gas } from './gas.ts'
import { kernel } from './kernel.ts'
import { ledger } from './ledger.ts'
import { start } from './start.ts'
import { trustEpoch } from './trust.ts'
import { verification } from './verification.ts'
import { wire } from './wire.ts'
import type { Bench, Measure } from './support/measure.ts'

const BENCHES: readonly Bench[] = [ledger, verification, wire, sortition, trustEpoch, gas, start, kernel]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !BENCHES.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(`no bench of that name: ${unknown.join(', ')} (there are: ${BENCHES.map((b) => b.name).join(', ')})`)
  process.exit(2)
}

const short: string[] = []
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`)
for (const bench of BENCHES) {
  if (asked.length > 0 && !asked.includes(bench.name)) continue
  console.log(`\n${bench.name}: ${bench.about}`)
  await bench.run((measure) => console.log(line(measure)))
}
console.log(short.length === 0 ? '\nEvery goal reached.' : `\nShort of its goal:\n${short.join('\n')}`)

function line({ what, figure, baseline, ratio, goal, note }: Measure): string {
  const parts = [`  ${what.padEnd(52)} ${figure.padStart(12)}`]
  if (baseline !== undefined) parts.push(`beside ${baseline}`)
  if (ratio !== undefined) parts.push(`= ${ratio.toFixed(2)}×`)
  if (goal !== undefined && ratio !== undefined) {
    const reached = goal.at === 'least' ? ratio >= goal.ratio : ratio <= goal.ratio
    parts.push(`(goal ${goal.at === 'least' ? '≥' : '≤'} ${goal.ratio}×: ${reached ? 'reached' : 'SHORT'})`)
    if (!reached) short.push(`  ${what}: ${ratio.toFixed(2)}× instead of ${goal.ratio}×`)
  }
  if (note !== undefined) parts.push(`[${note}]`)
  return parts.join('  ')
}
