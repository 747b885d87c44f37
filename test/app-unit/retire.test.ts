/** The act that ends a machine: what is shown is what the law checks, and each thing that is missing is said. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Incident } from '../../app/data/incidents.ts'
import {
  actOf,
  commandOf,
  confirmed,
  deadlineOf,
  domainOf,
  emptyDraft,
  missingIn,
  provenAgainst,
  type Draft,
} from '../../app/features/retire/draft.ts'
import { deploymentView } from '../../protocol/views.ts'
import { incidentsView } from '../../protocol/views/incidents.ts'
import { worldOf } from '../../protocol/law/world.ts'
import { actDigest } from '../../protocol/wire/act.ts'
import { sign } from '../../protocol/wire/wallet.ts'
import { fork } from '../support/law/fork.ts'
import { publishAll } from '../support/law/flow.ts'
import { accused, DAY, resolved } from '../support/law/lives.ts'
import { ADA, OPERATORS, WORKER } from '../support/law/people.ts'
import { committed, founded, withheldBy, type Bench } from '../support/law/world.ts'

const [, , , , , gus, hua] = OPERATORS

const base = founded()
accused(base, 'i-1', WORKER.id, hua)
accused(base, 'i-2', 'planner-1', hua)
resolved(base, 'i-1', ADA, 'upheld')
// The time to appeal against the finding is over.
base.wait(15 * DAY)
publishAll(base)

const DRAFT: Draft = { incident: 'i-1', reason: ' It forged. ', acknowledged: [true, true, true] }

function begun(bench: Bench) {
  return { at: bench.now(), revision: worldOf(bench.state).revision(WORKER.id) }
}

function actIn(bench: Bench, draft: Draft) {
  const deployment = bench.state.founded?.deployment.id ?? ''
  const act = actOf(draft, begun(bench), {
    deployment,
    machine: WORKER.id,
    signer: gus.wallet.toUpperCase().replace('0X', '0x'),
  })
  assert.ok(act !== undefined)
  return act
}

/** As the page sends it, signed by this wallet over exactly the struct that was shown. */
function sent(bench: Bench, draft: Draft, wallet = gus) {
  const act = actIn(bench, draft)
  const domain = domainOf(deploymentView(bench.state) as never)
  const { type, subject, body, expects } = commandOf(draft, act, sign(actDigest(domain, act), wallet.walletSecret))
  assert.ok(expects !== undefined)
  return bench.send(gus, type, subject, body, { expects })
}

describe('the end of a machine', () => {
  it('is taken by the law as the page has built it', () => {
    const bench = fork(base)
    const [event] = committed(sent(bench, DRAFT))
    assert.equal(event?.event_type, 'trust.machine_decommissioned')
  })

  it('is withheld when another wallet signed, and when a statement was not confirmed', () => {
    assert.deepEqual(withheldBy(sent(fork(base), DRAFT, hua)), ['signed-by-the-wallet'])
    assert.deepEqual(withheldBy(sent(fork(base), { ...DRAFT, acknowledged: [true, false, true] })), [
      'consequences-are-acknowledged',
    ])
  })

  it('is about the state that was read: a later one is not signed over', () => {
    const bench = fork(base)
    const act = actIn(bench, DRAFT)
    committed(
      bench.send(WORKER.operator, 'machine.declare_environment', WORKER.id, {
        fingerprint: `sha256:${'ab'.repeat(32)}`,
      }),
    )
    const domain = domainOf(deploymentView(bench.state) as never)
    const { type, subject, body, expects } = commandOf(DRAFT, act, sign(actDigest(domain, act), gus.walletSecret))
    assert.ok(expects !== undefined)
    assert.ok(withheldBy(bench.send(gus, type, subject, body, { expects })).includes('subject-at-revision'))
  })

  it('can be asked about beforehand: nothing but the wallet’s signature is missing then', () => {
    const bench = fork(base)
    const { type, subject, body, expects } = commandOf(
      DRAFT,
      confirmed(actIn(bench, { ...emptyDraft('i-1'), reason: 'R' })),
    )
    assert.ok(expects !== undefined)
    assert.deepEqual(withheldBy(bench.send(gus, type, subject, body, { expects })), ['signed-by-the-wallet'])
  })

  it('misses a reason, the statements and its hour, each said for itself', () => {
    const start = begun(fork(base))
    const last = deadlineOf(start) * 1000
    assert.deepEqual(missingIn(DRAFT, start, start.at), [])
    assert.deepEqual(missingIn({ ...DRAFT, reason: ' \u200b' }, start, start.at), ['reason'])
    assert.deepEqual(missingIn({ ...DRAFT, acknowledged: [true, true] }, start, start.at), ['acknowledgements'])
    assert.deepEqual(missingIn(emptyDraft('i-1'), start, start.at), ['reason', 'acknowledgements'])
    assert.deepEqual(missingIn(DRAFT, start, last), [])
    assert.deepEqual(missingIn(DRAFT, start, last + 1), ['time'])
  })

  it('cannot be signed for with half a character', () => {
    const bench = fork(base)
    const deployment = bench.state.founded?.deployment.id ?? ''
    const by = { deployment, machine: WORKER.id, signer: gus.wallet }
    assert.equal(actOf({ ...DRAFT, reason: 'It forged \ud83d' }, begun(bench), by), undefined)
  })

  it('rests on upheld severe misconduct of this machine, and on nothing else', () => {
    const { incidents } = incidentsView(base.state) as unknown as { readonly incidents: readonly Incident[] }
    const ids = (machine: string, all = incidents) => provenAgainst(machine, all).map(({ id }) => id)
    assert.deepEqual(ids(WORKER.id), ['i-1'])
    assert.deepEqual(ids('planner-1'), [], 'open')
    assert.deepEqual(ids('integrator-1'), [])
    for (const change of [
      { severity: 'minor' },
      { kind: 'policy-breach' },
      { status: 'dismissed' },
      { accused: null },
    ]) {
      assert.deepEqual(
        ids(
          WORKER.id,
          incidents.map((one) => ({ ...one, ...change })),
        ),
        [],
        JSON.stringify(change),
      )
    }
  })
})
