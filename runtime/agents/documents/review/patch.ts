/** Applies a unified diff exactly: every line that it shows must be there. Source: POSIX diff -u; GNU patch. */

/** The patched text, or the number of the hunk that does not fit (from 1). */
export function applyPatch(text: string, diff: string): string | number {
  const old = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const lines = diff.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const result: string[] = []
  let at = 0
  let hunk = 0
  let i = 0
  while (i < lines.length && !lines[i]!.startsWith('@@')) i++
  while (i < lines.length) {
    hunk++
    const header = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(lines[i]!.trimEnd())
    if (header === null) return hunk
    const start = Number(header[2]) === 0 ? Number(header[1]) : Number(header[1]) - 1
    if (start < at) return hunk
    result.push(...old.slice(at, start))
    at = start
    for (i++; i < lines.length && !lines[i]!.startsWith('@@ '); i++) {
      const line = lines[i]!
      if (line.startsWith('\\')) continue
      const isLast = lines[i + 1]?.startsWith('\\') ?? false
      const content = isLast ? line.slice(1).replace(/\n$/, '') : line.slice(1)
      if (!line.startsWith('+') && old[at++] !== content) return hunk
      if (!line.startsWith('-')) result.push(content)
    }
  }
  return [...result, ...old.slice(at)].join('')
}
