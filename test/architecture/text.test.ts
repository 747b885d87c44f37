/** What no committed file may name: where packages come from is each machine's own business, and so are its folders. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../../scripts/setup/places.mjs'

/** Put together here, so that this file does not name them either. */
const dotted = (...parts: readonly string[]) => parts.join('[.]')
const forbidden: Readonly<Record<string, RegExp>> = {
  'a registry host': new RegExp(
    [
      dotted('registry', 'npmjs', 'org'),
      dotted('registry', 'npmmirror'),
      dotted('registry', 'yarnpkg', 'com'),
      dotted('deb', 'debian', 'org'),
      dotted('pypi', 'org'),
    ].join('|'),
  ),
  'a folder of one machine': new RegExp(
    [
      String.raw`(?<![\w.~-])/(${['work', 'farm', 'root'].join('|')})/[a-z.]`,
      String.raw`\.\./shared/`,
      String.raw`\.\./\.library`,
    ].join('|'),
  ),
}

const isCheckout = existsSync(join(ROOT, '.git'))
const skip = isCheckout ? false : 'only git knows what is committed, and this folder is no checkout'

for (const [what, pattern] of Object.entries(forbidden)) {
  test(`no committed file names ${what}`, { skip }, () => {
    const found = committed().flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : [])),
    )
    assert.deepEqual(found, [])
  })
}

test('the pattern for folders knows one from a route or a relative import', () => {
  const pattern = forbidden['a folder of one machine']
  assert.match(['cat ', 'work', 'main', 'package.json'].join('/'), pattern!)
  assert.match(['..', 'shared', 'x.ts'].join('/'), pattern!)
  assert.doesNotMatch("get('/missions/work/items')", pattern!)
  assert.doesNotMatch("from './work/item.ts'", pattern!)
})

test('the lock file names no host at all', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly resolved?: string }>>
  }
  assert.deepEqual(
    Object.entries(lock.packages).flatMap(([name, entry]) => (entry.resolved === undefined ? [] : [name])),
    [],
  )
})

/** Text files git knows of, or will once they are added. */
function committed(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)) && !isBinary(file))
}

function isBinary(file: string): boolean {
  return readFileSync(join(ROOT, file)).subarray(0, 8000).includes(0)
}
