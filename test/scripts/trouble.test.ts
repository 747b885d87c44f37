/** Whatever stops the first run, the person gets one line that says what to do. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '../../scripts/setup/trouble.mjs'

const cases: readonly (readonly [what: string, npmSays: string, weSay: RegExp])[] = [
  ['no name service', 'npm error code EAI_AGAIN', /check the network/],
  ['no route', 'npm error errno ENETUNREACH', /check the network/],
  ['a full disk', 'npm error code ENOSPC\nnpm error nospc no space left on device', /disk is full/],
  ['a folder of somebody else', 'npm error code EACCES', /writable for you/],
  ['a lock file out of step', 'npm error code EUSAGE', /npm install/],
  ['a package that was tampered with', 'npm error code EINTEGRITY', /do not go on/],
  ['a registry without the package', 'npm error code E404', /lacks a package/],
  ['anything else', 'npm error code EWHATEVER', /not known here/],
]

for (const [what, npmSays, weSay] of cases) {
  test(`${what} is told in one line, with where npm's own words are`, () => {
    const { message } = explain('Installing packages', npmSays, '.tmp/setup.log')
    assert.match(message, weSay)
    assert.match(message, /^Installing packages: .*\.tmp\/setup\.log\)$/)
    assert.ok(!message.includes('\n'))
  })
}
