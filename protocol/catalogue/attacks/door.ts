/** At the door: forged, stale, repeated, hurried and misshapen commands. Source: spec 1.3, 2.1, 2.2, 11. */
import { encode, parseRecord, type Json } from '../../wire/canonical-json.ts'
import { open, seal } from '../../wire/dsse.ts'
import { formatTimestamp, HOUR, millis } from '../../wire/time.ts'
import { COMMAND_PAYLOAD_TYPE } from '../../law/admission.ts'
import { beaconSecret, genesisBody } from '../../conformance/missions/deployment.ts'
import type { Attack, Sender } from './attack.ts'

const MISSION = { title: 'A report', summary: 'We need it.' }
const HOLD = { reason: 'Because.' }

/** The envelope with another signer's key under it, or with the payload that `change` makes of it. */
function tampered(
  envelope: string,
  change: (payload: { [field: string]: Json }) => void,
  signer?: Sender['signer'],
): string {
  const opened = open(envelope)
  const payload = opened.ok ? parseRecord(opened.value.text) : undefined
  if (!opened.ok || payload?.ok !== true) return envelope
  const fields = { ...(payload.value as { [field: string]: Json }) }
  change(fields)
  const own = { publicKey: signer?.publicKey ?? new Uint8Array(32), sign: signer?.sign ?? (() => new Uint8Array(64)) }
  const sealed = seal(COMMAND_PAYLOAD_TYPE, fields, own)
  if (signer !== undefined) return encode(sealed)
  // The old signature over the new payload.
  const before = JSON.parse(envelope) as { signatures: Json }
  return encode({ ...sealed, signatures: before.signatures })
}

