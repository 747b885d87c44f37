/** Every mutant of the law as it stands: those that rules make, and those written by hand. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../setup/places.mjs'
import { BY_HAND } from './by-hand/all.ts'
import { isLaw, mutantsOf, RULE_FILES, type Mutant } from './mutants.ts'

/** Units of work in order of their files; a mutant by hand whose place is gone throws, so that none fades away. */
export function allMutants(): readonly Mutant[] {
  const made = globSync('protocol/law/**/*.ts', { cwd: ROOT })
    .toSorted()
    .filter(isLaw)
    .flatMap((file) => {
      const rules = RULE_FILES.some((pattern) => pattern.test(file))
      return mutantsOf(file, readFileSync(join(ROOT, file), 'utf8'), rules)
    })
  return [...made, ...byHand()]
}

function byHand(): readonly Mutant[] {
  return BY_HAND.map(({ file, guard, about = '', before, after }) => {
    const start = readFileSync(join(ROOT, file), 'utf8').indexOf(before)
    if (start < 0) throw new Error(`${file}: nothing to change for «${guard}»: ${before}`)
    const line = readFileSync(join(ROOT, file), 'utf8').slice(0, start).split('\n').length
    return { id: `${file} by-hand ${guard}`, file, line, kind: 'by-hand', about, before, after }
  })
}
