/** How modules are read while mutants are tried at once: tests write themselves down, files with mutants can be swapped. */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ROOT } from '../../setup/places.mjs'
import { mutated, type Mutant } from '../mutants.ts'

const RECORDER = new URL('recorder.ts', import.meta.url).href
const SWAP = new URL('swap.ts', import.meta.url).href

/** Must be called before the law is loaded for the first time. */
export function watchModules(mutants: readonly Mutant[]): void {
  const files = new Set(mutants.map(({ file }) => file))
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'node:test' ? { url: RECORDER, shortCircuit: true } : next(specifier, context),
    load: (url, context, next) => {
      if (!url.startsWith('file:')) return next(url, context)
      const { search } = new URL(url)
      const file = relative(ROOT, fileURLToPath(url))
      if (!files.has(file)) return next(url, context)
      return { format: 'module', source: sourceOf(file, search, mutants), shortCircuit: true }
    },
  })
}

/** Where a mutant's copy of its file is loaded from. */
export function copyOf({ file }: Mutant, number: number): string {
  return `${pathToFileURL(join(ROOT, file)).href}?mutant=${number}`
}

function sourceOf(file: string, search: string, mutants: readonly Mutant[]): string {
  const text = readFileSync(join(ROOT, file), 'utf8')
  if (search === '?original') return stripTypeScriptTypes(text)
  const mutant = mutants[Number(search.slice('?mutant='.length))]
  if (search !== '' && mutant !== undefined) return stripTypeScriptTypes(mutated(text, mutant))
  const own = [...text.matchAll(/^export (?:const|function\*?|class) (\w+)/gm)].map((match) => match[1] ?? '')
  // What a file passes on from another is not its own to be swapped.
  const passedOn = [...text.matchAll(/^export \{[^}]*\}.*$/gm)].map(([line]) => stripTypeScriptTypes(line))
  const wrapped = own.map((name) => {
    return `export const ${name} = swappable(${JSON.stringify(file)}, '${name}', original.${name})`
  })
  return [
    `import * as original from '${pathToFileURL(join(ROOT, file)).href}?original'`,
    `import { swappable } from '${SWAP}'`,
    ...passedOn.map((line) => (line.includes(' from ') ? line : passedThrough(line))),
    ...wrapped,
  ].join('\n')
}

/** `export { A, B }` of what the file itself has imported. */
function passedThrough(line: string): string {
  const names = /\{(.*)\}/.exec(line)?.[1]?.split(',') ?? []
  return names.map((name) => `export const ${name.trim()} = original.${name.trim()}`).join('\n')
}
