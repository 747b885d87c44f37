import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { message } from '../../../protocol/wire/dsse.ts'
import { verify } from '../../../protocol/wire/ed25519.ts'
import { openBundle } from '../../../protocol/wire/evidence.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { millis } from '../../../protocol/wire/time.ts'
import { bundleFor, SUMMARY_FILE } from '../../../runtime/agents/bundle.ts'
import type { Job, Work } from '../../../runtime/agents/skill.ts'
import { WORKER } from '../../support/law/people.ts'

const DATA = utf8('a,b\n1,2\n')
const JOB: Job = {
  mission: 'm-1',
  task: 'task-1',
  attempt: 2,
  title: 'A report',
  scope: 'Compute it.',
  criteria: ['It agrees.'],
  instructions: 'Compute it.',
  inputs: [{ name: 'data.csv', digest: digest(DATA), bytes: DATA }],
}
const WORK: Work = {
  account: 'Computed it.',
  outputs: [{ name: 'report.json', mediaType: 'application/json', bytes: utf8('{"total":2}') }],
  intermediate: [{ name: 'report.mjs', mediaType: 'text/javascript', bytes: utf8('1') }],
  reproduction: {
    command: ['node', 'report.mjs'],
    inputs: ['data.csv', 'report.mjs'],
    outputs: ['report.json'],
    environment: { TZ: 'UTC' },
  },
  summary: 'The total is 2.',
}
const PARTS = {
  author: WORKER,
  modelFamily: WORKER.family,
  methodType: WORKER.method,
  clock: { now: () => millis(1_770_000_060_000) },
}
const STARTED = millis(1_770_000_000_000)

test('a result is a signed statement that the protocol reads, with everything it names beside it', () => {
  const { envelope, artifacts } = bundleFor(PARTS, JOB, WORK, STARTED)
  const bundle = openBundle(envelope)
  assert.ok(bundle.ok, JSON.stringify(bundle))
  const { statement, opened } = bundle.value
  assert.equal(verify(opened.signature, message(opened), WORKER.signer.publicKey), true)
  assert.deepEqual(
    statement.subject.map(({ name, digest: { sha256 } }) => [name, `sha256:${sha256}`]),
    [
      ['report.json', digest('{"total":2}')],
      [SUMMARY_FILE, digest('{"summary":"The total is 2."}')],
    ],
  )
  const { predicate } = statement
  assert.deepEqual([predicate.mission, predicate.task, predicate.attempt], ['m-1', 'task-1', 2])
  assert.deepEqual(
    [predicate.worker, predicate.model_family, predicate.method_type],
    [WORKER.id, WORKER.family, WORKER.method],
  )
  assert.deepEqual([predicate.started, predicate.finished], ['2026-02-02T02:40:00.000Z', '2026-02-02T02:41:00.000Z'])
  assert.deepEqual(predicate.reproduction.inputs, [
    { name: 'data.csv', digest: digest(DATA) },
    { name: 'report.mjs', digest: digest('1') },
  ])
  assert.deepEqual(predicate.reproduction.environment, { TZ: 'UTC' })
  const named = new Set([
    ...statement.subject.map(({ name }) => name),
    ...predicate.intermediate.map(({ name }) => name),
  ])
  assert.deepEqual(new Set(artifacts.map(({ name }) => name)), named)
})

test('a reproduction that names what is not there is a fault of the worker, before anything is signed', () => {
  const inputs = { ...WORK, reproduction: { ...WORK.reproduction, inputs: ['nothing.csv'] } }
  assert.throws(() => bundleFor(PARTS, JOB, inputs, STARTED), { code: 'reproduction-names-nothing' })
  const outputs = { ...WORK, reproduction: { ...WORK.reproduction, outputs: ['nothing.json'] } }
  assert.throws(() => bundleFor(PARTS, JOB, outputs, STARTED), { code: 'reproduction-names-nothing' })
})
