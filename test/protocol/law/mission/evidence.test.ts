/** Evidence (spec 3.3; C-04; reading R15): whose it is, of what, signed, and showing its way. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { base64, fromBase64, hex, utf8 } from '../../../../protocol/wire/bytes.ts'
import { encode, type Json } from '../../../../protocol/wire/canonical-json.ts'
import { pae, seal, type Envelope } from '../../../../protocol/wire/dsse.ts'
import { keyId } from '../../../../protocol/wire/ed25519.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../../../protocol/wire/evidence.ts'
import { formatTimestamp, millis } from '../../../../protocol/wire/time.ts'
import { artifactsOf } from '../../../../protocol/genesis.ts'
import { fork } from '../../../support/law/fork.ts'
import { DATA, evidence, NOTES, oneTask, REPORT, scoped, started, statement } from '../../../support/law/flow.ts'
import { operational, ownership, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { OPERATORS, PLANNER, REVIEWERS, signerOf, WORKER } from '../../../support/law/people.ts'
import { committed, founded, START, type Bench } from '../../../support/law/world.ts'
import { digestOf } from '../../../support/law/stranger.ts'

const DAY = 86_400_000
const [bea, cem] = OPERATORS
const base = founded()
started(base, 'm-1')
const high = founded()
started(high, 'm-1', 'regulated_analysis')

function submitting(
  bench: Bench,
  bundle: Envelope | Json,
  sender: { id: string; signer: typeof WORKER.signer } = WORKER,
) {
  return withholds(bench, sender, 'mission.submit', 'm-1', { task: 't-1', evidence: bundle })
}

function sealed(payload: object, signer = WORKER.signer): Envelope {
  return seal(STATEMENT_PAYLOAD_TYPE, payload as Json, signer)
}

/** Signed as it should be, whatever the text. */
function around(text: string, type = STATEMENT_PAYLOAD_TYPE): Envelope {
  const bytes = utf8(text)
  const sig = base64(WORKER.signer.sign(pae(type, bytes)))
  return { payload: base64(bytes), payloadType: type, signatures: [{ keyid: keyId(WORKER.signer.publicKey), sig }] }
}

describe('evidence', () => {
  it('is recorded by the digest of its envelope, its artifacts and all that a review may refer to', () => {
    const bench = fork(base)
    const bundle = evidence(bench, 'm-1')
    const events = committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: bundle }))
    assert.deepEqual(events[0]?.data, {
      task: 't-1',
      attempt: 1,
      worker: 'worker-1',
      evidence: digestOf(encode(bundle as unknown as Json)),
      artifacts: [{ name: 'report.json', digest: REPORT }],
      references: [REPORT, DATA, NOTES],
    })
  })

  it('needs the bytes of all that it names before its command is taken', () => {
    const bench = fork(base)
    const body = { task: 't-1', evidence: evidence(bench, 'm-1') }
    const command = bench.admit(bench.envelope(WORKER, 'mission.submit', 'm-1', body))
    assert.deepEqual(artifactsOf(command), [REPORT, DATA, NOTES])
  })
})

