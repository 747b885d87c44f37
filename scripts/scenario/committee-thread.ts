/**
 * Some of the fifteen members, in a thread of their own. Each holds its own state and its own secret, decides every
 * entry again, byte for byte, and signs the commitment that its own fold gave. What is the same for all who look is
 * looked at once a thread: an Ed25519 signature of an entry, and whether the chain holds a log.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { checksOf, emptyState, readEntry, replay, type State } from '../../protocol/genesis.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { sign } from '../../protocol/wire/bls.ts'
import { epochMessage } from '../../runtime/epochs/epochs.ts'
import { witnessOf } from '../../runtime/committee/witness.ts'
import { installNativeSha256, verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import { openChain, type Where } from '../../verifier/chain/reader.ts'

export type ThreadData = {
  readonly members: readonly { readonly index: number; readonly secret: Uint8Array }[]
  readonly chain: Where
}

/** Entries to take in, and the epoch to sign after them, by the members who are there. */
export type Task = {
  readonly id: number
  readonly texts: readonly string[]
  readonly epoch: number | undefined
  readonly present: readonly number[]
}

export type Signed = {
  readonly id: number
  readonly shares: readonly { readonly member: number; readonly signature: string }[]
  /** Why a member does not sign, and at which entry. */
  readonly refusal: { readonly member: number; readonly seq: number; readonly code: string } | undefined
}

type Member = { readonly index: number; readonly secret: Uint8Array; readonly state: State }

installNativeSha256()
const { members: seats, chain } = workerData as ThreadData
const members: readonly Member[] = seats.map((seat) => ({ ...seat, state: emptyState() }))
const witness = witnessOf(await openChain(chain))

let turn = Promise.resolve()

parentPort?.on('message', (task: Task | 'stop') => {
  if (task === 'stop') {
    parentPort?.close()
    return
  }
  turn = turn.then(async () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage(await serve(task))
  })
})

async function serve({ id, texts, epoch, present }: Task): Promise<Signed> {
  for (const text of texts) {
    const refusal = await take(text)
    if (refusal !== undefined) return { id, shares: [], refusal }
  }
  const shares = members
    .filter(({ index }) => epoch !== undefined && present.includes(index))
    .flatMap(({ index, secret, state }) => {
      const message = epochMessage(state, epoch ?? -1)
      return message === undefined ? [] : [{ member: index, signature: sign(message, secret) }]
    })
  return { id, shares, refusal: undefined }
}

async function take(text: string): Promise<Signed['refusal']> {
  const seq = members[0]?.state.books.next ?? 0
  const none = (code: string, member = members[0]?.index ?? -1) => ({ member, seq, code })
  const entry = readEntry(text, seq)
  if (!entry.ok) return none(entry.error.code)
  const { command } = entry.value
  if (command.type === 'chain.observed') {
    const wrong = await witness(command.body as Observed)
    if (wrong !== undefined) return none(wrong)
  }
  const seen = new Map<string, boolean>()
  for (const { index, state } of members) {
    const checks = checksOf(state, command)
    if ('code' in checks) return none(checks.code, index)
    const signatures = checks.map(({ signature, message, publicKey }) => {
      const place = `${Buffer.from(publicKey).toString('base64')} ${Buffer.from(signature).toString('base64')}`
      const known = seen.get(place)
      if (known !== undefined) return known
      const holds = verifyWithSodium(signature, message(), publicKey)
      seen.set(place, holds)
      return holds
    })
    const replayed = replay(state, entry.value, signatures)
    if (!replayed.ok) return none(replayed.error.code, index)
  }
  return undefined
}
