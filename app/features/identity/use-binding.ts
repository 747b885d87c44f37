/**
 * Making a key and having the wallet bind it.
 *
 *     make ─▶ the wallet signs ─▶ keep in this browser ─▶ rehearse ─▶ signed by the new key itself ─▶ send
 *
 * A refusal in the wallet leaves nothing behind. Once kept, the binding can be sent again without asking the wallet.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { hex } from '../../../protocol/wire/bytes.ts'
import { usePlace } from '../../chain/context.tsx'
import { presentTime } from '../../data/use-now.ts'
import { useTypedSignature } from '../../wallet/use-typed-signature.ts'
import { keepKey, keyQuery, makeKey, recallKey, useAct, type Acting, type BrowserKey } from '../../signing/signing.ts'
import { bindingFor, PURPOSE } from './binding.ts'

export type Binder = {
  readonly acting: Acting
  readonly waitsForWallet: boolean
  readonly error: unknown
  bind(): void
  sendBinding(key: BrowserKey): void
}

export function useBinder(actor: string): Binder {
  const { deployment } = usePlace()
  const client = useQueryClient()
  const sign = useTypedSignature()
  const acting = useAct()
  const [waitsForWallet, wait] = useState(false)
  const [error, setError] = useState<unknown>(undefined)
  const id = deployment.deployment

  function send(key: BrowserKey): Promise<boolean> {
    const body = { key: hex(key.publicKey), purpose: PURPOSE, not_after: key.notAfter, binding: key.binding }
    return acting.carryOut({ type: 'identity.bind_key', subject: actor, body }, undefined, {
      deployment: id,
      actor,
      key,
    })
  }

  async function bind(): Promise<void> {
    acting.settle()
    setError(undefined)
    wait(true)
    try {
      const { publicKey, privateKey } = await makeKey()
      const { typedData, notAfter } = bindingFor(deployment, actor, publicKey, presentTime(client))
      const binding = await sign(typedData)
      await keepKey(id, actor, { publicKey, privateKey, binding, notAfter })
      await client.invalidateQueries({ queryKey: keyQuery(id, actor).queryKey })
      wait(false)
      const key = await recallKey(id, actor)
      if (key !== null) await send(key)
    } catch (cause) {
      setError(cause)
    } finally {
      wait(false)
    }
  }

  return { acting, waitsForWallet, error, bind: () => void bind(), sendBinding: (key) => void send(key) }
}
