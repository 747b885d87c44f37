/**
 * Mutants: the law with one guard broken, made from the source by rules that know nothing of what it means.
 *
 *     neutral    check: (scene) => …          →  check: () => undefined, and what it was under another name
 *     branch     if (…) return { figures }    →  if (false) return { figures }: one reason of several is gone
 *     edge       a < b                        →  a <= b, in the rules that are listed
 *     opposite   a === b                      →  a !== b, there
 *
 * What such rules miss (a tag, a nonce, an order of bytes) is written by hand: by-hand/.
 *
 * A mutant's name is its file, its kind, and the constraint or the line's text: it stays while lines move.
 */
export type Mutant = {
  readonly id: string
  readonly file: string
  /** Counted from one; the first where there are several. */
  readonly line: number
  readonly kind: 'neutral' | 'branch' | 'edge' | 'opposite' | 'by-hand'
  /** The constraint or the code that it concerns, as far as the source says; tests that name it are asked first. */
  readonly about: string
  /** Whole lines, or any part of the text by hand. */
  readonly before: string
  readonly after: string
}

const CHECK = /^(.*?)\bcheck: (?=\(|[a-z])/
const ID = /\bid: (?:'([^']+)'|`([^`]+)`)/
/** What a guard answers where it does not hold: figures, a code, a refusal. */
const ANSWER = /\breturn (?:\{|'|(?:describe|err|refused|malformed)\()/
const BRANCH = /^(\s*if )\(.*\)(?= return (?:\{|'|(?:describe|err|refused|malformed)\())/
/** The same with its answer on the next line. */
const OPENING = /^(\s*if )\(.*\)(?= \{$)/
/**
 * Not a guard: what could not be read has no value, so without its branch the rule throws or compares nothing, and never
 * allows anything. Such mutants would be equivalent or die by accident.
 */
const NARROWING = /^\s*if \((?:!\w+\.ok|'code' in \w+)(?: \|\| !\w+\.ok)*\) (?:return|\{)/
const CODE = /(?:refused|describe|malformed)\(\s*['`]([^'`]+)['`]|\bcode: '([^']+)'|return '([^']+)'/

/** Comparisons stand between spaces; the angle brackets of types do not. */
const COMPARISON = / (<=|>=|<|>|===|!==) /g
const TURNED: { readonly [operator: string]: string } = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
}

/** @param rules whether the comparisons of this file are turned as well */
export function mutantsOf(file: string, source: string, rules: boolean): readonly Mutant[] {
  const lines = source.split('\n')
  const found: Mutant[] = []
  let constraint = ''
  lines.forEach((text, index) => {
    const named = ID.exec(text)
    if (named !== null) constraint = named[1] ?? named[2] ?? ''
    if (isComment(text)) return
    const at = { file, line: index + 1, before: text, about: constraint }
    if (CHECK.test(text) && !text.includes('readonly check')) {
      const after = text.replace(CHECK, '$1check: () => undefined, wasCheck: ')
      found.push({ ...at, id: `${file} neutral ${constraint}`, kind: 'neutral', after })
    }
    const answer = BRANCH.test(text) ? text : OPENING.test(text) ? lines.slice(index + 1, index + 3).join(' ') : ''
    if (ANSWER.test(answer) && !NARROWING.test(text)) found.push(branchOf(at, answer))
    if (rules) found.push(...comparisonsOf(at))
  })
  return numbered(found)
}

type At = Pick<Mutant, 'file' | 'line' | 'before' | 'about'>

function branchOf(at: At, answer: string): Mutant {
  const code = CODE.exec(answer)
  const about = code?.[1] ?? code?.[2] ?? code?.[3] ?? at.about
  const after = at.before.replace(BRANCH, '$1(false)').replace(OPENING, '$1(false)')
  return { ...at, about, id: `${at.file} branch ${at.before.trim()}`, kind: 'branch', after }
}

function comparisonsOf(at: At): readonly Mutant[] {
  return [...at.before.matchAll(COMPARISON)].flatMap((match): readonly Mutant[] => {
    const operator = match[1] ?? ''
    const turned = TURNED[operator]
    // What stands before a colon is a type or a shape, not a comparison.
    if (turned === undefined || /^\s*(export )?(type|interface|import)\b/.test(at.before)) return []
    const after = `${at.before.slice(0, match.index)} ${turned} ${at.before.slice(match.index + match[0].length)}`
    const kind = operator.length === 3 ? 'opposite' : 'edge'
    return [{ ...at, id: `${at.file} ${kind} ${at.before.trim()}`, kind, after }]
  })
}

/** Two of one name are told apart by their number. */
function numbered(mutants: readonly Mutant[]): readonly Mutant[] {
  const seen = new Map<string, number>()
  return mutants.map((mutant) => {
    const count = (seen.get(mutant.id) ?? 0) + 1
    seen.set(mutant.id, count)
    return count === 1 ? mutant : { ...mutant, id: `${mutant.id} #${count}` }
  })
}

function isComment(text: string): boolean {
  return /^\s*(\*|\/\/|\/\*)/.test(text)
}

/** The source with this one place changed. Throws where what a mutant by hand changes is not there exactly once. */
export function mutated(source: string, { id, kind, line, before, after }: Mutant): string {
  if (kind === 'by-hand') {
    const parts = source.split(before)
    if (parts.length !== 2) throw new Error(`${id}: what it changes is there ${parts.length - 1} times`)
    return parts.join(after)
  }
  const lines = source.split('\n')
  lines[line - 1] = after
  return lines.join('\n')
}

/** The pure rules whose comparisons are turned: thresholds, quorums, edges of windows, who counts as whom. */
export const RULE_FILES: readonly RegExp[] = [
  /^protocol\/law\/review\/(tally|selection|reviewed|escalation)\.ts$/,
  /^protocol\/law\/mission\/(final-gate|graph|independence|topology|domain)\.ts$/,
  /^protocol\/law\/panel\/majority\.ts$/,
  /^protocol\/law\/trust\/rules\/.*\.ts$/,
  /^protocol\/law\/machine\/(lineage|decommission|recertification)\.ts$/,
  /^protocol\/law\/epoch\/schedule\.ts$/,
  /^protocol\/law\/constraints\/(common|kernel|violation)\.ts$/,
  /^protocol\/law\/constitution\/(phases|tiers|agreement|pinned)\.ts$/,
  /^protocol\/law\/keyring\/keyring\.ts$/,
]

/** Where guards of the law stand. */
export function isLaw(file: string): boolean {
  return /^protocol\/law\/.*\.ts$/.test(file) && !file.endsWith('/canonical.ts')
}

/**
 * Rooms of the law whose mutants have all been tried and killed: from these a run on a budget takes its sample, so that
 * a red stage means that somebody's change lost a test. A full run (`npm run mutants`) tries every room; a room that
 * came out of it without a survivor belongs here.
 *
 *     appeal 13   beacon 4   chain 6   constitution 20   constraints 60   epoch 14   founding 17   identity 10
 *     incident 19   keyring 2   machine 91   panel 20   review 55   trust 78          as counted when each was tried
 */
export const TRIED_IN_FULL =
  /^protocol\/law\/(appeal|beacon|chain|constitution|constraints|epoch|founding|identity|incident|keyring|machine|mission|panel|review|trust)\//
