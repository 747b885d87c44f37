/**
 * The rules attacked in a simulation: a deployment in memory, whose people are the conformance vectors' own.
 *
 * It is made once and attacked many times: whatever is repelled leaves it as it was, and whatever is not is a breach.
 */
import { Fault } from '../../wire/fault.ts'
import { worldOf } from '../../law/world.ts'
import type { MissionState } from '../../law/mission/machine.ts'
import { deployment, RUNTIME, type Given } from '../../conformance/missions/deployment.ts'
import { lead } from '../../conformance/missions/guards.ts'
import { missionRun, type MissionRun } from '../../conformance/missions/mission.ts'
import { FOUNDER, OWNER, REVIEWERS, signerOf, WORKER } from '../../conformance/missions/people.ts'
import { CHAIN_ID } from '../../conformance/missions/deployment.ts'
import { bytes32Of } from '../../wire/abi.ts'
import type { Attempts, Sender, Simulation, Trial } from '../attacks/attack.ts'
import { digestOfSubjects } from '../digest-of-subjects.ts'

export function simulation(): Attempts<Simulation> {
  const world = deployment(REVIEWERS)
  const made = new Map<string, MissionRun>()
  let trials: Trial[] = []
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

  function attempt(reason: string, what: string, act: () => Given): Promise<void> {
    const before = digestOfSubjects(world.state)
    const given = reasonsOf(act())
    trials.push({ what, expected: reason, given, unchanged: digestOfSubjects(world.state) === before })
    return Promise.resolve()
  }

  const arena: Simulation = {
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
    expectAnswer: (reason, what, given, unchanged = true) => {
      trials.push({ what, expected: reason, given: listOf(given), unchanged })
    },
  }
  return {
    arena,
    take: () => {
      const taken = trials
      trials = []
      return taken
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
