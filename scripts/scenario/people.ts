/**
 * Forty humans and a hundred and twenty machines. Nobody here is anybody.
 *
 * Ada founds. Eight own missions, twenty operate machines (some of them review as well), eleven review, adjudicate and
 * approve. Machines come in waves: those who plan, work and integrate and the first reviewers at the beginning,
 * further reviewers during the month, so that there are always some whose trust has not yet gone stale.
 */
import { FOUNDER } from '../start/people.ts'

export type Human = {
  readonly id: string
  readonly region: string
  readonly organization: string
  /** Whether they let themselves be drawn as reviewers and for panels. */
  readonly reviews: boolean
}

export type Machine = {
  readonly id: string
  readonly operator: string
  readonly family: string
  readonly method: string
  readonly role: 'planner' | 'worker' | 'integrator' | 'reviewer'
  /** 0: there from the beginning. */
  readonly wave: number
}

export type Cast = {
  readonly founder: Human
  readonly owners: readonly Human[]
  readonly operators: readonly Human[]
  readonly independents: readonly Human[]
  /** Everyone but the founder, who is there by the founding. */
  readonly humans: readonly Human[]
  readonly machines: readonly Machine[]
  readonly waves: number
}

/** Houses, each at home in one region. */
const HOUSES = [
  ['alder-works', 'EU'],
  ['birch-labs', 'NE'],
  ['cedar-house', 'APAC'],
  ['dogwood-audit', 'NA'],
  ['elm-review', 'AF'],
  ['fir-institute', 'SA'],
  ['ginkgo-check', 'APAC'],
  ['hazel-data', 'OC'],
  ['iroko-analysis', 'AF'],
  ['juniper-guild', 'NA'],
  ['kapok-union', 'LATAM'],
  ['larch-office', 'EU'],
] as const

const FAMILIES = [
  ['qwen', 'reasoning_model'],
  ['llama', 'reasoning_model'],
  ['mistral', 'reasoning_model'],
  ['atlas-index', 'retrieval_augmented'],
  ['delta-passages', 'retrieval_augmented'],
  ['recount', 'rule_based_deterministic'],
  ['schema-check', 'rule_based_deterministic'],
] as const

const OWNERS = 8
const OPERATORS = 20
const INDEPENDENTS = 11
const PLANNERS = 4
const WORKERS = 14
const INTEGRATORS = 4
const FIRST_REVIEWERS = 38
const WAVES = 6

export function castOf(): Cast {
  const human = (kind: string, i: number, house: number, reviews: boolean): Human => {
    const [organization, region] = HOUSES[house % HOUSES.length]!
    return { id: `${kind}-${String(i + 1).padStart(2, '0')}`, region, organization, reviews }
  }
  const owners = list(OWNERS, (i) => human('owner', i, i, false))
  const operators = list(OPERATORS, (i) => human('operator', i, i + 3, i % 3 === 0))
  const independents = list(INDEPENDENTS, (i) => human('citizen', i, i + 5, true))
  const machines = machinesOf(operators)
  return {
    founder: { ...FOUNDER, reviews: false },
    owners,
    operators,
    independents,
    humans: [...owners, ...operators, ...independents],
    machines,
    waves: WAVES,
  }
}

/** Six machines for each operator; roles and families go round, so that no house has only one kind. */
function machinesOf(operators: readonly Human[]): readonly Machine[] {
  const total = operators.length * 6
  let reviewers = 0
  return list(total, (i) => {
    const operator = operators[i % operators.length]!
    const role = roleOf(i)
    const [family, method] = FAMILIES[(i + Math.floor(i / operators.length)) % FAMILIES.length]!
    const nth = role === 'reviewer' ? reviewers++ : 0
    const later = total - (PLANNERS + WORKERS + INTEGRATORS) - FIRST_REVIEWERS
    const wave = nth < FIRST_REVIEWERS ? 0 : 1 + Math.floor(((nth - FIRST_REVIEWERS) * (WAVES - 1)) / later)
    return { id: `${role}-${String(i + 1).padStart(3, '0')}`, operator: operator.id, family, method, role, wave }
  })
}

function roleOf(i: number): Machine['role'] {
  if (i < PLANNERS) return 'planner'
  if (i < PLANNERS + WORKERS) return 'worker'
  return i < PLANNERS + WORKERS + INTEGRATORS ? 'integrator' : 'reviewer'
}

function list<T>(length: number, make: (i: number) => T): readonly T[] {
  return Array.from({ length }, (_, i) => make(i))
}
