/**
 * The wallet's statement about a new key of this browser. Built once: what is shown is what is signed. Pure.
 *
 * It ends after 85 days, inside the ninety that a key may last, in whole seconds because the wallet signs seconds.
 */
import { hex } from '../../../protocol/wire/bytes.ts'
import { keyBindingDomain, keyBindingTypedData, parseKeyBinding } from '../../../protocol/wire/key-binding.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { registryOf, type DeploymentView } from '../../data/deployment.ts'

export const PURPOSE = 'browser'
const LIFE_S = 85 * 86_400

export type Binding = {
  readonly typedData: ReturnType<typeof keyBindingTypedData>
  readonly chainId: number
  /** ISO, as the command names it. */
  readonly notAfter: string
}

export function bindingFor(
  deployment: Pick<DeploymentView, 'chains' | 'contracts'>,
  identity: string,
  publicKey: Uint8Array,
  now: number,
): Binding {
  const { chainId, address } = registryOf(deployment)
  const notAfter = Math.floor(now / 1000) + LIFE_S
  const message = parseKeyBinding({ identity, key: `0x${hex(publicKey)}`, purpose: PURPOSE, notAfter })
  if (!message.ok) throw new Fault('key-binding-malformed', { code: message.error.code })
  const domain = keyBindingDomain(chainId, address)
  return {
    typedData: keyBindingTypedData(domain, message.value),
    chainId,
    notAfter: formatTimestamp(millis(notAfter * 1000)),
  }
}
