/**
 * The rules attacked in a simulation: a deployment in memory, whose people are the conformance vectors' own.
 *
 * It is made once and attacked many times: whatever is repelled leaves it as it was, and whatever is not is a breach.
 * An attack that needs another world (few humans, a machine in quarantine) makes one, which is kept by its name.
 */
import { Fault } from '../../wire/fault.ts'
import { bytes32Of } from '../../wire/abi.ts'
import { emptyState } from '../../genesis.ts'
import { worldOf } from '../../law/world.ts'
import type { MissionState } from '../../law/mission/machine.ts'
import {
  CHAIN_ID,
  deployment,
  handed,
  RUNTIME,
  type Deployment,
  type Given,
} from '../../conformance/missions/deployment.ts'
import { lead } from '../../conformance/missions/guards.ts'
import { missionRun, type MissionRun } from '../../conformance/missions/mission.ts'
import { FOUNDER, OWNER, REVIEWERS, signerOf, WORKER } from '../../conformance/missions/people.ts'
import type { Attempts, Sender, Simulation, Trial } from '../attacks/attack.ts'
import { digestOfSubjects } from '../digest-of-subjects.ts'
import { foldedTo, takeEntry } from './stranger.ts'

export function simulation(): Attempts<Simulation> {
  let trials: Trial[] = []
  const arena = arenaIn(deployment(REVIEWERS), (trial) => trials.push(trial), new Map())
  return {
    arena,
    take: () => {
      const taken = trials
      trials = []
      return taken
    },
  }
}

function arenaIn(world: Deployment, tried: (trial: Trial) => void, others: Map<string, Simulation>): Simulation {
  const made = new Map<string, MissionRun>()
  let names = 0

  const fresh = (prefix: string): string => `${prefix}-${++names}`

  function missionAt(state: MissionState, tier: string, label = ''): MissionRun {
    const name = `${state} ${tier} ${label}`
    let run = made.get(name)
    if (run === undefined) {
      run = missionRun(world, fresh('attacked'), tier)
      run.create()
      lead(run, state === 'Completed' ? 'FinalHumanGate' : state)
      if (state === 'Completed') run.step('human_approve')
      if (run.shown() !== state) throw new Fault('arena-not-ready', { state, tier, shown: run.shown() })
      made.set(name, run)
    }
    return run
  }

  function attempt(expected: string, what: string, act: () => Given): Promise<void> {
    const before = digestOfSubjects(world.state)
    const given = reasonsOf(act())
    tried({ what, expected, given, unchanged: digestOfSubjects(world.state) === before })
    return Promise.resolve()
  }

  return {
    world,
    human: () => REVIEWERS[0]!.operator,
    owner: () => OWNER,
    machine: () => WORKER,
    founder: () => FOUNDER,
    runtime: () => RUNTIME,
    stranger: () => STRANGER,
    mission: () => Promise.resolve(missionAt('FinalHumanGate', 'R2').id),
    missionAt,
    revision: (subject) => Promise.resolve(worldOf(world.state).revision(subject)),
    now: () => world.now(),
    fresh,
    envelope: (sender, type, subject, body, more) => world.envelope(sender, type, subject, body, more),
    expect: (reason, sender, type, subject, body, more) => {
      const text = world.envelope(sender, type, subject, body, more)
      return attempt(reason, `${sender.id} sends ${type} on ${subject}`, () => world.give(text))
    },
    expectText: (reason, what, envelope) => attempt(reason, what, () => world.give(envelope)),
    expectLog: (reason, what, contract, log, more = {}) => {
      const at = fresh('log')
      const body = {
        chain_id: CHAIN_ID,
        contract,
        block_number: 1_000_000 + names,
        block_hash: bytes32Of(new Uint8Array(32)),
        block_time: Math.floor(world.now() / 1000),
        transaction: `0x${at.slice(4).padStart(64, 'f')}`,
        log_index: 0,
        log,
        ...more,
      }
      return attempt(reason, what, () => world.give(world.envelope(RUNTIME, 'chain.observed', 'chain', body)))
    },
    expectFounding: (expected, what, body) => {
      const state = emptyState()
      const before = digestOfSubjects(state)
      const given = reasonsOf(handed(state, world.envelope(FOUNDER, 'genesis', 'genesis', body), world.now()))
      tried({ what, expected, given, unchanged: digestOfSubjects(state) === before && state.founded === undefined })
      return Promise.resolve()
    },
    expectEntry: (expected, what, seq, text) => {
      const state = foldedTo(world.texts, seq)
      const before = digestOfSubjects(state)
      const given = listOf(takeEntry(state, text))
      tried({ what, expected, given, unchanged: digestOfSubjects(state) === before && state.books.next === seq })
    },
    expectInVain: (expected, what, act, holds) => {
      const given = listOf(act())
      tried({ what, expected, given, unchanged: holds() })
    },
    expectAnswer: (expected, what, given) => {
      tried({ what, expected, given: listOf(given), unchanged: true, asked: true })
    },
    elsewhere: (name, make) => {
      const known = others.get(name)
      if (known !== undefined) return known
      const other = arenaIn(make(), tried, others)
      others.set(name, other)
      return other
    },
  }
}

const STRANGER: Sender = { id: 'nobody-we-know', signer: signerOf('a key that nobody registered') }

function listOf(given: readonly string[] | string | undefined): readonly string[] {
  if (given === undefined) return ['taken']
  return typeof given === 'string' ? [given] : given
}

/** Every reason of a refusal; what was not refused is said by its own word. */
export function reasonsOf(given: Given): readonly string[] {
  switch (given.kind) {
    case 'malformed':
      return [given.code]
    case 'refused':
      return [given.refusal.code]
    case 'repeated':
      return ['repeated']
    case 'entry':
      return given.entry.outcome === 'committed'
        ? ['committed']
        : given.entry.violations.map(({ constraint }) => constraint)
  }
}
