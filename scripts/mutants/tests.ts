/**
 * Which tests are asked about a mutant, in this order: those that name its constraint or import its file, those of its
 * subject, the attacks, the rest of the law, the vectors. The first group kills nine of ten, within seconds.
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
  keyring: ['identity', 'machines'],
  machine: ['machine'],
  processes: ['review', 'mission', 'panel', 'trust', 'machine'],
  trust: ['trust'],
}

/** Groups without a test in common. */
export function testsOf({ file, about }: Pick<Mutant, 'file' | 'about'>): readonly (readonly string[])[] {
  const asked = new Set<string>()
  const group = (tests: readonly string[]): readonly string[] => {
    const fresh = tests.filter((test) => !asked.has(test))
    for (const test of fresh) asked.add(test)
    return fresh
  }
  return [
    group(nearest(file, about)),
    group(ownOf(file)),
    group(CATALOGUE),
    group(tests(file.startsWith('protocol/wire/') ? 'test/protocol/wire' : 'test/protocol/law')),
    group(tests('test/protocol/law')),
    group(VECTORS),
  ].filter((group) => group.length > 0)
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
  if (room === 'wire') return tests('test/protocol/wire').filter((test) => test.includes(stemOf(file)))
  const names = subject === undefined || subject.endsWith('.ts') ? WHOLE : (ALSO[subject] ?? [subject])
  return tests('test/protocol/law').filter((test) => names.some((name) => test.includes(name)))
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
