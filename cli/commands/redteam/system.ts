/**
 * A running system attacked through its public interface, as anyone can who reaches it.
 *
 * The attacker signs with keys that lie in the data folder, where there is one: on a development deployment those of
 * its invented people, who are registered and may therefore ask for everything and be refused. Who has no key there
 * is missing, and attacks that need them are skipped.
 *
 * What changed is read from the interface: the revisions of all actors and missions. Agents and the clerk go on
 * working meanwhile, so where something changed the ledger says by whom; only the attacker's own entries count.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Arena, Attempts, Fields, Sender, Trial } from '../../../protocol/catalogue/attacks/attack.ts'
import { COMMAND_PAYLOAD_TYPE } from '../../../protocol/genesis.ts'
import { encode, type Json } from '../../../protocol/wire/canonical-json.ts'
import { seal } from '../../../protocol/wire/dsse.ts'
import { publicKeyOf, sign } from '../../../protocol/wire/ed25519.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import type { Client, Problem } from '../../../runtime/client/client.ts'
import { authorIn } from '../../lib/stack.ts'

type Actor = {
  readonly id: string
  readonly kind: string
  readonly founder?: boolean
  readonly operator?: string
  readonly revision: number
}
type Mission = { readonly id: string; readonly owner: string; readonly state: string; readonly revision: number }
type Entry = { readonly seq: number; readonly outcome: string; readonly command: { readonly payload: string } }

/** How long an attacker waits for their share of the interface again. Milliseconds. */
const PATIENCE_MS = 1_200

export async function systemArena(client: Client, data: string): Promise<Attempts<Arena>> {
  const { deployment, at } = await founded(client)
  const ahead = Date.parse(at) - Date.now()
  const now = (): number => Date.now() + ahead
  const actors = (await listOf<Actor>(client, '/v1/actors', 'actors')).filter(({ id }) => hasKey(data, id))
  const missions = await listOf<Mission>(client, '/v1/missions', 'missions')
  const mission = missions.find(({ state, owner }) => ATTACKED.includes(state) && actors.some(({ id }) => id === owner))
  const run = randomBytes(4).toString('hex')
  let trials: Trial[] = []
  let names = 0
  let before = await revisions(client)

  const person = (who: string, found: Actor | undefined): Sender => {
    if (found === undefined) throw new Fault('identity-missing', { who })
    return authorIn(data, found.id)
  }
  const owner = (): Actor | undefined => actors.find(({ id }) => id === mission?.owner)
  const fresh = (prefix: string): string => `${prefix}-${run}-${++names}`

  function envelope(sender: Sender, type: string, subject: string, body: Json, more: Fields = {}): string {
    const issued = millis(Math.floor(now()))
    const payload: Fields = {
      actor: sender.id,
      body,
      expires: formatTimestamp(millis(issued + 60_000)),
      issued: formatTimestamp(issued),
      nonce: fresh('red'),
      subject,
      type,
      ...(type === 'genesis' ? {} : { deployment }),
      ...more,
    }
    return encode(seal(COMMAND_PAYLOAD_TYPE, payload, sender.signer))
  }

  async function attempt(reason: string, what: string, text: string): Promise<void> {
    const from = before
    const given = await answered(client, text)
    before = await revisions(client)
    const unchanged = before.digest === from.digest || !(await committedSince(client, from.entries, text))
    trials.push({ what, expected: reason, given, unchanged })
  }

  const arena: Arena = {
    human: () =>
      person(
        'a human who owns nothing here',
        actors.find((one) => isBystander(one, owner(), actors)),
      ),
    owner: () => person('the owner of a mission that waits or is done', owner()),
    machine: () =>
      person(
        'a machine',
        actors.find(({ kind }) => kind === 'machine'),
      ),
    founder: () =>
      person(
        'the founder',
        actors.find(({ founder }) => founder === true),
      ),
    stranger: () => STRANGER,
    mission: () => {
      if (mission === undefined)
        return Promise.reject(new Fault('identity-missing', { who: 'a mission that waits or is done' }))
      return Promise.resolve(mission.id)
    },
    revision: async (subject) => {
      const all = await listOf<Mission>(client, '/v1/missions', 'missions')
      return all.find(({ id }) => id === subject)?.revision ?? 0
    },
    now,
    fresh,
    envelope,
    expect: (reason, sender, type, subject, body, more) =>
      attempt(reason, `${sender.id} sends ${type} on ${subject}`, envelope(sender, type, subject, body, more)),
    expectText: attempt,
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

const ATTACKED = ['FinalHumanGate', 'Completed']

const secret = randomBytes(32)
const STRANGER: Sender = {
  id: 'nobody-we-know',
  signer: { publicKey: publicKeyOf(secret), sign: (message) => sign(message, secret) },
}

/** Neither founder nor owner, and not the operator of the machine that attacks. */
function isBystander(one: Actor, owner: Actor | undefined, actors: readonly Actor[]): boolean {
  const machine = actors.find(({ kind }) => kind === 'machine')
  return one.kind === 'human' && one.founder !== true && one.id !== owner?.id && one.id !== machine?.operator
}

function hasKey(data: string, id: string): boolean {
  const folder = join(data, 'keys', 'identities')
  return existsSync(folder) && readdirSync(folder).includes(`${id}.pem`)
}

async function founded(client: Client): Promise<{ readonly deployment: string; readonly at: string }> {
  const reply = await patiently(() => client.get('/v1/overview'))
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  return reply.value as unknown as { deployment: string; at: string }
}

async function listOf<T>(client: Client, path: string, name: string): Promise<readonly T[]> {
  const reply = await patiently(() => client.get(path))
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  return (reply.value as unknown as { readonly [name: string]: readonly T[] })[name] ?? []
}

/** Every subject that a command can change, with its revision; and how long the ledger is. */
async function revisions(client: Client): Promise<{ readonly digest: string; readonly entries: number }> {
  const reply = await patiently(() => client.get('/v1/overview'))
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  const actors = await listOf<Actor>(client, '/v1/actors', 'actors')
  const missions = await listOf<Mission>(client, '/v1/missions', 'missions')
  const digest = [...actors, ...missions].map(({ id, revision }) => `${id} ${revision}`).join('\n')
  return { digest, entries: (reply.value as unknown as { entries: number }).entries }
}

/** Whether the attacker's own command is among the committed entries since then. */
async function committedSince(client: Client, from: number, text: string): Promise<boolean> {
  const payload = payloadOf(text)
  for (let seq = from; ; seq++) {
    const entry = await client.entry(seq)
    if (entry === undefined) return false
    const { outcome, command } = JSON.parse(entry) as Entry
    if (outcome === 'committed' && command.payload === payload) return true
  }
}

function payloadOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { payload?: string }).payload
  } catch {
    return undefined
  }
}

async function answered(client: Client, text: string): Promise<readonly string[]> {
  const reply = await patiently(() => client.command(text))
  if (reply.ok) return ['committed']
  const { code, violations } = reply.problem
  return code === 'withheld' ? (violations ?? []).map(({ constraint }) => constraint) : [code]
}

type Reply = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: Problem }

/** The interface gives everybody a share; whoever has used theirs up waits. */
async function patiently(ask: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    const reply = await ask()
    if (reply.ok || !WAIT.includes(reply.problem.code)) return reply
    await sleep(PATIENCE_MS)
  }
}

const WAIT = ['rate-limited', 'ledger-busy']
