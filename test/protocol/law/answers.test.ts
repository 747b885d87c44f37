/** What was answered stays answered, however many answers there are (spec 2.2). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerTo, noneAnswered, remember, spentBy } from '../../../protocol/law/answers.ts'
import { digest } from '../../../protocol/wire/sha256.ts'

type Sent = { actor: string; nonce: string; payload: string }

/** The same with maps of strings. */
function plain() {
  const first = new Map<string, { payload: string; seq: number }>()
  const later = new Map<string, number>()
  const nonceOf = ({ actor, nonce }: Sent) => `${actor} ${nonce}`
  return {
    spent: (sent: Sent) => first.get(nonceOf(sent))?.seq,
    answer: (sent: Sent) => {
      const spent = first.get(nonceOf(sent))
      if (spent === undefined || spent.payload === sent.payload) return spent?.seq
      return later.get(`${nonceOf(sent)} ${sent.payload}`)
    },
    take: (sent: Sent, seq: number) => {
      if (first.has(nonceOf(sent))) later.set(`${nonceOf(sent)} ${sent.payload}`, seq)
      else first.set(nonceOf(sent), { payload: sent.payload, seq })
    },
  }
}

const sent = fc.record({
  actor: fc.constantFrom('ada', 'noor', '__proto__', 'constructor', 'ada-n'),
  nonce: fc.constantFrom('n-1', 'n-2', '1', 'toString', 'N-1', 'n-1-', ''),
  payload: fc.constantFrom('a', 'b', 'c').map((text) => digest(text)),
})

test('it answers as a map of everything would', () => {
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 60 }), (all) => {
      const [compact, model] = [noneAnswered(), plain()]
      for (const one of all) {
        assert.equal(answerTo(compact, one), model.answer(one))
        assert.equal(spentBy(compact, one)?.seq, model.spent(one))
        if (model.answer(one) !== undefined) continue
        const seq = compact.count
        remember(compact, one, seq)
        model.take(one, seq)
      }
    }),
  )
})

test('thousands of answers are all found again, and nothing else is', () => {
  const answered = noneAnswered()
  const all = Array.from({ length: 5_000 }, (_, i) => ({
    actor: `actor-${i % 7}`,
    nonce: `n-${Math.floor(i / 2)}-${i % 7}`,
    payload: digest(String(i)),
  }))
  all.forEach((one, seq) => remember(answered, one, seq))
  all.forEach((one, seq) => assert.equal(answerTo(answered, one), seq))
  for (const { actor, nonce } of all) {
    assert.equal(answerTo(answered, { actor, nonce, payload: digest('never sent') }), undefined)
    assert.equal(spentBy(answered, { actor, nonce: `${nonce} ` }), undefined)
  }
  assert.ok(answered.slots.length >= 2 * answered.count)
})

test('an answer out of its turn is a fault: the row says the entry', () => {
  const one = { actor: 'ada', nonce: 'n', payload: digest('p') }
  assert.throws(() => remember(noneAnswered(), one, 1), TypeError)
})
