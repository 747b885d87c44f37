/** One address and method of the API as it is described: the form of `operations.ts`. */
import type { JsonSchema } from '../../../protocol/wire/json-schema.ts'
import type { ProblemCode } from '../problems.ts'

export type Parameter = {
  readonly name: string
  readonly in: 'query' | 'header'
  readonly about: string
  readonly required?: true
  readonly schema: JsonSchema
}

export type Answer = {
  readonly about: string
  /** Media type; absent where there is no body. */
  readonly type?: string
  readonly schema?: JsonSchema
  readonly headers?: { readonly [name: string]: string }
}

export type Operation = {
  readonly tag: 'commands' | 'state' | 'ledger' | 'artifacts' | 'archive' | 'chain' | 'health' | 'development'
  readonly summary: string
  readonly about?: string
  readonly parameters?: readonly Parameter[]
  readonly body?: { readonly about: string; readonly types: readonly string[]; readonly schema: JsonSchema }
  readonly answers: { readonly [status: number]: Answer }
  /** Beside those of the door, which any address may answer with. */
  readonly problems: readonly ProblemCode[]
}

/** `GET /v1/missions/:id`, as the router writes it. */
export type Operations = { readonly [route: string]: Operation }
