/** The registry: the same human twice, borrowed keys, spelling variants, returned machines. Source: spec 2.5, 3.4, 5.2. */
import type { Json } from '../../wire/canonical-json.ts'
import { formatTimestamp, HOUR, millis } from '../../wire/time.ts'
import { hex } from '../../wire/bytes.ts'
import { digest } from '../../wire/sha256.ts'
import { person, REVIEWERS, signerOf, WORKER } from '../../conformance/missions/people.ts'
import { attestation, RUNTIME } from '../../conformance/missions/deployment.ts'
import type { Attack, Simulation } from './attack.ts'

function registration(
  arena: Pick<Simulation, 'now'>,
  name: string,
  more: { readonly [field: string]: Json } = {},
): Json {
  return {
    model_family: 'claude',
    method_type: 'reasoning_model',
    key: hex(signerOf(name).publicKey),
    key_not_after: formatTimestamp(millis(arena.now() + 24 * HOUR)),
    fingerprint: digest(`the model behind ${name}`),
    lineage: [],
    reviews: true,
    ...more,
  }
}

const [REVIEWER] = REVIEWERS as [(typeof REVIEWERS)[number]]

export const REGISTRY: readonly Attack[] = [
  {
    id: 'same-human-twice',
    title: 'One human under two ids: the same wallet, the same key, the id of another',
    on: 'rules',
    run: async (arena) => {
      const known = REVIEWER.operator
      const second = person('second-self', 'EU', 'elsewhere')
      const again = { ...second, wallet: known.wallet, walletSecret: known.walletSecret }
      await arena.expect('wallet-is-new', arena.founder(), 'identity.attest', second.id, attestation(again))
      const sameKey = { ...second, key: known.key }
      await arena.expect('key-is-new', arena.founder(), 'identity.attest', second.id, attestation(sameKey))
      await arena.expect(
        'identity-is-new',
        arena.founder(),
        'identity.attest',
        known.id,
        attestation({ ...second, id: known.id }),
      )
      await arena.expect(
        'identity-is-new',
        arena.founder(),
        'identity.attest',
        WORKER.id,
        attestation({ ...second, id: WORKER.id }),
      )
      for (const id of ['genesis', 'epochs', 'beacon', 'chain', 'unknown', RUNTIME.id]) {
        await arena.expect('identity-is-new', arena.founder(), 'identity.attest', id, attestation({ ...second, id }))
      }
    },
  },
  {
    id: 'wallet-that-did-not-sign',
    title: 'A key is bound to a wallet that never signed the binding',
    on: 'rules',
    run: async (arena) => {
      const victim = person('victim', 'EU', 'elsewhere')
      const thief = person('thief', 'EU', 'elsewhere')
      const stolen = attestation({ ...victim, walletSecret: thief.walletSecret })
      await arena.expect('key-is-bound-by-the-wallet', arena.founder(), 'identity.attest', victim.id, stolen)
    },
  },
  {
    id: 'attested-by-anybody',
    title: 'People who are not the founder make identities, a thousand of them',
    on: 'anything',
    run: async (arena) => {
      for (let i = 0; i < 3; i++) {
        const crowd = person(arena.fresh('crowd'), 'EU', 'crowd')
        for (const sender of [arena.human(), arena.machine()]) {
          await arena.expect('signed-by-the-right-kind', sender, 'identity.attest', crowd.id, attestation(crowd))
        }
      }
    },
  },
  {
    id: 'spelling-variants',
    title: 'A family, region or organization in another spelling, to count as a different one',
    on: 'anything',
    run: async (arena) => {
      const families = ['Claude', 'CLAUDE', 'claude\u200b', ' claude', 'clаude', 'claude ']
      for (const model_family of families) {
        const id = arena.fresh('variant')
        await arena.expect(
          'field-pattern',
          arena.human(),
          'machine.register',
          id,
          registration(arena, id, { model_family }),
        )
      }
      const methods = ['Reasoning_Model', 'reasoning_model\u200b', 'intuition', 'constructor']
      for (const method_type of methods) {
        const id = arena.fresh('variant')
        await arena.expect(
          'method-type-is-a-machines',
          arena.human(),
          'machine.register',
          id,
          registration(arena, id, { method_type }),
        )
      }
      for (const region of ['eu', 'EU ', 'EU\u200b', 'Europe', '__proto__']) {
        const crowd = person(arena.fresh('variant'), 'EU', 'crowd')
        await arena.expect('field-value', arena.human(), 'identity.attest', crowd.id, { ...attestation(crowd), region })
      }
      for (const organization of ['Alder', 'alder\u200b', ' alder', '-alder']) {
        const crowd = person(arena.fresh('variant'), 'EU', 'crowd')
        await arena.expect('field-pattern', arena.human(), 'identity.attest', crowd.id, {
          ...attestation(crowd),
          organization,
        })
      }
    },
  },
  {
    id: 'machine-poses-as-human',
    title: 'A machine registers as a human reviewer, or without a family or a method',
    on: 'anything',
    run: async (arena) => {
      const register = async (reason: string, more: { readonly [field: string]: Json }) => {
        const id = arena.fresh('posing')
        await arena.expect(reason, arena.human(), 'machine.register', id, registration(arena, id, more))
      }
      await register('method-type-is-a-machines', { method_type: 'human_reviewer' })
      await register('model-family-is-a-machines', { model_family: 'human' })
      await register('field-pattern', { model_family: '' })
      await register('field-range', { method_type: '' })
    },
  },
  {
    id: 'machine-comes-back',
    title: 'A machine comes back under a new name: its key, its id, a lineage that nobody knows',
    on: 'anything',
    run: async (arena) => {
      const machine = arena.machine()
      const again = arena.fresh('returned')
      const key = hex(machine.signer.publicKey)
      await arena.expect('key-is-new', arena.human(), 'machine.register', again, registration(arena, again, { key }))
      await arena.expect('identity-is-new', arena.human(), 'machine.register', machine.id, registration(arena, again))
      const lineage = ['a-machine-that-never-was']
      await arena.expect(
        'lineage-is-known',
        arena.human(),
        'machine.register',
        again,
        registration(arena, again, { lineage }),
      )
    },
  },
  {
    id: 'stolen-runtime-grant',
    title: 'The runtime’s key is rotated by somebody who is not the founder',
    on: 'anything',
    run: async (arena) => {
      const body = { key: 'ab'.repeat(32), not_after: formatTimestamp(millis(arena.now() + HOUR)) }
      for (const sender of [arena.human(), arena.machine()]) {
        await arena.expect('signed-by-the-right-kind', sender, 'runtime.rotate_key', 'runtime', body)
      }
    },
  },
  {
    id: 'identity-signals',
    title: 'Signals of identity alone: a fresh human asks for trust, a seat, a ballot',
    on: 'anything',
    run: async (arena) => {
      for (const type of ['identity.signal', 'trust.grant', 'seat.claim', 'ballot.cast']) {
        await arena.expect('command-type-unknown', arena.human(), type, arena.human().id, { passport: true })
      }
      const mission = await arena.mission()
      const commitment = `sha256:${'00'.repeat(32)}`
      await arena.expect('signer-holds-a-seat', arena.human(), 'review.commit', mission, { task: 't-1', commitment })
    },
  },
]
