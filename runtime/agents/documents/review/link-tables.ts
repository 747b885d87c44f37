/**
 * Checks the links of the result in SQL: what points where, what is there, and what does not meet.
 *
 *     file(path)  folder(path)  anchor(path, name)  target(line, path, fragment, list)  heading(place, name)
 */
import { DatabaseSync } from 'node:sqlite'
import type { Reviewer } from '../../skill.ts'
import { isMarkdown } from '../program/tree.ts'
import { reviewedFiles, type Reviewed } from './files.ts'
import { opinionOf } from './opinions.ts'
import { readSyntax, type Syntax } from './syntax.ts'
import { undecodable, unreadable } from './unreadable.ts'

const TABLES = `
  CREATE TABLE file (path TEXT PRIMARY KEY, is_read INTEGER NOT NULL) STRICT;
  CREATE TABLE folder (path TEXT PRIMARY KEY) STRICT;
  CREATE TABLE anchor (path TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (path, name)) STRICT;
  CREATE TABLE heading (place INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE target (
    number INTEGER PRIMARY KEY, line INTEGER NOT NULL, written TEXT NOT NULL, path TEXT NOT NULL, fragment TEXT NOT NULL,
    list INTEGER NOT NULL
  ) STRICT;`

/** Targets that are not there, or of which it cannot be seen that they are. */
const OPEN_TARGETS = `
  SELECT line, written FROM target
  WHERE (
    (path NOT IN (SELECT path FROM file) AND path NOT IN (SELECT path FROM folder))
    OR (
      fragment NOT IN ('', 'top') AND path IN (SELECT path FROM file WHERE path REGEXP_MARKDOWN)
      AND NOT EXISTS (SELECT 1 FROM anchor WHERE anchor.path = target.path AND anchor.name = target.fragment)
      AND NOT (path IN (SELECT path FROM file WHERE is_read) AND fragment GLOB 'L[0-9]*')
    )
  )
  ORDER BY line`

/** Entries of the list of contents that lead nowhere, or stand before one whose heading comes earlier. */
const STRAY_ENTRIES = `
  WITH entry AS (
    SELECT number, line, fragment, (SELECT place FROM heading WHERE name = fragment) AS place
    FROM target WHERE list = ?
  )
  SELECT line, fragment FROM entry
  WHERE place IS NULL OR place < (SELECT max(before.place) FROM entry AS before WHERE before.number < entry.number)`

export const linkTables: Reviewer = async (job) => {
  const files = reviewedFiles(job)
  if (typeof files === 'string') return unreadable(job, files)
  if (files.texts === undefined) return undecodable(files)
  const database = new DatabaseSync(':memory:')
  try {
    database.exec(TABLES)
    fill(database, files, readSyntax(files.texts.after))
    const open = database.prepare(OPEN_TARGETS.replace('REGEXP_MARKDOWN', MARKDOWN)).all()
    const stray = files.report.contents.state === 'regenerated' ? strayEntries(database, files) : 0
    const { unrepaired, unchecked } = files.report.links
    const told = unrepaired.total + unchecked.total
    const lines = open.map(({ line, written }) => `${Number(line)}: ${String(written)}`).slice(0, 8)
    return opinionOf([
      {
        holds: open.length === told,
        text: `${open.length} links of the result have no target that can be seen; the report names ${told}. ${lines.join('; ')}`,
        references: [
          { artifact: files.check.digest, locator: '/links' },
          { artifact: files.after.digest, locator: lines[0] === undefined ? 'all links' : `line ${lines[0]}` },
        ],
      },
      {
        holds: stray === 0,
        text: `${stray} entries of the list of contents lead nowhere or are out of order.`,
        references: [{ artifact: files.after.digest, locator: 'contents' }],
      },
    ])
  } finally {
    database.close()
  }
}

/** Of the list that has as many entries as the report says; all of them where there is no such list. */
function strayEntries(database: DatabaseSync, files: Reviewed): number {
  const { entries } = files.report.contents
  const lists = database
    .prepare('SELECT list FROM target WHERE list > 0 GROUP BY list HAVING count(*) = ?')
    .all(entries)
  const strays = lists.map(({ list }) => database.prepare(STRAY_ENTRIES).all(Number(list)).length)
  return strays.length === 0 ? entries : Math.min(...strays)
}

const MARKDOWN = ['md', 'markdown', 'mdown', 'mkd'].map((ending) => `LIKE '%.${ending}'`).join(' OR path ')

function fill(database: DatabaseSync, files: Reviewed, result: Syntax): void {
  const { name } = files.before
  const file = database.prepare('INSERT OR IGNORE INTO file VALUES (?, ?)')
  const folder = database.prepare('INSERT OR IGNORE INTO folder VALUES (?)')
  const anchor = database.prepare('INSERT OR IGNORE INTO anchor VALUES (?, ?)')
  const heading = database.prepare('INSERT INTO heading VALUES (?, ?)')
  const target = database.prepare('INSERT INTO target VALUES (?, ?, ?, ?, ?, ?)')
  database.exec('BEGIN')
  const supplied = files.others.map((other) => other.name)
  for (const path of [name, ...supplied]) file.run(path, 1)
  for (const path of files.listing ?? []) file.run(path, 0)
  for (const path of [name, ...supplied, ...(files.listing ?? [])]) {
    for (const parent of parents(path)) folder.run(parent)
  }
  for (const one of result.anchors) anchor.run(name, one)
  for (const other of files.others.filter(({ name }) => isMarkdown(name))) {
    for (const one of readSyntax(new TextDecoder().decode(other.bytes)).anchors) anchor.run(other.name, one)
  }
  for (const [place, { slug }] of result.headings.entries()) heading.run(place, slug)
  let number = 0
  for (const { destination, line, list } of result.targets) {
    const found = placeOf(name, destination)
    if (found !== undefined) target.run(number++, line, destination, found.path, found.fragment, list)
  }
  database.exec('COMMIT')
}

function parents(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1)
  return ['', ...steps.map((_, i) => steps.slice(0, i + 1).join('/'))]
}

/** Where a destination leads in the tree, by the rules for addresses; undefined where it leads out of it. */
function placeOf(document: string, destination: string): { path: string; fragment: string } | undefined {
  if (destination === '' || /^(?:[a-z][a-z0-9+.-]*:|\/\/|\?)/i.test(destination)) return undefined
  const [beforeFragment = '', ...fragment] = destination.split('#')
  const [path = ''] = beforeFragment.split('?')
  const said = { fragment: unescaped(fragment.join('#')) }
  if (path === '') return { path: document, ...said }
  const from = path.startsWith('/') ? [] : document.split('/').slice(0, -1)
  for (const step of unescaped(path).split('/')) {
    if (step === '..' && from.length === 0) return { path: `../${path}`, ...said }
    if (step === '..') from.pop()
    else if (step !== '.' && step !== '') from.push(step)
  }
  return { path: from.join('/'), ...said }
}

function unescaped(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
