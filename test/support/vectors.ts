/**
 * Vector files of test/vectors, as plain data; the large ones lie there compressed. The caller says what a case looks
 * like; the files are ours.
 */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

type Section = { readonly name: string; readonly cases: readonly unknown[] }

export function vectorText(file: string): string {
  const plain = new URL(`../vectors/${file}.json`, import.meta.url)
  if (existsSync(plain)) return readFileSync(plain, 'utf8')
  return gunzipSync(readFileSync(new URL(`../vectors/${file}.json.gz`, import.meta.url))).toString('utf8')
}

export function vectorFile(file: string): unknown {
  return JSON.parse(vectorText(file))
}

/** The cases of one section; a section that is missing or empty is a mistake, never a pass. */
export function casesOf(file: string, section: string): readonly unknown[] {
  const { sections } = vectorFile(file) as { readonly sections: readonly Section[] }
  const cases = sections.find(({ name }) => name === section)?.cases ?? []
  if (cases.length === 0) throw new Error(`no cases: ${file} ${section}`)
  return cases
}
