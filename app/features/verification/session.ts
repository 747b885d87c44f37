/**
 * One verification and the replayed state it ends with, in a worker: the page stays awake while the ledger is decided
 * again.
 *
 *     idle ─▶ running ─▶ done (verified | unverifiable)
 *                └─────▶ failed (the verification itself could not be carried out)
 *
 * A holder of a resource: `close` ends the worker.
 */
import { STEP_IDS } from '../../../verifier/report.ts'
import type { Approval } from '../../../protocol/wire/approval.ts'
import type { Mission } from '../../data/missions.ts'
import type { Answer, Foreseen, Outcome, Request } from './messages.ts'
import { waitingSteps, withUpdate, type ShownStep } from './steps.ts'

export type Verification =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly steps: readonly ShownStep[] }
  | { readonly kind: 'done'; readonly steps: readonly ShownStep[]; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly steps: readonly ShownStep[]; readonly code: string }

export type Session = {
  current(): Verification
  subscribe(onChange: () => void): () => void
  start(): void
  /** The mission in the replayed state: undefined before there is one, null where there is no such mission. */
  mission(id: string): Promise<Mission | null | undefined>
  foresee(approval: Approval, at: number): Promise<Foreseen | null | undefined>
  close(): void
}

type Asked = (answer: Mission | Foreseen | null) => void

export function openSession(base: string, rpc: string | null, deployment: string): Session {
  let present: Verification = { kind: 'idle' }
  let worker: Worker | undefined
  let calls = 0
  const listeners = new Set<() => void>()
  const asked = new Map<number, Asked>()

  function become(next: Verification): void {
    present = next
    for (const listener of listeners) listener()
  }

  function stop(): void {
    worker?.terminate()
    worker = undefined
    for (const answer of asked.values()) answer(null)
    asked.clear()
  }

  function take(answer: Answer): void {
    const steps = present.kind === 'idle' ? [] : present.steps
    switch (answer.kind) {
      case 'step':
        if (present.kind === 'running') become({ kind: 'running', steps: withUpdate(steps, answer.step) })
        break
      case 'outcome':
        become({ kind: 'done', steps, outcome: answer.outcome })
        break
      case 'failed':
        become({ kind: 'failed', steps, code: answer.code })
        break
      case 'mission':
        settle(answer.call, answer.mission)
        break
      case 'foreseen':
        settle(answer.call, answer.foreseen)
        break
    }
  }

  function settle(call: number, value: Mission | Foreseen | null): void {
    asked.get(call)?.(value)
    asked.delete(call)
  }

  function post(request: Request): void {
    // A worker, not a window: there is no other origin it could be.
    worker?.postMessage(request, { transfer: [] })
  }

  function question<T extends Mission | Foreseen>(make: (call: number) => Request): Promise<T | null | undefined> {
    if (worker === undefined || present.kind !== 'done') return Promise.resolve(undefined)
    const call = ++calls
    return new Promise((resolve) => {
      asked.set(call, (answer) => resolve(answer as T | null))
      post(make(call))
    })
  }

  return {
    current: () => present,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    start: () => {
      stop()
      become({ kind: 'running', steps: waitingSteps(STEP_IDS) })
      worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'verifier' })
      worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => take(data))
      worker.addEventListener('error', () => take({ kind: 'failed', code: 'verifier-stopped', params: {} }))
      post({ kind: 'verify', base, rpc, deployment })
    },
    mission: (id) => question<Mission>((call) => ({ kind: 'mission', call, id })),
    foresee: (approval, at) => question<Foreseen>((call) => ({ kind: 'foresee', call, approval, at })),
    close: stop,
  }
}
