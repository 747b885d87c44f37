/**
 * Which tests are asked about a mutant, in this order: those of its subject that name its constraint or import its file,
 * the others that do, the others of its subject; then the attacks, the rest of the law, the vectors. The first group
 * kills most of them, within seconds.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { ROOT } from '../setup/places.mjs'
import type { Mutant } from './mutants.ts'

/** Folders of the law whose tests have other names than theirs. */
const ALSO: { readonly [subject: string]: readonly string[] } = {
  appeal: ['appeal', 'panel'],
  chain: ['chain-observed', 'final-decision'],
  constraints: ['kernel', 'time', 'refusals', 'identity', 'machines', 'founding', 'final-decision'],
  epoch: ['epochs'],
  founding: ['founding', 'identity'],
  incident: ['incident', 'machine'],
  keyring: ['identity', 'machines', 'refusals'],
  machine: ['machine'],
  trust: ['trust'],
}

/** Files that belong to several subjects, or to one whose folder they do not lie in; other processes to all of these. */
const OF_FILE: { readonly [stem: string]: readonly string[] } = {
  'bind-keys': ['founding', 'identity', 'machines'],
  'close-panels': ['panel', 'appeal'],
  'conclude-panel': ['panel', 'appeal'],
  'conclude-review': ['review'],
  'count-probation': ['machine'],
  'decide-appeal': ['appeal'],
  involved: ['review', 'panel'],
  'mint-trust': ['trust'],
  'open-appeal-hearing': ['appeal', 'panel'],
  'open-draw': ['review'],
  'open-incidents': ['incident', 'trust'],
  'open-panel': ['panel'],
  'quarantine-at-zero': ['machine'],
  'record-failures': ['trust'],
  'release-gain': ['trust'],
  'retire-machine': ['machine'],
  'settle-trust': ['trust'],
  'trust-desk': ['trust'],
  'withdraw-proofs': ['trust', 'appeal'],
  contested: ['appeal', 'panel'],
  exclusions: ['review'],
  'kept-out': ['panel', 'appeal'],
  passed: ['review', 'panel'],
  layers: ['layers', 'final-decision'],
  world: ['review', 'panel', 'time', 'final-decision'],
}

const PROCESSES = ['review', 'mission', 'panel', 'trust', 'machine']

/** How many groups are of the mutant's own room, at most. */
export const NEAR_GROUPS = 3

/** Groups without a test in common; those without any are there and empty. */
export function testsOf({ file, about }: Pick<Mutant, 'file' | 'about'>): readonly (readonly string[])[] {
  const asked = new Set<string>()
  const group = (tests: readonly string[]): readonly string[] => {
    const fresh = tests.filter((test) => !asked.has(test))
    for (const test of fresh) asked.add(test)
    return fresh
  }
  const near = nearest(file, about)
  const own = ownOf(file)
  return [
    group(near.filter((test) => own.includes(test))),
    group(near),
    group(own),
    group(CATALOGUE),
    group(tests(file.startsWith('protocol/wire/') ? 'test/protocol/wire' : 'test/protocol/law')),
    group(tests('test/protocol/law')),
    group(VECTORS),
  ]
}

const WHOLE = ['replay', 'refusals', 'idempotence', 'admission', 'kernel', 'actions', 'answers']
const CATALOGUE = ['test/catalogue/attacks.test.ts', 'test/catalogue/command-table.test.ts']
const VECTORS = ['test/protocol/conformance/run.test.ts']

/** Where more name it than these, its name says nothing about what is tested. */
const NEAR_MAX = 8

function nearest(file: string, about: string): readonly string[] {
  const named = about === '' ? undefined : new RegExp(`['"]${about.replace(/\$\{[^}]*\}/g, '[a-z-]+')}['"]`)
  const known = [...tests('test/protocol/law'), ...tests('test/protocol/wire')]
  const near = known.filter((test) => importsOf(test).has(file) || named?.test(textOf(test)) === true)
  return near.length > NEAR_MAX ? near.filter((test) => importsOf(test).has(file)).slice(0, NEAR_MAX) : near
}

function ownOf(file: string): readonly string[] {
  const [, room, subject] = /^protocol\/([^/]+)\/([^/]+)/.exec(file) ?? []
  if (room === 'wire') {
    const own = tests('test/protocol/wire').filter((test) => test.includes(stemOf(file)))
    return own.length > 0 ? own : tests('test/protocol/wire')
  }
  const names = OF_FILE[stemOf(file)] ?? namesOf(subject)
  return tests('test/protocol/law').filter((test) => names.some((name) => test.includes(name)))
}

function namesOf(subject = ''): readonly string[] {
  if (subject.endsWith('.ts')) return WHOLE
  return subject === 'processes' ? PROCESSES : (ALSO[subject] ?? [subject])
}

function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.ts$/, '')
}

const found = new Map<string, readonly string[]>()
const texts = new Map<string, string>()
const imports = new Map<string, ReadonlySet<string>>()

function tests(folder: string): readonly string[] {
  return kept(found, folder, () => globSync(`${folder}/**/*.test.ts`, { cwd: ROOT }).toSorted())
}

function textOf(test: string): string {
  return kept(texts, test, () => readFileSync(join(ROOT, test), 'utf8'))
}

/** The files of the tree that a test imports by itself. */
function importsOf(test: string): ReadonlySet<string> {
  return kept(imports, test, () => {
    const named = [...textOf(test).matchAll(/ from '(\.[^']+)'/g)].map((match) => match[1] ?? '')
    return new Set(named.map((path) => relative(ROOT, join(ROOT, dirname(test), path))))
  })
}

function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
