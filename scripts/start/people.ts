/**
 * The invented people of a development deployment. Nobody here is anybody.
 *
 * Ada founds. Eight people of eight organizations over seven regions each run one machine: three plan, work and
 * integrate, five review, so that an R2 draw seats all five. Noor owns missions and approves.
 */
export type DevelopmentPerson = {
  readonly id: string
  readonly region: string
  readonly organization: string
}

export type DevelopmentMachine = {
  readonly id: string
  readonly operator: string
  readonly modelFamily: string
  readonly methodType: string
  readonly reviews: boolean
  /** Which of the built-in agents it is (runtime/agents). */
  readonly agent: string
}

export const FOUNDER: DevelopmentPerson = { id: 'ada', region: 'EU', organization: 'founders-guild' }

export const OWNER: DevelopmentPerson = { id: 'noor', region: 'ME', organization: 'harbour-trust' }

export const OPERATORS: readonly DevelopmentPerson[] = [
  { id: 'bea', region: 'EU', organization: 'alder-works' },
  { id: 'cem', region: 'NE', organization: 'birch-labs' },
  { id: 'dao', region: 'APAC', organization: 'cedar-house' },
  { id: 'eli', region: 'NA', organization: 'dogwood-audit' },
  { id: 'fay', region: 'AF', organization: 'elm-review' },
  { id: 'gus', region: 'SA', organization: 'fir-institute' },
  { id: 'hua', region: 'APAC', organization: 'ginkgo-check' },
  { id: 'ivy', region: 'OC', organization: 'hazel-data' },
]

export const PLANNER = 'planner-1'
export const WORKER = 'worker-1'
export const INTEGRATOR = 'integrator-1'

export const MACHINES: readonly DevelopmentMachine[] = [
  machine(PLANNER, 'bea', 'genesis-planner', 'rule_based_deterministic', false, 'planner'),
  machine(WORKER, 'cem', 'genesis-worker', 'rule_based_deterministic', false, 'worker'),
  machine(INTEGRATOR, 'dao', 'genesis-integrator', 'rule_based_deterministic', false, 'integrator'),
  machine('reviewer-ts', 'eli', 'genesis-recompute-ts', 'rule_based_deterministic', true, 'recompute-ts'),
  machine('reviewer-sql', 'fay', 'genesis-recompute-sql', 'rule_based_deterministic', true, 'recompute-sql'),
  machine('reviewer-bm25', 'gus', 'genesis-bm25', 'retrieval_augmented', true, 'bm25'),
  machine('reviewer-rerun', 'hua', 'genesis-rerun', 'rule_based_deterministic', true, 'rerun'),
  machine('reviewer-quality', 'ivy', 'genesis-data-quality', 'retrieval_augmented', true, 'data-quality'),
]

function machine(
  id: string,
  operator: string,
  modelFamily: string,
  methodType: string,
  reviews: boolean,
  agent: string,
): DevelopmentMachine {
  return { id, operator, modelFamily, methodType, reviews, agent }
}

/** Regions of the committee's fifteen members, in order. */
export const COMMITTEE_REGIONS = ['EU', 'NA', 'APAC', 'SA', 'AF'] as const
