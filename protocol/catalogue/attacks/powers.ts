/** Powers that nobody has, and powers of others: who may do what. Source: spec 1.2, 11.1, 11.2, 11.5. */
import type { Json } from '../../wire/canonical-json.ts'
import type { Attack } from './attack.ts'

const MISSION = { title: 'A report', summary: 'We need it.' }

/** Commands by which power would be had that the protocol gives to nobody. None of them exists. */
const NO_SUCH_COMMAND: { readonly [id: string]: { readonly title: string; readonly types: readonly string[] } } = {
  'machine-ballot': {
    title: 'A machine casts a ballot, or its trust is made a vote',
    types: ['ballot.cast', 'chamber.vote', 'vote.weight', 'trust.vote'],
  },
  'trust-for-money': {
    title: 'Trust is paid for, sold, transferred, lent or given',
    types: ['trust.buy', 'trust.sell', 'trust.transfer', 'trust.grant', 'trust.set', 'trust.mint'],
  },
  'amend-alone': {
    title: 'Stewards, founder or committee change the constitution by themselves',
    types: ['constitution.amend', 'constitution.set', 'amendment.activate', 'founder.amend', 'committee.amend'],
  },
  'veto-and-override': {
    title: 'A veto, an emergency path, an override key',
    types: ['founder.veto', 'override', 'emergency.execute', 'pause', 'resume', 'admin.set'],
  },
  'phase-by-command': {
    title: 'A phase or a commitment tier is set, skipped or taken back',
    types: ['phase.set', 'phase.advance', 'phase.regress', 'tier.set', 'commitment_tier.lower'],
  },
  'organ-acts': {
    title: 'An organ of the runtime commits, votes, mints or approves',
    types: ['organ.commit', 'organ.vote', 'organ.mint', 'organ.approve', 'genome.apply'],
  },
}

const absent: readonly Attack[] = Object.entries(NO_SUCH_COMMAND).map(([id, { title, types }]) => ({
  id,
  title,
  on: 'anything',
  run: async (arena) => {
    for (const sender of [arena.founder(), arena.machine(), arena.human()]) {
      for (const type of types) await arena.expect('command-type-unknown', sender, type, arena.fresh('power'), {})
    }
  },
}))

export const POWERS: readonly Attack[] = [
  ...absent,
  {
    id: 'machine-owns-a-mission',
    title: 'A machine opens a mission, holds one, attests a human, registers another machine',
    on: 'anything',
    run: async (arena) => {
      const mission = await arena.mission()
      await arena.expect(
        'signed-by-the-right-kind',
        arena.machine(),
        'mission.create',
        arena.fresh('machines'),
        MISSION,
      )
      await arena.expect('signed-by-the-right-kind', arena.machine(), 'mission.hold', mission, { reason: 'Mine.' })
      await arena.expect('signed-by-the-right-kind', arena.machine(), 'mission.release', mission, {})
      await arena.expect(
        'signed-by-the-right-kind',
        arena.machine(),
        'identity.enroll_reviewer',
        arena.machine().id,
        {},
      )
    },
  },
  {
    id: 'machine-decides-at-the-gate',
    title: 'A machine, or a command in anybody’s name, takes the final decision',
    on: 'anything',
    run: async (arena) => {
      const mission = await arena.mission()
      for (const sender of [arena.machine(), arena.human(), arena.founder()]) {
        await arena.expect('command-type-unknown', sender, 'mission.decide', mission, {})
      }
    },
  },
  {
    id: 'anothers-mission',
    title: 'Somebody changes a mission that is not theirs',
    on: 'anything',
    run: async (arena) => {
      const mission = await arena.mission()
      for (const sender of [arena.human(), arena.founder()]) {
        await arena.expect('signed-by-the-owner', sender, 'mission.hold', mission, { reason: 'Not mine.' })
        await arena.expect('signed-by-the-owner', sender, 'mission.release', mission, {})
      }
      await arena.expect('mission-is-new', arena.human(), 'mission.create', mission, MISSION)
    },
  },
  {
    id: 'anothers-identity',
    title: 'Somebody revokes another’s key, enrolls another, adds a key to another’s machine',
    on: 'anything',
    run: async (arena) => {
      const key = 'ab'.repeat(32)
      const owner = arena.owner().id
      await arena.expect('identity-is-the-signers-own', arena.human(), 'identity.revoke_key', owner, { key })
      await arena.expect('identity-is-the-signers-own', arena.human(), 'identity.enroll_reviewer', owner, {})
      await arena.expect('signed-by-the-operator', arena.owner(), 'machine.revoke_key', arena.machine().id, { key })
    },
  },
  {
    id: 'mechanical-by-hand',
    title: 'People and machines state what only the runtime may: epochs, beacon rounds, chain logs, windows',
    on: 'anything',
    run: async (arena) => {
      const mission = await arena.mission()
      const bodies: readonly (readonly [string, string, Json])[] = [
        ['beacon.observed', 'beacon', { round: 1, signature: 'ab'.repeat(48) }],
        ['epoch.close', 'epochs', { epoch: 0, end: '2026-02-13T09:05:00.000Z' }],
        ['review.close', mission, { task: 't-1' }],
      ]
      for (const sender of [arena.human(), arena.machine(), arena.founder()]) {
        for (const [type, subject, body] of bodies) {
          await arena.expect('signed-by-the-right-kind', sender, type, subject, body)
        }
      }
    },
  },
  {
    id: 'runtime-uses-discretion',
    title: 'The runtime opens, holds and plans missions, attests people, registers machines',
    on: 'rules',
    run: async (arena) => {
      const mission = await arena.mission()
      const runtime = arena.runtime()
      await arena.expect('signed-by-the-right-kind', runtime, 'mission.create', arena.fresh('runtimes'), MISSION)
      await arena.expect('signed-by-the-right-kind', runtime, 'mission.hold', mission, { reason: 'It seems better.' })
      await arena.expect('signed-by-the-right-kind', runtime, 'mission.release', mission, {})
      await arena.expect('signed-by-the-right-kind', runtime, 'review.reopen', mission, { task: 't-1' })
      await arena.expect('signed-by-the-right-kind', runtime, 'identity.enroll_reviewer', runtime.id, {})
      await arena.expect('command-type-unknown', runtime, 'mission.decide', mission, {})
    },
  },
]
