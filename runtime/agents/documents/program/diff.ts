/**
 * The edits of a text as a unified diff that `patch` and `git apply` take.
 *
 *     --- a/README.md
 *     +++ b/README.md
 *     @@ -3,7 +3,7 @@
 *
 * Lines end at LF, as those tools see it; a CR before it belongs to the line. Made from the edits themselves, so its
 * cost does not grow with what was not changed.
 */
import { apply, inOrder, type Edit } from './edits.ts'

const CONTEXT = 3

/** Larger blocks are shown as taken out and put in, not compared line by line. */
const COMPARED_MAX = 1_000_000

type Change = { readonly first: number; readonly last: number; readonly lines: readonly string[] }

/** Empty where nothing was changed. */
export function unifiedDiff(name: string, text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return ''
  const old = splitLines(text)
  const changes = changesOf(text, old, edits)
  if (changes.length === 0) return ''
  const hunks: string[] = []
  let shift = 0
  for (const group of grouped(changes)) {
    const { hunk, grown } = writeHunk(old, group, shift)
    hunks.push(hunk)
    shift += grown
  }
  return `--- a/${name}\n+++ b/${name}\n${hunks.join('')}`
}

/** Each with its LF; the last may have none. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Runs of old lines with what stands in their place; lines that stay the same are trimmed off. */
function changesOf(text: string, old: readonly string[], edits: readonly Edit[]): readonly Change[] {
  const starts: number[] = []
  let at = 0
  for (const line of old) {
    starts.push(at)
    at += line.length
  }
  const runs: { first: number; last: number; edits: Edit[] }[] = []
  for (const edit of inOrder(edits)) {
    const first = lineOf(starts, edit.start)
    const last = Math.max(first, lineOf(starts, Math.max(edit.start, edit.end - 1)))
    const before = runs.at(-1)
    if (before !== undefined && first <= before.last + 1) {
      before.last = Math.max(before.last, last)
      before.edits.push(edit)
    } else runs.push({ first, last, edits: [edit] })
  }
  return runs.flatMap((run) => {
    const from = starts[run.first] ?? 0
    const to = from + old.slice(run.first, run.last + 1).reduce((sum, line) => sum + line.length, 0)
    const moved = run.edits.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }))
    return compare(old, run.first, splitLines(apply(text.slice(from, to), moved)), run.last - run.first + 1)
  })
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** The changes between `count` old lines from `first` and the new ones: a longest common subsequence. */
function compare(old: readonly string[], first: number, fresh: readonly string[], count: number): readonly Change[] {
  let head = 0
  while (head < count && head < fresh.length && old[first + head] === fresh[head]) head++
  let tail = 0
  while (tail < count - head && tail < fresh.length - head && old[first + count - 1 - tail] === fresh.at(-1 - tail))
    tail++
  const from = first + head
  const before = old.slice(from, first + count - tail)
  const after = fresh.slice(head, fresh.length - tail)
  if (before.length === 0 && after.length === 0) return []
  if (before.length * after.length > COMPARED_MAX) return [{ first: from, last: from + before.length, lines: after }]
  return runsOf(from, before, after, commonLengths(before, after))
}

/** Cell (i, j): the length of the longest common subsequence of what follows line i here and line j there. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  return lengths
}

function runsOf(from: number, before: readonly string[], after: readonly string[], lengths: Uint32Array): Change[] {
  const width = after.length + 1
  const changes: Change[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i++
      j++
      continue
    }
    const [startOld, startNew] = [i, j]
    while (i < before.length || j < after.length) {
      if (i < before.length && j < after.length && before[i] === after[j]) break
      const takeOld =
        j >= after.length || (i < before.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
      if (takeOld) i++
      else j++
    }
    changes.push({ first: from + startOld, last: from + i, lines: after.slice(startNew, j) })
  }
  return changes
}

/** Changes whose contexts touch are shown together. `last` is the line behind a change. */
function grouped(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups: Change[][] = []
  for (const change of changes) {
    const group = groups.at(-1)
    if (group !== undefined && change.first - group.at(-1)!.last <= 2 * CONTEXT) group.push(change)
    else groups.push([change])
  }
  return groups
}

function writeHunk(old: readonly string[], group: readonly Change[], shift: number): { hunk: string; grown: number } {
  const from = Math.max(0, group[0]!.first - CONTEXT)
  const to = Math.min(old.length, group.at(-1)!.last + CONTEXT)
  const body: string[] = []
  let at = from
  let grown = 0
  for (const change of group) {
    body.push(...old.slice(at, change.first).map((line) => marked(' ', line)))
    body.push(...old.slice(change.first, change.last).map((line) => marked('-', line)))
    body.push(...change.lines.map((line) => marked('+', line)))
    grown += change.lines.length - (change.last - change.first)
    at = change.last
  }
  body.push(...old.slice(at, to).map((line) => marked(' ', line)))
  const count = to - from
  const range = (start: number, length: number) => `${length === 0 ? start : start + 1},${length}`
  const header = `@@ -${range(from, count)} +${range(from + shift, count + grown)} @@\n`
  return { hunk: header + body.join(''), grown }
}

function marked(mark: string, line: string): string {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`
}
