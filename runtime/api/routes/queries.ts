/**
 * GET: what the state says. Answered from memory, and never from what is not on disk.
 */
import type { Enveloped } from '../../ports/law.ts'
import type { Moment } from '../../ports/ledger.ts'
import { integer } from '../parameters.ts'
import type { App, Parts } from '../parts.ts'
import { jsonText, problem } from '../reply.ts'
import { malformedReply } from './commands.ts'

export function queries<State, Command extends Enveloped>(
  app: App,
  { ledger, queries: ask }: Parts<State, Command>,
): void {
  /** Written as text while the state stands still. */
  async function answer(question: (state: State, moment: Moment) => unknown): Promise<Response> {
    const text = await ledger.ask(
      (state, moment): string | undefined => JSON.stringify(question(state, moment)) as string | undefined,
    )
    return text === undefined ? problem('not-found') : jsonText(text)
  }

  app.get('/v1/deployment', () => answer((state) => ask.deployment(state)))
  app.get('/v1/overview', () => answer((state, moment) => ask.overview(state, moment)))
  app.get('/v1/missions', () => answer((state, moment) => ask.missions(state, moment)))
  app.get('/v1/missions/:id', (c) => answer((state, moment) => ask.mission(state, c.req.param('id'), moment)))
  app.get('/v1/actors', () => answer((state) => ask.actors(state)))
  app.get('/v1/actors/:id', (c) => answer((state) => ask.actor(state, c.req.param('id'))))
  app.get('/v1/actors/:id/duties', (c) => answer((state, moment) => ask.duties(state, c.req.param('id'), moment)))
  app.get('/v1/machines', () => answer((state) => ask.machines(state)))
  app.get('/v1/machines/:id', (c) => answer((state) => ask.machine(state, c.req.param('id'))))
  app.get('/v1/incidents', () => answer((state) => ask.incidents(state)))
  app.get('/v1/incidents/:id', (c) => answer((state) => ask.incident(state, c.req.param('id'))))
  app.get('/v1/trust', () => answer((state) => ask.trustOverview(state)))
  app.get('/v1/trust/:id', (c) => answer((state) => ask.trust(state, c.req.param('id'))))
  app.get('/v1/suspensions', () => answer((state) => ask.suspensions(state)))
  app.get('/v1/suspensions/:id', (c) => answer((state) => ask.suspension(state, c.req.param('id'))))
  app.get('/v1/panels', () => answer((state) => ask.panels(state)))
  app.get('/v1/panels/:id', (c) => answer((state) => ask.panel(state, c.req.param('id'))))
  app.get('/v1/missions/:id/layers', (c) => answer((state) => ask.layers(state, c.req.param('id'))))
  app.get('/v1/appeals', () => answer((state) => ask.appeals(state)))
  app.get('/v1/appeals/:id', (c) => answer((state) => ask.appeal(state, c.req.param('id'))))
  app.get('/v1/actors/:id/contestable', (c) =>
    answer((state, moment) => ask.contestable(state, c.req.param('id'), moment)),
  )
  app.get('/v1/epochs', () => answer((state) => ask.epochs(state)))

  app.get('/v1/epochs/:number', (c) => {
    const number = integer('number', c.req.param('number'))
    return number.ok ? answer((state) => ask.epoch(state, number.value)) : malformedReply(number.error)
  })

  app.get('/v1/actions', (c) => {
    const subject = c.req.query('subject')
    if (subject === undefined || subject === '') return problem('parameter-invalid', { params: { name: 'subject' } })
    return answer((state, moment) => ask.actions(state, subject, c.req.query('actor'), moment))
  })
}
