/**
 * What every address of the API takes and answers, for people and for generators. A test compares with the routes: an
 * address that is not here does not pass, and neither does one that no longer exists.
 */
import { PROBLEMS, type ProblemCode } from '../problems.ts'
import type { Answer, Operation, Operations, Parameter } from './operation.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const TEXT = { type: 'string' }
const COUNT = { type: 'integer', minimum: 0 }

/** What a body can be refused for before anybody looks at what it means. */
const BODY: readonly ProblemCode[] = ['media-type-unsupported', 'body-too-large', 'malformed']

/** The codes of reading JSON, shapes and envelopes. */
const READING = (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) =>
  /^(json|field|text|hex|base64|digest|time|payload|envelope|command|genesis|deployment-missing|nonce)/.test(code),
)

const REFUSALS: readonly ProblemCode[] = [
  'unknown-actor',
  'unknown-key',
  'key-of-another',
  'key-expired',
  'key-revoked',
  'signature-invalid',
  'other-deployment',
  'deployment-not-founded',
  'deployment-already-founded',
  'refused',
]

const json = (about: string, schema = {}): Answer => ({ about, type: 'application/json', schema })

/** A question to the state; the fields of the answer are those of `protocol/views.ts`. */
const view = (summary: string, more: Partial<Operation> = {}): Operation => ({
  tag: 'state',
  summary,
  answers: { 200: json('What the state says, of the last entry that is on disk.') },
  problems: ['not-found'],
  ...more,
})

const query = (name: string, about: string, schema: Parameter['schema'] = TEXT): Parameter => ({
  name,
  in: 'query',
  about,
  schema,
})

const FROM = query('from', 'The first entry’s number; 0 where it is absent.', COUNT)

