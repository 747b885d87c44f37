/**
 * `TRUST_CONSTITUTION.md`: the parameters as people read them, written from the schema and read back from the page.
 *
 *     rows ──constitutionPage──▶ page ──mirrorFindings(page, documents)──▶ every value that differs
 *
 * The page is what people read, the JSON is its checked mirror (K3): a value that stands in one only, or differs, is
 * a finding. Only the edition and the date of a document are free and not on the page.
 *
 * Source: spec 11.4, 12 K3.
 */
import { encode, type Json } from '../wire/canonical-json.ts'
import type { DocumentName } from '../law/constitution/finding.ts'
import { at } from '../law/constitution/pointer.ts'
import { CONFIG_DOCUMENTS, FREE_PATHS, PARAMETERS, SECTIONS } from '../law/constitution/schema/schema.ts'
import type { ParameterRow } from '../law/constitution/table.ts'

export type MirrorFinding = {
  readonly code: 'mirror-differs' | 'mirror-lacks-parameter' | 'mirror-knows-no-such-parameter' | 'mirror-repeats'
  readonly document: string
  readonly path: string
  /** What the page says, and what the file says; each absent where it says nothing. */
  readonly page?: string
  readonly file?: string
}

const FILES: { readonly [document: string]: string } = {
  params: 'config/constitutional_params.json',
  policy: 'config/runtime_policy.json',
  genome: 'config/genome.json',
}

const HEAD = `# The trust constitution

Every parameter of the constitution: its value, the unit it is kept in, the range that the protocol leaves to an amendment, what it means. The files in \`config/\` are the mirror of this page; \`npx genesis constitution check\` fails where one value differs.

Flags: **review** a human has still to review the value; **entrenched** it needs the stricter amendment. Decimals are exact: trust is kept in millionths.

Written by \`node scripts/docs/main.ts\` from \`protocol/law/constitution/schema\`; a test compares.
`

/** The page of these values, section by section in the order of the schema. */
export function constitutionPage(rows: readonly ParameterRow[]): string {
  const parts = CONFIG_DOCUMENTS.flatMap((document) => [
    `\n## \`${FILES[document]}\`\n`,
    ...SECTIONS.filter((section) => section.document === document).flatMap(({ path, meaning }) => {
      const own = rows.filter((row) => row.document === document && holderOf(row.path) === path && !isFree(row.path))
      return own.length === 0 ? [] : [sectionTable(document, path, meaning, own)]
    }),
  ])
  return [HEAD, ...parts].join('')
}

function sectionTable(document: DocumentName, path: string, meaning: string, rows: readonly ParameterRow[]): string {
  const lines = rows.map(({ path: place, value, unit, range, meaning: says, why, flagged, entrenched, invariants }) => {
    const flags = [flagged ? 'review' : '', entrenched ? 'entrenched' : ''].filter((flag) => flag !== '').join(', ')
    const cells = [
      code(place),
      code(encode(value ?? null)),
      unit,
      plain(range),
      flags,
      plain(`${says} ${why}`),
      invariants.join(' '),
    ]
    return `| ${cells.join(' | ')} |\n`
  })
  return (
    `\n### ${path === '' ? `The document \`${document}\`` : `\`${path}\``}\n\n${meaning}\n\n` +
    '| Parameter | Value | Unit | Range | Flag | Meaning, and why the range is drawn there | Invariants |\n' +
    `| --- | --- | --- | --- | --- | --- | --- |\n${lines.join('')}`
  )
}

/** Where the page and the documents differ; empty where each mirrors the other. */
export function mirrorFindings(
  page: string,
  documents: { readonly [document: string]: Json | undefined },
): readonly MirrorFinding[] {
  const said = new Map<string, string>()
  const findings: MirrorFinding[] = []
  for (const { document, path, value } of rowsOf(page)) {
    const name = document + path
    if (said.has(name)) findings.push({ code: 'mirror-repeats', document, path, page: value })
    said.set(name, value)
  }
  for (const { document, path } of PARAMETERS) {
    if (isFree(path)) continue
    const here = said.get(document + path)
    said.delete(document + path)
    const there = documents[document] === undefined ? undefined : at(documents[document], path)
    const file = there === undefined ? undefined : encode(there)
    if (here === undefined) {
      findings.push({ code: 'mirror-lacks-parameter', document, path, ...(file === undefined ? {} : { file }) })
    } else if (here !== file) {
      findings.push({ code: 'mirror-differs', document, path, page: here, ...(file === undefined ? {} : { file }) })
    }
  }
  for (const [name, value] of said) {
    const cut = name.indexOf('/')
    const [document, path] = cut < 0 ? [name, ''] : [name.slice(0, cut), name.slice(cut)]
    findings.push({ code: 'mirror-knows-no-such-parameter', document, path, page: value })
  }
  return findings
}

const FILE_HEADING = /^## `([^`]+)`$/
const ROW = /^\| `(\/[^`]*)` \| `([^`]*)` \|/

function rowsOf(page: string): readonly { readonly document: string; readonly path: string; readonly value: string }[] {
  const rows = []
  let document = ''
  for (const line of page.split('\n')) {
    const heading = FILE_HEADING.exec(line)
    if (heading !== null) {
      const named = Object.entries(FILES).find(([, file]) => file === heading[1])
      document = named?.[0] ?? heading[1] ?? ''
    }
    const row = ROW.exec(line)
    if (row !== null) rows.push({ document, path: row[1] ?? '', value: (row[2] ?? '').replaceAll('\\|', '|') })
  }
  return rows
}

function holderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

function isFree(path: string): boolean {
  return FREE_PATHS.includes(path)
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}

/** Text in a cell: no bar that would end it. */
function plain(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
