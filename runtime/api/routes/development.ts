/**
 * What a development deployment shows so that a newcomer can try everything in a minute: wallets of its invented
 * people, and where its chain listens. Absent everywhere else.
 */
import type { Enveloped } from '../../ports/law.ts'
import type { App, Parts } from '../parts.ts'
import { json, problem } from '../reply.ts'

export function development<State, Command extends Enveloped>(
  app: App,
  { development: shown }: Parts<State, Command>,
): void {
  app.get('/v1/development/wallets', () => (shown === undefined ? problem('not-found') : json(shown.wallets)))
  app.get('/v1/development/stack', () => (shown === undefined ? problem('not-found') : json(shown.stack)))
}
