/** One mutation for each thing that an entry has to be; each is caught by the step that looks at it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encode, parse, type Json } from '../../protocol/wire/canonical-json.ts'
import { seal } from '../../protocol/wire/dsse.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { formatTimestamp } from '../../protocol/wire/time.ts'
import { NOOR, OPERATORS } from '../support/law/people.ts'
import { committed } from '../support/law/world.ts'
import type { Finding } from '../../verifier/verify.ts'
import { filesOf, type Contents } from './support/archive.ts'
import { caught } from './support/caught.ts'
import { contents, genuine, verifyFiles } from './support/genuine.ts'

type Record = { [key: string]: Json }

const whole = genuine()
const original = contents(whole)
const texts = whole.bench.texts
const size = texts.length

/** The archive with other entries; those after the last close stay in the open file. */
function withTexts(change: (texts: string[]) => void): Contents {
  const changed = [...texts]
  change(changed)
  const firsts = [0, ...whole.bench.state.epochs.closed.map(({ lastSeq }) => lastSeq + 1)]
  const shift = changed.length - size
  const epochs = firsts.map((first, i) => changed.slice(first, firsts[i + 1]))
  assert.equal(epochs.flat().length, size + shift)
  return { ...original, epochs }
}

function edited(seq: number, edit: (entry: Record) => void): Contents {
  return withTexts((all) => {
    const entry = parse(all[seq]!)
    assert.ok(entry.ok)
    edit(entry.value as Record)
    all[seq] = encode(entry.value)
  })
}

async function refuse(
  changed: Contents,
  step: 'ledger' | 'law' | 'archive',
  code: string,
  seq?: number,
): Promise<Finding> {
  const fault = caught(await verifyFiles(whole, filesOf(changed)), step, code)
  if (seq !== undefined) assert.equal(fault.seq, seq)
  return fault
}

async function refuses(...args: Parameters<typeof refuse>): Promise<void> {
  await refuse(...args)
}

function textAt(record: Record, field: string): string {
  const value = record[field]
  assert.ok(typeof value === 'string')
  return value
}

const LAST = size - 1

describe('the chain of entries', () => {
  it('misses an entry that was removed', () =>
    refuses(
      withTexts((all) => all.splice(LAST - 1, 1)),
      'ledger',
      'entry-out-of-place',
      LAST - 1,
    ))

  it('sees an entry that came twice', () =>
    refuses(
      withTexts((all) => all.push(all[LAST]!)),
      'ledger',
      'entry-repeated',
      size,
    ))

  it('sees two entries that changed places', () =>
    refuses(
      withTexts((all) => all.splice(LAST - 1, 2, all[LAST]!, all[LAST - 1]!)),
      'ledger',
      'entry-out-of-place',
      LAST - 1,
    ))

  it('sees an entry that was put in', async () => {
    const other = genuine()
    committed(other.bench.send(NOOR, 'mission.create', 'm-4', { title: 'Put in', summary: 'From elsewhere.' }))
    committed(other.bench.send(NOOR, 'mission.create', 'm-5', { title: 'And another', summary: 'From elsewhere.' }))
    await refuse(
      withTexts((all) => all.push(other.bench.texts.at(-1)!)),
      'ledger',
      'entry-out-of-place',
      size,
    )
  })

  it('sees a previous hash that is another', () =>
    refuses(
      edited(LAST, (entry) => {
        entry['previous'] = digest('another')
      }),
      'ledger',
      'entry-out-of-place',
      LAST,
    ))

  it('sees a number that is another', () =>
    refuses(
      edited(LAST, (entry) => {
        entry['seq'] = size
      }),
      'ledger',
      'entry-out-of-place',
      LAST,
    ))

  it('sees time run back', () =>
    refuses(
      edited(LAST, (entry) => {
        entry['recorded_at'] = formatTimestamp(whole.bench.state.founded!.deployment.startedAt)
      }),
      'ledger',
      'entry-time-runs-back',
      LAST,
    ))

  it('does not take a line that is no entry', () =>
    refuses(
      withTexts((all) => {
        all[LAST] = '{"entry":1}'
      }),
      'ledger',
      'entry-malformed',
      LAST,
    ))

  it('does not take an empty line', () =>
    refuses(
      withTexts((all) => all.splice(LAST, 0, '')),
      'ledger',
      'entry-malformed',
      LAST,
    ))
})

