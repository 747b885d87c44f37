/** Each review catches what it is there to catch, and the work is real: done and looked at in the sandbox. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { text, utf8 } from '../../../../protocol/wire/bytes.ts'
import { digest } from '../../../../protocol/wire/sha256.ts'
import { DOCUMENT_REVIEWERS, work } from '../../../../runtime/agents/documents/documents.ts'
import { REVIEWS } from '../../../../runtime/agents/documents/review/reviews.ts'
import { sandboxAvailable } from '../../../../runtime/agents/sandbox/sandbox.ts'
import type { NamedBytes, ReviewJob, Work } from '../../../../runtime/agents/skill.ts'
import { named, repair, reviewJob } from '../../../support/documents.ts'

const ORIGINAL = `# T

## Contents

- [A](#a)
- [Old](#old)

## A

See [b](#B) and [gone](nowhere.md).

\`\`\`
code [b](#B)
\`\`\`

## B

Last words.
`
const LISTING = ['README.md']

function job(): ReviewJob {
  return reviewJob(ORIGINAL, repair(ORIGINAL, {}, LISTING), {}, LISTING)
}

/** The same job with one artifact changed. */
function tampered(name: string, change: (content: string) => string): ReviewJob {
  const honest = job()
  const artifacts = honest.artifacts.map((artifact): NamedBytes => {
    if (artifact.name !== `repaired/${name}`) return artifact
    const content = text(artifact.bytes)
    assert.ok(content.ok)
    const changed = change(content.value)
    assert.notEqual(changed, content.value)
    return named(artifact.name, changed)
  })
  return { ...honest, artifacts }
}

async function verdicts(job: ReviewJob): Promise<{ readonly [agent: string]: string }> {
  const entries = Object.entries(REVIEWS).map(async ([agent, review]) => [agent, (await review(job)).verdict] as const)
  return Object.fromEntries(await Promise.all(entries))
}

const ALL_APPROVE = {
  'recompute-ts': 'approve',
  'recompute-sql': 'approve',
  bm25: 'approve',
  'data-quality': 'approve',
}

suite('reviews of a repaired document', () => {
  test('approve honest work, each with references into the evidence', async () => {
    const honest = job()
    assert.deepEqual(await verdicts(honest), ALL_APPROVE)
    const known = [...honest.inputs, ...honest.artifacts].map((file) => file.digest as string)
    for (const review of Object.values(REVIEWS)) {
      const { reasons, scores } = await review(honest)
      assert.ok(reasons.length > 0 && reasons.length <= 16)
      const cited = reasons.flatMap((reason) => reason.references.map((reference) => reference.artifact))
      assert.ok(cited.length > 0 && cited.every((artifact) => known.includes(artifact)))
      assert.ok(Object.values(scores).every((score) => Number.isInteger(score) && score >= 0 && score <= 100))
    }
  })

  test('approve when there was nothing to repair', async () => {
    const right = '# T\n\nWords and [T](#t).\n'
    assert.deepEqual(await verdicts(reviewJob(right, repair(right))), ALL_APPROVE)
  })

  const TAMPERINGS: readonly (readonly [
    what: string,
    file: string,
    change: (content: string) => string,
    by: string[],
  ])[] = [
    ['a word changed in secret', 'README.md', (t) => t.replace('Last words', 'Other words'), ['recompute-ts']],
    ['code changed', 'README.md', (t) => t.replace('code [b](#B)', 'code [b](#b)'), ['recompute-ts', 'data-quality']],
    ['line endings changed', 'README.md', (t) => t.replaceAll('\n', '\r\n'), ['recompute-ts', 'data-quality']],
    ['a hidden character', 'README.md', (t) => t.replace('Last', 'La\u202est'), ['recompute-ts', 'data-quality']],
    ['a link left broken and not told', 'README.md', (t) => t.replace('[b](#b)', '[b](#bb)'), ['recompute-sql']],
    ['an entry that leads nowhere', 'README.md', (t) => t.replace('- [B](#b)', '- [B](#c)'), ['recompute-sql']],
    [
      'contents out of order',
      'README.md',
      (t) => t.replace('- [A](#a)\n- [B](#b)', '- [B](#b)\n- [A](#a)'),
      ['recompute-sql'],
    ],
    ['a diff that does not fit', 'changes.diff', (t) => t.replace('-- [Old]', '-- [Odd]'), ['recompute-ts']],
    ['a diff that hides a change', 'changes.diff', () => '', ['recompute-ts', 'bm25']],
    ['a report that claims more', 'check.json', (t) => t.replace('"to":"#b"', '"to":"#z"'), ['bm25']],
    [
      'a report that claims fewer links',
      'check.json',
      (t) => t.replace('"total":1}}', '"total":0}}'),
      ['recompute-sql'],
    ],
    ['a report that claims nothing', 'check.json', (t) => t.replace('"changed":true', '"changed":false'), ['bm25']],
    ['a report that cannot be read', 'check.json', (t) => t.replace('{', '{ '), Object.keys(ALL_APPROVE)],
  ]
  for (const [what, file, change, catching] of TAMPERINGS) {
    test(`${what}: rework, says ${catching.join(' and ')}`, async () => {
      const found = await verdicts(tampered(file, change))
      for (const agent of catching) assert.equal(found[agent], 'rework', agent)
    })
  }

  test('a document that is no UTF-8 must come back as it was', async () => {
    const bytes = Uint8Array.from([0x23, 0x20, 0xe9, 0x0a])
    const report = `{"changed":false,"contents":{"entries":0,"state":"absent"},"document":"README.md","encoding":"unknown","format":"urn:genesis:document-check:v1","headings":0,"links":{"correct":0,"relative":0,"repaired":{"first":[],"total":0},"unchecked":{"first":[],"total":0},"unrepaired":{"first":[],"total":0}},"tree":"partial"}`
    const honest = job()
    const artifacts = [
      named('repaired/README.md', bytes),
      named('repaired/changes.diff', ''),
      named('repaired/check.json', report),
    ]
    const latin = { ...honest, inputs: [named('README.md', bytes)], artifacts }
    assert.deepEqual(await verdicts(latin), ALL_APPROVE)
    const changed = { ...latin, artifacts: [named('repaired/README.md', '# é\n'), ...artifacts.slice(1)] }
    assert.ok(Object.values(await verdicts(changed)).every((verdict) => verdict === 'rework'))
  })
})

