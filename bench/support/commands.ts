/**
 * Signed commands of the real law for the benches: a founded deployment, and missions that its people create.
 */
import sodium from 'sodium-native'
import { encode } from '../../protocol/wire/canonical-json.ts'
import { seal, type Signer } from '../../protocol/wire/dsse.ts'
import * as Sha256 from '../../protocol/wire/sha256.ts'
import { formatTimestamp, millis, type Millis } from '../../protocol/wire/time.ts'
import { COMMAND_PAYLOAD_TYPE } from '../../protocol/genesis.ts'
import type { StoredEntry } from '../../runtime/ports/ledger-store.ts'
import { NOOR, OPERATORS, secretOf, type Person } from '../../test/support/law/people.ts'
import { founded } from '../../test/support/law/world.ts'

export type Deployment = {
  /** The entries that found it and bring in its people. */
  readonly rows: readonly StoredEntry[]
  readonly now: Millis
  /** That many envelopes, no two alike, each valid on the founded deployment. */
  commands(count: number, series: string): string[]
}

export function deployment(): Deployment {
  const bench = founded()
  const rows = bench.texts.map((text, seq) => ({ seq, text, hash: Sha256.digest(text) }))
  const now = bench.now()
  const id = bench.state.founded?.deployment.id ?? Sha256.ZERO_DIGEST
  const people = [NOOR, ...OPERATORS].map((person) => ({ person, signer: fastSigner(person) }))

  return {
    rows,
    now,
    commands: (count, series) =>
      Array.from({ length: count }, (_, i) => {
        const { person, signer } = people[i % people.length]!
        const payload = {
          actor: person.id,
          body: {
            summary: 'We have to report what we emitted last year, by site and by month, to the regulator.',
            title: `Emissions report ${series}-${i}`,
          },
          deployment: id,
          expires: formatTimestamp(millis(now + 60_000)),
          issued: formatTimestamp(now),
          nonce: `${series}-${i}`,
          subject: `mission-${series}-${i}`,
          type: 'mission.create',
        }
        return encode(seal(COMMAND_PAYLOAD_TYPE, payload, signer))
      }),
  }
}

/** The same keys, signing twenty times as fast as the portable engine. */
function fastSigner({ id, signer }: Person): Signer {
  const seed = Buffer.from(secretOf(`${id} ed25519`))
  const publicKey = Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES)
  const secretKey = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES)
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed)
  return {
    publicKey: signer.publicKey,
    sign: (message) => {
      const signature = Buffer.alloc(sodium.crypto_sign_BYTES)
      sodium.crypto_sign_detached(signature, Buffer.from(message), secretKey)
      return signature
    },
  }
}
