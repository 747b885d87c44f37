/** Spec 11's closing list of attacks beyond the obvious: each is an attack of the catalogue, or a test by its name. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { attackOf } from '../../protocol/catalogue/attacks/all.ts'
import { ROOT } from '../../scripts/setup/places.mjs'

const ATTACKS: { readonly [what: string]: readonly string[] } = {
  'fields of other types, prototype names as ids': ['type-juggling', 'not-canonical'],
  'zero-width and case variants of families, regions and reasons': ['spelling-variants', 'invisible-reasons'],
  'the same human twice under two ids': ['same-human-twice'],
  'one approval spent on two missions': ['approval-spent-twice'],
  'an approval bound to the id but not to the evidence digest': ['approval-bound-to-the-id'],
  'the race for the last seat': ['race-for-the-last-seat'],
  'a privileged request against the penalty that forbids it': ['request-races-the-penalty'],
  'the clock moved backwards': ['clock-moved', 'ledger-rewritten'],
  'an old snapshot restored': ['old-snapshot', 'snapshot-swapped'],
  'genuine records replayed in another epoch': ['records-of-another-epoch'],
  'direct edits of files and rows followed by a restart': ['ledger-rows-changed', 'ledger-file-damaged'],
  'config booted with weakened or contradictory values': ['panel-too-small', 'section-taken-out', 'value-not-ratified'],
  'a thousand humans without a history': ['thousand-newcomers'],
}

/** What needs a process that dies or a clock that is set: tests of the runtime. */
const TESTS: { readonly [what: string]: readonly [file: string, name: string] } = {
  'a kill between update and append': ['runtime/ledger/crash', 'killed with SIGKILL under load'],
  'the clock moved backwards under the runtime': ['runtime/ledger/recovery', 'with a clock behind the last entry'],
  'the clock moved backwards under the law': ['protocol/law/time', 'never runs back'],
  'config booted with weakened values': ['protocol/law/constitution/mutations', 'describe('],
}

describe('the attacks beyond the obvious', () => {
  for (const [what, ids] of Object.entries(ATTACKS)) {
    it(`${what}: ${ids.join(', ')}`, () => {
      for (const id of ids) assert.ok(attackOf(id) !== undefined, id)
    })
  }

  for (const [what, [file, name]] of Object.entries(TESTS)) {
    it(`${what}: ${file}`, () => {
      assert.ok(readFileSync(join(ROOT, 'test', `${file}.test.ts`), 'utf8').includes(name))
    })
  }
})
