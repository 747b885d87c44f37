/** Replacements in a text, none overlapping another. Everything between them stays as it is, byte for byte. */
export type Edit = { readonly start: number; readonly end: number; readonly replacement: string }

export function apply(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const { start, end, replacement } of inOrder(edits)) {
    result += text.slice(at, start) + replacement
    at = end
  }
  return result + text.slice(at)
}

export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((a, b) => a.start - b.start)
}
