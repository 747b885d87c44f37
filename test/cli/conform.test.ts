import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { vectorText } from '../support/vectors.ts'
import { genesis } from './support/run.ts'

const root = mkdtempSync(join(tmpdir(), 'genesis-cli-'))
after(() => rmSync(root, { recursive: true }))

const vectors = (name: string): string => fileURLToPath(new URL(`../vectors/${name}`, import.meta.url))

type Shown = {
  readonly passed: boolean
  readonly files: readonly { readonly sections: readonly { readonly name: string; readonly failed: number }[] }[]
}

function written(name: string, content: string | Uint8Array): string {
  const file = join(root, name)
  writeFileSync(file, content)
  return file
}

describe('genesis conform', () => {
  it('runs several files, plain or compressed, and prints passed and failed of each section', async () => {
    const { code, out } = await genesis('conform', vectors('ed25519.json'), vectors('merkle.json.gz'))
    assert.equal(code, 0)
    assert.match(out, /^ {2}edge_cases {2}56\/0$/m)
    assert.match(out, /^ {2}roots +33\/0$/m)
  })

  it('runs the sections that were asked for, and no others', async () => {
    const file = vectors('state_machine.json')
    const { code, out } = await genesis(
      'conform',
      file,
      '--section',
      'pairs_from_to',
      '--section',
      'final_gate',
      '--json',
    )
    const { passed, files } = JSON.parse(out) as Shown
    assert.deepEqual(
      [code, passed, files[0]?.sections.map(({ name }) => name)],
      [0, true, ['pairs_from_to', 'final_gate']],
    )
  })

  it('exits 1 on a corrupted copy and shows the first case that failed', async () => {
    const text = vectorText('ed25519')
    const copy = written(
      'ed25519.json',
      text
        .replace('"valid":true', '"valid":false')
        .replace('"accept": true', '"accept": false')
        .replace('"accept":true', '"accept":false'),
    )
    const { code, out } = await genesis('conform', copy, '--json')
    const { passed, files } = JSON.parse(out) as Shown
    assert.deepEqual([code, passed, files[0]?.sections[0]?.failed], [1, false, 1])
  })

  it('exits 2 on what it does not know: nothing is skipped', async () => {
    const jcs = JSON.parse(vectorText('jcs')) as { sections: { name: string }[] }
    jcs.sections[0]!.name = 'something_new'
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['vectors-unknown-file', [written('other.json', vectorText('jcs').replace('jcs.json', 'nothing-of-ours.json'))]],
      ['vectors-unknown-section', [written('jcs.json', JSON.stringify(jcs))]],
      ['vectors-section-absent', [vectors('jcs.json'), '--section', 'nothing']],
      ['vectors-unreadable', [join(root, 'nowhere.json')]],
      ['vectors-unreadable', [written('broken.json', '{')]],
      ['vectors-unreadable', [written('broken.json.gz', gzipSync('{"file":1').subarray(0, 20))]],
      ['vectors-malformed', [written('empty.json', '[]')]],
      ['usage', []],
    ]
    for (const [expected, args] of cases) {
      const { code, out, err } = await genesis('conform', ...args)
      assert.deepEqual([code, out, err.split(':')[0]], [2, '', expected], err)
    }
  })
})
