/** Vector files of test/vectors, as plain data. The caller says what a case looks like; the files are ours. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

type Section = { readonly name: string; readonly cases: readonly unknown[] }

export function vectorText(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../vectors/${file}.json`, import.meta.url)), 'utf8')
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
