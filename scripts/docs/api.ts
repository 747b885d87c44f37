/** `docs/api.md`: every address of the API and every problem, from the description that the server gives of itself. */
import { addressOf } from '../../runtime/api/openapi/document.ts'
import type { Operation } from '../../runtime/api/openapi/operation.ts'
import { DOOR, OPERATIONS, PATH_PARAMETERS } from '../../runtime/api/openapi/operations.ts'
import { PROBLEMS, type Problem } from '../../runtime/api/problems.ts'

const HEAD = `# API

A write is its signature: there are no sessions and no passwords. A running server describes itself at \`/api/openapi.json\` (OpenAPI 3.1), with the schema of every command's body; what each command asks for stands in [commands](commands.md). Everything that goes wrong is a problem document (RFC 9457) whose \`code\` is stable.

Written by \`node scripts/docs/main.ts\`; a test compares.
`

export function apiPage(): string {
  const tags = [...new Set(Object.values(OPERATIONS).map(({ tag }) => tag))]
  return [
    HEAD,
    ...tags.map((tag) => `\n## ${tag[0]?.toUpperCase() ?? ''}${tag.slice(1)}\n${sections(tag)}`),
    `\n## Problems\n\nAny address may answer ${codes(DOOR)}.\n\n| Code | Status | Means | What to do |\n| --- | --- | --- | --- |\n`,
    ...(Object.entries(PROBLEMS) as [string, Problem][]).map(
      ([code, { status, meaning, remedy }]) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |\n`,
    ),
  ].join('')
}

function sections(tag: Operation['tag']): string {
  return Object.entries(OPERATIONS)
    .filter(([, operation]) => operation.tag === tag)
    .map(([route, operation]) => section(addressOf(route), operation))
    .join('')
}

function section(address: string, { summary, about, parameters = [], body, answers, problems }: Operation): string {
  const inPath = [...address.matchAll(/\{([a-z]+)\}/g)].map(
    ([, name]) => `- \`${name}\`: ${PATH_PARAMETERS[name!]?.about}\n`,
  )
  const others = parameters.map(
    (one) => `- \`${one.name}\` (${one.in}${one.required ? ', required' : ''}): ${one.about}\n`,
  )
  const came = Object.entries(answers).map(
    ([status, answer]) => `- ${status}${answer.type === undefined ? '' : ` \`${answer.type}\``}: ${answer.about}\n`,
  )
  return [
    `\n### \`${address}\`\n\n${summary}.${about === undefined ? '' : ` ${about}`}\n\n`,
    ...inPath,
    ...others,
    body === undefined ? '' : `- body (${body.types.map((type) => `\`${type}\``).join(' or ')}): ${body.about}\n`,
    ...came,
    problems.length === 0 ? '' : `- problems: ${codes([...new Set(problems)])}\n`,
  ].join('')
}

function codes(problems: readonly string[]): string {
  return problems.map((code) => `\`${code}\``).join(', ')
}
