/** Every attack on files: found for the reason that it names, on copies of a small deployment's real files. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { copiesOfFiles } from '../../cli/commands/redteam/copies.ts'
import { FILES } from '../../protocol/catalogue/attacks/files.ts'
import type { Attack, Copies } from '../../protocol/catalogue/attacks/attack.ts'
import { attackFiles } from '../../protocol/catalogue/red-team.ts'

let copies: Awaited<ReturnType<typeof copiesOfFiles>>
before(async () => {
  copies = await copiesOfFiles()
})
after(() => copies.remove())

describe('the attacks of the catalogue, against files', () => {
  for (const attack of FILES) {
    it(`${attack.id}: ${attack.title}`, async () => {
      const [report] = await attackFiles(copies, [attack])
      assert.deepEqual(report?.breach, undefined)
      assert.equal(report?.outcome, 'repelled')
      assert.ok(report.attempts > 0 && report.unchanged)
    })
  }

  for (const [what, run] of [
    ['a ledger that starts', (arena: Copies) => arena.expectStart('ledger-gap', 'as it was', (rows) => rows)],
    ['a ledger’s file that starts', (arena) => arena.expectStartOnBytes('ledger-gap', 'as it was', (file) => file)],
    ['an archive without a fault', (arena) => arena.expectVerdict('file-differs', 'as it was', (files) => files)],
    ['entries without a fault', (arena) => arena.expectVerdictOnEntries('entry-differs', 'as they were', (all) => all)],
    ['a snapshot that is no such one', (arena) => arena.expectSnapshot('snapshot-absent', 'another', 'damaged')],
  ] satisfies readonly (readonly [string, (arena: Copies) => Promise<void>])[]) {
    it(`would be a breach: ${what}`, async () => {
      const attack: Attack = { id: 'harmless', title: what, on: 'files', run }
      const [report] = await attackFiles(copies, [attack])
      assert.equal(report?.outcome, 'breached')
    })
  }
})
