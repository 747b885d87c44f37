import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, describe, it } from 'node:test'
import { digest } from '../../protocol/wire/sha256.ts'
import { flipped, type Files } from '../verifier/support/archive.ts'
import { files, small } from '../verifier/support/genuine.ts'
import { closed, listening } from '../verifier/support/rpc.ts'
import { genesis } from './support/run.ts'

const root = mkdtempSync(join(tmpdir(), 'genesis-cli-'))
const all = files(small())
let server: Server | undefined

afterEach(async () => {
  if (server !== undefined) await closed(server)
  server = undefined
})
after(() => rmSync(root, { recursive: true }))

/** The archive routes of a runtime; `forget` files are unknown once, as when the moment has passed. */
async function serve(archive: Files, forget = 0): Promise<string> {
  let forgotten = forget
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x')
    const path = decodeURIComponent(pathname.slice('/v1/archive/'.length))
    const bytes = path !== 'manifest.json' && forgotten-- > 0 ? undefined : archive.get(path)
    if (bytes === undefined) response.statusCode = 404
    response.end(bytes)
  })
  return `http://127.0.0.1:${await listening(server)}`
}

let outs = 0
const fresh = (): string => join(root, `out-${++outs}`)

describe('genesis export', () => {
  it('copies every file, byte for byte, and the manifest', async () => {
    const out = fresh()
    const { code, out: said } = await genesis('export', '--url', await serve(all), '--out', out, '--json')
    assert.equal(code, 0)
    assert.deepEqual((JSON.parse(said) as { files: number }).files, all.size - 1)
    for (const [path, bytes] of all) assert.equal(digest(readFileSync(join(out, path))), digest(bytes), path)
  })

  it('begins again when the archive has moved on', async () => {
    const out = fresh()
    assert.equal((await genesis('export', '--url', await serve(all, 2), '--out', out)).code, 0)
    assert.deepEqual(readdirSync(out).toSorted(), [
      'certificates.json',
      'deployment.json',
      'epochs',
      'manifest.json',
      'open.jsonl.gz',
    ])
  })

  it('leaves nothing behind when a file is not what the manifest says', async () => {
    const out = fresh()
    const { code, err } = await genesis('export', '--url', await serve(flipped(all, 'open.jsonl.gz', 9)), '--out', out)
    assert.deepEqual([code, err.split(':')[0]], [2, 'file-differs'])
    assert.deepEqual(
      readdirSync(root).filter((name) => name.startsWith(`out-${outs}`)),
      [],
    )
  })

  it('does not write into a folder that holds something', async () => {
    writeFileSync(join(root, 'mine.txt'), 'mine')
    const { code, err } = await genesis('export', '--url', await serve(all), '--out', root)
    assert.deepEqual([code, err.split(':')[0]], [2, 'out-not-empty'])
  })

  it('wants to be told where, and needs a runtime', async () => {
    assert.equal((await genesis('export')).code, 2)
    assert.match((await genesis('export', '--out', fresh())).err, /^no-stack/)
  })
})
