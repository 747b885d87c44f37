/**
 * The whole schema: every parameter that exists, once, with its unit, meaning, range and reason.
 *
 * What is not listed here is no parameter: a key that the schema does not know is refused wherever it stands,
 * and nothing that is missing has a default.
 */
import type { DocumentName } from '../finding.ts'
import { COMMITMENTS } from './commitments.ts'
import { GENOME } from './genome.ts'
import { GOVERNMENT } from './government.ts'
import { members, pointers, textOf } from './kind.ts'
import { chapter, type Chapter, type Parameter, type Row, type Section } from './parameter.ts'
import { PHASES } from './phases.ts'
import { POLICY } from './policy.ts'
import { TRUST } from './trust.ts'
import { DOMAIN_TYPES, WORK } from './work.ts'

const head: readonly Row[] = [
  [
    'version',
    textOf(/^\d+(\.\d+){1,2}$/, 'digits and dots, as in 0.3'),
    'Edition of the document.',
    'Free: it changes no rule.',
  ],
  [
    'updated_utc',
    textOf(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'YYYY-MM-DDTHH:MM:SSZ'),
    'When the document was last edited.',
    'Free: it changes no rule.',
  ],
]

const ROOTS: readonly Chapter[] = [
  chapter(
    'params',
    '',
    'The constitutional parameters.',
    [],
    [
      ...head,
      [
        'flagged_for_human_review',
        pointers(),
        'Parameters and sections whose values humans have still to review.',
        'A flag names something once.',
      ],
    ],
  ),
  chapter(
    'policy',
    '',
    'The runtime policy.',
    [],
    [
      ...head,
      [
        'valid_domain_types',
        members(DOMAIN_TYPES),
        'Domains that a task can have.',
        'Exactly the canonical three.',
        'I-24',
      ],
    ],
  ),
  chapter('genome', '', 'The genome file.', [], []),
]

/** Paths whose values no rule reads: they may differ from the canonical ones. */
export const FREE_PATHS: readonly string[] = ['/version', '/updated_utc']

const CHAPTERS: readonly Chapter[] = [
  ...ROOTS,
  ...TRUST,
  ...PHASES,
  ...GOVERNMENT,
  ...COMMITMENTS,
  ...WORK,
  ...POLICY,
  ...GENOME,
]

export const PARAMETERS: readonly Parameter[] = CHAPTERS.flatMap(({ parameters }) => parameters)

export const SECTIONS: readonly Section[] = CHAPTERS.map(({ section }) => section)

export const CONFIG_DOCUMENTS = ['params', 'policy', 'genome'] as const satisfies readonly DocumentName[]

export type ConfigDocument = (typeof CONFIG_DOCUMENTS)[number]
