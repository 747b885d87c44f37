/**
 * Many mutants tried in one process, room by room: a tenth of the time of trying each by itself. What is killed here is
 * killed; what survives here has to be tried by itself, because not everything can be swapped (swap.ts).
 */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT, SCRATCH } from '../../setup/places.mjs'
import type { Mutant } from '../mutants.ts'
import { NEAR_GROUPS, testsOf } from '../tests.ts'
import type { Plan, Step } from './child.ts'

/** A mutant that makes a test run for ever is killed by that: no single test takes as long. Milliseconds. */
const HANGS_MS = 90_000

/** Its constraints are made by functions while the law is loaded, for each command its own: no call can be exchanged. */
const MADE_AT_LOAD = /^protocol\/law\/constraints\/common\.ts$/

export type Told = (mutant: Mutant, verdict: 'killed' | 'survived', by: string) => void

/** @param until when there is no more time, on the clock of `Date.now` */
export async function triedAtOnce(mutants: readonly Mutant[], until: number, tell: Told): Promise<void> {
  for (const mutant of mutants.filter(({ file }) => MADE_AT_LOAD.test(file))) tell(mutant, 'survived', 'made at load')
  let left = mutants.filter(({ file }) => !MADE_AT_LOAD.test(file))
  while (left.length > 0 && Date.now() < until) {
    const { steps, hung } = await stepsOf(left, until, (step) => {
      const mutant = left.find(({ id }) => id === step.id)
      if (mutant === undefined) return
      if (step.step === 'killed') tell(mutant, 'killed', step.by)
      if (step.step === 'survived') tell(mutant, 'survived', `${step.asked} tests passed`)
      if (step.step === 'spoilt') tell(mutant, 'survived', 'it spoils what tests share')
    })
    const last = steps.at(-1)
    if (last === undefined) throw new Error('the tests could not be read')
    const at = left.findIndex(({ id }) => id === last.id)
    const isOpen = last.step === 'begins' || last.step === 'goes-on'
    if (isOpen && hung) tell(left[at]!, 'killed', 'it makes a test run for ever')
    // A process that ended by itself says nothing about the mutant it was at.
    if (isOpen && !hung && Date.now() < until) tell(left[at]!, 'survived', 'its tests could not be read')
    left = left.slice(at + 1)
  }
}

/** Where tests name it or import its file, they are enough here: what they let through is tried by itself. */
function asked(groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const named = groups.slice(0, NEAR_GROUPS - 1)
  return named.some((group) => group.length > 0) ? named : groups.slice(0, NEAR_GROUPS)
}

/** What a process said, and whether it had to be stopped because it said nothing any more. */
type Steps = { readonly steps: readonly Step[]; readonly hung: boolean }

let plans = 0

function stepsOf(mutants: readonly Mutant[], until: number, each: (step: Step) => void): Promise<Steps> {
  const plan: Plan = {
    mutants: mutants.map((mutant) => ({ mutant, groups: asked(testsOf(mutant)) })),
  }
  mkdirSync(SCRATCH, { recursive: true })
  const file = join(SCRATCH, `mutants-${process.pid}-${plans++}.json`)
  writeFileSync(file, JSON.stringify(plan))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', join(ROOT, 'scripts/mutants/at-once/child.ts'), file], {
      cwd: ROOT,
      env: { ...process.env, NODE_COMPILE_CACHE: join(SCRATCH, 'compiled') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const steps: Step[] = []
    let quiet: NodeJS.Timeout | undefined
    let hung = false
    const over = setTimeout(() => child.kill('SIGKILL'), Math.min(2 ** 31 - 1, Math.max(0, until - Date.now())))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const step = JSON.parse(line) as Step
      steps.push(step)
      each(step)
      clearTimeout(quiet)
      quiet = setTimeout(() => {
        hung = true
        child.kill('SIGKILL')
      }, HANGS_MS)
    })
    child.on('error', reject)
    child.on('close', () => {
      rmSync(file, { force: true })
      clearTimeout(quiet)
      clearTimeout(over)
      resolve({ steps, hung })
    })
  })
}
