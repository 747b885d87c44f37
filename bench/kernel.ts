/**
 * What the law costs: deciding and writing a command by its type, the memory of what is open, a draw of reviewers.
 *
 * Commands are those of worked missions and of registering machines; signatures are not part of the figures. The most
 * of a type is what its consequences make of it (a beacon round seats a hundred reviews, an epoch's close settles
 * everybody's trust).
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as genesis from '../protocol/genesis.ts'
import { draw, type Candidate } from '../protocol/wire/draw.ts'
import { installNativeSha256 } from '../runtime/signatures/signatures.ts'
import { register } from '../test/support/law/world.ts'
import { MACHINES, NOOR } from '../test/support/law/people.ts'
import { started, submitted } from '../test/support/law/flow.ts'
import { fastBench, workUntil } from './support/missions.ts'
import { ms, quantile, timed, type Bench } from './support/measure.ts'

const ENTRIES = 20_000
const MISSIONS = 1_000
const HUNDRED_THOUSAND = 100_000
const DRAWS = 9

export const kernel: Bench = {
  name: 'kernel',
  about: 'deciding by command type, memory of what is open, a draw of reviewers from 100,000',
  run: async (say) => {
    installNativeSha256()
    for (const [type, all] of await byType()) {
      say({
        what: type,
        figure: ms(quantile(all, 0.5)),
        note: `p99 ${ms(quantile(all, 0.99))}, ${all.length.toLocaleString('en-GB')} of them`,
      })
    }
    for (const { what, bytes } of memories()) say({ what, figure: `${Math.round(bytes).toLocaleString('en-GB')} B` })
    say(await reviewerDraw())
  },
}

/** Milliseconds from a command to its entry, its events in the state. */
async function byType(): Promise<readonly (readonly [string, readonly number[]])[]> {
  const bench = fastBench()
  const times = new Map<string, number[]>()
  bench.give = (text) => {
    const command = bench.admit(text)
    const checks = genesis.checksOf(bench.state, command)
    if ('code' in checks) throw new Error(checks.code)
    const reception = { recordedAt: bench.now(), signatures: checks.map(() => true) }
    const begun = performance.now()
    const recorded = genesis.record(bench.state, command, reception)
    const took = performance.now() - begun
    const all = times.get(command.type) ?? []
    all.push(took)
    times.set(command.type, all)
    return recorded
  }
  await workUntil(bench, ENTRIES, () => {})
  return [...times].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** Heap after a collection, per thing that is then held; its share of the books and of the records of the open epoch too. */
function memories(): readonly { readonly what: string; readonly bytes: number }[] {
  const open = fastBench()
  const each = (count: number, make: (i: number) => void): number => {
    const before = heap()
    for (let i = 0; i < count; i++) make(i)
    open.texts.length = 0
    return (heap() - before) / count
  }
  // The first ones bring code and tables with them.
  each(MISSIONS, (i) => started(open, `warm-${i}`))
  return [
    { what: 'memory of a mission whose task is worked on', bytes: each(MISSIONS, (i) => started(open, `open-${i}`)) },
    {
      what: 'memory of a mission that waits for its reviewers',
      bytes: each(MISSIONS, (i) => submitted(open, `drawn-${i}`)),
    },
    {
      what: 'memory of a registered machine',
      bytes: each(MISSIONS, (i) => {
        const machine = { ...MACHINES[i % MACHINES.length]!, id: `more-${i}`, key: i.toString(16).padStart(64, '0') }
        register(open, machine)
      }),
    },
    {
      what: 'memory of a spent nonce (a withheld command)',
      bytes: each(MISSIONS, () => open.send(NOOR, 'mission.create', 'open-1', { title: 'T', summary: 'S' })),
    },
  ]
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heap(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Five seats of the strictest topology's kind, out of many. */
async function reviewerDraw() {
  const pool: Candidate[] = Array.from({ length: HUNDRED_THOUSAND }, (_, i) => ({
    id: `reviewer-${i}`,
    region: ['EU', 'ME', 'APAC', 'NA', 'SA', 'AF'][i % 6]!,
    organization: `organization-${i % 3_000}`,
    operator: `operator-${i % 4_000}`,
    modelFamily: `family-${i % 7}`,
    methodType: `method-${i % 4}`,
  }))
  const rules = {
    size: 5,
    regionCap: 2,
    minRegions: 3,
    minOrganizations: 5,
    minModelFamilies: 3,
    minMethodTypes: 2,
    distinctOperators: true,
  }
  const took: number[] = []
  for (let i = 0; i < DRAWS; i++) {
    const seed = new Uint8Array(32).fill(i + 1)
    took.push(await timed(() => draw({ pool, rules, seed, recused: new Set() })))
  }
  return {
    what: '5 reviewers out of 100,000, everything distinct',
    figure: ms(quantile(took, 0.5)),
    note: `most ${ms(Math.max(...took))}, ${DRAWS} draws`,
  }
}
