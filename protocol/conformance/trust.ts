/**
 * trust.json: the arithmetic of trust, the delta guard and its quorum, the life of machines.
 *
 * Source: spec 4; readings T2–T18.
 */
import { capOf, deviationOf, meanOf, populationOf } from '../law/trust/rules/cap.ts'
import { ratioOfMillionths } from '../law/constitution/decimal.ts'
import { gateOpens, score } from '../law/trust/rules/gain.ts'
import { booleanAt, firstOf, listAt, numberAt, same, type Check, type Suite } from './suite.ts'
import { micro, near, shareOf } from './trust/figures.ts'
import * as Guard from './trust/guard.ts'
import * as Machines from './trust/machines.ts'
import { nonsense, scoreIs, update } from './trust/update.ts'

const scores: Check = (vector) => {
  const merit = {
    quality: shareOf(vector.Q, 'Q'),
    reliability: shareOf(vector.R, 'R'),
    volume: shareOf(vector.V, 'V'),
  }
  const of = (name: string) => micro(vector[name], name)
  return scoreIs(vector.score, score(merit, { quality: of('w_Q'), reliability: of('w_R'), volume: of('w_V') }))
}

const gate: Check = (vector) =>
  same(
    'gate_open',
    booleanAt(vector, 'gate_open'),
    gateOpens(shareOf(vector.Q, 'Q'), micro(numberAt(vector, 'Q_min'), 'Q_min')),
  )

const humanCap: Check = (vector) => {
  const values = Uint32Array.from(listAt(vector, 'population'), (value) => micro(value, 'population'))
  const population = populationOf(values, values.length)
  const deviations = ratioOfMillionths(micro(vector.k_H, 'k_H'))
  const cap = capOf(population, { max: micro(vector.T_abs_max_H, 'T_abs_max_H'), deviations, minSpread: 0 })
  return firstOf(
    near('mean', vector.mean, meanOf(population)),
    near('std', vector.std, deviationOf(population)),
    near('T_cap_H', vector.T_cap_H, cap),
  )
}

export const trust: Suite = {
  score_reference: scores,
  update_human: update,
  update_machine: update,
  suspended_gain_with_penalty: Guard.heldWithPenalty,
  no_mint_without_proof_of_trust: update,
  delta_fast_equality: update,
  quality_gate_boundary: gate,
  human_cap: humanCap,
  epoch_accumulation: Guard.oneEpoch,
  epoch_penalty_then_gain: Guard.fallThenRise,
  severe_penalty_immediate: update,
  bad_input: nonsense,
  bad_input_machine: nonsense,
  fast_elevation_quorum: Guard.quorum,
  fast_elevation_high_trust_band: Guard.highTrust,
  fast_elevation_in_G0: Guard.withoutQuorum,
  recertification: Machines.recertification,
  machine_state: Machines.state,
  recert_window_edge: Machines.windowEdge,
  quarantine_gain: Machines.quarantineGain,
  decommissioned_identity: Machines.identity,
}
