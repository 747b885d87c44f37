/** The high-risk mission: the data can be made again, and the dissent is about the flaw in it, nothing else. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { analyse, ANALYSIS_REVIEWERS } from '../../runtime/agents/analysis/analysis.ts'
import { sandboxAvailable } from '../../runtime/agents/sandbox/sandbox.ts'
import type { NamedBytes, ReviewJob } from '../../runtime/agents/skill.ts'
import { ROOT } from '../../scripts/setup/places.mjs'
import { named } from '../support/documents.ts'

const FOLDER = join(ROOT, 'examples/high-risk-regulated-analysis')
const DATA = readFileSync(join(FOLDER, 'plants.csv'), 'utf8')
const REGULATION = readFileSync(join(FOLDER, 'regulation.md'), 'utf8')

/** The plant's second number, under the permit that it already reports. */
const DOUBLE_REPORT = /^981,P-2047,.*\n/gm

const available = await sandboxAvailable()

test('the data are what their script makes', () => {
  assert.equal(execFileSync(process.execPath, [join(FOLDER, 'make-data.ts')], { encoding: 'utf8' }), DATA)
  assert.equal(DATA.match(DOUBLE_REPORT)?.length, 4)
})

suite('the reviews of the analysis', { skip: available.ok ? false : 'no sandbox here' }, () => {
  test('four approve, and the one who reads the data dissents, citing rows and article', async () => {
    const job = await worked(DATA, REGULATION)
    assert.deepEqual(await dissenting(job), ['data-quality'])
    const opinion = await ANALYSIS_REVIEWERS['data-quality']?.(job)
    assert.match(opinion?.reasons[0]?.text ?? '', /P-2047/)
    assert.deepEqual(
      opinion?.reasons[0]?.references.map(({ artifact }) => artifact),
      [named('', DATA).digest, named('', REGULATION).digest],
    )
  })

  test('without the flaw in the data nobody dissents', async () => {
    assert.deepEqual(await dissenting(await worked(DATA.replace(DOUBLE_REPORT, ''), REGULATION)), [])
  })

  test('without the article that wants it disclosed nobody dissents', async () => {
    const silent = REGULATION.replace(/## Article 7[\s\S]*?(?=## Article 8)/, '')
    assert.notEqual(silent, REGULATION)
    assert.deepEqual(await dissenting(await worked(DATA, silent)), [])
  })

  test('a figure that is off by one is seen by both who recompute it, and by the rerun', async () => {
    const job = await worked(DATA, REGULATION)
    const artifacts = job.artifacts.map(({ name, bytes }) => {
      const content = new TextDecoder().decode(bytes)
      return named(name, content.replace(/"total_tonnes":(\d+)/, (_, total) => `"total_tonnes":${Number(total) + 1}`))
    })
    const outputs = job.reproduction.outputs.map(({ name }) => artifacts.find((one) => one.name === name)!)
    const found = await dissenting({ ...job, artifacts, reproduction: { ...job.reproduction, outputs } })
    for (const agent of ['recompute-ts', 'recompute-sql', 'rerun']) assert.ok(found.includes(agent), agent)
  })
})

async function worked(data: string, regulation: string): Promise<ReviewJob> {
  const inputs = [named('plants.csv', data), named('regulation.md', regulation)]
  const place = { mission: 'mission-1', task: 'task-1', attempt: 1, title: 'Report', scope: 'The yearly report.' }
  const job = { ...place, criteria: ['Every figure follows from the data.'], instructions: 'Compute.', inputs }
  const { outputs, intermediate, reproduction, account } = await analyse(job)
  const artifacts = outputs.map(({ name, bytes }) => named(name, bytes))
  const steps = intermediate.map(({ name, bytes }) => named(name, bytes))
  const known = new Map([...inputs, ...steps, ...artifacts].map((file) => [file.name, file]))
  const find = (name: string): NamedBytes => known.get(name)!
  return {
    ...job,
    artifacts,
    intermediate: steps,
    reproduction: { ...reproduction, inputs: reproduction.inputs.map(find), outputs: reproduction.outputs.map(find) },
    account,
  }
}

async function dissenting(job: ReviewJob): Promise<readonly string[]> {
  const found: string[] = []
  for (const [agent, review] of Object.entries(ANALYSIS_REVIEWERS)) {
    if ((await review(job)).verdict !== 'approve') found.push(agent)
  }
  return found
}
