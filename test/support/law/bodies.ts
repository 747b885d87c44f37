/** A well-formed body of every command type, for tests that care about everything but the body. */
import assert from 'node:assert/strict'
import { oneTask, scopeBody } from './flow.ts'

const KEY = 'ab'.repeat(32)
const BINDING = `0x${'11'.repeat(65)}`
const NOT_AFTER = '2026-03-01T00:00:00.000Z'
const BODIES: { readonly [type: string]: unknown } = {
  'identity.attest': {
    wallet: `0x${'12'.repeat(20)}`,
    region: 'EU',
    organization: 'x',
    key: KEY,
    key_purpose: 'command',
    key_not_after: NOT_AFTER,
    binding: BINDING,
  },
  'identity.bind_key': { key: KEY, purpose: 'cli', not_after: NOT_AFTER, binding: BINDING },
  'identity.revoke_key': { key: KEY },
  'identity.enroll_reviewer': {},
  'runtime.rotate_key': { key: KEY, not_after: NOT_AFTER },
  'machine.register': {
    model_family: 'f',
    method_type: 'reasoning_model',
    fingerprint: `sha256:${'f'.repeat(64)}`,
    key: KEY,
    key_not_after: NOT_AFTER,
    lineage: [],
    reviews: false,
  },
  'machine.add_key': { key: KEY, not_after: NOT_AFTER },
  'machine.revoke_key': { key: KEY },
  'machine.declare_environment': { fingerprint: `sha256:${'f'.repeat(64)}` },
  'machine.link_agent': { registry: `eip155:31337:0x${'80'.repeat(20)}`, agent_id: '22' },
  'machine.recertify': {
    evidence: { payload: 'e30=', payloadType: 'x', signatures: [{ keyid: `sha256:${'0'.repeat(64)}`, sig: 'AA==' }] },
  },
  'machine.sign_recertification': { application: `sha256:${'0'.repeat(64)}` },
  'machine.decommission': {
    incident: 'i-1',
    reason: 'R',
    act: {
      signer: `0x${'12'.repeat(20)}`,
      i_understand_it: true,
      i_commit_it: true,
      i_accept_its_consequences: true,
      deadline: 1,
      signature: BINDING,
    },
  },
  'incident.report': { kind: 'policy-breach', severity: 'minor', concerns: ['worker-1'], account: 'A' },
  'incident.resolve': { resolution: 'dismissed', reason: 'R' },
  'mission.create': { title: 'T', summary: 'S' },
  'mission.scope': scopeBody(),
  'mission.plan': oneTask(),
  'mission.replan': oneTask(),
  'mission.start': { task: 't-1' },
  'mission.correct': { task: 't-1' },
  'mission.submit': {
    task: 't-1',
    evidence: { payload: 'e30=', payloadType: 'x', signatures: [{ keyid: `sha256:${'0'.repeat(64)}`, sig: 'AA==' }] },
  },
  'mission.integrate': {
    outputs: [{ name: 'a', digest: `sha256:${'0'.repeat(64)}`, bytes: 1, media_type: 'text/plain' }],
    summary: 'S',
  },
  'mission.hold': { reason: 'R' },
  'mission.release': {},
  'mission.reverse': { reason: 'It was wrong.' },
  'mission.withdraw_task': { task: 't-1', reason: 'Its machine is out of service.' },
  'mission.renew': {},
  'mission.dispute': { task: 't-1', reason: 'It is a question of values.' },
  'identity.declare_conflict': { with: 'actor', actor: 'worker-1' },
  'identity.withdraw_conflict': { with: 'organization', organization: 'birch' },
  'review.commit': { task: 't-1', commitment: `sha256:${'0'.repeat(64)}` },
  'review.reveal': {
    task: 't-1',
    salt: KEY,
    decision: {
      attempt: 1,
      mission: 'm-1',
      normative_dispute: false,
      reasons: [{ text: 'R', references: [] }],
      reviewer: 'worker-1',
      scores: { completeness: 1, correctness: 1, policy_compliance: 1 },
      task: 't-1',
      verdict: 'approve',
    },
  },
  'review.close': { task: 't-1' },
  'review.reopen': { task: 't-1' },
  'review.recuse': { task: 't-1', reason: 'I wrote the data.' },
  'panel.vote': { vote: 'approve', reasons: 'It keeps to the criteria.' },
  'panel.recuse': { reason: 'I know the worker.' },
  'panel.reopen': {},
  'trust.revalidate': { reason: 'I looked at the work.' },
  'appeal.file': { decision: '000000000001-000', reason_code: 'facts-wrong', statement: 'It is not so.' },
  'appeal.respond': { statement: 'It is so.' },
  'beacon.observed': { round: 1, signature: 'ab'.repeat(48) },
  'chain.observed': {
    chain_id: 31337,
    contract: `0x${'c2'.repeat(20)}`,
    block_number: 1,
    block_hash: `0x${'00'.repeat(32)}`,
    block_time: 1,
    transaction: `0x${'00'.repeat(32)}`,
    log_index: 0,
    log: { event: 'EpochCommitted', epoch: 0, commitment: `sha256:${'0'.repeat(64)}` },
  },
  'epoch.close': { epoch: 0, end: NOT_AFTER },
}

export function bodyOf(type: string): unknown {
  const body = BODIES[type]
  assert.ok(body !== undefined, `no body for ${type}`)
  return body
}
