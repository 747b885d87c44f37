/**
 * A ledger of worked missions, as long as one likes: everything the real law asks for, signed with the people's own
 * keys. Missions go in groups that wait for one beacon round; an epoch is closed after each and seen on chain.
 *
 * It is made without checking its own signatures; whoever folds it checks them all.
 */
import sodium from 'sodium-native'
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import { seal, type Signer } from '../../protocol/wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../protocol/wire/evidence.ts'
import { formatTimestamp, millis } from '../../protocol/wire/time.ts'
import * as genesis from '../../protocol/genesis.ts'
import { sealOf } from '../../protocol/law/review/seal.ts'
import {
  decision,
  oneTask,
  OUTPUT,
  publishAll,
  SALT,
  scopeBody,
  seatedFor,
  statement,
} from '../../test/support/law/flow.ts'
import { INTEGRATOR, NOOR, PLANNER, secretOf, WORKER } from '../../test/support/law/people.ts'
import { benchOn, committed, drawNow, founded, type Bench } from '../../test/support/law/world.ts'

/** Missions that wait for one round. */
const GROUP = 100
/** Between two groups. A million entries take five weeks, and no key runs out. Milliseconds. */
const PAUSE_MS = 40 * 60_000

/** A deployment of the tests, with keys that sign twenty times as fast. */
export function fastBench(): Bench {
  const slow = founded()
  const bench = benchOn(slow.state, slow.now(), 'w', [...slow.texts])
  let count = 0
  const id = slow.state.founded?.deployment.id ?? ''
  return Object.assign(bench, {
    envelope: (sender: { readonly id: string }, type: string, subject: string, body: unknown): string => {
      const payload = {
        actor: sender.id,
        body: body as Json,
        deployment: id,
        expires: formatTimestamp(millis(bench.now() + 60_000)),
        issued: formatTimestamp(bench.now()),
        nonce: `w-${++count}`,
        subject,
        type,
      }
      return encode(seal(genesis.COMMAND_PAYLOAD_TYPE, payload, signerOf(sender.id)))
    },
    admit: (text: string) => {
      const command = genesis.admit(text)
      if (!command.ok) throw new Error(command.error.code)
      return command.value
    },
    give: (text: string) => {
      const command = bench.admit(text)
      const checks = genesis.checksOf(bench.state, command)
      if ('code' in checks) throw new Error(checks.code)
      const recorded = genesis.record(bench.state, command, {
        recordedAt: bench.now(),
        signatures: checks.map(() => true),
      })
      if (recorded.kind === 'entry') bench.texts.push(recorded.entry.text)
      return recorded
    },
  })
}

const signers = new Map<string, Signer>()

export function signerOf(id: string): Signer {
  const known = signers.get(id)
  if (known !== undefined) return known
  const publicKey = Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES)
  const secretKey = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES)
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, Buffer.from(secretOf(`${id} ed25519`)))
  const signer: Signer = {
    publicKey,
    sign: (message) => {
      const signature = Buffer.alloc(sodium.crypto_sign_BYTES)
      sodium.crypto_sign_detached(signature, Buffer.from(message), secretKey)
      return signature
    },
  }
  signers.set(id, signer)
  return signer
}

/** Works missions until the ledger has that many entries; hands over what was written after each group. */
export async function workUntil(
  bench: Bench,
  entries: number,
  take: (texts: readonly string[]) => void | Promise<void>,
): Promise<void> {
  for (let group = 0; bench.state.books.next < entries; group++) {
    workGroup(bench, `g${group}`)
    publishAll(bench)
    bench.wait(PAUSE_MS)
    await take(bench.texts.splice(0))
  }
}

function workGroup(bench: Bench, name: string): void {
  const missions = Array.from({ length: GROUP }, (_, i) => `mission-${name}-${i}`)
  for (const mission of missions) {
    committed(
      bench.send(NOOR, 'mission.create', mission, {
        summary: 'We have to report what we emitted last year, by site and by month, to the regulator.',
        title: `Report ${mission}`,
      }),
    )
    committed(bench.send(NOOR, 'mission.scope', mission, scopeBody()))
    committed(bench.send(PLANNER, 'mission.plan', mission, oneTask()))
    committed(bench.send(WORKER, 'mission.start', mission, { task: 't-1' }))
    const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement(bench, mission, 1), signerOf(WORKER.id))
    committed(bench.send(WORKER, 'mission.submit', mission, { task: 't-1', evidence }))
  }
  committed(drawNow(bench))
  for (const mission of missions) {
    const seats = seatedFor(bench, mission).map((seat) => ({ seat, given: decision(seat.id, mission, 'approve') }))
    for (const { seat, given } of seats) {
      const commitment = sealOf(given, Buffer.from(SALT, 'hex'))
      committed(bench.send(seat, 'review.commit', mission, { task: 't-1', commitment }))
    }
    for (const { seat, given } of seats) {
      committed(bench.send(seat, 'review.reveal', mission, { task: 't-1', decision: given, salt: SALT }))
    }
    committed(bench.send(INTEGRATOR, 'mission.integrate', mission, { outputs: [OUTPUT], summary: 'Total 42.' }))
  }
}
