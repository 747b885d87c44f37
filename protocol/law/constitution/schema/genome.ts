/**
 * The genome: how much each organ of the runtime weighs, by the runtime's health θ.
 *
 * Source: spec 8.1, reading O3, O4. Modes cover [0, 1] without gap or overlap, each half-open but the last.
 */
import { chapter, type Chapter } from './parameter.ts'
import { decimal, fixed, sequence } from './kind.ts'

const P = 'genome'
const ROOT = '/Λ-genome'

export const ORGANS = ['R', 'B', 'E', 'O'] as const
export const WEIGHTS = [...ORGANS, 'Λ'] as const
export const MODES = ['unwrap', 'transition', 'balance', 'wrap', 'optimize'] as const
export type ModeName = (typeof MODES)[number]

function weights(path: string, meaning: string): Chapter {
  return chapter(
    P,
    path,
    meaning,
    [],
    WEIGHTS.map((name) => [name, decimal({ min: 0, max: 1 }), `Weight of ${name}.`, 'A part of one.'] as const),
  )
}

function mode(name: ModeName, index: number): readonly Chapter[] {
  const path = `${ROOT}/modes/${index}`
  const theta = chapter(
    P,
    `${path}/theta`,
    `Where the mode ${name} begins and ends.`,
    [],
    [
      ['0', decimal({ min: 0, max: 1 }), 'Health at which the mode begins.', 'θ is a part of one.'],
      ['1', decimal({ min: 0, max: 1 }), 'Health at which the mode ends.', 'θ is a part of one.'],
    ],
  )
  return [
    chapter(
      P,
      path,
      `The mode ${name}.`,
      [],
      [['name', fixed(name, 'name'), 'Name of the mode.', 'The five modes of the seed, in their order.']],
    ),
    { ...theta, section: { ...theta.section, list: true } },
    weights(`${path}/weights`, `Weights in the mode ${name}.`),
  ]
}

export const GENOME: readonly Chapter[] = [
  chapter(
    P,
    ROOT,
    'The genome of the organism.',
    [],
    [
      ['bases', sequence(ORGANS), 'The four organs.', 'The organs that exist.'],
      ['pulses', fixed('fractal_parallel', 'name'), 'How the organs beat.', 'The one way there is.'],
    ],
  ),
  weights(`${ROOT}/weights`, 'Default weights.'),
  {
    section: { document: P, path: `${ROOT}/modes`, meaning: 'Weights by health.', invariants: [], list: true },
    parameters: [],
  },
  ...MODES.flatMap(mode),
]
