/**
 * All rules between parameters, and the findings of those that do not hold.
 */
import type { DocumentName, Finding } from '../finding.ts'
import type { Figures } from '../schema/tree.ts'
import { COMMITMENT_RULES } from './commitments.ts'
import { GENOME_RULES } from './genome.ts'
import { GOVERNMENT_RULES } from './government.ts'
import { PHASE_RULES } from './phases.ts'
import type { Rule } from './rule.ts'
import { TRUST_RULES } from './trust.ts'
import { WORK_RULES } from './work.ts'

export const RULES: readonly Rule[] = [
  ...TRUST_RULES,
  ...PHASE_RULES,
  ...GOVERNMENT_RULES,
  ...COMMITMENT_RULES,
  ...WORK_RULES,
  ...GENOME_RULES,
]

export function broken(figures: Figures): readonly Finding[] {
  return RULES.flatMap((rule) => {
    const operands = rule.reads.map((path) => figures.get(path)?.exact)
    if (!operands.every((operand) => typeof operand === 'number')) return []
    return rule.holds(...operands) ? [] : [findingOf(rule, figures)]
  })
}

function findingOf({ code, at, required, invariants }: Rule, figures: Figures): Finding {
  const cut = at.indexOf('/')
  const given = figures.get(at)?.written ?? null
  return { code, document: at.slice(0, cut) as DocumentName, path: at.slice(cut), given, required, invariants }
}
