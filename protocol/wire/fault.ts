/**
 * A mistake in the program or a failure of its surroundings: thrown, and meant to stop the process.
 *
 * Not for input from outside (that is `Malformed`) and not for a refusal by the law (that is a violation).
 */
import type { Params } from './malformed.ts'

export class Fault extends Error {
  readonly code: string
  readonly params: Params

  constructor(code: string, params: Params = {}, options?: { cause?: unknown }) {
    const figures = Object.entries(params).map(([name, value]) => `${name}: ${value}`)
    super(figures.length === 0 ? code : `${code} (${figures.join(', ')})`, options)
    this.name = 'Fault'
    this.code = code
    this.params = params
  }
}
