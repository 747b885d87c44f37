/** A machine whose malice was proven is retired: by a human who has nothing to do with it, with their wallet, for good. */
import { bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import { actDigest, actDomain, bodyHash, parseAct } from '../../../protocol/wire/act.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { DAY } from '../../../protocol/wire/time.ts'
import { sign } from '../../../protocol/wire/wallet.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import { chainOf } from '../../../protocol/law/constraints/deployment.ts'
import type { Stage } from '../stage.ts'

export async function decommission(stage: Stage, who: string, machine: string, incident: string): Promise<void> {
  const { seed, deployment } = stage.house
  const wallet = seed.wallet(who)
  const body = { incident, reason: 'It handed in what it knew to be false, and was believed.' }
  const deadline = Math.floor((stage.now() + DAY) / 1000)
  const { expects, domain } = await stage.house.ask((state) => {
    const facts = state.founded!.deployment
    const registry = facts.contracts.identity_registry.address
    return {
      expects: worldOf(state).revision(machine),
      domain: actDomain(chainOf(facts, 'identity_registry'), registry),
    }
  })
  const act = parseAct({
    deployment: bytes32OfDigest(deployment),
    command: 'machine.decommission',
    subject: machine,
    revision: expects,
    bodyHash: bodyHash(body),
    signer: wallet.address,
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    deadline,
  })
  if (!act.ok) throw new Fault('scenario-act-malformed', { code: act.error.code })
  const signed = {
    signer: wallet.address,
    i_understand_it: true,
    i_commit_it: true,
    i_accept_its_consequences: true,
    deadline,
    signature: sign(actDigest(domain, act.value), wallet.secret),
  }
  await stage.attempt(who, 'machine.decommission', machine, { ...body, act: signed }, { expects })
}
