/** `npm ci` refuses a lock file without the builds for other platforms; see scripts/setup/complete-lock.mjs. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { complete, type Lock } from '../../scripts/setup/complete-lock.mjs'
import { LOCK_FILE } from '../../scripts/setup/places.mjs'

test('the lock file is complete: "npm run lock" would add nothing', () => {
  assert.deepEqual(complete(JSON.parse(readFileSync(LOCK_FILE, 'utf8')) as Lock), [])
})

test('a missing build is added with the platform its name tells', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/tool': {
        dev: true,
        optionalDependencies: { '@tool/win32-arm64-msvc': '1.2.3', '@tool/linux-amd64-musl': '1.2.3' },
      },
    },
  }
  assert.deepEqual(complete(lock), ['@tool/win32-arm64-msvc', '@tool/linux-amd64-musl'])
  assert.deepEqual(lock.packages, {
    '': {},
    'node_modules/@tool/linux-amd64-musl': {
      version: '1.2.3',
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
      dev: true,
      optional: true,
    },
    'node_modules/@tool/win32-arm64-msvc': {
      version: '1.2.3',
      os: ['win32'],
      cpu: ['arm64'],
      dev: true,
      optional: true,
    },
    'node_modules/tool': lock.packages['node_modules/tool'],
  })
})

test('a missing optional package for no platform is not made up', () => {
  const lock = { packages: { '': { optionalDependencies: { 'left-pad': '1.0.0' } } } }
  assert.throws(() => complete(lock), /left-pad/)
})