describe('signatures', () => {
  const envelopeOf = (entry: Record): Record => entry['command'] as Record

  it('are checked, every one', async () => {
    for (const seq of [0, 1, Math.floor(size / 2), LAST]) {
      const changed = edited(seq, (entry) => {
        const [signature] = envelopeOf(entry)['signatures'] as Record[]
        const sig = textAt(signature!, 'sig')
        // Another valid R: the first character is of its first byte.
        signature!['sig'] = (sig.startsWith('A') ? 'B' : 'A') + sig.slice(1)
      })
      // The genesis entry's hash is the deployment: whatever changes in it makes another one.
      if (seq === 0) await refuse(changed, 'archive', 'deployment-differs', 0)
      else await refuse(changed, 'ledger', 'signature-invalid', seq)
    }
  })

  it('are those of a key that speaks for the actor', () =>
    refuses(
      edited(LAST, (entry) => {
        const envelope = envelopeOf(entry)
        const payload = JSON.parse(Buffer.from(textAt(envelope, 'payload'), 'base64').toString()) as Json
        entry['command'] = seal(textAt(envelope, 'payloadType'), payload, OPERATORS[0].signer)
      }),
      'ledger',
      'entry-not-admissible',
      LAST,
    ))

  it('do not count on the same command a second time in another spelling', () =>
    refuses(
      withTexts((all) => {
        all[LAST] = all[LAST]!.replace('"payload":"', '"payload": "')
      }),
      'ledger',
      'entry-malformed',
      LAST,
    ))
})

describe('the law, run again', () => {
  it('gives the events, and no others', async () => {
    const fault = await refuse(
      edited(LAST, (entry) => {
        const [event] = entry['events'] as Record[]
        ;(event!['data'] as Record)['owner'] = 'bea'
      }),
      'law',
      'entry-differs',
      LAST,
    )
    assert.equal(fault.evidence['part'], 'events')
  })

  it('leaves no event out', () =>
    refuses(
      edited(LAST, (entry) => {
        entry['events'] = []
      }),
      'law',
      'entry-differs',
      LAST,
    ))

  it('does not withhold what it would commit', () =>
    refuses(
      edited(LAST, (entry) => {
        delete entry['events']
        entry['outcome'] = 'withheld'
        entry['violations'] = [{ constraint: 'mission-is-new', level: 'operational', params: {} }]
      }),
      'law',
      'entry-differs',
      LAST,
    ))

  it('does not commit what it would withhold', async () => {
    const other = genuine()
    const recorded = other.bench.send(OPERATORS[0], 'mission.create', 'm-1', { title: 'Again', summary: 'Taken id.' })
    assert.ok(recorded.kind === 'entry' && recorded.entry.outcome === 'withheld')
    const lines = [...original.epochs.at(-1)!, other.bench.texts.at(-1)!]
    const entry = JSON.parse(lines.at(-1)!) as Record
    delete entry['violations']
    lines[lines.length - 1] = encode({ ...entry, events: [], outcome: 'committed' })
    await refuse({ ...original, epochs: [...original.epochs.slice(0, -1), lines] }, 'law', 'entry-differs', size)
  })

  it('takes no field that entries do not have', () =>
    refuses(
      edited(LAST, (entry) => {
        entry['note'] = 'harmless'
      }),
      'law',
      'entry-differs',
      LAST,
    ))

  it('computes the roots of an epoch itself', async () => {
    const { closedBySeq } = whole.bench.state.epochs.closed[0]!
    await refuse(
      edited(closedBySeq, (entry) => {
        const [event] = entry['events'] as Record[]
        const record = (event!['data'] as Record)['record'] as Record
        record['mission_event_root'] = digest('another root')
      }),
      'law',
      'entry-differs',
      closedBySeq,
    )
  })
})

describe('the files of entries', () => {
  it('hold the entries of their epoch and no others', async () => {
    const [first, second, open] = original.epochs
    const later = [...first!, second![0]!]
    await refuse({ ...original, epochs: [later, second!.slice(1), open!] }, 'archive', 'entry-misplaced')
    const earlier = first!.slice(0, -1)
    await refuse({ ...original, epochs: [earlier, [first!.at(-1)!, ...second!], open!] }, 'archive', 'entry-misplaced')
  })

  it('are not taken from another deployment', () =>
    refuses({ ...original, deployment: digest('another') }, 'archive', 'deployment-differs'))

  it('begin with a genesis entry', () =>
    refuses({ ...original, epochs: [texts.slice(1, 3)] }, 'archive', 'genesis-unreadable'))

  it('hold something', () => refuses({ ...original, epochs: [[]] }, 'archive', 'entries-missing'))

  it('are those of the deployment that was asked for', async () => {
    const expected = digest('the one I meant')
    const verification = await verifyFiles(whole, filesOf(original), { expected })
    caught(verification, 'archive', 'deployment-unexpected')
  })
})
