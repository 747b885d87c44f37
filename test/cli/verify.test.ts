import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { digest } from '../../protocol/wire/sha256.ts'
import type { Report } from '../../verifier/report.ts'
import { flipped, type Files } from '../verifier/support/archive.ts'
import { files, genuine } from '../verifier/support/genuine.ts'
import { closed, listening, serveRpc, type TestRpc } from '../verifier/support/rpc.ts'
import { genesis } from './support/run.ts'

/** Begun a minute ago, so that nothing of it is overdue by the real clock. */
const whole = genuine(Date.now() - 300_000)
const all = files(whole)
const root = mkdtempSync(join(tmpdir(), 'genesis-cli-'))
let rpc: TestRpc

before(async () => {
  rpc = await serveRpc(whole.chain)
})
after(async () => {
  await rpc.close()
  rmSync(root, { recursive: true })
})

let folders = 0

function written(archive: Files): string {
  const folder = join(root, String(++folders))
  for (const [path, bytes] of archive) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  return folder
}

describe('genesis verify', () => {
  it('verifies an exported archive against the chain, and exits 0', async () => {
    const { code, out, err } = await genesis('verify', '--archive', written(all), '--rpc', rpc.url, '--json')
    const report = JSON.parse(out) as Report
    assert.equal(report.verdict, 'verified', JSON.stringify(report.fault))
    assert.deepEqual({ code, err, epochs: report.epochs }, { code: 0, err: '', epochs: { closed: 2, on_chain: 2 } })
    assert.deepEqual(Object.keys(report), ['verdict', 'deployment', 'fault', 'steps', 'pending', 'ledger', 'epochs'])
  })

  it('says it in words', async () => {
    const { code, out } = await genesis('verify', '--archive', written(all), '--rpc', rpc.url)
    assert.equal(code, 0)
    assert.match(out, /^verdict {5}verified$/m)
    assert.equal(out.match(/^holds /gm)?.length, 9)
  })

  it('exits 1 and names the first fault of an archive with one flipped bit', async () => {
    const path = 'epochs/00000001.jsonl.gz'
    const folder = written(flipped(all, path, 77))
    const { code, out } = await genesis('verify', '--archive', folder, '--rpc', rpc.url, '--json')
    const { verdict, fault } = JSON.parse(out) as Report
    assert.deepEqual([code, verdict, fault?.code, fault?.path], [1, 'unverifiable', 'file-differs', path])
    const words = await genesis('verify', '--archive', folder, '--rpc', rpc.url)
    assert.equal(words.code, 1)
    assert.match(words.out, /verdict {5}unverifiable: file-differs/)
  })

  it('reads an archive from a static host', async () => {
    const server = createServer((request, response) => {
      const bytes = all.get(decodeURIComponent((request.url ?? '').slice('/copy/'.length)))
      if (bytes === undefined) response.statusCode = 404
      response.end(bytes)
    })
    const port = await listening(server)
    const { code, out } = await genesis(
      'verify',
      '--archive',
      `http://127.0.0.1:${port}/copy`,
      '--rpc',
      rpc.url,
      '--json',
    )
    await closed(server)
    assert.equal((JSON.parse(out) as Report).verdict, 'verified')
    assert.equal(code, 0)
  })

  it('takes the deployment that is meant, by id or by file', async () => {
    const folder = written(all)
    const deployment = whole.bench.state.founded!.deployment.id
    const file = join(folder, 'deployment.json')
    for (const which of [deployment, file]) {
      const ran = await genesis('verify', '--archive', folder, '--rpc', rpc.url, '--deployment', which, '--json')
      assert.equal(ran.code, 0, ran.out + ran.err)
    }
    const other = await genesis('verify', '--archive', folder, '--rpc', rpc.url, '--deployment', digest('x'), '--json')
    assert.deepEqual([other.code, (JSON.parse(other.out) as Report).fault?.code], [1, 'deployment-unexpected'])
  })

  it('is not verified by another chain', async () => {
    const foreign = await serveRpc(whole.chain, 1)
    const { code, out } = await genesis('verify', '--archive', written(all), '--rpc', foreign.url, '--json')
    await foreign.close()
    assert.deepEqual([code, (JSON.parse(out) as Report).fault?.code], [1, 'chain-foreign'])
  })

  it('exits 2 with one plain line on what it cannot use', async () => {
    const folder = written(all)
    const nobody = 'http://127.0.0.1:9'
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['archive-unreachable', ['--archive', join(root, 'nowhere'), '--rpc', rpc.url]],
      ['archive-unreachable', ['--url', nobody, '--rpc', rpc.url]],
      ['chain-unreachable', ['--archive', folder, '--rpc', nobody]],
      ['usage', ['--archive', folder]],
      ['usage', ['--archive', folder, '--url', nobody, '--rpc', rpc.url]],
      ['usage', ['--what', '--rpc', rpc.url]],
      ['no-stack', ['--rpc', rpc.url]],
      ['deployment-unreadable', ['--archive', folder, '--rpc', rpc.url, '--deployment', 'sha256:short']],
    ]
    for (const [expected, args] of cases) {
      const { code, out, err } = await genesis('verify', ...args)
      assert.deepEqual([code, out, err.split(/[:.]/)[0]], [2, '', expected], err)
      assert.equal(err.trimEnd().split('\n').length, 1, err)
    }
  })

  it('judges the worked missions from their evidence alone', async () => {
    const { code, out } = await genesis('verify', '--examples', '--json')
    const { verdict, examples } = JSON.parse(out) as { verdict: string; examples: readonly { tier: string }[] }
    assert.deepEqual([code, verdict, examples.map(({ tier }) => tier)], [0, 'verified', ['R0', 'R2']])
  })
})
