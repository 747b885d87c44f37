/**
 * The files around a document, as far as they are known.
 *
 * `paths` are all files there are, if the whole tree was listed; only then can it be said that a file is missing, or
 * that another one must be meant. `contents` are the texts that were supplied.
 *
 * Paths are relative to the root of the tree, with `/`, without dots for parts.
 */
import { readDocument } from './document.ts'

export type Tree = {
  /** Path of the document itself. */
  readonly document: string
  readonly isComplete: boolean
  readonly paths: ReadonlySet<string>
  readonly folders: ReadonlySet<string>
  readonly contents: ReadonlyMap<string, string>
}

/** Without a listing the known paths are those of the supplied files. */
export function treeOf(document: string, contents: ReadonlyMap<string, string>, listing?: readonly string[]): Tree {
  const paths = new Set([document, ...contents.keys(), ...(listing ?? [])])
  const folders = new Set([''])
  for (const path of paths) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder)
  }
  return { document, isComplete: listing !== undefined, paths, folders, contents }
}

export function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown|mdown|mkd)$/i.test(path)
}

/** Anchors of a supplied Markdown file, read once. */
export function anchorReader(tree: Tree): (path: string) => Anchors | undefined {
  const known = new Map<string, Anchors>()
  return (path) => {
    const text = tree.contents.get(path)
    if (text === undefined || !isMarkdown(path)) return undefined
    const read = known.get(path) ?? anchorsOf(text)
    known.set(path, read)
    return read
  }
}

export type Anchors = {
  readonly all: ReadonlySet<string>
  readonly headings: readonly { readonly level: number; readonly slug: string; readonly text: string }[]
}

export function anchorsOf(text: string): Anchors {
  const { anchors, headings } = readDocument(text)
  return { all: anchors, headings: headings.map(({ level, slug, text }) => ({ level, slug, text })) }
}

/** A path seen from a folder of the tree: `..` and `.` resolved; undefined where it leaves the tree. */
export function resolve(folder: string, path: string): string | undefined {
  const steps = path.startsWith('/') ? [] : folder === '' ? [] : folder.split('/')
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue
    if (step !== '..') steps.push(step)
    else if (steps.pop() === undefined) return undefined
  }
  return steps.join('/')
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

/** How a file is named from a folder. */
export function relative(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/')
  const to = path.split('/')
  let shared = 0
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}
