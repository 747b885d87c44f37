/**
 * Comma-separated values (RFC 4180): quotes, doubled quotes, commas and line breaks inside quotes. Pure; every input
 * gives a table, for a file that is almost CSV must still be readable.
 */
export type Table = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

export function parseCsv(text: string): Table {
  const rows = recordsOf(text)
  const [head = [], ...rest] = rows
  return { head, rows: rest }
}

function recordsOf(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (quoted) {
      if (char !== '"') field += char
      else if (text[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = false
    } else if (char === '"' && field === '') quoted = true
    else if (char === ',') {
      record.push(field)
      field = ''
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i++
      records.push([...record, field])
      record = []
      field = ''
    } else field += char
  }
  if (field !== '' || record.length > 0) records.push([...record, field])
  return records.filter((one) => one.length > 1 || one[0] !== '')
}
