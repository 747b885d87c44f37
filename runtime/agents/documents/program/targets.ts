/**
 * What a broken destination must have meant, if that can be said: each rule finds exactly one candidate, or several
 * (and then nothing is changed), or leaves it to the next rule.
 *
 * Files, only where the whole tree is known: letter case; another ending of a text file; the same name elsewhere; the
 * same name with other separators. Anchors: letter case; the heading's own spelling; separators; the heading that the
 * link's text names.
 */
import { slug } from './slugs.ts'
import { folderOf, type Anchors, type Tree } from './tree.ts'

export type Guess =
  | { readonly kind: 'found'; readonly value: string; readonly rule: string }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly kind: 'unknown' }

type Rule = { readonly name: string; readonly key: (value: string) => string; readonly among?: readonly string[] }

/** More are not listed in a report. */
const CANDIDATES_MAX = 5

/** Every folder may have its own: that there is one elsewhere says nothing. */
const COMMON_NAMES = new Set(['readme', 'index', 'changelog', 'license', 'contributing', 'package', 'mod', 'main'])

export function fileGuesser(tree: Tree): (path: string) => Guess {
  if (!tree.isComplete) return () => ({ kind: 'unknown' })
  const all = [...tree.paths]
  const elsewhere = all.filter((path) => path !== tree.document && !COMMON_NAMES.has(stem(path)))
  return guesser(all, [
    { name: 'file-case', key: (path) => path.toLowerCase() },
    { name: 'file-ending', key: (path) => withoutEnding(path).toLowerCase() },
    { name: 'file-moved', key: (path) => nameOf(path).toLowerCase(), among: elsewhere },
    { name: 'file-spelling', key: (path) => letters(withoutEnding(nameOf(path))), among: elsewhere },
  ])
}

/** Takes the fragment as written, without `#`, and what the link says. */
export function anchorGuesser(anchors: Anchors): (fragment: string, says: string) => Guess {
  const bySpelling = guesser(
    [...anchors.all],
    [
      { name: 'anchor-case', key: (anchor) => anchor.toLowerCase() },
      { name: 'anchor-spelling', key: slug },
      { name: 'anchor-spelling', key: letters },
    ],
  )
  const named = new Map<string, string[]>()
  for (const heading of anchors.headings) {
    // A link that says a document's title means the document.
    if (heading.level === 1) continue
    const key = slug(heading.text)
    named.set(key, [...(named.get(key) ?? []), heading.slug])
  }
  return (fragment, says) => {
    const guess = bySpelling(decode(fragment).replace(/^user-content-/, ''))
    if (guess.kind !== 'unknown' || slug(says) === '') return guess
    return oneOf(named.get(slug(says)) ?? [], 'anchor-from-text')
  }
}

/** Applies rules in order; one that makes nothing of the wanted value is passed over. Each indexes its values once. */
function guesser(values: readonly string[], rules: readonly Rule[]): (wanted: string) => Guess {
  const indexes = rules.map((rule) => ({ ...rule, index: lazily(() => Map.groupBy(rule.among ?? values, rule.key)) }))
  return (wanted) => {
    for (const { name, key, index } of indexes) {
      const sought = key(wanted)
      const guess = sought === '' ? undefined : oneOf(index().get(sought) ?? [], name)
      if (guess !== undefined && guess.kind !== 'unknown') return guess
    }
    return { kind: 'unknown' }
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function oneOf(candidates: readonly string[], rule: string): Guess {
  const [first] = candidates
  if (first === undefined) return { kind: 'unknown' }
  if (candidates.length === 1) return { kind: 'found', value: first, rule }
  return { kind: 'ambiguous', candidates: candidates.toSorted().slice(0, CANDIDATES_MAX) }
}

function nameOf(path: string): string {
  const folder = folderOf(path)
  return folder === '' ? path : path.slice(folder.length + 1)
}

function stem(path: string): string {
  return nameOf(path).toLowerCase().replace(/\..*$/, '')
}

function withoutEnding(path: string): string {
  return path.replace(/\.(?:md|markdown|mdown|mkd|mdx|rst|txt|html?)$/i, '')
}

/** Letters and digits alone: `Getting_Started` and `getting-started` are one. */
function letters(value: string): string {
  return value.toLowerCase().replace(/[^\p{Alphabetic}\p{M}\p{Nd}]/gu, '')
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
