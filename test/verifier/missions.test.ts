import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { utf8 } from '../../protocol/wire/bytes.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import type { Rerun } from '../../verifier/rerun.ts'
import { filesOf } from './support/archive.ts'
import { caught, holds } from './support/caught.ts'
import { ARTIFACTS, contents, genuine, verifyFiles, verifyGenuine } from './support/genuine.ts'

const whole = genuine()

describe('completed missions', () => {
  it('carry every file that they can be reproduced from', async () => {
    for (const missing of ARTIFACTS) {
      const artifacts = ARTIFACTS.filter((bytes) => bytes !== missing)
      const verification = await verifyFiles(whole, filesOf({ ...contents(whole), artifacts }))
      const fault = caught(verification, 'missions', 'evidence-missing')
      assert.equal(fault.path, `artifacts/${digest(missing).slice(7)}`)
    }
  })

  it('are not run again by default', async () => {
    const report = holds(await verifyGenuine(whole))
    assert.equal(report.steps.find(({ id }) => id === 'missions')?.facts['run_again'], 0)
  })

  it('are run again from their files alone where it is asked for', async () => {
    const asked: string[][] = []
    const rerun: Rerun = async ({ command }, files) => {
      asked.push([...command, ...files.keys()])
      return { outputs: new Map([['report.json', utf8('the report')]]) }
    }
    const report = holds(await verifyGenuine(whole, { rerun }))
    assert.equal(report.steps.find(({ id }) => id === 'missions')?.facts['run_again'], 2)
    assert.deepEqual(asked[0], ['node', 'report.mjs', 'data.csv'])
  })

  it('give the same outputs again, or the first that differs is named', async () => {
    for (const outputs of [new Map([['report.json', utf8('another')]]), new Map<string, Uint8Array>()]) {
      const fault = caught(
        await verifyGenuine(whole, { rerun: async () => ({ outputs }) }),
        'missions',
        'rerun-differs',
      )
      assert.equal(fault.evidence['name'], 'report.json')
    }
  })

  it('that do not run to their end are at fault', async () => {
    const rerun: Rerun = async () => ({ failed: 'exit code 1' })
    const fault = caught(await verifyGenuine(whole, { rerun }), 'missions', 'rerun-failed')
    assert.equal(fault.evidence['reason'], 'exit code 1')
  })
})
