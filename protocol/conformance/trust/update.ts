/**
 * One update of the vectors, through the rules of the law: gate, score, gain, penalty, decay, cap, limiter, guard.
 *
 * The vectors' formulas are the literal ones: sigma_min 0, tier gain 1, no slow window, no epoch before this update.
 */
import { canonicalTexts } from '../../law/constitution/canonical-constitution.ts'
import { ratioOfMillionths } from '../../law/constitution/decimal.ts'
import { loadConstitution } from '../../law/constitution/load.ts'
import { capOf, deviationOf, meanOf, populationOf } from '../../law/trust/rules/cap.ts'
import { aged, drifted } from '../../law/trust/rules/decay.ts'
import { gain, gateOpens, score } from '../../law/trust/rules/gain.ts'
import { penalty } from '../../law/trust/rules/penalty.ts'
import { step } from '../../law/trust/rules/step.ts'
import { encode, type Json } from '../../wire/canonical-json.ts'
import { firstOf, listAt, same, textAt, type Check, type Difference, type Vector } from '../suite.ts'
import { fieldsOf, micro, near, refused, shareOf } from './figures.ts'

const NO_LIMIT = Number.MAX_SAFE_INTEGER

/** Everything that an update computes, as the vectors name it. µT, but for the exact score. */
export function updated(params: Vector, input: Vector) {
  const human = textAt(input, 'kind') === 'human'
  const of = (name: string) => micro(params[name], name)
  const merit = {
    quality: shareOf(input.Q, 'Q'),
    reliability: shareOf(input.R, 'R'),
    volume: shareOf(input.V, 'V'),
  }
  const weights = { quality: of('w_Q'), reliability: of('w_R'), volume: of('w_V') }
  const worth = {
    weights,
    qualityGate: of('Q_min'),
    alpha: of('alpha'),
    perProof: of('u_max'),
    tierGain: 1_000_000,
  }
  const isProof = input.proof === 'trust'
  const earned = isProof ? gain(merit, worth) : 0
  const lost = penalty(
    { severe: input.severe_fail as number, minor: input.minor_fail as number },
    { severe: of('beta'), minor: of('gamma') },
  )
  const decay = human ? micro(input.dormancy_decay, 'dormancy_decay') : freshness(params, input)
  const values = human ? Uint32Array.from(listAt(input, 'population'), (value) => micro(value, 'population')) : NOBODY
  const population = populationOf(values, values.length)
  const max = of('T_abs_max')
  const cap = human ? capOf(population, { max, deviations: ratioOfMillionths(of('k_H')), minSpread: 0 }) : max
  const trust = micro(input.T_now, 'T_now')
  const limits = { floor: of('T_floor'), cap, perEpoch: of('delta_max'), perWindow: NO_LIMIT, fast: of('delta_fast') }
  const made = step({ trust, risen: 0, grown: 0 }, { gain: earned, penalty: lost, decay }, limits)
  return {
    score: score(merit, weights),
    gateOpen: isProof && gateOpens(merit.quality, worth.qualityGate),
    gain: earned,
    penalty: lost,
    decay,
    cap,
    mean: meanOf(population),
    std: deviationOf(population),
    suspended: made.held > 0,
    next: made.to,
    delta: made.to + made.held - trust,
  }
}

const NOBODY = new Uint32Array(0)

function freshness(params: Vector, input: Vector): number {
  const hours = micro(input.staleness, 'staleness') / (1_000_000 / 24)
  const age = aged(hours, micro(params.lambda_age, 'lambda_age'))
  const drift = micro(input.env_drift, 'env_drift')
  // Less than nothing would mint: the law's drift is a count from 0, and so are its hours.
  if (hours < 0 || drift < 0) return -1
  return age + drifted(0, drift, micro(params.lambda_drift, 'lambda_drift'))
}

/** Every figure that the case states. */
export const update: Check = (vector) => {
  const expected = fieldsOf(vector, 'out')
  const given = updated(fieldsOf(vector, 'params'), fieldsOf(vector, 'in'))
  const figures: readonly (readonly [string, number])[] = [
    ['gain', given.gain],
    ['penalty', given.penalty],
    ['decay', given.decay],
    ['cap', given.cap],
    ['mean', given.mean],
    ['std', given.std],
    ['delta', given.delta],
    ['T_next', given.next],
  ]
  return firstOf(
    'score' in expected ? scoreIs(expected.score, given.score) : undefined,
    'gate_open' in expected ? same('gate_open', expected.gate_open, given.gateOpen) : undefined,
    ...figures.map(([name, value]) => (name in expected ? near(name, expected[name], value) : undefined)),
    'suspended' in expected ? same('suspended', expected.suspended, given.suspended) : undefined,
  )
}

/** Exact, compared where doubles are: to 12 places. */
export function scoreIs(expected: unknown, { n, d }: { n: bigint; d: bigint }): Difference | undefined {
  const given = Number((n * 10n ** 15n) / d) / 1e15
  return typeof expected === 'number' && Math.abs(expected - given) <= 1e-12
    ? undefined
    : { what: 'score', expected, given }
}

/** What is nonsense is refused: in the parameters by the constitution's own schema and rules, in the figures by the law. */
export const nonsense: Check = (vector) => {
  const params = fieldsOf(vector, 'params')
  const input = fieldsOf(vector, 'in')
  return areSound(params, input) ? refused('figures', () => updated(params, input)) : undefined
}

/** Whether a constitution with these figures for this kind of actor would be one. */
function areSound(params: Vector, input: Vector): boolean {
  const suffix = textAt(input, 'kind') === 'human' ? 'H' : 'M'
  const texts = canonicalTexts()
  const document = JSON.parse(texts.params) as { [section: string]: { [name: string]: Json } }
  const put = (section: string, name: string, value: unknown): void => {
    document[section]![name] = value as Json
  }
  for (const name of ['w_Q', 'w_R', 'w_V']) put('trust_weights', name, params[name])
  put('quality_gates', `Q_min_${suffix}`, params.Q_min)
  for (const name of ['alpha', 'u_max', 'beta', 'gamma', 'T_abs_max', 'delta_max']) {
    put('trust_dynamics', `${name}_${suffix}`, params[name])
  }
  return loadConstitution({ ...texts, params: encode(document) }).ok
}