describe('a signature over evidence', () => {
  const forged = (change: (signature: Uint8Array) => Uint8Array) => {
    const good = evidence(base, 'm-1')
    const [one] = good.signatures
    const signature = fromBase64(one!.sig)
    assert.ok(signature.ok)
    return { ...good, signatures: [{ ...one!, sig: base64(change(signature.value)) }] }
  }
  const INVALID = [responsibility('evidence-is-signed-by-the-worker', { signature: 'invalid' })]

  it('that does not verify is withheld', () => {
    assert.deepEqual(
      submitting(
        fork(base),
        forged((s) => s.map((byte, i) => (i === 9 ? byte ^ 1 : byte))),
      ),
      INVALID,
    )
    assert.deepEqual(
      submitting(
        fork(base),
        forged(() => new Uint8Array(64)),
      ),
      INVALID,
    )
  })

  it('over other evidence is withheld', () => {
    const bench = fork(base)
    const other = sealed(statement(bench, 'm-1', 1, { work: 'Something else.' }))
    assert.deepEqual(submitting(bench, { ...evidence(bench, 'm-1'), signatures: other.signatures }), INVALID)
  })

  it('over the same bytes as a command is withheld: the payload type is signed too', () => {
    const bench = fork(base)
    const text = encode(statement(bench, 'm-1', 1))
    const asCommand = around(text, 'application/vnd.genesis.command+json')
    assert.deepEqual(submitting(bench, { ...asCommand, payloadType: STATEMENT_PAYLOAD_TYPE }), INVALID)
  })

  for (const [what, signer] of [
    ['another worker', PLANNER.signer],
    ['the worker’s operator', cem.signer],
    ['nobody’s key', signerOf('stranger')],
  ] as const) {
    it(`by ${what} is withheld`, () => {
      const bench = fork(base)
      assert.deepEqual(submitting(bench, sealed(statement(bench, 'm-1', 1), signer)), [
        responsibility('evidence-is-signed-by-the-worker', { key_id: keyId(signer.publicKey) }),
      ])
    })
  }

  it('by another key of the worker counts', () => {
    const bench = fork(base)
    const second = signerOf('worker second')
    const not_after = formatTimestamp(millis(START + 30 * DAY))
    committed(bench.send(cem, 'machine.add_key', WORKER.id, { key: hex(second.publicKey), not_after }))
    const bundle = sealed(statement(bench, 'm-1', 1), second)
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: bundle }))
  })

  it('by a key of the worker that was revoked does not', () => {
    const bench = fork(base)
    const second = signerOf('worker second')
    const key = hex(second.publicKey)
    const not_after = formatTimestamp(millis(START + 30 * DAY))
    committed(bench.send(cem, 'machine.add_key', WORKER.id, { key, not_after }))
    committed(bench.send(cem, 'machine.revoke_key', WORKER.id, { key }))
    assert.deepEqual(submitting(bench, sealed(statement(bench, 'm-1', 1), second)), [
      responsibility('evidence-is-signed-by-the-worker', { key_id: keyId(second.publicKey), standing: 'revoked' }),
    ])
  })

  for (const [ms, held] of [
    [-1, true],
    [0, true],
    [1, false],
  ] as const) {
    it(`by a key of the worker ${held ? 'counts' : 'does not count'} ${ms} ms from the key’s end`, () => {
      const bench = fork(base)
      const second = signerOf('worker second')
      const end = millis(START + 60_000)
      committed(
        bench.send(cem, 'machine.add_key', WORKER.id, { key: hex(second.publicKey), not_after: formatTimestamp(end) }),
      )
      bench.wait(end + ms - bench.now())
      const bundle = sealed(statement(bench, 'm-1', 1), second)
      if (held) committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: bundle }))
      else {
        assert.deepEqual(submitting(bench, bundle), [
          responsibility('evidence-is-signed-by-the-worker', { key_id: keyId(second.publicKey), standing: 'expired' }),
        ])
      }
    })
  }
})

