/**
 * Headings, links and terms of a Markdown file, as JSON: the same bytes for the same file, everywhere.
 *
 *     node inventory.mjs handbook.md inventory.json
 *
 * Fenced code is skipped. A term is what stands in bold at the beginning of a list item, its meaning the rest of it.
 * It becomes part of the evidence and needs nothing but Node.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

export function inventoryOf(markdown) {
  const headings = []
  const links = []
  const terms = []
  let fence = false
  markdown.split(/\r?\n/).forEach((line, i) => {
    if (/^ {0,3}(```|~~~)/.test(line)) fence = !fence
    if (fence) return
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line)
    if (heading) headings.push({ line: i + 1, level: heading[1].length, text: heading[2] })
    for (const [, text, target] of line.matchAll(/\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g)) {
      links.push({ line: i + 1, text, target })
    }
    const term = /^\s*[-*]\s+\*\*(.+?)\*\*:?\s*(.*)$/.exec(line)
    if (term) terms.push({ line: i + 1, term: term[1].replace(/:$/, ''), meaning: term[2] })
  })
  return { format: 'external-agent-inventory-1', headings, links, terms }
}

export function asFile(inventory) {
  return `${JSON.stringify(inventory, undefined, 2)}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , input, output] = process.argv
  writeFileSync(output, asFile(inventoryOf(readFileSync(input, 'utf8'))))
}
