/**
 * Writes the generated pages. `--check` writes nothing and exits 1 where one is not what it would be.
 *
 *     node scripts/docs/main.ts [--check]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from '../setup/places.mjs'
import { PAGES, type Page } from './pages.ts'

/** Pages whose text on disk is not the one that is generated. */
export function stalePages(): readonly Page[] {
  return PAGES.filter(({ place, text }) => {
    const file = join(ROOT, place)
    return !existsSync(file) || readFileSync(file, 'utf8') !== text()
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stale = stalePages()
  const check = process.argv.includes('--check')
  for (const { place, text } of stale) {
    if (check) console.error(`${place} is stale: run node scripts/docs/main.ts`)
    else {
      writeFileSync(join(ROOT, place), text())
      console.log(`wrote ${place}`)
    }
  }
  if (check && stale.length > 0) process.exitCode = 1
}
