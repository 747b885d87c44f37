import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stalePages } from '../../scripts/docs/main.ts'

test('every generated page is what the protocol says now (node scripts/docs/main.ts writes them)', () => {
  assert.deepEqual(
    stalePages().map(({ place }) => place),
    [],
  )
})
