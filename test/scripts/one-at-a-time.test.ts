/** Two first starts at once must not install into one folder at once. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { oneAtATime } from '../../scripts/setup/one-at-a-time.mjs'

function lockIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-lock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'setup.lock')
}

test('the work of two does not overlap, and nothing is left behind', async (t) => {
  const file = lockIn(t)
  let inside = 0
  const work = async () => {
    inside += 1
    await sleep(20)
    assert.equal(inside, 1)
    assert.equal(readFileSync(file, 'utf8'), String(process.pid))
    inside -= 1
  }
  await Promise.all([oneAtATime(file, work), oneAtATime(file, work), oneAtATime(file, work)])
  assert.deepEqual(readdirSync(join(file, '..')), [])
})

test('the lock is given back when the work fails', async (t) => {
  const file = lockIn(t)
  await assert.rejects(
    oneAtATime(file, () => Promise.reject(new Error('no network'))),
    /no network/,
  )
  assert.ok(!existsSync(file))
})

test('the lock of a process that died is taken over', async (t) => {
  const file = lockIn(t)
  const dead = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim()
  writeFileSync(file, dead)
  assert.equal(await oneAtATime(file, () => Promise.resolve('done')), 'done')
})
