/**
 * Files as a model sees them: fenced, numbered, and apart from what it is told to do.
 *
 *     [data E1 report.md sha256:…]
 *     …
 *     [end sha256:…]
 *
 * A file cannot close its own fence: it would have to hold its own digest. What stands inside is data; that a model
 * keeps to this is asked of it, not proven (docs/agents.md says what remains).
 *
 * Fault `material-too-large`: a judgement over half of the evidence is none. Whoever retrieves sees passages instead,
 * and can quote those alone.
 */
import { Fault } from '../../../protocol/wire/fault.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { indexOf, type Passage } from '../retrieval/bm25.ts'
import type { NamedBytes } from '../skill.ts'

/** Characters of all files together. */
const SHOWN_MAX = 300_000
/** Characters of all passages together, and lines of one. */
const PASSAGES_MAX = 60_000
const PASSAGE_LINES = 30

export type Shown = {
  readonly id: string
  readonly file: NamedBytes
  /** What of it the model sees; undefined where it is no text. */
  readonly text: string | undefined
}

/** Each file once, numbered under the letter. */
export function shownWhole(letter: string, files: readonly NamedBytes[]): readonly Shown[] {
  const shown = numbered(letter, files).map(({ id, file }) => ({ id, file, text: textOf(file.bytes) }))
  const characters = shown.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)
  if (characters > SHOWN_MAX) throw new Fault('material-too-large', { characters, max: SHOWN_MAX })
  return shown
}

/** Of each file the passages that bear on the questions, best first until there is no room, in the file's order. */
export function shownByRetrieval(
  letter: string,
  files: readonly NamedBytes[],
  questions: readonly string[],
): readonly Shown[] {
  const whole = numbered(letter, files).map(({ id, file }) => ({ id, file, text: textOf(file.bytes) }))
  const passages = whole.flatMap(({ id, text }) => (text === undefined ? [] : passagesOf(id, text)))
  const index = indexOf(passages)
  const chosen = new Set<Placed>()
  let room = PASSAGES_MAX
  for (const { passage } of questions.flatMap((question) => index.rank(question).slice(0, 8))) {
    if (chosen.has(passage) || passage.text.length > room) continue
    chosen.add(passage)
    room -= passage.text.length
  }
  return whole.map(({ id, file, text }) => ({
    id,
    file,
    text:
      text === undefined
        ? undefined
        : passages
            .filter((passage) => passage.id === id && chosen.has(passage))
            .map((passage) => `(${passage.locator})\n${passage.text}`)
            .join('\n…\n'),
  }))
}

type Placed = Passage & { readonly id: string }

function passagesOf(id: string, text: string): readonly Placed[] {
  const lines = text.split('\n')
  return Array.from({ length: Math.ceil(lines.length / PASSAGE_LINES) }, (_, i) => {
    const first = i * PASSAGE_LINES
    const part = lines.slice(first, first + PASSAGE_LINES)
    return { id, locator: `lines ${first + 1}–${first + part.length}`, text: part.join('\n') }
  })
}

function numbered(letter: string, files: readonly NamedBytes[]): readonly { id: string; file: NamedBytes }[] {
  const distinct = new Map(files.map((file) => [`${file.digest} ${file.name}`, file]))
  return [...distinct.values()].map((file, i) => ({ id: `${letter}${i + 1}`, file }))
}

export function fenced({ id, file, text }: Shown): string {
  const head = `[data ${id} ${file.name} ${file.digest}]`
  if (text === undefined) return `${head}\n(${file.bytes.length} bytes, no text: not shown)\n[end ${file.digest}]`
  return `${head}\n${text}\n[end ${file.digest}]`
}

/** Words of a stranger, as data. */
export function fencedWords(id: string, words: string): string {
  const name = digest(utf8(words))
  return `[data ${id} ${name}]\n${words}\n[end ${name}]`
}

export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
