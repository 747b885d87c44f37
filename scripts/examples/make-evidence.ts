/**
 * Writes `evidence/` of both worked missions: `node scripts/examples/make-evidence.ts`.
 *
 * To be run after a change to an example's files, or to a program that is part of its evidence.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../setup/places.mjs'
import { EXAMPLES, packageMission } from './package-mission.ts'

for (const example of EXAMPLES) {
  const files = await packageMission(example)
  const folder = join(ROOT, example.folder, 'evidence')
  rmSync(folder, { recursive: true, force: true })
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  console.log(`${example.folder}/evidence: ${files.size} files`)
}
