/** Ranking: the passage that is about the question comes first, the same on every machine. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexOf, wordsOf } from '../../../../runtime/agents/retrieval/bm25.ts'

const PASSAGES = [
  { locator: '1', text: 'The reporting period is the calendar year.' },
  { locator: '2', text: 'Plants that emit more than a threshold are named in the report.' },
  { locator: '3', text: 'The report states the sum of all plants. The report states its period.' },
  { locator: '4', text: 'A report that is late is no report.' },
]

const best = (question: string) =>
  indexOf(PASSAGES)
    .rank(question)
    .map(({ passage }) => passage.locator)

test('the passage with the rarer words of the question comes first', () => {
  assert.deepEqual(best('threshold for naming plants')[0], '2')
  assert.deepEqual(best('which calendar year')[0], '1')
  assert.deepEqual(best('late reports')[0], '4')
})

test('a passage without any word of the question is not among the answers', () => {
  assert.deepEqual(best('quorum of the committee'), [])
  assert.deepEqual(best(''), [])
  assert.deepEqual(indexOf([]).rank('anything'), [])
})

test('scores are whole numbers, near the formula in floating point', () => {
  const question = ['report', 'period', 'state']
  const documents = PASSAGES.map(({ text }) => wordsOf(text))
  const average = documents.reduce((sum, words) => sum + words.length, 0) / documents.length
  for (const { passage, score } of indexOf(PASSAGES).rank('report period states')) {
    const words = documents[PASSAGES.indexOf(passage)]!
    const expected = question.reduce((sum, word) => {
      const times = words.filter((one) => one === word).length
      const holding = documents.filter((one) => one.includes(word)).length
      const rarity = Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5))
      return sum + (rarity * times * 2.2) / (times + 1.2 * (0.25 + (0.75 * words.length) / average))
    }, 0)
    assert.ok(Number.isInteger(score))
    assert.ok(Math.abs(score - 1000 * expected) < 15, `${score} ${expected}`)
  }
})

test('words are compared without case, plural and common endings', () => {
  assert.deepEqual(wordsOf('The Reports, reporting; reported 2.5 IES'), ['report', 'report', 'report', '2.5', 'ies'])
})
