import assert from 'node:assert/strict'
import test from 'node:test'
import { isBlank, VISIBLE_PATTERN } from '../../../protocol/wire/visible-text.ts'

test('white space, controls, fillers and what is drawn as nothing show nothing', () => {
  for (const text of [
    '',
    ' ',
    '\t\r\n\v\f',
    '\u0000\u001b\u007f\u0085',
    '\u00a0\u2003\u3000',
    '\u00ad',
    '\u200b\u200c\u200d\u2060',
    '\u200e\u202a\u202e\u2066',
    '\ufeff',
    '\u2800',
    '\u3164\uffa0\u115f',
    '\ufe0f',
    '\u{e0020}\u{e0100}',
  ]) {
    assert.ok(isBlank(text), JSON.stringify(text))
  }
})

test('one character that can be seen is enough', () => {
  for (const text of ['a', '.', '  é ', '\u200b1', '漢', '😀', '\u0301', '\u{10ffff}', '-']) {
    assert.ok(!isBlank(text), JSON.stringify(text))
  }
})

test('every white-space, control and default-ignorable character of this Unicode version shows nothing', () => {
  const invisible = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/u
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint)
    if (invisible.test(character)) assert.ok(isBlank(character), codePoint.toString(16))
  }
})

test('the pattern for schemas says the same', () => {
  const pattern = new RegExp(VISIBLE_PATTERN, 'u')
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += codePoint < 0x4000 ? 1 : 61) {
    const character = String.fromCodePoint(codePoint)
    assert.equal(pattern.test(character), !isBlank(character), codePoint.toString(16))
  }
})
