/** The law is pure (spec 1.1; DESIGN: time and chance arrive as input): it runs with every other source torn out. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { actionsFor, admit, checksOf, emptyState, record, simulate, type State } from '../../../protocol/genesis.ts'
import { prepare } from '../../../protocol/law/record.ts'
import type { Millis } from '../../../protocol/wire/time.ts'
import { verify } from '../../../protocol/wire/ed25519.ts'
import * as Views from '../../../protocol/views.ts'
import { busy } from '../../support/law/busy.ts'
import { NOOR } from '../../support/law/people.ts'
import { digestOfWhole } from '../../support/law/digest-of-state.ts'
import { replayAll, replayEntry } from '../../support/law/replayed.ts'

const GLOBALS = [
  'Date',
  'Intl',
  'Temporal',
  'WebSocket',
  'XMLHttpRequest',
  'crypto',
  'fetch',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const

/** Runs the work with every source of time, chance and the outside replaced by one that throws. */
function cutOff<T>(work: () => T): T {
  const throwing = (name: string) =>
    new Proxy(function torn() {}, {
      apply: () => assert.fail(`${name} was called`),
      construct: () => assert.fail(`${name} was constructed`),
      get: () => assert.fail(`${name} was looked into`),
    })
  const kept = GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  const { random } = Math
  try {
    for (const name of GLOBALS)
      Object.defineProperty(globalThis, name, { value: throwing(name), configurable: true, writable: true })
    Math.random = throwing('Math.random') as never
    return work()
  } finally {
    Math.random = random
    for (const [name, descriptor] of kept) {
      if (descriptor === undefined) delete (globalThis as { [name: string]: unknown })[name]
      else Object.defineProperty(globalThis, name, descriptor)
    }
  }
}

const bench = busy()

describe('the law', () => {
  it('would be caught: what is cut off throws', () => {
    for (const use of [
      () => Date.now(),
      () => new Date(),
      () => Math.random(),
      () => crypto.randomUUID(),
      () => performance.now(),
      () => setTimeout(() => undefined, 1),
      () => fetch('http://x'),
    ]) {
      assert.throws(() => cutOff<unknown>(use), /was (called|constructed|looked into)/)
    }
    assert.equal(typeof Date.now(), 'number')
  })

  it('carries both missions from intake to their end without clock, chance, timers or the outside', () => {
    // Whoever signs may need chance (the curve library blinds secrets with it); who decides may not.
    const commands = bench.texts.map((text) => {
      const { command, recorded_at } = JSON.parse(text) as { command: object; recorded_at: string }
      return { envelope: JSON.stringify(command), recordedAt: Date.parse(recorded_at) as Millis }
    })
    const state = cutOff(() => {
      const fresh = emptyState()
      for (const { envelope, recordedAt } of commands) {
        const command = admit(envelope)
        assert.ok(command.ok)
        const checks = checksOf(fresh, command.value)
        assert.ok(!('code' in checks))
        const signatures = checks.map((check) => verify(check.signature, check.message(), check.publicKey))
        assert.equal(record(fresh, command.value, { recordedAt, signatures }).kind, 'entry')
      }
      return fresh
    })
    assert.equal(digestOfWhole(state), digestOfWhole(bench.state))
  })

  it('prepares every entry twice alike, and changes nothing before it is applied', () => {
    const state: State = emptyState()
    for (const text of bench.texts) {
      const entry = JSON.parse(text) as { command: object; recorded_at: string }
      const command = admit(JSON.stringify(entry.command))
      assert.ok(command.ok)
      const checks = checksOf(state, command.value)
      assert.ok(!('code' in checks))
      const signatures = checks.map((check) => verify(check.signature, check.message(), check.publicKey))
      const reception = { recordedAt: Date.parse(entry.recorded_at) as Millis, signatures }
      const before = digestOfWhole(state)
      const [first, second] = [0, 1].map(() => prepare(state, command.value, reception))
      assert.equal(digestOfWhole(state), before)
      assert.ok(first?.kind === 'entry' && second?.kind === 'entry')
      assert.equal(first.prepared.text, text)
      assert.equal(second.prepared.text, text)
      assert.ok(replayEntry(state, text).ok)
    }
  })

  it('answers whatever it is asked without them, and changes nothing by it', () => {
    const { state } = bench
    const before = digestOfWhole(state)
    const at = bench.now()
    const command = bench.admit(bench.envelope(NOOR, 'mission.release', 'm-open', {}))
    cutOff(() => {
      for (const subject of [
        'm-open',
        'm-high',
        'noor',
        'worker-1',
        'runtime',
        'epochs',
        'beacon',
        'chain',
        'nobody',
      ]) {
        for (const actor of ['noor', 'worker-1', 'runtime', 'nobody']) actionsFor(state, subject, actor, at)
      }
      simulate(state, command, at)
      Views.deploymentView(state)
      Views.overviewView(state, at)
      Views.missionsView(state)
      for (const id of state.missions.keys()) Views.missionView(state, id)
      Views.actorsView(state)
      Views.epochsView(state)
      assert.ok(replayAll(bench.texts).ok)
    })
    assert.equal(digestOfWhole(state), before)
  })
})

describe('two folds of one ledger', () => {
  it('reach the same state, whether recorded, replayed, or replayed again', () => {
    const [one, two] = [replayAll(bench.texts), replayAll(bench.texts)]
    assert.ok(one.ok && two.ok)
    assert.equal(digestOfWhole(one.value), digestOfWhole(bench.state))
    assert.equal(digestOfWhole(two.value), digestOfWhole(bench.state))
  })

  it('reach it in another process, another time zone and another language', () => {
    const child = fileURLToPath(new URL('../../support/law/replay-stdin.ts', import.meta.url))
    const env = { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
    const told = execFileSync(process.execPath, [child], { input: bench.texts.join('\n'), env, encoding: 'utf8' })
    assert.equal(told.trim(), digestOfWhole(bench.state))
  })
})
