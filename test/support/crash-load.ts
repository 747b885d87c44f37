/**
 * A process that writes to a ledger as fast as it can until somebody kills it.
 *
 *     node test/support/crash-load.ts <folder> <run> <producers>
 *
 * Each acknowledged command is told on stdout, one line `seq hash person nonce`, written before the next is
 * sent: what the reader of the pipe has seen had been acknowledged.
 */
import { writeSync } from 'node:fs'
import sodium from 'sodium-native'
import { openLedger } from '../../runtime/ledger/ledger.ts'
import { openSqliteStore } from '../../runtime/ledger/stores/sqlite.ts'
import { installNativeSha256, verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import { millis } from '../../protocol/wire/time.ts'
import { person, tinyLaw } from './tiny-law.ts'

const [folder, run, producers] = process.argv.slice(2)
installNativeSha256()
const law = tinyLaw()
const ledger = await openLedger({
  store: openSqliteStore(folder!),
  law,
  verify: verifyWithSodium,
  clock: { now: () => millis(Date.now()) },
})
await Promise.all(Array.from({ length: Number(producers) }, (_, i) => produce(i)))

async function produce(number: number): Promise<never> {
  const producer = person(number, sign)
  for (let i = 0; ; i++) {
    const nonce = `${run}-${i}`
    const command = law.admit(producer.command(nonce, i % 1100, 'x'.repeat(i % 700)))
    if (!command.ok) throw new Error(command.error.code)
    const answer = await ledger.submit(command.value)
    if (answer.kind !== 'recorded') throw new Error(JSON.stringify(answer))
    writeSync(1, `${answer.seq} ${answer.hash} ${number} ${nonce}\n`)
  }
}

/** Fast, so that the ledger and not the load is what is busy. */
function sign(message: Uint8Array, secret: Uint8Array): Uint8Array {
  const key = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES)
  sodium.crypto_sign_seed_keypair(Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES), key, Buffer.from(secret))
  const signature = Buffer.alloc(sodium.crypto_sign_BYTES)
  sodium.crypto_sign_detached(signature, Buffer.from(message), key)
  return signature
}
