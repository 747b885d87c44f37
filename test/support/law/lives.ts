/** Steps of a machine's life, for tests that begin in the middle of it. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import { actDigest, actDomain, bodyHash, parseAct } from '../../../protocol/wire/act.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { seal, type Envelope } from '../../../protocol/wire/dsse.ts'
import { EXAMINATION_TYPE } from '../../../protocol/wire/examination.ts'
import { STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../../protocol/wire/in-toto.ts'
import { parseDigest } from '../../../protocol/wire/sha256.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { sign as walletSign } from '../../../protocol/wire/wallet.ts'
import type { Life, RegisteredMachine } from '../../../protocol/law/machine/state.ts'
import { placeOf } from '../../../protocol/law/trust/state.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import { fingerprintOf, type MachineFacts, type Person } from './people.ts'
import { CHAIN_ID, committed, CONTRACTS, type Bench } from './world.ts'
import { publishAll } from './flow.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const SCORES = 'sha256:' + createHash('sha256').update('the scores').digest('hex')
export const GOOD = { correctness_ppm: 950_000, severe_errors_ppm: 5_000, reproducibility_ppm: 990_000 }

export function machineIn(bench: Bench, id: string): RegisteredMachine {
  const machine = bench.state.machines.get(id)
  assert.ok(machine !== undefined)
  return machine
}

export function lifeOf<S extends Life['status']>(bench: Bench, id: string, status: S): Extract<Life, { status: S }> {
  const { life } = machineIn(bench, id)
  assert.equal(life.status, status)
  return life as Extract<Life, { status: S }>
}

/** In µT, without the record that law would make of it. */
export function setTrust(bench: Bench, id: string, trust: number): void {
  const place = placeOf(bench.state.trust, id)
  assert.ok(place !== undefined)
  place.cohort.columns.value[place.index] = trust
}

/** An idle hour takes the last of its trust: the settlement brings it to zero, and the epoch is committed. */
export function toZero(bench: Bench, id: string): void {
  setTrust(bench, id, 1)
  bench.wait(HOUR)
  publishAll(bench)
  lifeOf(bench, id, 'quarantined')
}

/** As if the machine had been at zero for so long, in milliseconds. */
export function zeroFor(bench: Bench, id: string, ms: number): void {
  const machine = machineIn(bench, id)
  const life = lifeOf(bench, id, 'quarantined')
  bench.state.machines.set(id, { ...machine, life: { ...life, zeroSince: millis(bench.now() - ms) } })
}

/** As if re-certifications had failed so long ago. */
export function failedBefore(bench: Bench, id: string, ...ago: readonly number[]): void {
  const failures = ago.map((ms) => millis(bench.now() - ms))
  bench.state.machines.set(id, { ...machineIn(bench, id), failures })
}

export type Examined = {
  readonly results?: { readonly [name: string]: unknown }
  readonly predicate?: { readonly [name: string]: Json }
  readonly by?: Person
}

export function examination(bench: Bench, machine: MachineFacts, change: Examined = {}): Envelope {
  const now = formatTimestamp(bench.now())
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: 'scores.json', digest: { sha256: SCORES.slice(7) } }],
    predicateType: EXAMINATION_TYPE,
    predicate: {
      machine: machine.id,
      operator: machine.operator.id,
      fingerprint: fingerprintOf(machine.family),
      results: { ...GOOD, ...change.results },
      reproduction: {
        command: ['node', 'examine.mjs'],
        inputs: [],
        outputs: [{ name: 'scores.json', digest: SCORES }],
        environment: {},
      },
      started: now,
      finished: now,
      ...change.predicate,
    },
  }
  return seal(STATEMENT_PAYLOAD_TYPE, statement, (change.by ?? machine.operator).signer)
}

/** The operator brings an examination; answers its digest, which is what humans sign. */
export function applied(bench: Bench, machine: MachineFacts, change: Examined = {}): string {
  const evidence = examination(bench, machine, change)
  const [event] = committed(bench.send(machine.operator, 'machine.recertify', machine.id, { evidence }))
  assert.ok(event?.event_type === 'trust.recertification_applied')
  const { application } = event.data
  assert.ok(typeof application === 'string')
  return application
}

export function signedBy(bench: Bench, machine: MachineFacts, application: string, ...humans: readonly Person[]) {
  return humans.map((human) =>
    committed(bench.send(human, 'machine.sign_recertification', machine.id, { application })),
  )
}

/** The body of a decommission with the act that this human's wallet signed, unless `more` says otherwise. */
export function decommissionBody(
  bench: Bench,
  machine: string,
  incident: string,
  human: Person,
  more: { [field: string]: unknown } = {},
  wallet: Person = human,
) {
  const deployment = parseDigest(bench.state.founded?.deployment.id)
  assert.ok(deployment.ok)
  const stated = { incident, reason: 'It forged what it was trusted for.' }
  const message = {
    deployment: bytes32OfDigest(deployment.value),
    command: 'machine.decommission',
    subject: machine,
    revision: worldOf(bench.state).revision(machine),
    bodyHash: bodyHash(stated),
    signer: human.wallet,
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    deadline: Math.floor((bench.now() + HOUR) / 1000),
    ...more,
  }
  const act = parseAct(message)
  assert.ok(act.ok, JSON.stringify(act))
  const domain = actDomain(CHAIN_ID, CONTRACTS.identity_registry.address)
  const { signer, iUnderstandIt, iCommitIt, iAcceptItsConsequences, deadline } = act.value
  return {
    ...stated,
    act: {
      signer,
      i_understand_it: iUnderstandIt,
      i_commit_it: iCommitIt,
      i_accept_its_consequences: iAcceptItsConsequences,
      deadline,
      signature: walletSign(actDigest(domain, act.value), wallet.walletSecret),
    },
  }
}

/** A report of misconduct by this human, with the genesis entry as its ground unless another is named. */
export function accused(bench: Bench, id: string, machine: string, reporter: Person, more: object = {}): void {
  const body = {
    kind: 'forged-evidence',
    severity: 'severe',
    concerns: [machine],
    account: 'Its report is another one’s.',
    accused: machine,
    ...more,
  }
  committed(bench.send(reporter, 'incident.report', id, body, { grounds: ['000000000000-000'] }))
}

export function resolved(bench: Bench, id: string, by: Person, resolution: 'upheld' | 'dismissed'): void {
  committed(bench.send(by, 'incident.resolve', id, { resolution, reason: 'I looked at the files.' }))
}

/** What its operator registers a machine by, for thirty days. */
export function registration(bench: Bench, one: MachineFacts, change: object = {}) {
  return {
    model_family: one.family,
    method_type: one.method,
    fingerprint: fingerprintOf(one.family),
    key: one.key,
    key_not_after: formatTimestamp(millis(bench.now() + 30 * DAY)),
    lineage: [],
    reviews: true,
    ...change,
  }
}
