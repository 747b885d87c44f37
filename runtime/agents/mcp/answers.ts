/**
 * Answers of tools. A refusal is an answer too: `isError` with the code, and where the law withheld, its violations,
 * on record like every other entry. Nothing is retried and nothing is made nicer than it was.
 */
import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Problem, Reply } from '../../client/client.ts'

type Fields = { readonly [name: string]: unknown }

export function said(content: Fields): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(content) }], structuredContent: { ...content } }
}

export function refused(problem: Problem): CallToolResult {
  const { code, title, detail, violations } = problem
  const outcome = violations === undefined ? 'refused' : 'withheld'
  const more = violations === undefined ? {} : { violations, recorded: true }
  return {
    ...said({
      outcome,
      code,
      ...(title === undefined ? {} : { title }),
      ...(detail === undefined ? {} : { detail }),
      ...more,
    }),
    isError: true,
  }
}

export function answered(reply: Reply<Json>, content: (value: Json) => Fields = asFields): CallToolResult {
  return reply.ok ? said(content(reply.value)) : refused(reply.problem)
}

function asFields(value: Json): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : { value }
}

/** Run a tool: faults of ours and of the way become errors with their code, and with nothing of what caused them. */
export async function answering(tool: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await tool()
  } catch (cause) {
    const fault =
      cause instanceof Fault ? cause : new Fault('unforeseen', { name: cause instanceof Error ? cause.name : '' })
    return { ...said({ outcome: 'failed', code: fault.code, params: fault.params }), isError: true }
  }
}
