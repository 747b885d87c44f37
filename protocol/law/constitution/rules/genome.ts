/** Rules of the genome: modes cover [0, 1] without gap or overlap, weights are parts of one. Source: spec 8.1, O3, O4. */
import { ONE } from '../decimal.ts'
import { MODES, WEIGHTS } from '../schema/genome.ts'
import { below, rule, type Rule } from './rule.ts'

const ROOT = 'genome/Λ-genome'
const theta = (mode: number, end: 0 | 1) => `${ROOT}/modes/${mode}/theta/${end}`
const weights = (path: string) => WEIGHTS.map((name) => `${path}/weights/${name}`)

const equal = (a = NaN, b = NaN): boolean => a === b
const sumToOne = (...parts: number[]): boolean => parts.reduce((sum, part) => sum + part, 0) === ONE

const TRANSITION = MODES.indexOf('transition')

export const GENOME_RULES: readonly Rule[] = [
  rule('rule-genome-weights-sum', 'weights sum to 1', weights(ROOT), sumToOne),
  ...MODES.flatMap((_, i) => [
    rule('rule-genome-weights-sum', 'weights sum to 1', weights(`${ROOT}/modes/${i}`), sumToOne),
    rule('rule-genome-mode-forward', 'theta begins before it ends', [theta(i, 0), theta(i, 1)], below),
  ]),
  rule('rule-genome-modes-cover', 'the first mode begins at 0', [theta(0, 0)], (from) => from === 0),
  ...MODES.slice(1).map((_, i) =>
    rule('rule-genome-modes-cover', 'a mode begins where the one before ends', [theta(i, 1), theta(i + 1, 0)], equal),
  ),
  rule('rule-genome-modes-cover', 'the last mode ends at 1', [theta(MODES.length - 1, 1)], (to) => to === ONE),
  ...WEIGHTS.map((name) =>
    rule(
      'rule-genome-transition-default',
      'the mode transition has the default weights',
      [`${ROOT}/weights/${name}`, `${ROOT}/modes/${TRANSITION}/weights/${name}`],
      equal,
    ),
  ),
]
