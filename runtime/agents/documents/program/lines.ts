/**
 * A text as lines, each with its place. The three line endings of CommonMark count: LF, CRLF and CR alone.
 *
 * Units: offsets are UTF-16 code units of the text.
 */
export type Line = {
  readonly start: number
  /** Where its ending begins. */
  readonly end: number
  /** Where the next line begins. */
  readonly next: number
}

export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  const endings = /\r\n|\n|\r/g
  let start = 0
  for (let found = endings.exec(text); found !== null; found = endings.exec(text)) {
    lines.push({ start, end: found.index, next: endings.lastIndex })
    start = endings.lastIndex
  }
  if (start < text.length) lines.push({ start, end: text.length, next: text.length })
  return lines
}

/** Index of the line that holds the offset. */
export function lineAt(lines: readonly Line[], offset: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lines[middle]!.start <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** The ending most lines have; LF where there is none. */
export function usualEnding(text: string, lines: readonly Line[]): string {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const ending = text.slice(line.end, line.next)
    if (ending !== '') counts.set(ending, (counts.get(ending) ?? 0) + 1)
  }
  let usual = '\n'
  for (const [ending, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = ending
  return usual
}
