/** The protocol's views under the names that the API asks for. */
import { actionsFor, type State } from '../protocol/genesis.ts'
import { appealsView, appealView, contestableView } from '../protocol/views/appeals.ts'
import { dutiesView } from '../protocol/views/duties.ts'
import { layersView } from '../protocol/views/layers.ts'
import { panelsView, panelView } from '../protocol/views/panels.ts'
import * as Trust from '../protocol/views/trust.ts'
import * as Views from '../protocol/views.ts'
import { incidentsView, incidentView } from '../protocol/views/incidents.ts'
import { machinesView, machineView } from '../protocol/views/machines.ts'
import type { Queries } from './ports/queries.ts'

export const queries: Queries<State> = {
  deployment: (state) => Views.deploymentView(state),
  overview: (state, moment) => Views.overviewView(state, moment.recordedAt),
  missions: (state) => Views.missionsView(state),
  mission: (state, id) => Views.missionView(state, id),
  actors: (state) => Views.actorsView(state),
  actor: (state, id) => Views.actorView(state, id),
  duties: (state, id, moment) => dutiesView(state, id, moment.recordedAt),
  machines: (state) => machinesView(state),
  machine: (state, id) => machineView(state, id),
  incidents: (state) => incidentsView(state),
  incident: (state, id) => incidentView(state, id),
  trustOverview: (state) => Trust.trustOverviewView(state),
  trust: (state, id) => Trust.trustView(state, id),
  suspensions: (state) => Trust.suspensionsView(state),
  suspension: (state, id) => Trust.suspensionView(state, id),
  panels: (state) => panelsView(state),
  panel: (state, id) => panelView(state, id),
  layers: (state, id) => layersView(state, id),
  appeals: (state) => appealsView(state),
  appeal: (state, id) => appealView(state, id),
  contestable: (state, id, moment) => contestableView(state, id, moment.recordedAt),
  epochs: (state) => Views.epochsView(state),
  epoch: (state, number) => Views.epochView(state, number),
  actions: (state, subject, actor, moment) => ({
    subject,
    actor: actor ?? null,
    at: moment.recordedAt,
    actions: actionsFor(state, subject, actor ?? '', moment.recordedAt),
  }),
}
