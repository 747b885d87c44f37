/**
 * One row of the catalogue: what must hold, where it is enforced, what tries it, what proves it.
 *
 *     { id: 'S-02', title: 'Urgency alone moves something', holds: '…', enforced: ['constraint urgency-is-not-a-ground'],
 *       attacks: ['urgency'], properties: ['urgency-moves-nothing'], tests: ['protocol/law/kernel'] }
 *
 * `title` is the thing that must not happen, or the part that a gate guards. `enforced` names, one a piece,
 *
 *     constraint ID        a constraint of the command table
 *     rule CODE            a rule between parameters of the constitution
 *     parameter PATH       the range or the value of a parameter
 *     law FILE NAME        a function of protocol/law
 *     contract NAME FN     a function of a contract
 *     admission CODE       a refusal before anything is decided
 *
 * A row whose subject is not built says so in `awaits`; it may have attacks all the same, and never passes. Every other
 * row has at least one attack, one property and one test: a test demands it.
 *
 * Source: spec 11; the control matrix and the contract are those of sections 8 and 9 of the blueprint.
 */
export type RowId = `${'I' | 'D' | 'C' | 'M' | 'S'}-${number}`

export type Row = {
  readonly id: RowId
  readonly title: string
  readonly holds: string
  readonly enforced: readonly string[]
  readonly attacks: readonly string[]
  readonly properties: readonly string[]
  /** Paths under test/, without the ending. */
  readonly tests: readonly string[]
  /** Which subject has to be built first. */
  readonly awaits?: string
  /** For a control gate: what goes in, what comes out, and the state that a refusal leaves the subject in. */
  readonly gate?: { readonly takes: string; readonly gives: string; readonly left: string }
  /** For a design test that asks the same as an invariant: the invariant. */
  readonly same?: RowId
}
