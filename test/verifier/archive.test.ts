/** No bit of an archive is free. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { encode, encodeBytes, type Json } from '../../protocol/wire/canonical-json.ts'
import { concat, utf8 } from '../../protocol/wire/bytes.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { portableEngine } from '../../verifier/engine/engine.ts'
import { readManifest } from '../../verifier/archive/manifest.ts'
import { filesOf, flipped, memoryArchive, replaced, withManifest, zipped, type Files } from './support/archive.ts'
import { caught } from './support/caught.ts'
import { contents, small, verifyFiles } from './support/genuine.ts'

const whole = small()
const original = { ...contents(whole), artifacts: [utf8('the data')] }
const all = filesOf(original)
const deployment = original.deployment

type Manifest = { deployment: string; files: { bytes: number; path: string; sha256: string }[]; format: string }

const manifest = (): Manifest => JSON.parse(Buffer.from(all.get('manifest.json')!).toString()) as Manifest

function withChangedManifest(change: (manifest: Manifest) => void): Files {
  const changed = manifest()
  change(changed)
  return replaced(all, 'manifest.json', changed)
}

async function refuses(archive: Files, code: string, path?: string) {
  const fault = caught(await verifyFiles(whole, archive), 'archive', code)
  if (path !== undefined) assert.equal(fault.path, path)
  return fault
}

describe('a flipped bit', () => {
  /** The chain is left out where it cannot matter: the archive's own step comes first. */
  const verdictOf = async (archive: Files): Promise<string> => {
    const { report } = await verifyFiles(whole, archive)
    assert.equal(report.fault?.step, 'archive', JSON.stringify(report.fault))
    return report.verdict
  }

  it('anywhere in the manifest is found', async () => {
    const length = all.get('manifest.json')!.length
    for (let byte = 0; byte < length; byte++) {
      const archive = flipped(all, 'manifest.json', byte * 8 + (byte % 8))
      assert.equal(await verdictOf(archive), 'unverifiable', `byte ${byte}`)
    }
  })

  it('anywhere in a small file is found and the file named', async () => {
    const small = [...all].filter(([path, bytes]) => bytes.length < 64 && path !== 'manifest.json')
    assert.equal(small.length, 1)
    for (const [path, bytes] of small) {
      for (let bit = 0; bit < bytes.length * 8; bit++) await refuses(flipped(all, path, bit), 'file-differs', path)
    }
  })

  it('in the header or the trailer of a compressed file is found and the file named', async () => {
    const path = 'epochs/00000000.jsonl.gz'
    const { length } = all.get(path)!
    const places = [...Array.from({ length: 10 }, (_, i) => i), ...Array.from({ length: 8 }, (_, i) => length - 1 - i)]
    for (const byte of places) await refuses(flipped(all, path, byte * 8 + (byte % 8)), 'file-differs', path)
  })

  it('at any place of any file is found and the file named', async () => {
    const others = [...all].filter(([path]) => path !== 'manifest.json')
    const place = fc
      .constantFrom(...others)
      .chain(([path, bytes]) => fc.record({ path: fc.constant(path), bit: fc.nat({ max: bytes.length * 8 - 1 }) }))
    await fc.assert(
      fc.asyncProperty(place, async ({ path, bit }) => {
        await refuses(flipped(all, path, bit), 'file-differs', path)
      }),
      { numRuns: 150, seed: 2 },
    )
  })
})

describe('the files of an archive', () => {
  it('are all there', async () => {
    for (const path of all.keys()) {
      const archive = new Map(all)
      archive.delete(path)
      if (path === 'manifest.json') await refuses(archive, 'manifest-missing')
      else await refuses(archive, 'file-missing', path)
    }
  })

  it('are all there where the source cannot list them', async () => {
    const archive = new Map(all)
    archive.delete('open.jsonl.gz')
    const source = { ...memoryArchive(archive), list: async () => undefined }
    caught(await verifyFiles(whole, archive, { archive: source }), 'archive', 'file-missing')
  })

  it('are no others', async () => {
    await refuses(new Map(all).set('notes.txt', utf8('hello')), 'file-unexpected', 'notes.txt')
  })

  it('are neither cut nor longer', async () => {
    for (const path of [...all.keys()].filter((path) => path !== 'manifest.json')) {
      const bytes = all.get(path)!
      await refuses(new Map(all).set(path, bytes.subarray(0, -1)), 'file-differs', path)
      await refuses(new Map(all).set(path, concat(bytes, Uint8Array.of(0))), 'file-differs', path)
    }
  })
})

