/** What a genesis entry must be, where the last line of a rule says it; and what comes in at the edge. */
import type { ByHand } from './by-hand.ts'

export const FOUNDING: readonly ByHand[] = [
  {
    file: 'protocol/law/founding/found.ts',
    guard: 'the founder’s first key is bound by their wallet',
    source: 'spec 5.2',
    about: 'founder-key-not-bound',
    before:
      "return binding === undefined ? undefined : describe('founder-key-not-bound', binding, '/body/founder/binding')",
    after: 'return undefined',
  },
  {
    file: 'protocol/law/founding/found.ts',
    guard: 'the committee is the one whose registry is named',
    source: 'spec 5.6',
    about: 'committee-id-differs',
    before: 'return body.committee.id === expected\n    ?',
    after: 'return body.committee.id === expected || expected.length > 0\n    ?',
  },
  {
    file: 'protocol/law/founding/found.ts',
    guard: 'no member of the committee stands in it twice',
    source: 'spec 5.6',
    about: 'committee-member-twice',
    before: "for (const name of ['address', 'id'] as const) {",
    after: "for (const name of [] as ('address' | 'id')[]) {",
  },
  {
    file: 'protocol/law/founding/found.ts',
    guard: 'a runtime is granted mechanical commands only',
    source: 'spec 1.2, 2.2',
    about: 'grant-not-mechanical',
    before:
      "return other === undefined ? undefined : describe('grant-not-mechanical', { type: other }, '/body/runtime/may')",
    after: 'return undefined',
  },
  {
    file: 'protocol/law/founding/found.ts',
    guard: 'a runtime does not have its founder’s key',
    source: 'spec 2.2',
    about: 'runtime-has-the-founders-key',
    before: 'if (body.runtime.key === body.founder.key)',
    after: 'if (body.runtime.key === body.founder.key && actor === subject)',
  },
  {
    file: 'protocol/law/admission.ts',
    guard: 'a command that is in no table does not exist',
    source: 'spec 1.2',
    about: 'command-type-unknown',
    before: "? err(describe('command-type-unknown', { type: payload.type }))",
    after: '? Shape.parse(Shape.json(), payload.body)',
  },
  {
    file: 'protocol/law/constitution/load.ts',
    guard: 'a constitution with a finding is none',
    source: 'spec 12 K1',
    about: 'constitution-unsound',
    before: 'if (findings.length > 0) return err(findings)',
    after: 'if (findings.length > 1) return err(findings)',
  },
  {
    file: 'protocol/law/founding/found.ts',
    guard: 'the constitution of a deployment is the one that was ratified',
    source: 'spec 12 K1',
    about: 'constitution-not-pinned',
    before: 'const other = checkPinned(constitution.value)',
    after: 'const other = checkPinned(constitution.value).slice(0, 0)',
  },
]
