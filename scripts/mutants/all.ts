/** Every mutant of the law as it stands: those that rules make, and those written by hand. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../setup/places.mjs'
import { BY_HAND } from './by-hand/all.ts'
import { equivalence } from './equivalent.ts'
import { isLaw, mutantsOf, RULE_FILES, type Mutant } from './mutants.ts'

export type Found = Mutant & {
  /** Why nobody could see it; undefined where it is to be tried. */
  readonly equivalent: string | undefined
}

/** In order of their files. A mutant by hand whose place is gone throws, so that none fades away. */
export function allMutants(): readonly Found[] {
  const made = globSync('protocol/law/**/*.ts', { cwd: ROOT })
    .toSorted()
    .filter(isLaw)
    .flatMap((file) => {
      const source = read(file)
      const rules = RULE_FILES.some((pattern) => pattern.test(file))
      return mutantsOf(file, source, rules).map((mutant) => ({ ...mutant, equivalent: equivalence(mutant, source) }))
    })
  return [...made, ...byHand()]
}

function byHand(): readonly Found[] {
  return BY_HAND.map(({ file, guard, about = '', before, after }) => {
    const start = read(file).indexOf(before)
    if (start < 0) throw new Error(`${file}: nothing to change for «${guard}»: ${before}`)
    const line = read(file).slice(0, start).split('\n').length
    const id = `${file} by-hand ${guard}`
    return { id, file, line, kind: 'by-hand', about, before, after, equivalent: undefined }
  })
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}
