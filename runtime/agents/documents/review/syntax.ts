/**
 * A document as another parser sees it: the reviewers' eyes are not the worker's.
 *
 * Source: mdast-util-from-markdown (micromark) for the syntax, github-slugger for anchors.
 */
import GithubSlugger from 'github-slugger'
import type { Link, Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'

export type Target = {
  readonly destination: string
  readonly line: number
  /** Which list of contents it stands in, from 1; 0 outside of any. */ readonly list: number
}

export type Syntax = {
  readonly tree: Root
  readonly anchors: readonly string[]
  readonly headings: readonly { readonly slug: string; readonly line: number }[]
  readonly targets: readonly Target[]
}

export function readSyntax(text: string): Syntax {
  const tree = fromMarkdown(withoutFrontMatter(text))
  const anchors: string[] = []
  const headings: { slug: string; line: number }[] = []
  const targets: Target[] = []
  const slugger = new GithubSlugger()
  let lists = 0
  visit(tree, 0)
  return { tree, anchors, headings, targets }

  function visit(node: Nodes, list: number): void {
    const line = node.position?.start.line ?? 0
    if (node.type === 'heading') {
      const slug = slugger.slug(wordsIn(node))
      headings.push({ slug, line })
      anchors.push(slug)
    }
    if (node.type === 'html') {
      for (const found of node.value.matchAll(/\s(?:id|name)\s*=\s*["']?([^\s"'>]+)/gi)) anchors.push(found[1]!)
    }
    if (node.type === 'link' && isAutolink(node, text)) return
    if (node.type === 'link' || node.type === 'image' || isDefinition(node)) {
      targets.push({ destination: node.url, line, list })
    }
    if (!('children' in node)) return
    const inside = list === 0 && isContents(node) ? ++lists : list
    for (const child of node.children) visit(child, inside)
  }
}

/** Front matter is no Markdown; blanks in its place keep lines and offsets as they are. */
function withoutFrontMatter(text: string): string {
  const found = /^\ufeff?---[ \t]*\r?\n(?=#|[A-Za-z_][\w .-]*:(?:\s|$))[\s\S]*?\n---[ \t]*(?=\r?\n|$)/.exec(text)
  return found === null ? text : found[0].replace(/[^\r\n]/g, ' ') + text.slice(found[0].length)
}

function isDefinition(node: Nodes): node is Extract<Nodes, { type: 'definition' }> {
  return node.type === 'definition' && !(node.label ?? '').startsWith('^')
}

/** `<https://…>`: written as what it points to. */
function isAutolink(node: Link, text: string): boolean {
  const start = node.position?.start.offset
  return start !== undefined && text[start] === '<'
}

function wordsIn(node: Nodes): string {
  if (node.type === 'html' || node.type === 'image' || node.type === 'imageReference') return ''
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map((child) => wordsIn(child)).join('') : ''
}

/** A list of nothing but links to anchors of the same document. */
export function isContents(node: Nodes): boolean {
  if (node.type !== 'list') return false
  return node.children.every((item) =>
    item.children.every((child) => {
      if (child.type === 'list') return isContents(child)
      const [only, ...rest] = child.type === 'paragraph' ? child.children : []
      return only?.type === 'link' && rest.length === 0 && only.url.startsWith('#')
    }),
  )
}

/**
 * What a document says, without what a repair may change: addresses of links, and lists of contents. Equal strings
 * are equal documents otherwise.
 */
export function substanceOf(tree: Root): string {
  const parts: string[] = []
  const visit = (node: Nodes): void => {
    if (isContents(node)) return
    const { type } = node
    const own = 'value' in node ? node.value : type === 'heading' ? String(node.depth) : ''
    const label = 'label' in node ? (node.label ?? '') : ''
    const title = 'title' in node ? (node.title ?? '') : ''
    parts.push(JSON.stringify([type, own, label, title, 'alt' in node ? (node.alt ?? '') : '']))
    if (!('children' in node)) return
    parts.push('(')
    for (const child of node.children) visit(child)
    parts.push(')')
  }
  visit(tree)
  return parts.join('\n')
}
