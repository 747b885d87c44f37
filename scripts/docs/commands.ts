/** `docs/commands.md`: every command there is, from the command table. */
import { allCommandTypes, FINAL_DECISION, type Registered } from '../../protocol/law/commands.ts'
import { commonConstraints } from '../../protocol/law/constraints/common.ts'
import { LEVELS } from '../../protocol/law/constraints/violation.ts'

const HEAD = `# Commands

Every command the law knows, from the table that decides (\`protocol/law/commands.ts\`). A command that is not here does not exist.

All constraints of a command are checked, whatever the first one says; the strongest violated level gives the reason: ${LEVELS.join(', ')}. A constraint that *reads the subject* can be told before there is a body: the list of actions shows it under a disabled button. One that *reads the body* is judged when the command is sent or simulated.

Written by \`node scripts/docs/main.ts\`; a test compares.
`

/** Those that every type meets, whatever its effect and signers. */
const EVERYWHERE: readonly string[] = commonConstraints({ type: '', effect: 'reversible', signers: ['human'] }).map(
  ({ id }) => id,
)

export function commandsPage(): string {
  const types = allCommandTypes()
  const common = types[0]?.constraints.filter(({ id }) => EVERYWHERE.includes(id)) ?? []
  const summary = types.map(
    (type) =>
      `| [\`${type.type}\`](#${anchor(type.type)}) | ${type.effect} | ${type.signers.join(', ')} | ${type.owner} | ${type.subjectKind} |\n`,
  )
  return [
    HEAD,
    '\n## All of them\n\n| Command | Effect | Signed by | Who owns what it changes | Subject |\n| --- | --- | --- | --- | --- |\n',
    ...summary,
    '\n## What every command meets\n\n',
    constraintTable(common),
    ...types.map(section),
  ].join('')
}

function section(type: Registered): string {
  const own = type.constraints.filter(({ id }) => !EVERYWHERE.includes(id))
  const facts = [
    `effect ${type.effect}`,
    `signed by ${type.signers.join(' or ')}`,
    `owner: ${type.owner}`,
    `subject: ${type.creates ? 'a new ' : ''}${type.subjectKind}`,
    `events in ${type.domain}`,
    type.bodyOptional ? 'needs no input' : 'needs a body',
  ]
  const carried =
    type === FINAL_DECISION
      ? '\nNobody sends it: the wallet’s decision at the final gate arrives with the log of the chain.\n'
      : ''
  return `\n## \`${type.type}\`\n\n${facts.join(' · ')}\n${carried}\n${own.length === 0 ? 'No constraint beyond the common ones.\n' : constraintTable(own)}`
}

function constraintTable(constraints: Registered['constraints']): string {
  const rows = LEVELS.flatMap((level) =>
    constraints
      .filter((constraint) => constraint.level === level)
      .map(({ id, reads }) => `| \`${id}\` | ${level} | ${reads} |\n`),
  )
  return `| Constraint | Level | Reads |\n| --- | --- | --- |\n${rows.join('')}`
}

function anchor(type: string): string {
  return type.replaceAll('.', '')
}