export const OPERATIONS: Operations = {
  'POST /v1/commands': {
    tag: 'commands',
    summary: 'Send a signed command',
    about:
      'The one way to change anything. What was answered 201 or 409 `withheld` is on disk. The same bytes again get the first answer, so sending again is always safe. With `simulate=true` nothing is recorded, and a payload without a signature is taken too.',
    parameters: [query('simulate', 'Only say what would come of it.', { type: 'string', enum: ['true'] })],
    body: {
      about: 'A DSSE envelope in canonical JSON (RFC 8785), or for a simulation `{"payload": …}`.',
      types: ['application/json', 'application/vnd.dsse.envelope.v1+json'],
      schema: { oneOf: [ref('Envelope'), { type: 'object', properties: { payload: ref('Payload') } }] },
    },
    answers: {
      200: json('What would come of it: `outcome` and `events` or `violations`. Nothing was recorded.'),
      201: {
        ...json('Recorded and committed.', {
          type: 'object',
          properties: { entry: ref('Entry'), hash: ref('Digest') },
          required: ['entry', 'hash'],
        }),
        headers: { Location: 'Where the entry can be read.' },
      },
    },
    problems: ['withheld', ...REFUSALS, 'artifact-missing', 'ledger-busy', 'ledger-closing', ...BODY, ...READING],
  },
  'GET /v1/deployment': view('The deployment: its id, chains, contracts, committee and constitution'),
  'GET /v1/overview': view('Where everything stands, in figures'),
  'GET /v1/missions': view('All missions'),
  'GET /v1/missions/:id': view('One mission with its tasks, reviews and decision'),
  'GET /v1/actors': view('All humans and machines'),
  'GET /v1/actors/:id': view('One human or machine'),
  'GET /v1/machines': view('All machines with the steps of their lives'),
  'GET /v1/machines/:id': view('One machine: where it stands, what it waits for, what became of it'),
  'GET /v1/incidents': view('All incidents'),
  'GET /v1/incidents/:id': view('One incident: what it holds, its grounds, how it ended'),
  'GET /v1/actors/:id/duties': view('What waits for one human or machine'),
  'GET /v1/trust': view('The population, the cap and the limits of trust in this epoch'),
  'GET /v1/trust/:id': view('What an actor has of trust, and every movement with its cause and entry'),
  'GET /v1/suspensions': view('Gains of trust that wait, or waited, for revalidation'),
  'GET /v1/suspensions/:id': view('One suspended gain with its signatures'),
  'GET /v1/panels': view('All panels'),
  'GET /v1/panels/:id': view('One panel: what it is about, who was drawn, every vote with its reasons, dissent'),
  'GET /v1/missions/:id/layers': view('The four layers behind a decision at the gate, and which of them are missing'),
  'GET /v1/appeals': view('All appeals'),
  'GET /v1/appeals/:id': view('One appeal: the contested decision, both sides, who hears it, what came of it'),
  'GET /v1/actors/:id/contestable': view('The decisions that this human may still contest'),
  'GET /v1/epochs': view('All closed epochs'),
  'GET /v1/epochs/:number': view('One closed epoch with its commitment record', {
    problems: ['not-found', 'parameter-invalid'],
  }),
  'GET /v1/actions': view('Every command for a subject, and what keeps it from being allowed now', {
    parameters: [
      { ...query('subject', 'The subject’s id.'), required: true },
      query('actor', 'For whom; anybody where it is absent.'),
    ],
    problems: ['not-found', 'parameter-invalid'],
  }),
  'GET /v1/entries': {
    tag: 'ledger',
    summary: 'The ledger, page by page',
    parameters: [FROM, query('limit', 'Entries at most.', { ...COUNT, maximum: 10_000, default: 1000 })],
    answers: {
      200: {
        about: 'One canonical entry a line.',
        type: 'application/x-ndjson',
        schema: TEXT,
        headers: { Link: 'The next page, while there is one.' },
      },
    },
    problems: ['parameter-invalid'],
  },
  'GET /v1/stream': {
    tag: 'ledger',
    summary: 'The ledger as it grows',
    about: 'Server-sent events: the id is the entry’s number, the data its canonical JSON. Every entry once, in order.',
    parameters: [
      FROM,
      { name: 'Last-Event-ID', in: 'header', about: 'Go on after this entry; browsers send it.', schema: COUNT },
    ],
    answers: { 200: { about: 'Entries, without an end.', type: 'text/event-stream', schema: TEXT } },
    problems: ['parameter-invalid', 'too-many-streams'],
  },
  'PUT /v1/artifacts/:digest': {
    tag: 'artifacts',
    summary: 'Put an artifact’s bytes there',
    body: { about: 'The bytes.', types: ['application/octet-stream'], schema: { type: 'string', format: 'binary' } },
    answers: {
      200: json('They were there already.', ref('Stored')),
      201: json('Stored.', ref('Stored')),
    },
    problems: [
      'parameter-invalid',
      'media-type-unsupported',
      'artifact-digest-differs',
      'artifact-too-large',
      'artifact-store-full',
    ],
  },
  'GET /v1/artifacts/:digest': {
    tag: 'artifacts',
    summary: 'An artifact’s bytes',
    answers: {
      200: { about: 'The bytes.', type: 'application/octet-stream', schema: { type: 'string', format: 'binary' } },
    },
    problems: ['parameter-invalid', 'artifact-unknown'],
  },
  'GET /v1/archive/manifest.json': {
    tag: 'archive',
    summary: 'What the archive consists of now',
    answers: { 200: json('Each file’s path, size and digest.', { type: 'object' }) },
    problems: [],
  },
  'GET /v1/archive/*': {
    tag: 'archive',
    summary: 'One file of the archive',
    parameters: [query('sha256', 'The digest that the manifest states: the file as of that manifest.', ref('Digest'))],
    answers: {
      200: { about: 'The file.', type: 'application/octet-stream', schema: { type: 'string', format: 'binary' } },
    },
    problems: ['parameter-invalid', 'archive-file-unknown'],
  },
  'POST /v1/certificates/:epoch/shares': {
    tag: 'chain',
    summary: 'Bring a committee member’s share of an epoch’s certificate',
    body: {
      about: 'The commitment that was signed, the member’s index, and the signature.',
      types: ['application/json'],
      schema: {
        type: 'object',
        properties: { commitment: ref('Digest'), member: COUNT, signature: TEXT },
        required: ['commitment', 'member', 'signature'],
      },
    },
    answers: { 202: json('Taken.') },
    problems: [
      'parameter-invalid',
      'epoch-not-closed',
      'commitment-differs',
      'member-has-no-valid-key',
      'share-invalid',
      'refused',
      ...BODY,
      ...READING,
    ],
  },
  'GET /v1/outbox': {
    tag: 'chain',
    summary: 'The state of every epoch on its way to the chain',
    answers: { 200: json('Closed, certified, submitted, included, safe or final, epoch by epoch.') },
    problems: [],
  },
  'POST /v1/approvals': {
    tag: 'chain',
    summary: 'Hand over a wallet-signed decision to be carried to the final gate',
    body: {
      about: 'The approval and its EIP-712 signature.',
      types: ['application/json'],
      schema: {
        type: 'object',
        properties: { approval: { type: 'object' }, signature: { type: 'string', pattern: '^0x(?:[0-9a-f]{2})+$' } },
        required: ['approval', 'signature'],
      },
    },
    answers: { 202: json('Kept, and on its way.') },
    problems: [
      'deployment-not-founded',
      'mission-digest-unknown',
      'approval-signed-by-another',
      'approval-already-relayed',
      'gate-would-refuse',
      'chain-unreachable',
      'refused',
      ...BODY,
      ...READING,
    ],
  },
  'GET /v1/approvals': {
    tag: 'chain',
    summary: 'Decisions on their way to the final gate',
    parameters: [query('mission', 'Those of one mission.')],
    answers: { 200: json('What was signed and how far it is.') },
    problems: [],
  },
  'GET /health': {
    tag: 'health',
    summary: 'The process lives and its ledger writes',
    answers: { 200: json('Alive.') },
    problems: [],
  },
  'GET /ready': {
    tag: 'health',
    summary: 'It can do all of its work',
    about:
      'The ledger is folded and writes, and every duty (epochs, beacon, windows, chain, publishing) does its rounds.',
    answers: { 200: json('Ready; `head` is the ledger’s.') },
    problems: ['not-ready'],
  },
  'GET /v1/development/wallets': {
    tag: 'development',
    summary: 'Wallets to play with, on a development deployment alone',
    answers: { 200: json('Addresses and keys that are worth nothing.') },
    problems: ['not-found'],
  },
  'GET /v1/development/stack': {
    tag: 'development',
    summary: 'Where the development chain listens',
    answers: { 200: json('Its RPC address and chain id.') },
    problems: ['not-found'],
  },
  'GET /api/openapi.json': {
    tag: 'health',
    summary: 'This description (OpenAPI 3.1)',
    answers: { 200: json('The document.', { type: 'object' }) },
    problems: [],
  },
}

/** What any address may answer. */
export const DOOR: readonly ProblemCode[] = [
  'host-not-allowed',
  'origin-not-allowed',
  'rate-limited',
  'ledger-stopped',
  'fault',
]

/** The parts of an address that are not fixed. */
export const PATH_PARAMETERS: {
  readonly [name: string]: { readonly about: string; readonly schema: Parameter['schema'] }
} = {
  id: { about: 'The id, as the ledger has it.', schema: TEXT },
  number: { about: 'The epoch’s number.', schema: COUNT },
  epoch: { about: 'The epoch’s number.', schema: COUNT },
  digest: { about: 'The SHA-256 of the bytes, with or without `sha256:` in front.', schema: TEXT },
  path: { about: 'A path that the manifest names.', schema: TEXT },
}
