/** `docs/traceability.md`: each statement of the catalogue, what enforces it, what tries it, what proves it. */
import { attackOf } from '../../protocol/catalogue/attacks/all.ts'
import { EXPECTED, ROWS, type Row } from '../../protocol/catalogue/catalogue.ts'
import { propertyOf } from '../../protocol/catalogue/properties/all.ts'

const KINDS: { readonly [kind: string]: string } = {
  I: 'Invariants of the threat model',
  D: 'Design tests of the constitution',
  C: 'Control matrix',
  M: 'Minimum implementation contract',
  S: 'Protocol and runtime, humans and machines',
}

export function traceabilityPage(): string {
  const waiting = ROWS.filter(({ awaits }) => awaits !== undefined).length
  const parts = Object.keys(EXPECTED).map((kind) => {
    const rows = ROWS.filter(({ id }) => id.startsWith(kind)).map(line)
    return `\n## ${KINDS[kind]}\n\n| Id | What must hold | Enforced by | Attacks | Property | Tests |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('')}`
  })
  return [
    `# Traceability

Every statement of the catalogue (\`protocol/catalogue\`): where it is enforced, the attacks that try it (\`npx genesis redteam\`), the property that a verifier asks of every epoch, the tests. ${ROWS.length} statements; ${waiting} of them wait for a subject that is not built yet, and say which. An attack sends signed commands and chain observations; where no command reaches a rule it is asked directly, and the attack says why.

Written by \`node scripts/docs/main.ts\`; a test compares.
`,
    ...parts,
    `\n## The attacks\n\n| Attack | What it does | Where |\n| --- | --- | --- |\n`,
    ...attacks(),
    `\n## The properties\n\n| Property | What holds |\n| --- | --- |\n`,
    ...properties(),
  ].join('')
}

function line(row: Row): string {
  const holds = row.awaits === undefined ? row.holds : `${row.holds} **Not built yet: ${row.awaits}.**`
  const cells = [
    row.id,
    holds,
    listed(row.enforced),
    tried(row.attacks),
    listed(row.properties),
    row.tests.map((test) => `\`test/${test}\``).join('<br>'),
  ]
  return `| ${cells.join(' | ')} |\n`
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join('<br>')
}

/** An attack that also asks a rule directly says so in the row itself. */
function tried(attacks: readonly string[]): string {
  return attacks.map((id) => `\`${id}\`${formulaOf(id) === undefined ? '' : ' (asks a rule too)'}`).join('<br>')
}

function formulaOf(id: string): string | undefined {
  const attack = attackOf(id)
  return attack?.on === 'rules' ? attack.formula : undefined
}

const once = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted()

const WHERE = { anything: 'rules and a running system', files: 'files', rules: 'rules' } as const

function attacks(): readonly string[] {
  return once(ROWS.flatMap((row) => row.attacks)).map((id) => {
    const attack = attackOf(id)
    const where = WHERE[attack?.on ?? 'rules']
    const formula = formulaOf(id)
    const asks = formula === undefined ? '' : ` *${formula}*`
    return `| \`${id}\` | ${attack?.title ?? ''}${asks} | ${where} |\n`
  })
}

function properties(): readonly string[] {
  return once(ROWS.flatMap((row) => row.properties)).map((id) => `| \`${id}\` | ${propertyOf(id)?.says ?? ''} |\n`)
}
