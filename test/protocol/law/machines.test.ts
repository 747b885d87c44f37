/** Machines (spec 4.5, 3.4; C-14): a human registers what they operate, with its family and its method. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hex } from '../../../protocol/wire/bytes.ts'
import { keyId } from '../../../protocol/wire/ed25519.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { fork } from '../../support/law/fork.ts'
import { operational, ownership, refuses, responsibility, withholds } from '../../support/law/outcomes.ts'
import { ADA, fingerprintOf, NOOR, OPERATORS, PLANNER, RUNTIME, signerOf, WORKER } from '../../support/law/people.ts'
import { committed, founded, START } from '../../support/law/world.ts'

const END = millis(START + 30 * 86_400_000)
const base = founded()
const [bea, cem] = OPERATORS
const signer = signerOf('zed')
const KEY = hex(signer.publicKey)

function registration(change: { [field: string]: unknown } = {}) {
  return {
    model_family: 'zed-7b',
    method_type: 'reasoning_model',
    fingerprint: fingerprintOf('zed-7b'),
    key: KEY,
    key_not_after: formatTimestamp(END),
    lineage: [],
    reviews: true,
    ...change,
  }
}

describe('a machine', () => {
  it('has the region and the organization of its operator, whatever it might say', () => {
    const bench = fork(base)
    const events = committed(bench.send(bea, 'machine.register', 'zed', registration()))
    assert.deepEqual(events[0]?.data, {
      operator: 'bea',
      region: bea.region,
      organization: bea.organization,
      ...registration(),
      trust: 500_000,
    })
    assert.deepEqual(
      events.map(({ event_type }) => event_type),
      ['trust.machine_registered', 'governance.key_bound'],
    )
  })

  for (const method of ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic']) {
    it(`may work by the method ${method}`, () => {
      committed(fork(base).send(bea, 'machine.register', 'zed', registration({ method_type: method })))
    })
  }

  for (const method of [
    'human_reviewer',
    'Reasoning_model',
    'reasoning_model ',
    'reasoning\u200B_model',
    '__proto__',
    'oracle',
  ]) {
    it(`I-20: has no method ${JSON.stringify(method)}`, () => {
      const violations = withholds(fork(base), bea, 'machine.register', 'zed', registration({ method_type: method }))
      assert.deepEqual(violations, [operational('method-type-is-a-machines', { method_type: method })])
    })
  }

  it('is not of the family of humans', () => {
    assert.deepEqual(withholds(fork(base), bea, 'machine.register', 'zed', registration({ model_family: 'human' })), [
      operational('model-family-is-a-machines', { model_family: 'human' }),
    ])
  })

  for (const family of ['Zed-7b', 'zed-7b ', 'zed\u200B-7b', 'z\u0435d', '', '.zed', 'z'.repeat(65)]) {
    it(`I-19: has no family ${JSON.stringify(family).slice(0, 20)}: one spelling, so that no variant counts twice`, () => {
      const bench = fork(base)
      assert.throws(() => bench.send(bea, 'machine.register', 'zed', registration({ model_family: family })), /field-/)
    })
  }

  it('names earlier identities that there are', () => {
    const bench = fork(base)
    committed(bench.send(bea, 'machine.register', 'zed', registration({ lineage: ['worker-1', 'planner-1'] })))
    for (const machine of ['nobody', 'bea', 'zed-2', '__proto__']) {
      const body = registration({ key: 'cd'.repeat(32), lineage: [machine] })
      assert.deepEqual(withholds(bench, bea, 'machine.register', 'zed-2', body), [
        operational('lineage-is-known', { machine }),
      ])
    }
  })

  it('is registered by a human and no machine, not even one of theirs, nor by the runtime', () => {
    for (const [sender, kind] of [
      [WORKER, 'machine'],
      [RUNTIME, 'runtime'],
    ] as const) {
      assert.deepEqual(withholds(fork(base), sender, 'machine.register', 'zed', registration()), [
        responsibility('signed-by-the-right-kind', { signer: kind, allowed: 'human' }),
      ])
    }
  })

  it('shares neither name nor key with anyone', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    for (const [id, kind] of [
      ['noor', 'human'],
      ['worker-1', 'machine'],
      ['runtime', 'runtime'],
      ['m-1', 'mission'],
      ['chain', 'chain'],
    ] as const) {
      assert.deepEqual(withholds(bench, bea, 'machine.register', id, registration()), [
        operational('identity-is-new', { id, kind }),
      ])
    }
    for (const [key, holder] of [
      [NOOR.key, 'noor'],
      [WORKER.key, 'worker-1'],
      [RUNTIME.key, 'runtime'],
    ] as const) {
      assert.deepEqual(withholds(bench, bea, 'machine.register', 'zed', registration({ key })), [
        responsibility('key-is-new', { key, holder }),
      ])
    }
  })
})

describe('a machine’s keys', () => {
  const body = { key: KEY, not_after: formatTimestamp(END) }
  const second = { id: PLANNER.id, signer }

  it('are added by its operator', () => {
    const bench = fork(base)
    committed(bench.send(bea, 'machine.add_key', PLANNER.id, body))
    assert.equal(bench.send(second, 'mission.start', 'm-1', { task: 't-1' }).kind, 'entry')
  })

  it('S-07: are nobody else’s to add or revoke, the founder’s neither', () => {
    const bench = fork(base)
    for (const other of [cem, ADA]) {
      assert.deepEqual(withholds(bench, other, 'machine.add_key', PLANNER.id, body), [
        ownership('signed-by-the-operator', { operator: 'bea' }),
      ])
      assert.deepEqual(withholds(bench, other, 'machine.revoke_key', PLANNER.id, { key: PLANNER.key }), [
        ownership('signed-by-the-operator', { operator: 'bea' }),
      ])
    }
  })

  it('are not for the machine itself to add: it would outlive its operator’s word', () => {
    assert.deepEqual(withholds(fork(base), PLANNER, 'machine.add_key', PLANNER.id, body), [
      responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' }),
      ownership('signed-by-the-operator', { operator: 'bea' }),
    ])
  })

  it('belong to a machine that there is', () => {
    assert.deepEqual(withholds(fork(base), bea, 'machine.add_key', 'nobody', body), [
      operational('machine-exists', { machine: 'nobody' }),
    ])
  })

  it('sign nothing once their operator has revoked them, once', () => {
    const bench = fork(base)
    const revoke = ['machine.revoke_key', PLANNER.id, { key: PLANNER.key }] as const
    committed(bench.send(bea, ...revoke))
    assert.deepEqual(refuses(bench, bench.envelope(PLANNER, 'mission.start', 'm-1', { task: 't-1' })), {
      code: 'key-revoked',
      params: { key_id: keyId(PLANNER.signer.publicKey) },
    })
    assert.deepEqual(withholds(bench, bea, ...revoke), [operational('key-is-not-revoked', { key: PLANNER.key })])
  })

  it('of one machine are not revoked in the name of another', () => {
    assert.deepEqual(withholds(fork(base), bea, 'machine.revoke_key', PLANNER.id, { key: WORKER.key }), [
      ownership('key-is-the-subjects', { key: WORKER.key, holder: 'worker-1' }),
    ])
  })
})
