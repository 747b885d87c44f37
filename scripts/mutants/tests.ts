/** Which tests are asked about a mutant: those of its subject first, then those that look at the whole law. */
import { globSync } from 'node:fs'
import { ROOT } from '../setup/places.mjs'

/** Folders of the law whose tests have other names than theirs. */
const ALSO: { readonly [subject: string]: readonly string[] } = {
  appeal: ['appeal', 'panel'],
  chain: ['chain-observed', 'final-decision'],
  constraints: ['kernel', 'time', 'refusals', 'identity', 'machines', 'founding', 'final-decision'],
  epoch: ['epochs'],
  founding: ['founding', 'identity'],
  incident: ['incident', 'machine'],
  keyring: ['identity', 'machines'],
  machine: ['machine'],
  processes: ['review', 'mission', 'panel', 'trust', 'machine'],
  trust: ['trust'],
}

/** In the order in which they are asked. A path of the law is all that is needed. */
export function testsOf(file: string): readonly (readonly string[])[] {
  const subject = /^protocol\/law\/([^/]+)\//.exec(file)?.[1]
  const names = subject === undefined ? WHOLE : (ALSO[subject] ?? [subject])
  const own = lawTests().filter((test) => names.some((name) => test.includes(name)))
  const rest = [...WIDE, ...lawTests().filter((test) => !own.includes(test))]
  return [own, CATALOGUE, rest].filter((tests) => tests.length > 0)
}

const WHOLE = ['replay', 'refusals', 'idempotence', 'admission', 'kernel', 'actions', 'answers']
const CATALOGUE = ['test/catalogue/attacks.test.ts', 'test/catalogue/command-table.test.ts']
const WIDE = ['test/protocol/conformance/run.test.ts']

let known: readonly string[] | undefined

function lawTests(): readonly string[] {
  known ??= globSync('test/protocol/law/**/*.test.ts', { cwd: ROOT }).toSorted()
  return known
}
