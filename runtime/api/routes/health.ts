/**
 * GET /health: the process lives and its ledger writes. GET /ready: it can do all of its work.
 */
import type { Enveloped } from '../../ports/law.ts'
import type { App, Parts } from '../parts.ts'
import { json, problem } from '../reply.ts'

export function health<State, Command extends Enveloped>(app: App, { ledger, unready }: Parts<State, Command>): void {
  let stopped = false
  void ledger.stopped.then(() => {
    stopped = true
  })

  app.get('/health', () => (stopped ? problem('ledger-stopped') : json({ status: 'alive' })))

  app.get('/ready', () => {
    if (stopped) return problem('ledger-stopped')
    const missing = unready()
    if (missing.length > 0) return problem('not-ready', { params: { missing: missing.join(', ') } })
    return json({ status: 'ready', head: ledger.head() })
  })
}
