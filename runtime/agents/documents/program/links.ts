/**
 * Checks every link of a document that points into its tree, and repairs those whose target can only be one.
 *
 *     [guide](Docs/Guide.md#Start)   →   [guide](docs/guide.md#start)      rules: file-case, anchor-case
 *
 * Links to other hosts are nobody's business here. What cannot be repaired is reported and stays as it is.
 */
import type { MarkdownDocument, Pointer } from './document.ts'
import type { Edit } from './edits.ts'
import { named } from './plain-text.ts'
import { anchorGuesser, fileGuesser, type Guess } from './targets.ts'
import { anchorReader, folderOf, isMarkdown, relative, resolve, type Anchors, type Tree } from './tree.ts'

export type Repaired = {
  readonly line: number
  readonly from: string
  readonly to: string
  readonly rules: readonly string[]
}

export type Unrepaired = {
  readonly line: number
  readonly destination: string
  readonly code: 'file-unknown' | 'file-ambiguous' | 'outside-the-tree' | 'anchor-unknown' | 'anchor-ambiguous'
  readonly candidates: readonly string[]
}

/** Cannot be checked: the file, or its contents, were not supplied. Neither right nor wrong. */
export type Unchecked = { readonly line: number; readonly destination: string }

export type LinkCheck = {
  /** Links and images that point into the tree. */
  readonly relative: number
  readonly correct: number
  readonly repaired: readonly Repaired[]
  readonly unrepaired: readonly Unrepaired[]
  readonly unchecked: readonly Unchecked[]
  readonly edits: readonly Edit[]
}

type Found =
  | { readonly kind: 'correct' }
  | { readonly kind: 'unchecked' }
  | {
      readonly kind: 'repaired'
      readonly to: string
      readonly rules: readonly string[]
      /** Where the file could be found, but not the place in it. */
      readonly left?: Broken | { readonly kind: 'unchecked' }
    }
  | Broken

type Broken = { readonly kind: 'unrepaired'; readonly code: Unrepaired['code']; readonly candidates: readonly string[] }

/** `skips` says which links belong to somebody else. */
export function checkLinks(document: MarkdownDocument, tree: Tree, skips: (pointer: Pointer) => boolean): LinkCheck {
  const examine = examiner(tree)
  const check = {
    relative: 0,
    correct: 0,
    repaired: [] as Repaired[],
    unrepaired: [] as Unrepaired[],
    unchecked: [] as Unchecked[],
    edits: [] as Edit[],
  }
  for (const pointer of document.pointers) {
    const written = document.text.slice(pointer.start, pointer.end)
    if (skips(pointer) || !pointsIntoTheTree(written)) continue
    check.relative++
    const found = examine(written, pointer)
    const line = pointer.line + 1
    if (found.kind === 'correct') check.correct++
    else if (found.kind === 'unchecked') check.unchecked.push({ line, destination: written })
    else if (found.kind === 'unrepaired') {
      check.unrepaired.push({ line, destination: written, code: found.code, candidates: found.candidates })
    } else {
      check.repaired.push({ line, from: written, to: found.to, rules: found.rules })
      check.edits.push({ start: pointer.start, end: pointer.end, replacement: found.to })
      if (found.left?.kind === 'unchecked') check.unchecked.push({ line, destination: found.to })
      if (found.left?.kind === 'unrepaired') {
        const { code, candidates } = found.left
        check.unrepaired.push({ line, destination: found.to, code, candidates })
      }
    }
  }
  return check
}

function pointsIntoTheTree(destination: string): boolean {
  return destination !== '' && !/^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/\/|\?)/.test(destination)
}

/** A destination has a path, a query and a fragment; each may be empty. */
const PARTS = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s

