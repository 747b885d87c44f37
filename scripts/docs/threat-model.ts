/** `THREAT_MODEL_AND_INVARIANTS.md`: who might attack, what must be impossible, how each impossibility is kept. */
import { attackOf } from '../../protocol/catalogue/attacks/all.ts'
import { ROWS, type Row } from '../../protocol/catalogue/catalogue.ts'

const HEAD = `# Threat model and invariants

A system in which one of the 28 things below can happen is invalid. Each is executable: \`npx genesis redteam\` tries them against the rules and against a running system, \`npx genesis verify\` asks the properties of every epoch, \`npx genesis constitution check\` asks the numbers.

## Who attacks

| Attacker | Has | Wants |
| --- | --- | --- |
| a stranger | the public interface | to be taken for somebody |
| a registered machine | its key, time, other machines of its operator | trust without quality, seats, irreversible acts |
| a registered human | a wallet, a key, friends | another’s missions, more than one identity, decisions on their own work |
| the operator of the runtime | host, database, sequencing, the runtime’s key | to choose reviewers, rewrite, omit, decide |
| the founder, the committee | attestations, certificates in the first phase | to amend, to stay |
| whoever changes files | configuration, rows, snapshots | another constitution, another past |

What a thief of each part could and could not do is in [docs/trust.md](docs/trust.md); what this does not protect against in [docs/known-limits.md](docs/known-limits.md).

Written by \`node scripts/docs/main.ts\` from \`protocol/catalogue\`; a test compares. Every other statement (design tests, control matrix, contract) is in [docs/traceability.md](docs/traceability.md).

## The invariants
`

export function threatModelPage(): string {
  return [HEAD, ...ROWS.filter(({ id }) => id.startsWith('I-')).map(section), gates()].join('')
}

function section({ id, title, holds, attacks, awaits }: Row): string {
  const tried = attacks.map((attack) => `- ${attackOf(attack)?.title ?? attack} (\`${attack}\`)\n`)
  const waits =
    awaits === undefined ? '' : `\nNot built yet: ${awaits}. The row fails \`redteam --complete\` until it is.\n`
  return `\n### ${id} ${title}\n\nMust be impossible. ${holds}\n${waits}${tried.length === 0 ? '' : `\nTried by\n\n${tried.join('')}`}`
}

function gates(): string {
  const rows = ROWS.flatMap(({ id, title, gate, awaits }) =>
    gate === undefined
      ? []
      : [`| ${id} | ${title} | ${gate.takes} | ${gate.gives} | ${gate.left} | ${awaits ?? ''} |\n`],
  )
  return `\n## The gates\n\nEach part fails closed: a refusal leaves its subject as follows.\n\n| Id | Part | Takes | Gives | Where a refusal leaves it | Not built yet |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('')}`
}