const available = await sandboxAvailable()
const skip = available.ok ? false : 'no sandbox here'

suite('work in the sandbox', { skip }, () => {
  const strangers: { readonly [what: string]: string | Uint8Array } = {
    'a plain file': ORIGINAL,
    'Windows line endings': ORIGINAL.replaceAll('\n', '\r\n'),
    'no headings': 'Just words.\n',
    'nothing at all': '',
    'Latin-1': Uint8Array.from([0x23, 0x20, 0xe9, 0x0a]),
  }
  for (const [what, content] of Object.entries(strangers)) {
    test(`${what}: done, reproducible, and approved by all five`, async () => {
      const inputs = [named('my-notes.md', content)]
      const asked = { ...job(), inputs, artifacts: [], intermediate: [] }
      const done = await work(asked)
      const reviewed = jobOf(asked, done)
      for (const [agent, review] of Object.entries(DOCUMENT_REVIEWERS)) {
        const { verdict, reasons } = await review(reviewed)
        assert.equal(verdict, 'approve', `${agent}: ${JSON.stringify(reasons)}`)
      }
    })
  }

  test('a megabyte: done, and approved by a reviewer with another parser', async () => {
    const text = `# Big\n\n${'Words and [more](#Big) words.\n\n'.repeat(36_000)}`
    const asked = { ...job(), inputs: [named('big.md', text)], artifacts: [], intermediate: [] }
    const opinion = await DOCUMENT_REVIEWERS['recompute-sql']?.(jobOf(asked, await work(asked)))
    assert.equal(opinion?.verdict, 'approve', JSON.stringify(opinion?.reasons))
  })

  test('the program and its results keep clear of inputs of the same names', async () => {
    const inputs = [named('repaired/README.md', '# A\n'), named('repair-program/main.ts', 'process.exit(1)')]
    const { reproduction } = await work({ ...job(), inputs })
    assert.deepEqual(reproduction.command.slice(1, 4), ['repair-program-2/main.ts', 'repaired/README.md', 'repaired-2'])
  })

  test('without a document there is no work', async () => {
    await assert.rejects(work({ ...job(), inputs: [] }), { code: 'no-document' })
  })

  test('a rerun sees an output that is not what the command makes', async () => {
    const asked = { ...job(), artifacts: [], intermediate: [] }
    const reviewed = jobOf(asked, await work(asked))
    const [first, ...rest] = reviewed.reproduction.outputs
    assert.ok(first !== undefined)
    const outputs = [{ ...first, digest: digest('other') }, ...rest]
    const opinion = await DOCUMENT_REVIEWERS['rerun']?.({
      ...reviewed,
      reproduction: { ...reviewed.reproduction, outputs },
    })
    assert.notEqual(opinion?.verdict, 'approve')
  })
})

/** The work as its reviewers get it. */
function jobOf(asked: ReviewJob, done: Work): ReviewJob {
  const artifacts = done.outputs.map(({ name, bytes }) => named(name, bytes))
  const intermediate = done.intermediate.map(({ name, bytes }) => named(name, bytes))
  const known = new Map([...asked.inputs, ...intermediate, ...artifacts].map((file) => [file.name, file]))
  const { command, inputs, outputs, environment } = done.reproduction
  const find = (name: string): NamedBytes => known.get(name) ?? { name, digest: digest(''), bytes: utf8('') }
  const reproduction = { command, inputs: inputs.map(find), outputs: outputs.map(find), environment }
  return { ...asked, artifacts, intermediate, reproduction, account: done.account }
}
