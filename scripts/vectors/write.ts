/**
 * Vector files: `{ file, title, conventions, …shared data, sections: [ { name, basis, cases } ] }`.
 *
 * Each generator is deterministic and exports `build`; run by itself it writes its file, and a test compares the
 * committed file with what `build` gives today.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type VectorFile = {
  readonly file: string
  readonly title: string
  readonly conventions: { readonly [name: string]: string }
  readonly sections: readonly { readonly name: string; readonly basis: string; readonly cases: readonly object[] }[]
}

/** As it stands on disk: two spaces, one line feed at the end, lone surrogates as escapes. */
export function textOf(vectors: VectorFile): string {
  return `${JSON.stringify(vectors, null, 2)}\n`
}

export function writeVectors(vectors: VectorFile): void {
  writeFileSync(fileURLToPath(new URL(`../../test/vectors/${vectors.file}.json`, import.meta.url)), textOf(vectors))
}
