/** The packaged missions: they hold as they are, and every change to them is named. */
import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { base64, fromBase64, utf8 } from '../../../../protocol/wire/bytes.ts'
import { encode, type Json } from '../../../../protocol/wire/canonical-json.ts'
import { seal, type Envelope } from '../../../../protocol/wire/dsse.ts'
import { checkExample, EXAMPLE_FOLDERS } from '../../../../runtime/agents/rerun/examples.ts'
import { rerunFromEvidence } from '../../../../runtime/agents/rerun/rerun.ts'
import {
  artifactsIn,
  DECISION_PAYLOAD_TYPE,
  readWorkedMission,
} from '../../../../runtime/agents/rerun/worked-mission.ts'
import { sandboxAvailable } from '../../../../runtime/agents/sandbox/sandbox.ts'
import { signerOf } from '../../../../scripts/examples/people.ts'
import { ROOT } from '../../../../scripts/setup/places.mjs'
import { temporaryFolder } from '../../../support/folder.ts'

const available = await sandboxAvailable()
const skip = available.ok ? false : 'no sandbox here'

const HIGH_RISK = join(ROOT, EXAMPLE_FOLDERS[1])

type Packaged = {
  evidence: Envelope
  reviews: Envelope[]
  mission: { tier: string; id: string }
  task: { attempt: number }
  actors: { id: string; key: string; operator: string }[]
}

function packaged(): Packaged {
  return JSON.parse(readFileSync(join(HIGH_RISK, 'evidence', 'mission.json'), 'utf8')) as Packaged
}

function codeOf(change: (mission: Packaged) => void): string {
  const mission = packaged()
  change(mission)
  const read = readWorkedMission(utf8(encode(mission)))
  return read.ok ? 'read' : `${read.error.code} ${read.error.path ?? ''}`.trim()
}

type Decision = { verdict: string; reviewer: string; mission: string; normative_dispute: boolean; reasons: Json[] }

/** A decision changed and signed anew, by its reviewer or by another. */
function resealed(envelope: Envelope, change: (decision: Decision) => void, signer?: string): Envelope {
  const payload = fromBase64(envelope.payload)
  assert.ok(payload.ok)
  const decision = JSON.parse(new TextDecoder().decode(payload.value)) as Decision
  change(decision)
  return seal(DECISION_PAYLOAD_TYPE, decision, signerOf(signer ?? decision.reviewer))
}

suite('the packaged missions', { skip }, () => {
  for (const folder of EXAMPLE_FOLDERS) {
    test(`${folder} holds, and comes out the same when done again`, async () => {
      const judged = await checkExample(join(ROOT, folder), { rerun: true })
      assert.deepEqual(judged.findings, [])
      assert.equal(judged.facts['reviews_recomputed'], judged.facts['seats'])
      assert.equal(judged.facts['commands_run_again'], 1)
    })
  }

  test('the high-risk mission was approved by four, and one dissents', async () => {
    const { facts, tier } = await checkExample(HIGH_RISK, { rerun: false })
    assert.deepEqual([tier, facts['approvals'], facts['seats']], ['R2', 4, 5])
  })

  test('one flipped bit in any artifact is found, and the artifact named', async (t) => {
    const names = readdirSync(join(HIGH_RISK, 'evidence', 'artifacts'))
    const folder = join(temporaryFolder(t), 'copy')
    for (const name of names) {
      cpSync(HIGH_RISK, folder, { recursive: true })
      const path = join(folder, 'evidence', 'artifacts', name)
      const bytes = readFileSync(path)
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(path, bytes)
      const { findings } = await checkExample(folder, { rerun: false })
      assert.deepEqual(
        [findings[0]?.code, findings[0]?.params['digest']],
        ['artifact-digest-differs', `sha256:${name}`],
      )
    }
  })

  test('a verdict that its agent does not come to is a difference, and named', async () => {
    const mission = packaged()
    const dissent = mission.reviews.findIndex((_, i) => verdictOf(mission, i) !== 'approve')
    mission.reviews[dissent] = resealed(mission.reviews[dissent]!, (decision) => {
      decision.verdict = 'approve'
    })
    const read = readWorkedMission(utf8(encode(mission)))
    assert.ok(read.ok)
    const found = await rerunFromEvidence(read.value.record, artifactsIn(join(HIGH_RISK, 'evidence')))
    assert.equal(found.verdict, 'differs')
    assert.deepEqual(
      [found.difference?.reviewer, found.difference?.cause?.code],
      ['reviewer-quality', 'verdict-differs'],
    )
  })

  test('an artifact that nobody has is named', async () => {
    const read = readWorkedMission(utf8(encode(packaged())))
    assert.ok(read.ok)
    const found = await rerunFromEvidence(read.value.record, async () => undefined)
    assert.equal(found.difference?.cause?.code, 'artifact-missing')
  })
})

