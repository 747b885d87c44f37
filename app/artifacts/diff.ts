/** Lines of a unified diff, each with what it is. Pure. */
export type DiffLine = { readonly kind: 'file' | 'hunk' | 'added' | 'removed' | 'same'; readonly text: string }

export function parseDiff(text: string): readonly DiffLine[] {
  const lines = text.replace(/\n$/, '').split('\n')
  let inHunk = false
  return lines.map((line) => {
    if (line.startsWith('@@')) {
      inHunk = true
      return { kind: 'hunk', text: line }
    }
    // A removed line can begin with dashes of its own: headers stand before the first hunk or after a whole one.
    if (/^(diff |index |--- |\+\+\+ )/.test(line) && (!inHunk || line.startsWith('diff '))) {
      inHunk = false
      return { kind: 'file', text: line }
    }
    if (line.startsWith('+')) return { kind: 'added', text: line }
    if (line.startsWith('-')) return { kind: 'removed', text: line }
    return { kind: 'same', text: line }
  })
}
