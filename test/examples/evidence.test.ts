/** The packaged evidence is what the examples' files and the agents' programs give today. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { sandboxAvailable } from '../../runtime/agents/sandbox/sandbox.ts'
import { EXAMPLES, packageMission } from '../../scripts/examples/package-mission.ts'
import { ROOT } from '../../scripts/setup/places.mjs'

const available = await sandboxAvailable()

suite('packaged evidence', { skip: available.ok ? false : 'no sandbox here' }, () => {
  for (const example of EXAMPLES) {
    test(`${example.folder}: made again, it is the same (else: node scripts/examples/make-evidence.ts)`, async () => {
      const folder = join(ROOT, example.folder, 'evidence')
      const made = await packageMission(example)
      const there = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      assert.deepEqual(there.toSorted(), [...made.keys()].toSorted())
      for (const [path, bytes] of made) assert.ok(readFileSync(join(folder, path)).equals(bytes), path)
    })
  }
})

test('the listing of the handbook names every file of it', () => {
  const folder = join(ROOT, 'examples/low-risk-documentation/handbook')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'files.txt')
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  assert.equal(readFileSync(join(folder, 'files.txt'), 'utf8'), files.toSorted().map((path) => `${path}\n`).join(''))
})