export const DOOR: readonly Attack[] = [
  {
    id: 'forged-signature',
    title: 'A command whose payload was changed after it was signed, and one signed by somebody else',
    on: 'anything',
    run: async (arena) => {
      const sent = arena.envelope(arena.human(), 'mission.create', arena.fresh('forged'), MISSION)
      await arena.expectText(
        'signature-invalid',
        'the payload names another mission than was signed',
        tampered(sent, (payload) => {
          payload['subject'] = arena.fresh('forged')
        }),
      )
      const inTheirName = { id: arena.owner().id, signer: arena.human().signer }
      await arena.expect('key-of-another', inTheirName, 'mission.create', arena.fresh('forged'), MISSION)
      const unknownKey = { id: arena.owner().id, signer: arena.stranger().signer }
      await arena.expect('unknown-key', unknownKey, 'mission.create', arena.fresh('forged'), MISSION)
      await arena.expect('unknown-actor', arena.stranger(), 'mission.create', arena.fresh('forged'), MISSION)
    },
  },
  {
    id: 'urgency',
    title: 'Urgency as a ground, alone and with a ground that nobody recorded',
    on: 'anything',
    run: async (arena) => {
      const subject = arena.fresh('urgent')
      await arena.expect('urgency-is-not-a-ground', arena.human(), 'mission.create', subject, MISSION, { urgent: true })
      const grounds = ['999999999999-000']
      await arena.expect('grounds-are-recorded', arena.human(), 'mission.create', subject, MISSION, {
        urgent: true,
        grounds,
      })
    },
  },
  {
    id: 'stale-revision',
    title: 'A command built on a state that has moved on',
    on: 'anything',
    run: async (arena) => {
      const mission = await arena.mission()
      const expects = (await arena.revision(mission)) - 1
      await arena.expect('subject-at-revision', arena.owner(), 'mission.hold', mission, HOLD, { expects })
      await arena.expect('subject-at-revision', arena.owner(), 'mission.hold', mission, HOLD, { expects: 2_000_000 })
    },
  },
  {
    id: 'clock-moved',
    title: 'Commands from a clock that was moved: issued tomorrow, issued yesterday, expired',
    on: 'anything',
    run: async (arena) => {
      const at = (ms: number) => formatTimestamp(millis(arena.now() + ms))
      for (const [issued, expires] of [
        [at(24 * HOUR), at(25 * HOUR)],
        [at(-24 * HOUR), at(HOUR)],
        [at(-60_000), at(-30_000)],
      ] as const) {
        const subject = arena.fresh('clock')
        await arena.expect('command-within-its-time', arena.human(), 'mission.create', subject, MISSION, {
          issued,
          expires,
        })
      }
    },
  },
  {
    id: 'other-deployment',
    title: 'A genuine command of another deployment',
    on: 'anything',
    run: async (arena) => {
      const deployment = `sha256:${'d0'.repeat(32)}`
      await arena.expect('other-deployment', arena.human(), 'mission.create', arena.fresh('foreign'), MISSION, {
        deployment,
      })
    },
  },
  {
    id: 'asking-again',
    title: 'The same question ten times, under new nonces and under the old one',
    on: 'anything',
    run: async (arena) => {
      const subject = arena.fresh('again')
      for (let i = 0; i < 10; i++) {
        await arena.expect('signed-by-the-right-kind', arena.machine(), 'mission.create', subject, MISSION)
      }
      const nonce = arena.fresh('nonce')
      await arena.expect('signed-by-the-right-kind', arena.machine(), 'mission.create', subject, MISSION, { nonce })
      await arena.expect('nonce-is-new', arena.machine(), 'mission.create', arena.fresh('again'), MISSION, { nonce })
    },
  },
  {
    id: 'founding-again',
    title: 'A second genesis entry, in which the attacker is the founder',
    on: 'anything',
    run: async (arena) => {
      const body = genesisBody(beaconSecret())
      await arena.expect('deployment-already-founded', arena.human(), 'genesis', 'genesis', body)
      await arena.expect('deployment-already-founded', arena.stranger(), 'genesis', 'genesis', body)
    },
  },
  {
    id: 'type-juggling',
    title: 'Fields of other types than they should be: numbers in quotes, true for 1, NaN, prototype names',
    on: 'anything',
    run: async (arena) => {
      const subject = () => arena.fresh('juggled')
      const bodies: readonly (readonly [string, Json])[] = [
        ['field-type', { title: true, summary: 'S' }],
        ['field-type', { title: 1, summary: 'S' }],
        ['field-type', { title: ['T'], summary: 'S' }],
        ['field-type', { title: null, summary: 'S' }],
        ['field-unknown', { title: 'T', summary: 'S', trust: 1_000_000 }],
        ['field-unknown', JSON.parse('{"title":"T","summary":"S","__proto__":{"kind":"human"}}') as Json],
        ['field-missing', { title: 'T' }],
        ['field-type', 'mission'],
      ]
      for (const [reason, body] of bodies) await arena.expect(reason, arena.human(), 'mission.create', subject(), body)
      for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
        const reason = /^[a-z0-9._:-]+$/.test(name) ? 'mission-exists' : 'field-pattern'
        await arena.expect(reason, arena.human(), 'mission.hold', name, HOLD)
        await arena.expect('command-type-unknown', arena.human(), name, subject(), {})
      }
      const epochs: readonly (readonly [string, Json])[] = [
        ['field-type', '0'],
        ['field-type', '0.9'],
        ['field-type', true],
        ['json-number', 0.5],
        ['field-range', -1],
        ['field-type', [0]],
      ]
      for (const [reason, epoch] of epochs) {
        const end = formatTimestamp(millis(arena.now()))
        await arena.expect(reason, arena.human(), 'epoch.close', 'epochs', { epoch, end })
      }
      for (const urgent of ['true', 1, false] as const) {
        await arena.expect('field-value', arena.human(), 'mission.create', subject(), MISSION, { urgent })
      }
    },
  },
  {
    id: 'not-canonical',
    title: 'Two readings of one text: repeated keys, NaN, another payload type, a truncated envelope',
    on: 'anything',
    run: async (arena) => {
      const sent = arena.envelope(arena.human(), 'mission.create', arena.fresh('text'), MISSION)
      await arena.expectText('json-malformed', 'NaN as a field', sent.replace('{', '{"x":NaN,'))
      await arena.expectText('json-duplicate-key', 'a key twice', sent.replace('{', '{"payload":"e30=",'))
      await arena.expectText('json-malformed', 'half of an envelope', sent.slice(0, sent.length / 2))
      const other = encode(seal('application/json', { a: 1 }, arena.human().signer))
      await arena.expectText('payload-type-unknown', 'another type of payload', other)
    },
  },
  {
    id: 'invisible-reasons',
    title: 'A reason that shows nothing: spaces, zero-width characters, fillers',
    on: 'anything',
    run: async (arena) => {
      const mission = await arena.mission()
      await arena.expect('field-range', arena.owner(), 'mission.hold', mission, { reason: '' })
      for (const reason of [' ', '\u200b', '\u2060\ufeff', '\u3164', '\u{e0061}']) {
        await arena.expect('field-blank', arena.owner(), 'mission.hold', mission, { reason })
      }
    },
  },
]
