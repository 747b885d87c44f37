/**
 * `npm run mutants`: breaks one guard of the law at a time and demands that a test fails.
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
import { EQUIVALENT } from './equivalent.ts'
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
  const chosen = ordered(all.filter(({ id }) => !Object.hasOwn(EQUIVALENT, id)))
  if (values.list) {
    for (const { id, line } of chosen) console.log(`${id} (line ${line})`)
    return 0
  }
  const until = values.budget === undefined ? Number.MAX_SAFE_INTEGER : Date.now() + Number(values.budget) * 1000
  const survivors: Mutant[] = []
  let killed = 0
  let next = 0
  const worker = async (): Promise<void> => {
    const place = freeWorkspace()
    try {
      while (next < chosen.length && Date.now() < until) {
        const mutant = chosen[next++]!
        const begun = Date.now()
        const verdict = await tried(mutant, place, until, values.near)
        if (verdict === 'killed') killed += 1
        if (verdict === 'survived') survivors.push(mutant)
        if (!values.json && verdict !== 'out-of-time') {
          const seconds = ((Date.now() - begun) / 1000).toFixed(1)
          console.log(`${verdict.padEnd(8)} ${seconds.padStart(5)} s  ${mutant.id}`)
        }
      }
    } finally {
      place.remove()
    }
  }
  const workers = Number(values.workers ?? Math.max(1, Math.min(2, cpus().length)))
  await Promise.all(Array.from({ length: workers }, () => worker()))
  const excluded = all.filter(({ id }) => Object.hasOwn(EQUIVALENT, id)).length
  report({ all: all.length, excluded, killed, survivors })
  return survivors.length > 0 || killed === 0 ? 1 : 0
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
