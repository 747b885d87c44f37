/**
 * A shape as the schema of a tool's input: what the SDK describes to clients and validates with is the same shape that
 * the law would use. Issues say the code and the place, as everywhere.
 *
 * Source: Standard Schema v1 with JSON Schema; MCP, tools.
 */
import { toJsonSchema } from '../../../protocol/wire/json-schema.ts'
import * as Shape from '../../../protocol/wire/shape.ts'

export type Schema<T> = {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly types?: { readonly input: T; readonly output: T } | undefined
    readonly validate: (
      value: unknown,
    ) => { readonly value: T } | { readonly issues: readonly { readonly message: string; readonly path: string[] }[] }
    readonly jsonSchema: Record<'input' | 'output', () => Record<string, unknown>>
  }
}

export function shaped<T>(shape: Shape.Shape<T>): Schema<T> {
  const describe = (): Record<string, unknown> => ({ ...toJsonSchema(shape) })
  return {
    '~standard': {
      version: 1,
      vendor: 'genesis',
      validate: (value) => {
        const parsed = Shape.parse(shape, value)
        if (parsed.ok) return { value: parsed.value }
        const { code, path = '' } = parsed.error
        return { issues: [{ message: code, path: path.split('/').slice(1) }] }
      },
      jsonSchema: { input: describe, output: describe },
    },
  }
}