describe('a statement', () => {
  const malformed: readonly (readonly [
    what: string,
    bundle: (bench: Bench) => Envelope,
    code: string,
    path: string,
  ])[] = [
    ['no JSON', () => around('{'), 'json-malformed', ''],
    [
      'a field twice',
      (bench) => around(encode(statement(bench, 'm-1', 1)).replace('{', '{"_type":"x",')),
      'json-duplicate-key',
      '',
    ],
    ['a space', (bench) => around(`${encode(statement(bench, 'm-1', 1))} `), 'json-not-canonical', ''],
    [
      'another payload type',
      (bench) => around(encode(statement(bench, 'm-1', 1)), 'text/plain'),
      'evidence-payload-type',
      '/payloadType',
    ],
    [
      'another statement type',
      (bench) => sealed({ ...statement(bench, 'm-1', 1), _type: 'https://in-toto.io/Statement/v0.1' }),
      'field-value',
      '/_type',
    ],
    [
      'another predicate type',
      (bench) => sealed({ ...statement(bench, 'm-1', 1), predicateType: 'https://slsa.dev/provenance/v1' }),
      'field-value',
      '/predicateType',
    ],
    ['no artifact', (bench) => sealed({ ...statement(bench, 'm-1', 1), subject: [] }), 'field-range', '/subject'],
    [
      'a digest in capitals',
      (bench) =>
        sealed({ ...statement(bench, 'm-1', 1), subject: [{ name: 'a', digest: { sha256: 'AB'.repeat(32) } }] }),
      'field-pattern',
      '/subject/0/digest/sha256',
    ],
    [
      'a short digest',
      (bench) => sealed({ ...statement(bench, 'm-1', 1), subject: [{ name: 'a', digest: { sha256: 'ab' } }] }),
      'field-pattern',
      '/subject/0/digest/sha256',
    ],
    [
      'a name that climbs',
      (bench) =>
        sealed({ ...statement(bench, 'm-1', 1), subject: [{ name: '../a', digest: { sha256: 'ab'.repeat(32) } }] }),
      'field-pattern',
      '/subject/0/name',
    ],
    [
      'a name twice',
      (bench) =>
        sealed({
          ...statement(bench, 'm-1', 1),
          subject: ['ab', 'cd'].map((two) => ({ name: 'a', digest: { sha256: two.repeat(32) } })),
        }),
      'statement-subject-repeated',
      '/subject',
    ],
    [
      'no work in words',
      (bench) => sealed(statement(bench, 'm-1', 1, { work: '\u200B' })),
      'field-blank',
      '/predicate/work',
    ],
    [
      'no time of its end',
      (bench) => sealed(statement(bench, 'm-1', 1, { finished: '' })),
      'field-pattern',
      '/predicate/finished',
    ],
    ['a field more', (bench) => sealed(statement(bench, 'm-1', 1, { trust: 1 })), 'field-unknown', '/predicate/trust'],
    ['an attempt of zero', (bench) => sealed(statement(bench, 'm-1', 0)), 'field-range', '/predicate/attempt'],
    [
      'true for an attempt',
      (bench) => sealed(statement(bench, 'm-1', true as never)),
      'field-type',
      '/predicate/attempt',
    ],
  ]
  for (const [what, bundle, code, path] of malformed) {
    it(`with ${what} is withheld, on record`, () => {
      const bench = fork(base)
      assert.deepEqual(submitting(bench, bundle(bench)), [operational('evidence-is-well-formed', { code, path })])
    })
  }

  it('is no envelope with a second signature', () => {
    const good = evidence(base, 'm-1')
    const bundle = { ...good, signatures: [good.signatures[0]!, good.signatures[0]!] }
    assert.throws(() => submitting(fork(base), bundle), /field-range/)
  })

  for (const [what, more, params] of [
    ['another mission', { mission: 'm-2' }, { mission: 'm-2' }],
    ['another task', { task: 't-2' }, { task: 't-2' }],
    ['a later attempt', { attempt: 2 }, { attempt: 2, expected: 1 }],
    ['another worker', { worker: 'planner-1' }, { worker: 'planner-1' }],
  ] as const) {
    it(`of ${what} is withheld`, () => {
      const bench = fork(base)
      assert.deepEqual(submitting(bench, evidence(bench, 'm-1', 1, more)), [
        operational('evidence-is-of-this-task', params),
      ])
    })
  }

  for (const [what, more, params] of [
    ['another family', { model_family: 'gpt' }, { model_family: 'gpt', registered: 'recompute-ts' }],
    [
      'a variant of its family',
      { model_family: 'Recompute-ts' },
      { model_family: 'Recompute-ts', registered: 'recompute-ts' },
    ],
    [
      'another method',
      { method_type: 'reasoning_model' },
      { method_type: 'reasoning_model', registered: 'rule_based_deterministic' },
    ],
    [
      'a human’s method',
      { method_type: 'human_reviewer' },
      { method_type: 'human_reviewer', registered: 'rule_based_deterministic' },
    ],
  ] as const) {
    it(`that labels a machine’s work with ${what} is withheld`, () => {
      const bench = fork(base)
      assert.deepEqual(submitting(bench, evidence(bench, 'm-1', 1, more)), [
        responsibility('evidence-names-its-method', params),
      ])
    })
  }

  for (const field of ['model_family', 'method_type'] as const) {
    it(`that leaves out a machine’s ${field} is withheld`, () => {
      const bench = fork(base)
      const whole = statement(bench, 'm-1', 1)
      const { [field]: _left, ...predicate } = whole.predicate
      const [violation, ...more] = submitting(bench, sealed({ ...whole, predicate }))
      assert.deepEqual([violation?.constraint, more], ['evidence-names-its-method', []])
    })
  }

  it('of a human needs no label', () => {
    const bench = founded()
    scoped(bench, 'm-1')
    committed(bench.send(PLANNER, 'mission.plan', 'm-1', oneTask({ worker: 'bea' })))
    committed(bench.send(bea, 'mission.start', 'm-1', { task: 't-1' }))
    const {
      model_family: _family,
      method_type: _method,
      ...predicate
    } = statement(bench, 'm-1', 1, { worker: 'bea' }).predicate
    const bundle = sealed({ ...statement(bench, 'm-1', 1), predicate }, bea.signer)
    committed(bench.send(bea, 'mission.submit', 'm-1', { task: 't-1', evidence: bundle }))
  })
})

describe('the way to a result', () => {
  it('is shown in R2', () => {
    const bench = fork(high)
    assert.deepEqual(submitting(bench, evidence(bench, 'm-1', 1, { intermediate: [] })), [
      operational('evidence-shows-its-way', { intermediate: 0 }),
    ])
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1') }))
  })

  it('may be left out in R0', () => {
    const bench = fork(base)
    const bundle = evidence(bench, 'm-1', 1, { intermediate: [] })
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: bundle }))
  })
})

describe('a submission', () => {
  const label = responsibility('evidence-names-its-method', {
    model_family: 'recompute-ts',
    registered: 'graph-planner',
  })
  for (const [sender, more] of [
    [cem, []],
    [REVIEWERS[0], []],
    [PLANNER, [label]],
  ] as const) {
    it(`S-07: is the worker’s own: ${sender.id} cannot bring the bundle of another`, () => {
      const bench = fork(base)
      assert.deepEqual(submitting(bench, evidence(bench, 'm-1'), sender), [
        responsibility('evidence-is-signed-by-the-worker', { key_id: keyId(WORKER.signer.publicKey) }),
        ...more,
        ownership('signed-by-the-worker', { worker: 'worker-1' }),
        operational('evidence-is-of-this-task', { worker: 'worker-1' }),
      ])
    })
  }

  it('cannot follow the one before without rework: from then on evidence cannot change', () => {
    const bench = fork(base)
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1') }))
    assert.deepEqual(submitting(bench, evidence(bench, 'm-1', 2)), [
      operational('step-of-the-machine', { state: 'EvidenceAttached', step: 'submit_evidence', task: 't-1' }),
    ])
  })
})
