/** The closed lists and small notations that several subjects' commands share. Source: spec 5.2, 3.1. */
import * as Shape from '../../wire/shape.ts'

/** The closed list of twelve region codes; XX is undeclared and never eligible. */
export const REGIONS = ['AF', 'APAC', 'CA', 'EU', 'LATAM', 'ME', 'NA', 'NE', 'OC', 'SA', 'SE', 'XX'] as const

export const region = Shape.oneOf(...REGIONS)

/** An organization's code: one spelling, so that no variant counts as another house. */
export const organization = Shape.string({ max: 64, pattern: /^[a-z0-9][a-z0-9.-]{0,63}$/ })

export const purpose = Shape.oneOf('command', 'browser', 'cli')

/** r ‖ s ‖ v of the wallet over the EIP-712 `KeyBinding`. */
export const binding = Shape.string({ max: 132, pattern: /^0x[0-9a-f]{130}$/ })

/**
 * Subjects that there are without anybody's creating them: the books' own, the founding's, and the one that stands for
 * a mission nobody knows. No actor and no mission is called so.
 */
export const RESERVED_SUBJECTS = ['beacon', 'chain', 'epochs', 'genesis', 'trust', 'unknown'] as const

/** What the law itself names begins so; nobody else gives such a name, so that no subject can be had before it is there. */
export const SUSPENSION_PREFIX = 'gain:'

/** What spec 4.2 counts as a severe failure, once an incident about it was upheld. */
export const MISCONDUCT = ['forged-evidence', 'collusion', 'irreproducible-approval', 'false-vouching'] as const

/** Panels are named by the law itself; nobody can take such a name before it does. */
export const PANEL_PREFIX = 'panel:'

/** Why a decision is contested (spec 3.6). */
export const APPEAL_REASONS = [
  'conflict-of-interest',
  'disproportionate',
  'evidence-ignored',
  'facts-wrong',
  'new-evidence',
  'procedure-not-followed',
] as const

/** Why a panel's member votes as they do: the grounds hold, or they do not. */
export const VOTE_REASONS = [...APPEAL_REASONS, 'decision-sound', 'grounds-not-shown'] as const

/** Names inside a mission; a task's id is a word of its own, not an actor's. */
export const taskId = Shape.string({ max: 64, pattern: /^[a-z0-9._-]{1,64}$/ })
