/**
 * `npm run mutants`: breaks one guard of the law at a time and demands that a test fails. First many in one process
 * (at-once/), then each that survived there by itself, in a copy of the tree.
 *
 *     node scripts/mutants/main.ts [--budget SECONDS] [--only TEXT] [--near] [--workers N] [--list] [--json]
 *
 * With `--near` only the tests that name it and those of its room are asked: a survey in a tenth of the time, whose
 * survivors want a test in their own room or a second, full look.
 *
 * With a budget the mutants of the rooms that were tried in full are tried in an order that the commit gives, as many
 * as there is time for: every commit tries others, and the same commit always the same. Exit code 1 where one survives, named with its place.
 */
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { digest } from '../../protocol/wire/sha256.ts'
import { ROOT } from '../setup/places.mjs'
import { allMutants } from './all.ts'
import { triedAtOnce } from './at-once/run.ts'
import { TRIED_IN_FULL, type Mutant } from './mutants.ts'
import { tried } from './try.ts'
import { freeWorkspace } from './workspace.ts'

const { values } = parseArgs({
  options: {
    budget: { type: 'string' },
    only: { type: 'string' },
    near: { type: 'boolean', default: false },
    workers: { type: 'string' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

/** The commit where there is one, else what the law says: a copy without git has an order too. */
function seed(mutants: readonly Mutant[]): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return digest(mutants.map(({ id }) => id).join('\n'))
  }
}

function ordered(mutants: readonly Mutant[]): readonly Mutant[] {
  if (values.budget === undefined) return mutants
  const salt = seed(mutants)
  const keyed = mutants
    .filter(({ file }) => TRIED_IN_FULL.test(file))
    .map((mutant) => [digest(`${salt} ${mutant.id}`), mutant] as const)
  return keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, mutant]) => mutant)
}

async function main(): Promise<number> {
  const all = allMutants().filter(({ id }) => values.only === undefined || id.includes(values.only))
  const chosen = ordered(all.filter(({ equivalent }) => equivalent === undefined))
  if (values.list) {
    for (const { id, line } of chosen) console.log(`${id} (line ${line})`)
    return 0
  }
  const begun = Date.now()
  const until = values.budget === undefined ? Number.MAX_SAFE_INTEGER : begun + Number(values.budget) * 1000
  const outcome = await triedAll(chosen, begun, until)
  const excluded = all.length - all.filter(({ equivalent }) => equivalent === undefined).length
  report({ all: all.length, excluded, ...outcome })
  return outcome.survivors.length > 0 || outcome.killed === 0 ? 1 : 0
}

/** On a budget the last part of it belongs to those that have to be tried by themselves. */
const AT_ONCE = 0.7

async function triedAll(
  chosen: readonly Mutant[],
  begun: number,
  until: number,
): Promise<{ readonly killed: number; readonly survivors: readonly Mutant[] }> {
  let killed = 0
  let last = Date.now()
  const told = (verdict: string, mutant: Mutant): void => {
    const seconds = ((Date.now() - last) / 1000).toFixed(1)
    last = Date.now()
    if (!values.json) console.log(`${verdict.padEnd(10)} ${seconds.padStart(6)} s  ${mutant.id}`)
  }
  const left: Mutant[] = []
  const workers = Number(values.workers ?? Math.max(1, Math.min(2, cpus().length)))
  const shares = Array.from({ length: workers }, (_, worker) => chosen.filter((_, i) => i % workers === worker))
  const end = until === Number.MAX_SAFE_INTEGER ? until : begun + AT_ONCE * (until - begun)
  await Promise.all(
    shares.map((share) =>
      triedAtOnce(share, end, (mutant, verdict) => {
        if (verdict === 'killed') killed += 1
        else left.push(mutant)
        told(verdict === 'killed' ? 'killed' : 'once more', mutant)
      }),
    ),
  )
  const survivors: Mutant[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    if (left.length === 0) return
    const place = freeWorkspace()
    try {
      while (next < left.length && Date.now() < until) {
        const mutant = left[next++]!
        const verdict = await tried(mutant, place, until, values.near)
        if (verdict === 'killed') killed += 1
        if (verdict === 'survived') survivors.push(mutant)
        if (verdict !== 'out-of-time') told(verdict, mutant)
      }
    } finally {
      place.remove()
    }
  }
  await Promise.all(Array.from({ length: workers }, () => worker()))
  return { killed, survivors }
}

type Outcome = {
  readonly all: number
  readonly excluded: number
  readonly killed: number
  readonly survivors: readonly Mutant[]
}

function report({ all, excluded, killed, survivors }: Outcome): void {
  if (values.json) {
    console.log(JSON.stringify({ mutants: all, equivalent: excluded, killed, survivors }))
    return
  }
  for (const { file, line, before, after } of survivors) {
    console.log(`\nSURVIVED ${file}:${line}\n  - ${before.trim()}\n  + ${after.trim()}`)
  }
  const tried = killed + survivors.length
  console.log(
    `\n${tried} of ${all} mutants tried, ${killed} killed, ${survivors.length} survived, ${excluded} equivalent`,
  )
}

process.exitCode = await main()
