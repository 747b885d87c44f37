/** Carrying out acts from a component, and the union that the page draws. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Draft } from '../../protocol/law/compose.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { usePlace } from '../chain/context.tsx'
import { rehearse, send } from '../data/commands.ts'
import { LIVE } from '../data/keys.ts'
import { presentTime } from '../data/use-now.ts'
import { freshNonce, perform, type Author, type Ports, type Result, type Stage } from './act.ts'
import { useMyKey } from './use-key.ts'

export type Act =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly stage: Stage }
  | { readonly kind: 'done'; readonly result: Result }
  /** With `envelope`: it was signed and may have arrived; the same one is sent again. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly envelope: string | undefined }

export type Acting = {
  readonly act: Act
  /** Answers whether it was committed. `keep` stores what must not be lost, before it is sent. */
  carryOut(draft: Draft, keep?: () => Promise<void>, as?: Author): Promise<boolean>
  sendAgain(): Promise<boolean>
  settle(): void
}

export function useAct(): Acting {
  const { deployment } = usePlace()
  const client = useQueryClient()
  const mine = useMyKey()
  const [act, become] = useState<Act>({ kind: 'idle' })

  async function carried(work: () => Promise<Result>, envelope: () => string | undefined): Promise<boolean> {
    try {
      const result = await work()
      become({ kind: 'done', result })
      return result.outcome === 'committed'
    } catch (error) {
      become({ kind: 'failed', error, envelope: envelope() })
      return false
    } finally {
      await client.invalidateQueries({ queryKey: LIVE })
    }
  }

  function authorHere(): Author {
    if (mine.key === null || mine.standing !== 'active') throw new Fault(`key-${mine.standing ?? 'none'}`)
    return { deployment: deployment.deployment, actor: mine.actor, key: mine.key }
  }

  return {
    act,
    carryOut: (draft, keep, as) => {
      let signed: string | undefined
      const ports: Ports = {
        now: () => presentTime(client),
        nonce: freshNonce,
        rehearse,
        send,
        onStage: (stage) => become({ kind: 'busy', stage }),
        onSigned: (envelope) => {
          signed = envelope
        },
      }
      return carried(
        async () => perform(ports, as ?? authorHere(), draft, keep),
        () => signed,
      )
    },
    sendAgain: () => {
      const envelope = act.kind === 'failed' ? act.envelope : undefined
      if (envelope === undefined) return Promise.resolve(false)
      become({ kind: 'busy', stage: 'sending' })
      return carried(
        () => send(envelope),
        () => envelope,
      )
    },
    settle: () => become({ kind: 'idle' }),
  }
}
