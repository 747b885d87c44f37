/** The founder attests forty humans, operators register their machines, some enrol as reviewers. */
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { formatTimestamp } from '../../../protocol/wire/time.ts'
import { bindingOf, keyEnd } from '../../start/found.ts'
import type { Human, Machine } from '../people.ts'
import type { Story } from '../schedule.ts'
import type { Stage } from '../stage.ts'

export async function attestHumans(stage: Stage): Promise<void> {
  for (const human of stage.cast.humans) await attest(stage, human)
  for (const human of stage.cast.humans.filter(({ reviews }) => reviews)) {
    await stage.act(human.id, 'identity.enroll_reviewer', human.id, {})
  }
}

async function attest(stage: Stage, human: Human): Promise<void> {
  const { seed } = stage.house
  const wallet = seed.wallet(human.id)
  const { publicKey } = seed.identity(human.id)
  const end = keyEnd(stage.now())
  const registry = await stage.house.ask((state) => state.founded!.deployment.contracts.identity_registry.address)
  await stage.act(stage.founder, 'identity.attest', human.id, {
    wallet: wallet.address,
    region: human.region,
    organization: human.organization,
    key: publicKey,
    key_purpose: 'command',
    key_not_after: formatTimestamp(end),
    binding: bindingOf(wallet, human.id, publicKey, end, registry),
  })
}

export async function registerWave(stage: Stage, wave: number): Promise<void> {
  for (const machine of stage.cast.machines.filter((one) => one.wave === wave)) await register(stage, machine)
}

/** Machines that come during the month: all of a wave in one moment. */
export async function* waveCome(stage: Stage, wave: number): Story {
  await registerWave(stage, wave)
  yield stage.hoursOn(1, `wave ${wave}`)
}

export async function register(stage: Stage, machine: Machine, lineage: readonly string[] = []): Promise<void> {
  await stage.act(machine.operator, 'machine.register', machine.id, {
    model_family: machine.family,
    method_type: machine.method,
    fingerprint: fingerprintOf(machine),
    key: stage.house.seed.identity(machine.id).publicKey,
    key_not_after: formatTimestamp(keyEnd(stage.now())),
    lineage: [...lineage],
    reviews: machine.role === 'reviewer',
  })
}

/** Each runs a build of its own: two of one fingerprint and one operator would be one system. */
export function fingerprintOf(machine: Machine): string {
  return digest(utf8(`${machine.family} as ${machine.id} runs it`))
}
