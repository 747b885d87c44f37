/**
 * `genesis keys`: Ed25519 keys of people, machines and the runtime, and the committee's BLS keys, in the data folder.
 *
 * Rotation never leaves anyone without a key: the new one is on disk before it is bound, and takes the old one's place
 * only when the ledger (or the registry on chain) has taken it.
 */
import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { hex } from '../../protocol/wire/bytes.ts'
import { keyId } from '../../protocol/wire/ed25519.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { newIdentityKey, readIdentityKey, signerOfKey, writeIdentityKey } from '../../runtime/keys/identity-key.ts'
import { readKeystore } from '../../runtime/keys/keystore.ts'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { dataFolder, passwordIn, STACK_HELP, STACK_OPTIONS } from '../lib/stack.ts'
import { table } from '../lib/table.ts'
import { readArgs, required, usage } from '../lib/usage.ts'
import { bindForActor, registerForMember } from './keys/rotate.ts'

const HELP = `Usage: genesis keys <new|show|rotate> [options]

  new --id ACTOR            make an Ed25519 key; prints the public key to be bound
  show                      all keys in the data folder
  rotate --id ACTOR         a new key for a human, a machine or the runtime, bound by whoever may bind it
  rotate --member N         a new BLS key for committee member N (0 to 14), registered on chain

${STACK_HELP}

Keys are kept encrypted (Ed25519: PKCS#8, BLS: EIP-2335), readable by you alone; secrets are never printed. The
password is read from GENESIS_PASSWORD, or from keys/password in the data folder.

Examples:
  genesis keys show
  genesis keys rotate --id worker-1
  genesis keys rotate --member 3

Exit codes: 0 done, 1 withheld, 2 the input could not be used. A member's new key is used after the next start.
`

export const command: Command = {
  name: 'keys',
  summary: 'make, show and rotate keys',
  help: HELP,
  run: async (args, io) => {
    const { values, positionals } = readArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...STACK_OPTIONS, id: { type: 'string' }, member: { type: 'string' } },
    })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    const [what] = positionals
    const data = dataFolder(values.data)
    if (what === 'new') return makeKey(data, required(values.id, '--id'), values.json, io)
    if (what === 'show') return showKeys(data, values.json, io)
    if (what !== 'rotate') throw usage('say what to do: new, show, rotate')
    if (values.member !== undefined) return rotateMember(data, values.member, values.json, io)
    return rotateActor(data, required(values.id, '--id or --member'), values, io)
  },
}

function identityFile(data: string, id: string): string {
  if (!/^[a-z0-9._:-]{1,64}$/.test(id)) throw usage(`${id} is no actor id`)
  return join(data, 'keys', 'identities', `${id}.pem`)
}

function makeKey(data: string, id: string, json: boolean, io: Io): number {
  const file = identityFile(data, id)
  if (existsSync(file)) throw new Fault('key-exists', { file })
  const key = newIdentityKey()
  writeIdentityKey(file, key, passwordIn(data))
  const { publicKey } = signerOfKey(key)
  const made = { id, public_key: hex(publicKey), key_id: keyId(publicKey) }
  io.out(json ? `${JSON.stringify(made)}\n` : `${id}: ${made.public_key}\n`)
  return EXIT.yes
}

function showKeys(data: string, json: boolean, io: Io): number {
  const password = passwordIn(data)
  const identities = names(join(data, 'keys', 'identities'), '.pem').map((id) => {
    const { publicKey } = signerOfKey(readIdentityKey(identityFile(data, id), password))
    return { id, kind: 'ed25519', public_key: hex(publicKey), key_id: keyId(publicKey) }
  })
  const committee = names(join(data, 'keys', 'committee'), '.json').map((name) => {
    const { pubkey = '' } = readKeystore(join(data, 'keys', 'committee', `${name}.json`))
    return { id: name === 'beacon' ? 'beacon' : `member-${name}`, kind: 'bls12-381', public_key: pubkey, key_id: '' }
  })
  const keys = [...identities, ...committee]
  if (json) io.out(`${JSON.stringify({ keys })}\n`)
  else
    io.out(
      table(
        ['WHO', 'KIND', 'PUBLIC KEY'],
        keys.map((key) => [key.id, key.kind, key.public_key]),
      ),
    )
  return EXIT.yes
}

function names(folder: string, ending: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .toSorted()
}

type Where = { readonly url?: string | undefined; readonly data?: string | undefined; readonly json: boolean }

async function rotateActor(data: string, id: string, where: Where, io: Io): Promise<number> {
  const file = identityFile(data, id)
  const beside = `${file}.next`
  const password = passwordIn(data)
  const key = newIdentityKey()
  // If we die behind this line the old key still speaks; the one beside it is bound or forgotten.
  writeIdentityKey(beside, key, password)
  const { publicKey } = signerOfKey(key)
  const end = await bindForActor(data, id, hex(publicKey), where)
  renameSync(beside, file)
  const made = { id, public_key: hex(publicKey), key_id: keyId(publicKey), not_after: end }
  io.out(
    where.json
      ? `${JSON.stringify(made)}\n`
      : `${id}: ${made.public_key}, until ${end}. Restart the stack to use it.\n`,
  )
  return EXIT.yes
}

async function rotateMember(data: string, given: string, json: boolean, io: Io): Promise<number> {
  const member = Number(given)
  if (!/^\d+$/.test(given) || member > 14) throw usage('--member is a number from 0 to 14')
  const { key, notAfter, transaction } = await registerForMember(data, member)
  const made = { member, public_key: key, not_after: notAfter, transaction }
  io.out(
    json ? `${JSON.stringify(made)}\n` : `member ${member}: ${key}, until ${notAfter}. Restart the stack to use it.\n`,
  )
  return EXIT.yes
}
