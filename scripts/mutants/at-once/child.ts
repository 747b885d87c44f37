/**
 * One process that tries many mutants: the law and the tests are read once, then each mutant is put in force in turn and
 * the tests are run until one fails. A test that fails under a mutant must pass again without it, at once. Where it does
 * not, the mutant has spoilt what tests share: that proves nothing about it, and another process goes on behind it.
 *
 * Reads a plan (a file, named by the argument), writes one line of JSON for each step.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from '../../setup/places.mjs'
import type { Mutant } from '../mutants.ts'
import { copyOf, watchModules } from './modules.ts'
import { reading, recorded, type Recorded } from './recorder.ts'
import { inForce } from './swap.ts'

/** Test files, the nearest first. */
type Groups = readonly (readonly string[])[]

export type Plan = {
  readonly mutants: readonly { readonly mutant: Mutant; readonly groups: Groups }[]
}

export type Step =
  /** Something is done at all: another test, another file. */
  | { readonly step: 'goes-on'; readonly id: string }
  | { readonly step: 'begins'; readonly id: string }
  | { readonly step: 'killed'; readonly id: string; readonly by: string }
  | { readonly step: 'survived'; readonly id: string; readonly asked: number }
  /** What tests share is not as it was: another process has to go on behind this mutant. */
  | { readonly step: 'spoilt'; readonly id: string }

function say(step: Step): void {
  process.stdout.write(`${JSON.stringify(step)}\n`)
}

async function passes({ run }: Recorded): Promise<boolean> {
  try {
    await run()
    return true
  } catch {
    return false
  }
}

const read = new Set<string>()

/** How long each test took last, in milliseconds: quick ones are asked first. */
const took = new Map<Recorded, number>()

/** Files are read when they are first asked for. */
async function testsOf(files: readonly string[], id: string): Promise<readonly Recorded[]> {
  for (const file of files) {
    if (read.has(file)) continue
    read.add(file)
    say({ step: 'goes-on', id })
    reading.file = file
    await import(pathToFileURL(join(ROOT, file)).href)
  }
  return recorded
    .filter((test) => files.includes(test.file))
    .toSorted((a, b) => (took.get(a) ?? 0) - (took.get(b) ?? 0))
}

/** Those that speak of it first. */
function inOrder(tests: readonly Recorded[], { about }: Mutant): readonly Recorded[] {
  const words = about.split(/\$\{[^}]*\}/).filter((word) => word.length > 3)
  const speaks = (test: Recorded): boolean => words.length > 0 && words.every((word) => test.text.includes(word))
  return [...tests.filter(speaks), ...tests.filter((test) => !speaks(test))]
}

async function triedOn(mutant: Mutant, number: number, groups: Groups): Promise<Step> {
  const { id } = mutant
  const copy = (await import(copyOf(mutant, number))) as typeof inForce.exports
  let asked = 0
  for (const files of groups) {
    for (const test of inOrder(await testsOf(files, id), mutant)) {
      asked += 1
      say({ step: 'goes-on', id })
      const begun = performance.now()
      inForce.exports = copy
      inForce.file = mutant.file
      const passed = await passes(test)
      inForce.file = undefined
      if (passed) {
        took.set(test, performance.now() - begun)
        continue
      }
      return (await passes(test)) ? { step: 'killed', id, by: `${test.file}: ${test.name}` } : { step: 'spoilt', id }
    }
  }
  return { step: 'survived', id, asked }
}

const { mutants } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan
watchModules(mutants.map(({ mutant }) => mutant))
for (const [number, { mutant, groups }] of mutants.entries()) {
  say({ step: 'begins', id: mutant.id })
  const step = await triedOn(mutant, number, groups)
  say(step)
  if (step.step === 'spoilt') break
}
process.exit(0)