function examiner(tree: Tree): (written: string, pointer: Pointer) => Found {
  const guessFile = fileGuesser(tree)
  const readAnchors = anchorReader(tree)
  const guessers = new Map<Anchors, ReturnType<typeof anchorGuesser>>()
  const folder = folderOf(tree.document)

  return (written, pointer) => {
    const [, writtenPath = '', query = '', fragment] = PARTS.exec(written) ?? []
    const file = examineFile(writtenPath)
    if (!('path' in file)) return file
    const anchor = examineAnchor(file.path, fragment, pointer)
    if (anchor.kind === 'unrepaired' || anchor.kind === 'unchecked') {
      if (file.rules.length === 0) return anchor
      return { kind: 'repaired', to: `${file.written}${query}#${fragment}`, rules: file.rules, left: anchor }
    }
    const rules = [...file.rules, ...(anchor.kind === 'repaired' ? anchor.rules : [])]
    if (rules.length === 0) return anchor
    const newFragment = anchor.kind === 'repaired' ? anchor.to : fragment
    const to = file.written + query + (newFragment === undefined ? '' : `#${newFragment}`)
    return { kind: 'repaired', to, rules }
  }

  function examineFile(writtenPath: string): Found | { path: string; written: string; rules: readonly string[] } {
    if (writtenPath === '') return { path: tree.document, written: '', rules: [] }
    const decoded = decodePath(writtenPath)
    const path = decoded === undefined ? undefined : resolve(folder, decoded)
    if (path === undefined) return { kind: 'unrepaired', code: 'outside-the-tree', candidates: [] }
    if (tree.paths.has(path) || tree.folders.has(path)) return { path, written: writtenPath, rules: [] }
    const guess = guessFile(path)
    if (guess.kind === 'found') {
      return { path: guess.value, written: writePath(writtenPath, guess.value), rules: [guess.rule] }
    }
    if (guess.kind === 'ambiguous') {
      return { kind: 'unrepaired', code: 'file-ambiguous', candidates: guess.candidates }
    }
    return tree.isComplete ? { kind: 'unrepaired', code: 'file-unknown', candidates: [] } : { kind: 'unchecked' }
  }

  function examineAnchor(path: string, fragment: string | undefined, pointer: Pointer): Found {
    if (fragment === undefined || fragment === '' || fragment === 'top') return { kind: 'correct' }
    const anchors = readAnchors(path)
    // Fragments of other files are lines, pages, moments: not for us to judge.
    if (anchors === undefined) return isMarkdown(path) ? { kind: 'unchecked' } : { kind: 'correct' }
    if (anchors.all.has(fragment) || anchors.all.has(decodePath(fragment) ?? fragment)) return { kind: 'correct' }
    const guess = guesserOf(anchors)(fragment, pointer.says())
    return concerningAnchor(guess, /^L\d+(?:-L?\d+)?$/.test(fragment))
  }

  function guesserOf(anchors: Anchors): ReturnType<typeof anchorGuesser> {
    const known = guessers.get(anchors) ?? anchorGuesser(anchors)
    guessers.set(anchors, known)
    return known
  }

  /** In the author's way: from the root, or from here; with `./` where it was there. */
  function writePath(writtenPath: string, path: string): string {
    if (writtenPath.startsWith('/')) return `/${encodePath(path)}`
    const from = encodePath(relative(folder, path))
    return writtenPath.startsWith('./') && !from.startsWith('../') ? `./${from}` : from
  }
}

function concerningAnchor(guess: Guess, isLineNumber: boolean): Found {
  if (guess.kind === 'found') return { kind: 'repaired', to: guess.value, rules: [guess.rule] }
  if (guess.kind === 'ambiguous') {
    return { kind: 'unrepaired', code: 'anchor-ambiguous', candidates: guess.candidates }
  }
  return isLineNumber ? { kind: 'correct' } : { kind: 'unrepaired', code: 'anchor-unknown', candidates: [] }
}

/** A destination as written, to the characters it means; undefined where its escapes say nothing. */
function decodePath(written: string): string | undefined {
  const plain = written
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31});/g, named)
  try {
    return decodeURIComponent(plain)
  } catch {
    return undefined
  }
}

/** What Markdown or a URL would read differently is escaped; everything else stays readable. */
function encodePath(path: string): string {
  return path.replace(/[%?#\s()<>\\"&`*[\]|^{}\p{Cc}]/gu, (found) =>
    encodeURIComponent(found).replace(/[()*]/g, percent),
  )
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
