import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { command } from '../../cli/commands/constitution.ts'
import { ROOT } from '../../scripts/setup/places.mjs'
import { changed, type Change, type Operation } from '../support/constitution-documents.ts'
import { vectorFile } from '../support/vectors.ts'
import { genesis } from './support/run.ts'

const root = mkdtempSync(join(tmpdir(), 'genesis-constitution-'))
after(() => rmSync(root, { recursive: true }))

let folders = 0

/** A folder with the three files after these changes. */
function configWith(...changes: readonly Change[]): string {
  const folder = join(root, `config-${++folders}`)
  mkdirSync(folder)
  const { params, policy, genome } = changed(...changes)
  const write = (name: string, document: Json) => writeFileSync(join(folder, name), JSON.stringify(document))
  write('constitutional_params.json', params)
  write('runtime_policy.json', policy)
  write('genome.json', genome)
  return folder
}

/** The command in this process: spawning one for each of a hundred copies would only cost time. */
async function check(...args: readonly string[]) {
  let out = ''
  const say = (text: string): void => {
    out += text
  }
  const code = await command.run(['check', ...args, '--json'], { out: say, err: () => {}, watched: false })
  return { code, said: JSON.parse(out) as { sound: boolean; findings: { code: string }[]; mirror: { code: string }[] } }
}

type Case = {
  readonly label: string
  readonly must_reject: boolean
  readonly mutations: readonly { file: string; pointer: string; op: Operation; value?: Json }[]
}

describe('genesis constitution check', () => {
  it('finds the repository’s own files sound', async () => {
    const { code, out } = await genesis('constitution', 'check', '--json')
    assert.deepEqual([code, JSON.parse(out)], [0, { sound: true, findings: [], mirror: [] }])
  })

  it('exits 1 on every weakened copy of the shared vectors', async () => {
    const { sections } = vectorFile('config_mutations') as { sections: { name: string; cases: Case[] }[] }
    const weakened = sections.flatMap(({ cases }) => cases).filter((one) => one.must_reject)
    assert.equal(weakened.length, 124)
    for (const { label, mutations } of weakened) {
      const folder = configWith(
        ...mutations.map(({ file, pointer, op, value }): Change => [
          file === 'runtime_policy.json' ? 'policy' : 'params',
          pointer,
          value,
          op,
        ]),
      )
      const { code, said } = await check('--config', folder)
      assert.deepEqual([code, said.sound], [1, false], label)
      assert.notEqual(said.findings.length, 0, label)
    }
  })

  it('exits 0 on a copy that differs in edition and date alone', async () => {
    const folder = configWith(['params', '/version', '9.9'], ['policy', '/updated_utc', '2031-01-01T00:00:00Z'])
    assert.equal((await check('--config', folder)).code, 0)
  })

  it('exits 1 where the two files contradict each other', async () => {
    const folder = configWith(['policy', '/normative_resolution/panel_size', 5])
    const { code, said } = await check('--config', folder)
    assert.equal(code, 1)
    assert.ok(said.findings.some((finding) => finding.code === 'documents-disagree'))
  })

  it('exits 1 where the page says another value, lacks one, has one twice or knows one more', async () => {
    const page = readFileSync(join(ROOT, 'TRUST_CONSTITUTION.md'), 'utf8')
    const row = '| `/quality_gates/Q_min_M` | `0.8` |'
    const line = page.split('\n').find((one) => one.startsWith(row))!
    assert.ok(page.includes(row))
    const cases: readonly (readonly [string, string])[] = [
      [page.replace(row, '| `/quality_gates/Q_min_M` | `0.80001` |'), 'mirror-differs'],
      [page.replace(`${line}\n`, ''), 'mirror-lacks-parameter'],
      [page.replace(line, `${line}\n${line}`), 'mirror-repeats'],
      [page.replace(line, `${line}\n| \`/quality_gates/Q_min_X\` | \`0\` |`), 'mirror-knows-no-such-parameter'],
    ]
    for (const [text, expected] of cases) {
      const file = join(root, `${expected}.md`)
      writeFileSync(file, text)
      const { code, said } = await check('--page', file)
      assert.deepEqual([code, said.findings, said.mirror.map((finding) => finding.code)], [1, [], [expected]])
    }
  })

  it('exits 1 on what is no document, and 2 on a folder that is not there', async () => {
    assert.equal((await genesis('constitution', 'check', '--params', '/dev/null')).code, 1)
    assert.equal((await genesis('constitution', 'check', '--config', join(root, 'nowhere'))).code, 2)
  })
})
