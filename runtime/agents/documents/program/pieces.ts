/**
 * The content of a block as one string, its lines joined by LF, and the way back from a position in it to the text.
 */
export type Piece = { readonly start: number; readonly end: number }

export type Content = {
  readonly source: string
  readonly pieces: readonly Piece[]
  /** Offset in the text of a position in `source`. */
  readonly at: (position: number) => number
}

export function contentOf(text: string, pieces: readonly Piece[]): Content {
  const starts: number[] = []
  let source = ''
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) source += '\n'
    starts.push(source.length)
    source += text.slice(piece.start, piece.end)
  }
  const at = (position: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= position) low = middle
      else high = middle - 1
    }
    return (pieces[low]?.start ?? 0) + position - (starts[low] ?? 0)
  }
  return { source, pieces, at }
}
