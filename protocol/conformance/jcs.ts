/** Canonical JSON, all of RFC 8785 (spec 2.1, reading X12). */
import { hex } from '../wire/bytes.ts'
import { encode, encodeBytes, parse, type Caps } from '../wire/canonical-json.ts'
import { Fault } from '../wire/fault.ts'
import { digest, digestHex } from '../wire/sha256.ts'
import { nativeValue } from './native-value.ts'
import { booleanAt, bytesAt, firstOf, same, textAt, type Check, type Suite, type Vector } from './suite.ts'

/** RFC 8785 has no limits of its own; records are held to RECORD_CAPS. */
const WIDE: Caps = { bytes: 1 << 26, depth: 1000 }

export const jcs: Suite = {
  rfc8785_samples: checkDocument,
  rfc8785_appendix_b_numbers: checkNumber,
  numbers: checkNumber,
  strings: checkDocument,
  objects: checkDocument,
  random_documents: checkDocument,

  must_reject: (vector) => {
    const refused = !parse(textAt(vector, 'input_json'), WIDE).ok
    return same('reject', booleanAt(vector, 'reject'), refused)
  },

  must_reject_native_values: checkNativeValue,
  must_reject_native_values_strict: checkNativeValue,
}

function checkDocument(vector: Vector): ReturnType<Check> {
  const value = parse(textAt(vector, 'input_json'), WIDE)
  if (!value.ok) return same('accept', true, value.error.code)
  const bytes = encodeBytes(value.value)
  return firstOf(
    same('canonical_hex', textAt(vector, 'canonical_hex'), hex(bytes)),
    same('sha256', textAt(vector, 'sha256'), digestHex(digest(bytes))),
  )
}

/** The double itself, and one decimal text of it. */
function checkNumber(vector: Vector): ReturnType<Check> {
  const ieee = bytesAt(vector, 'ieee754_hex')
  const value = new DataView(ieee.buffer, ieee.byteOffset, 8).getFloat64(0)
  const parsed = parse(textAt(vector, 'input_json'), WIDE)
  if (!parsed.ok) return same('accept', true, parsed.error.code)
  const expected = textAt(vector, 'text')
  return firstOf(
    same('text', expected, encode(value)),
    same('text of input_json', expected, encode(parsed.value)),
    same('sha256', textAt(vector, 'sha256'), digestHex(digest(encode(value)))),
  )
}

function checkNativeValue(vector: Vector): ReturnType<Check> {
  return same('reject', booleanAt(vector, 'reject'), refuses(nativeValue(textAt(vector, 'js'))))
}

function refuses(value: unknown): boolean {
  try {
    encode(value)
    return false
  } catch (thrown) {
    return thrown instanceof Fault && thrown.code === 'no-json-form'
  }
}
