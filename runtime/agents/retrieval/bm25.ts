/**
 * Ranks passages of a text by what a question asks for: Okapi BM25.
 *
 *     score = Σ over words of the question   idf(word) · tf · (k + 1) / (tf + k · (1 − b + b · length / average))
 *
 * All in whole thousandths, so that every machine ranks alike; k = 1.2, b = 0.75. Equal scores stand in the order of
 * the text.
 *
 * Source: S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
 */
export type Passage = { readonly locator: string; readonly text: string }

export type Ranked<P extends Passage> = {
  readonly passage: P
  /** Thousandths. */
  readonly score: number
  /** Words of the question that it has. */
  readonly shared: readonly string[]
}

export type Index<P extends Passage> = {
  /** Passages that have any word of the question, best first. */
  rank(question: string): readonly Ranked<P>[]
}

const K = 1_200
const B = 750
const ONE = 1_000

export function indexOf<P extends Passage>(passages: readonly P[]): Index<P> {
  const documents = passages.map((passage) => ({ passage, words: wordsOf(passage.text) }))
  const counts = documents.map(({ words }) => countsOf(words))
  const total = documents.reduce((sum, { words }) => sum + words.length, 0)
  const average = Math.max(1, Math.floor((total * ONE) / Math.max(1, documents.length)))
  const frequency = new Map<string, number>()
  for (const count of counts) for (const word of count.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1)

  const weigh = (word: string, index: number): number => {
    const times = counts[index]!.get(word) ?? 0
    if (times === 0) return 0
    const length = Math.floor((documents[index]!.words.length * ONE * ONE) / average)
    const damping = Math.floor((K * (ONE - B + Math.floor((B * length) / ONE))) / ONE)
    const weight = Math.floor((times * ONE * (K + ONE)) / (times * ONE + damping))
    return Math.floor((rarity(documents.length, frequency.get(word) ?? 0) * weight) / ONE)
  }

  return {
    rank: (question) => {
      const asked = [...new Set(wordsOf(question))]
      const ranked = documents.map(({ passage }, index) => ({
        passage,
        score: asked.reduce((sum, word) => sum + weigh(word, index), 0),
        shared: asked.filter((word) => counts[index]!.has(word)),
      }))
      return ranked.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score)
    },
  }
}

/** ln(1 + (n − f + ½) / (f + ½)) in thousandths, by whole numbers only. */
function rarity(documents: number, frequency: number): number {
  return naturalLog(Math.floor(((2 * documents + 2) * 1_000_000) / (2 * frequency + 1)))
}

const LN2_MILLIONTHS = 693_147

/** ln of a number of millionths ≥ 1 000 000, in thousandths: binary places by squaring. */
function naturalLog(millionths: number): number {
  let rest = millionths
  let log2 = 0
  while (rest >= 2_000_000) {
    rest = Math.floor(rest / 2)
    log2 += 1_048_576
  }
  for (let bit = 524_288; bit >= 1; bit >>= 1) {
    rest = Math.floor((rest * rest) / 1_000_000)
    if (rest >= 2_000_000) {
      rest = Math.floor(rest / 2)
      log2 += bit
    }
  }
  return Math.floor((log2 * LN2_MILLIONTHS) / 1_048_576 / ONE)
}

const STOP_WORDS = new Set(
  (
    'a an and any are as at be been but by can each for from had has have if in into is it its may more no not of on or ' +
    'other shall so than that the their them then there these they this to was were when where which who will with'
  ).split(' '),
)

/** Lower case, without endings that say nothing about the subject. */
export function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{Alphabetic}\p{Nd}]+(?:\.\d+)*/gu) ?? []
  return words.filter((word) => !STOP_WORDS.has(word)).map(stem)
}

function stem(word: string): string {
  if (word.length <= 3) return word
  const singular = word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')
  return singular.length > 5 ? singular.replace(/(?:ing|ed)$/, '') : singular
}

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
