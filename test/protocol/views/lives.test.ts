/** Machines and incidents as readers see them: plain JSON, each step with the entry that made it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { incidentsView, incidentView } from '../../../protocol/views/incidents.ts'
import { machinesView, machineView } from '../../../protocol/views/machines.ts'
import { AGENT, linked, REGISTRY, told, TRANSFER } from '../../support/law/agents.ts'
import { fork } from '../../support/law/fork.ts'
import { accused, applied, DAY, lifeOf, resolved, signedBy, toZero } from '../../support/law/lives.ts'
import { ADA, fingerprintOf, NOOR, OPERATORS, WORKER } from '../../support/law/people.ts'
import { founded } from '../../support/law/world.ts'

const [bea, , dao, eli] = OPERATORS
const bench = founded()

describe('the life of a machine', () => {
  it('of an active one is its registration', () => {
    const view = machineView(bench.state, WORKER.id)
    const seq = bench.texts.findIndex(
      (text) => text.includes('"trust.machine_registered"') && text.includes(WORKER.key),
    )
    assert.deepEqual(
      { ...view, revision: 0 },
      {
        id: WORKER.id,
        operator: 'cem',
        status: 'active',
        fingerprint: fingerprintOf(WORKER.family),
        fingerprints: [fingerprintOf(WORKER.family)],
        lineage: [],
        kin: [],
        extended: false,
        probation: null,
        zero_since: null,
        decommission_at: null,
        application: null,
        failures: [],
        agent: null,
        incidents: [],
        steps: [{ seq, at: formatTimestamp(bench.now()), event: 'trust.machine_registered', cause: '' }],
        revision: 0,
      },
    )
  })

  it('of a linked one names its agent, and says when it is lost', () => {
    const view = machineView(linked(fork(bench), WORKER).state, WORKER.id)
    assert.deepEqual(view?.['agent'], { registry: REGISTRY, agent_id: AGENT, status: 'linked' })
    const sold = linked(fork(bench), WORKER)
    told(sold, TRANSFER)
    const after = machineView(sold.state, WORKER.id)
    assert.deepEqual(after?.['agent'], { registry: REGISTRY, agent_id: AGENT, status: 'broken' })
    assert.ok(JSON.stringify(after?.['steps']).includes('"cause":"agent-transferred"'))
  })

  it('of one in quarantine says what it waits for, and when time ends it', () => {
    const waits = fork(bench)
    toZero(waits, WORKER.id)
    const application = applied(waits, WORKER)
    signedBy(waits, WORKER, application, ADA)
    const { zeroSince } = lifeOf(waits, WORKER.id, 'quarantined')
    const view = machineView(waits.state, WORKER.id)
    assert.deepEqual(view?.['application'], {
      digest: application,
      fingerprint: fingerprintOf(WORKER.family),
      sign_by: formatTimestamp(millis(waits.now() + 14 * DAY)),
      signers: ['ada'],
      needed: 5,
    })
    assert.equal(view?.['decommission_at'], formatTimestamp(millis(zeroSince + 180 * DAY)))
    signedBy(waits, WORKER, application, NOOR, bea, dao, eli)
    assert.deepEqual(machineView(waits.state, WORKER.id)?.['probation'], { done: 0, needed: 100 })
    const after = machineView(waits.state, WORKER.id)
    assert.ok(after !== undefined)
    assert.deepEqual(
      (after['steps'] as { event: string }[]).map(({ event }) => event),
      [
        'trust.machine_registered',
        'trust.machine_quarantined',
        'trust.recertification_applied',
        'trust.machine_recertified',
      ],
    )
  })

  it('is listed for all of them, and is none of a human or of nobody', () => {
    assert.equal((machinesView(bench.state)['machines'] as unknown[]).length, bench.state.machines.size)
    for (const id of ['cem', 'nobody', '__proto__', 'constructor'])
      assert.equal(machineView(bench.state, id), undefined)
  })
})

describe('an incident', () => {
  it('says what it holds, on what it rests and how it ended', () => {
    const seen = fork(bench)
    accused(seen, 'i-1', WORKER.id, bea)
    const opened_at = formatTimestamp(seen.now())
    const open = {
      id: 'i-1',
      kind: 'forged-evidence',
      severity: 'severe',
      concerns: [WORKER.id],
      accused: WORKER.id,
      reporter: 'bea',
      account: 'Its report is another one’s.',
      grounds: ['000000000000-000'],
      seq: seen.state.books.next - 1,
      opened_at,
      status: 'open',
      resolved: null,
    }
    assert.deepEqual(incidentView(seen.state, 'i-1'), open)
    assert.deepEqual(machineView(seen.state, WORKER.id)?.['incidents'], ['i-1'])
    resolved(seen, 'i-1', dao, 'dismissed')
    assert.deepEqual(incidentsView(seen.state), {
      incidents: [
        {
          ...open,
          status: 'dismissed',
          resolved: { by: 'dao', reason: 'I looked at the files.', seq: seen.state.books.next - 1 },
        },
      ],
    })
  })

  it('is none where there is none', () => {
    for (const id of ['i-1', '__proto__', WORKER.id]) assert.equal(incidentView(bench.state, id), undefined)
  })
})
