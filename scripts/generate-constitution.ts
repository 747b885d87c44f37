/**
 * Writes `protocol/law/constitution/canonical.ts` from `config/`: the law reads no files, so the canonical values
 * stand in it as a constant. `--check` writes nothing and exits 1 when the constant is not that of the files.
 *
 *     node scripts/generate-constitution.ts [--check]
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { parse } from '../protocol/wire/canonical-json.ts'

const place = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

const TARGET = place('protocol/law/constitution/canonical.ts')

const SOURCES = {
  params: place('config/constitutional_params.json'),
  policy: place('config/runtime_policy.json'),
  genome: place('config/genome.json'),
}

/** The text that `canonical.ts` should have. Throws where a file is not strict JSON. */
export async function canonicalModule(): Promise<string> {
  const constants = await Promise.all(
    Object.entries(SOURCES).map(async ([name, path]) => {
      const parsed = parse(await readFile(path, 'utf8'))
      if (!parsed.ok) throw new Error(`${path}: ${parsed.error.code} ${parsed.error.path ?? ''}`)
      return `${name}: ${JSON.stringify(parsed.value)},`
    }),
  )
  const source = `/**
 * The canonical values of the constitution (K1), as plain data.
 *
 * Written by \`scripts/generate-constitution.ts\` from \`config/\`; a test compares. Do not edit: edit the files.
 */
import type { Json } from '../../wire/canonical-json.ts'

type Canonical = { readonly [document in 'params' | 'policy' | 'genome']: Json }

export const CANONICAL: Canonical = { ${constants.join('\n')} }
`
  return format(source, { ...(await resolveConfig(TARGET)), parser: 'typescript' })
}

export async function isFresh(): Promise<boolean> {
  return (await readFile(TARGET, 'utf8')) === (await canonicalModule())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--check')) await writeFile(TARGET, await canonicalModule())
  else if (!(await isFresh())) {
    console.error('canonical.ts differs from config/: run node scripts/generate-constitution.ts')
    process.exitCode = 1
  }
}