describe('a manifest', () => {
  const malformed = async (change: (manifest: Manifest) => void, reason: string) => {
    const fault = await refuses(withChangedManifest(change), 'manifest-malformed')
    assert.equal(fault.evidence['reason'], reason)
  }

  it('is canonical JSON', async () => {
    const text = Buffer.from(all.get('manifest.json')!).toString()
    for (const spelled of [` ${text}`, `${text}\n`, text.replace(':', ': '), `\ufeff${text}`]) {
      await refuses(new Map(all).set('manifest.json', utf8(spelled)), 'manifest-malformed')
    }
  })

  it('has its own format', () =>
    malformed((m) => {
      m.format = 'genesis-archive-2'
    }, 'field-value'))

  it('names files in order', () => malformed((m) => m.files.reverse(), 'manifest-order'))

  it('names no file twice', () => malformed((m) => m.files.push(m.files.at(-1)!), 'manifest-order'))

  it('names no file that an archive does not have', () =>
    malformed((m) => {
      m.files[0]!.path = 'artifacts/../x'
    }, 'manifest-path-unknown'))

  it('leaves no epoch out', () =>
    malformed((m) => {
      m.files.find(({ path }) => path === 'epochs/00000000.jsonl.gz')!.path = 'epochs/00000001.jsonl.gz'
    }, 'manifest-epoch-gap'))

  it('names artifacts by what is in them', () =>
    malformed((m) => {
      m.files[0]!.sha256 = digest('something else')
    }, 'manifest-artifact-name'))

  for (const path of ['certificates.json', 'deployment.json', 'open.jsonl.gz']) {
    it(`names ${path}`, () =>
      malformed((m) => {
        m.files = m.files.filter((file) => file.path !== path)
      }, 'manifest-file-absent'))
  }

  it('has no field of its own making', async () => {
    for (const more of [{ note: 1 }, { __proto__x: 1 }]) {
      await refuses(replaced(all, 'manifest.json', { ...manifest(), ...more }), 'manifest-malformed')
    }
  })

  it('is refused at any size that is not one', () => {
    assert.equal(readManifest(new Uint8Array()).ok, false)
    assert.equal(readManifest(utf8('[]')).ok, false)
    assert.equal(readManifest(utf8('null')).ok, false)
  })
})

describe('a manifest that is true to changed files', () => {
  it('does not make deployment.json another', async () => {
    const file = { ...(original.deploymentFile as object), epoch_ms: 1 }
    await refuses(filesOf({ ...original, deploymentFile: file }), 'deployment-file-differs')
    const spaced = utf8(` ${encode(original.deploymentFile)}`)
    await refuses(withManifest(new Map(all).set('deployment.json', spaced), deployment), 'deployment-file-differs')
  })

  it('does not make certificates.json something else', async () => {
    const given = original.certificates
    const broken: readonly Json[] = [
      { certificates: [...given, { ...(given[0] as object), epoch: 0 }] },
      { certificates: [given[0]!, given[0]!] },
      { certificates: given, note: '' },
      [],
    ]
    assert.ok(given.length > 0)
    for (const value of broken) {
      const archive = withManifest(new Map(all).set('certificates.json', encodeBytes(value)), deployment)
      await refuses(archive, 'certificates-malformed')
    }
  })

  it('does not bring in artifacts that nobody named', async () => {
    const stray = utf8('nobody named me')
    await refuses(filesOf({ ...original, artifacts: [...original.artifacts, stray] }), 'artifact-unnamed')
  })

  it('does not make entries of what is none', async () => {
    const open = 'open.jsonl.gz'
    const text = original.epochs.at(-1)!.map((line) => `${line}\n`)
    const cases: readonly Uint8Array[] = [
      utf8(text.join('')),
      zipped(text.join('').slice(0, -1)),
      zipped(concat(utf8(text.join('')), Uint8Array.of(0xff, 0xfe, 0x0a))),
      zipped(text.join('')).subarray(0, -12),
      concat(zipped(text.join('')), utf8('more')),
    ]
    for (const bytes of cases) {
      const archive = withManifest(new Map(all).set(open, bytes), deployment)
      await refuses(archive, 'file-unreadable', open)
      // Every engine sees it alike.
      caught(await verifyFiles(whole, archive, { engine: portableEngine }), 'archive', 'file-unreadable')
    }
  })

  it('does not smuggle a byte order mark past the reader', async () => {
    const text = original.epochs.at(-1)!.map((line) => `${line}\n`)
    const archive = new Map(all).set('open.jsonl.gz', zipped(`\ufeff${text.join('')}`))
    const verification = await verifyFiles(whole, withManifest(archive, deployment))
    caught(verification, 'ledger', 'entry-malformed')
  })
})

describe('artifacts', () => {
  it('are not fetched where nobody asks for them', async () => {
    const path = [...all.keys()].find((name) => name.startsWith('artifacts/'))!
    const { report } = await verifyFiles(whole, flipped(all, path, 0), { artifacts: 'none' })
    assert.equal(report.verdict, 'verified')
    assert.equal(report.steps[0]?.facts['artifacts_read'], false)
  })
})
