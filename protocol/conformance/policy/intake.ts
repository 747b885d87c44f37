/** What a mission must say of itself before anybody works on it: tried on the real law, by its real commands. */
import { canonicalConstitution } from '../../law/constitution/canonical-constitution.ts'
import { faultOfGraph } from '../../law/mission/graph.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { deployment, type Deployment } from '../missions/deployment.ts'
import { missionRun, type Fields } from '../missions/mission.ts'
import { REVIEWERS } from '../missions/people.ts'
import { booleanAt, firstOf, listAt, same, textAt, textsAt, type Suite, type Vector } from '../suite.ts'

export const intake: Suite = {
  class_to_tier: (vector) => {
    const constitution = canonicalConstitution()
    return same('tier', textAt(vector, 'tier'), constitution.tierOfClass(textAt(vector, 'mission_class')))
  },

  class_unmapped: (vector) =>
    same('reject', booleanAt(vector, 'reject'), !isScoped({ mission_class: vector['mission_class'] as Json })),

  declared_tier_lower: checkDeclared,
  declared_tier_higher: checkDeclared,

  intake: (vector) => {
    const mission = vector['mission'] as Vector
    return same('accept', booleanAt(vector, 'accept'), isTakenIn(mission))
  },

  task_graphs: (vector) => same('accept', booleanAt(vector, 'accept'), isGraph(vector)),
  task_graphs_disconnected: (vector) => same('accept', booleanAt(vector, 'recommended_accept'), isGraph(vector)),
}

function checkDeclared(vector: Vector) {
  const declared = { mission_class: textAt(vector, 'mission_class'), risk_tier: textAt(vector, 'declared_tier') }
  return firstOf(same('accept', booleanAt(vector, 'accept'), isScoped(declared)))
}

/** Whether a mission with these fields is created and scoped; a field that is not there is not sent. */
export function isTakenIn(mission: Vector): boolean {
  return (
    Object.hasOwn(mission, 'mission_id') &&
    isScoped(
      {
        mission_class: field(mission, 'mission_class'),
        risk_tier: field(mission, 'risk_tier'),
        domain_type: field(mission, 'domain_type'),
      },
      { title: field(mission, 'mission_title') },
    )
  )
}

function isScoped(scope: Fields, created: Fields = {}): boolean {
  const run = missionRun(sharedDeployment(), `taken-in-${++missions}`, 'R0')
  return run.create(created) && run.step('define_scope', scope)
}

function field(mission: Vector, name: string): Json | undefined {
  return Object.hasOwn(mission, name) ? (mission[name] as Json) : undefined
}

let shared: Deployment | undefined
let missions = 0

function sharedDeployment(): Deployment {
  return (shared ??= deployment(REVIEWERS))
}

/** From `[task, its prerequisite]`. */
function isGraph(vector: Vector): boolean {
  const edges = listAt(vector, 'depends') as readonly (readonly [string, string])[]
  const tasks = textsAt(vector, 'tasks')
  const known = edges.every(([task]) => tasks.includes(task))
  const nodes = tasks.map((id) => ({
    id,
    depends_on: edges.filter(([task]) => task === id).map(([, prerequisite]) => prerequisite),
  }))
  return known && faultOfGraph(nodes) === undefined
}
