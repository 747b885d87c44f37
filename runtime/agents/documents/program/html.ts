/** HTML inside Markdown: one tag, and the anchors that tags set. Source: CommonMark 0.31.2, section 6.6. */
const ATTRIBUTE = String.raw`\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>\x60\x00-\x20]+|'[^']*'|"[^"]*"))?`

/** An opening or closing tag, as the source of an expression. */
export const TAG = String.raw`<(?:[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*\s*/?|/[A-Za-z][A-Za-z0-9-]*\s*)>`

const ANCHOR = /\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/gi

/** The values of `id` and `name` attributes in some HTML. */
export function anchorsIn(html: string): readonly string[] {
  return [...html.matchAll(ANCHOR)].map((found) => found[1] ?? found[2] ?? found[3] ?? '').filter((id) => id !== '')
}
