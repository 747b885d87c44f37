/**
 * The governing text as passages, ranked for a question by Okapi BM25 (k1 1.2, b 0.75).
 *
 * Source: S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
 */
export type Passage = { readonly article: string; readonly text: string }

export type Ranked = Passage & { readonly score: number }

const K1 = 1.2
const B = 0.75

/** One passage per article, known by its heading. */
export function passagesOf(markdown: string): readonly Passage[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...body] = section.split('\n')
      return { article: heading.split(':')[0]?.trim() ?? heading, text: `${heading}\n${body.join('\n')}`.trim() }
    })
}

export function rank(passages: readonly Passage[], question: string): readonly Ranked[] {
  const documents = passages.map((passage) => wordsOf(passage.text))
  const average = documents.reduce((sum, words) => sum + words.length, 0) / Math.max(1, documents.length)
  const asked = [...new Set(wordsOf(question))]
  return passages
    .map((passage, i) => ({ ...passage, score: scoreOf(documents[i] ?? [], documents, asked, average) }))
    .toSorted((a, b) => b.score - a.score || (a.article < b.article ? -1 : 1))
}

function scoreOf(
  words: readonly string[],
  all: readonly (readonly string[])[],
  asked: readonly string[],
  average: number,
): number {
  let score = 0
  for (const term of asked) {
    const frequency = words.filter((word) => word === term).length
    if (frequency === 0) continue
    const holding = all.filter((document) => document.includes(term)).length
    const weight = Math.log(1 + (all.length - holding + 0.5) / (holding + 0.5))
    score += (weight * frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * words.length) / average))
  }
  return score
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? []
}