function verdictOf(mission: Packaged, index: number): string {
  const payload = fromBase64(mission.reviews[index]!.payload)
  assert.ok(payload.ok)
  return (JSON.parse(new TextDecoder().decode(payload.value)) as Decision).verdict
}

suite('what is no worked mission', () => {
  test('a signature that is not the worker’s, or not a reviewer’s', () => {
    const flip = (envelope: Envelope): Envelope => {
      const [signature] = envelope.signatures
      const bytes = fromBase64(signature!.sig)
      assert.ok(bytes.ok)
      bytes.value[1]! ^= 1
      return { ...envelope, signatures: [{ ...signature!, sig: base64(bytes.value) }] }
    }
    assert.match(
      codeOf((m) => (m.evidence = flip(m.evidence))),
      /^signature-invalid \/evidence/,
    )
    assert.match(
      codeOf((m) => (m.reviews[2] = flip(m.reviews[2]!))),
      /^signature-invalid \/reviews\/2/,
    )
  })

  test('evidence or reviews of another mission, task or attempt', () => {
    assert.match(
      codeOf((m) => (m.mission.id = 'mission-other')),
      /^evidence-of-another/,
    )
    assert.match(
      codeOf((m) => (m.task.attempt = 2)),
      /^evidence-of-another/,
    )
    const moved = (m: Packaged) => {
      m.reviews[0] = resealed(m.reviews[0]!, (decision) => (decision.mission = 'mission-other'))
    }
    assert.match(codeOf(moved), /^review-of-another \/reviews\/0/)
  })

  test('a review in another’s name, by a stranger, or by the worker', () => {
    const forged = (m: Packaged) => (m.reviews[0] = resealed(m.reviews[0]!, () => {}, 'reviewer-sql'))
    assert.match(codeOf(forged), /^signature-invalid/)
    const stranger = (m: Packaged) => (m.reviews[0] = resealed(m.reviews[0]!, (d) => (d.reviewer = 'nobody')))
    assert.match(codeOf(stranger), /^unknown-actor/)
    const own = (m: Packaged) => (m.reviews[0] = resealed(m.reviews[0]!, (d) => (d.reviewer = 'worker-1')))
    assert.match(codeOf(own), /^review-of-another/)
  })

  test('evidence put where a review belongs', () => {
    assert.match(
      codeOf((m) => (m.reviews[0] = m.evidence)),
      /^review-of-another \/reviews\/0\/payloadType/,
    )
  })

  test('bytes that are no canonical record', () => {
    const read = readWorkedMission(utf8(` ${encode(packaged())}`))
    assert.equal(read.ok ? '' : read.error.code, 'json-not-canonical')
  })

  const unapproved: readonly (readonly [what: string, change: (m: Packaged) => void, code: string])[] = [
    ['one approval too few', (m) => (m.reviews = m.reviews.slice(1)), 'not-approved'],
    ['the same review twice', (m) => (m.reviews[1] = m.reviews[0]!), 'review-of-another'],
    ['two reviewers of one operator', (m) => (m.actors[2]!.operator = m.actors[1]!.operator), 'review-of-another'],
    ['a tier that the class does not map to', (m) => (m.mission.tier = 'R0'), 'tier-not-as-mapped'],
    [
      'an approval without references into the evidence',
      (m) => (m.reviews[0] = resealed(m.reviews[0]!, (d) => (d.reasons = [{ text: 'fine', references: [] }]))),
      'not-approved',
    ],
    [
      'a dispute that a reviewer flagged',
      (m) => (m.reviews[0] = resealed(m.reviews[0]!, (d) => (d.normative_dispute = true))),
      'not-approved',
    ],
  ]
  for (const [what, change, code] of unapproved) {
    test(what, async (t) => {
      const folder = join(temporaryFolder(t), 'copy')
      cpSync(HIGH_RISK, folder, { recursive: true })
      const mission = packaged()
      change(mission)
      writeFileSync(join(folder, 'evidence', 'mission.json'), encode(mission))
      const { findings } = await checkExample(folder, { rerun: false })
      assert.equal(findings[0]?.code, code)
    })
  }

  test('a folder without a package', async (t) => {
    const { findings } = await checkExample(temporaryFolder(t), { rerun: false })
    assert.equal(findings[0]?.code, 'worked-mission-missing')
  })
})
