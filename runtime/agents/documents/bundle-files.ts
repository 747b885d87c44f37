/**
 * How a documentation mission lays its files out: which input is the document, where the program and the results stand.
 *
 *     inputs     README.md docs/guide.md … files.txt      the first Markdown file is the document
 *     program    repair-program/*.ts                      so that evidence holds what it was made with
 *     results    repaired/README.md repaired/changes.diff repaired/check.json
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Fault } from '../../../protocol/wire/fault.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import type { NamedBytes } from '../skill.ts'
import { isMarkdown } from './program/tree.ts'

/** An input of this name lists the paths of all files of the tree. */
export const LISTING = 'files.txt'

export type Layout = {
  readonly document: NamedBytes
  readonly program: string
  readonly results: string
  readonly command: readonly string[]
  readonly outputs: { readonly document: string; readonly diff: string; readonly check: string }
}

/** Fault `no-document` where nothing was supplied that could be one. */
export function layoutOf(inputs: readonly NamedBytes[]): Layout {
  const document = inputs.find(({ name }) => isMarkdown(name)) ?? inputs.find(({ name }) => name !== LISTING)
  if (document === undefined) throw new Fault('no-document')
  const program = freeFolder('repair-program', inputs)
  const results = freeFolder('repaired', inputs)
  const listing = inputs.some(({ name }) => name === LISTING) ? [LISTING] : []
  return {
    document,
    program,
    results,
    command: ['node', `${program}/main.ts`, document.name, results, ...listing],
    outputs: {
      document: `${results}/${document.name}`,
      diff: `${results}/changes.diff`,
      check: `${results}/check.json`,
    },
  }
}

/** A folder that no input is in. */
function freeFolder(wanted: string, inputs: readonly NamedBytes[]): string {
  const isTaken = (folder: string) => inputs.some(({ name }) => name === folder || name.startsWith(`${folder}/`))
  let folder = wanted
  for (let number = 2; isTaken(folder); number++) folder = `${wanted}-${number}`
  return folder
}

/** The repair program as artifacts: the files that run here. */
export function programFiles(folder: string): readonly NamedBytes[] {
  const source = new URL('program/', import.meta.url)
  return readdirSync(source)
    .toSorted()
    .map((name) => {
      const bytes = Uint8Array.from(readFileSync(new URL(name, source)))
      return { name: `${folder}/${name}`, digest: digest(bytes), bytes }
    })
}
