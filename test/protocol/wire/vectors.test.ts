import assert from 'node:assert/strict'
import test from 'node:test'
import * as Certificates from '../../../scripts/vectors/certificates.ts'
import * as Commitments from '../../../scripts/vectors/commitments.ts'
import * as Quicknet from '../../../scripts/vectors/drand-quicknet.ts'
import * as Eip712 from '../../../scripts/vectors/eip712.ts'
import { textOf, type VectorFile } from '../../../scripts/vectors/write.ts'
import { vectorText } from '../../support/vectors.ts'

const generators: [string, () => VectorFile | Promise<VectorFile>][] = [
  ['certificates', Certificates.build],
  ['commitments', Commitments.build],
  ['drand-quicknet', Quicknet.build],
  ['eip712', Eip712.build],
]

for (const [file, build] of generators) {
  test(`${file}.json is what its generator makes`, async () => {
    assert.equal(textOf(await build()), vectorText(file))
  })
}
