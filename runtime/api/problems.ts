/**
 * Everything that can be wrong with a request, in one catalogue: code, status, what it means, what to do.
 *
 *     { "type": "urn:genesis:problem:artifact-unknown", "title": "…", "status": 404, "detail": "…",
 *       "code": "artifact-unknown" }
 *
 * Codes are stable and never reused; programs read the code, people the rest. The figures of a case travel in
 * `params`, the place in the body in `path` (a JSON Pointer). The docs page of problems is made from this file.
 *
 * Source: RFC 9457; spec 10.3.
 */
export type Problem = {
  readonly status: number
  readonly title: string
  readonly meaning: string
  readonly remedy: string
}

const CORRECT = 'Correct the request and send it again: nothing was recorded.'
const FIX_SENDER = 'Correct the program that made it: canonical JSON (RFC 8785) leaves one spelling for a value.'

export const PROBLEMS = {
  // The door.
  'host-not-allowed': {
    status: 421,
    title: 'This server does not go by that name',
    meaning: 'The Host header names a host that this server was not told to answer for.',
    remedy: 'Use the address that the server printed, or start it with that host name allowed.',
  },
  'origin-not-allowed': {
    status: 403,
    title: 'That page may not call this server',
    meaning: 'A browser sent this request for a page of another origin.',
    remedy: 'Open the app from this server, or start it with that origin allowed.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    meaning: 'No such address, or nothing recorded under that id.',
    remedy: 'Check the address and the id.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'That cannot be done here',
    meaning: 'The address exists, but not for this method.',
    remedy: 'Use one of the methods that the Allow header names.',
  },
  'media-type-unsupported': {
    status: 415,
    title: 'Not in that form',
    meaning: 'The Content-Type is not one that this address takes.',
    remedy: 'Send application/json (artifacts: application/octet-stream).',
  },
  'body-too-large': {
    status: 413,
    title: 'Too much at once',
    meaning: 'The body is larger than this address takes.',
    remedy: 'Stay below the limit that `params.max` states in bytes.',
  },
  'parameter-invalid': {
    status: 400,
    title: 'A parameter makes no sense',
    meaning: 'A part of the address is missing or not of the form that it must have.',
    remedy: 'See `params.name` for which one.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    meaning: 'This address or this key has used up its share for the moment.',
    remedy: 'Wait as long as the Retry-After header says, then go on. Nothing was recorded.',
  },
  'too-many-streams': {
    status: 503,
    title: 'All streams are taken',
    meaning: 'As many readers are following the ledger as this server serves at once.',
    remedy: 'Try again later, or read /v1/entries page by page.',
  },
  fault: {
    status: 500,
    title: 'The server made a mistake',
    meaning: 'Something failed that should not; its log says what.',
    remedy: 'Tell whoever runs it. Sending the same command again is always safe.',
  },

  // The ledger.
  withheld: {
    status: 409,
    title: 'Withheld',
    meaning: 'The command would leave the valid states, so nothing changed; the refusal is on record.',
    remedy: 'Read `violations`, strongest first. Asking again gives the same answer.',
  },
  'ledger-busy': {
    status: 503,
    title: 'Too many commands are waiting',
    meaning: 'The queue is full. The command was not taken in.',
    remedy: 'Wait as long as the Retry-After header says and send the same bytes again.',
  },
  'ledger-closing': {
    status: 503,
    title: 'The server is stopping',
    meaning: 'No new commands are taken. The command was not taken in.',
    remedy: 'Send the same bytes again when the server is back.',
  },
  'ledger-stopped': {
    status: 503,
    title: 'The ledger has stopped',
    meaning: 'Writing failed, and nothing is answered from a state that may not be on disk.',
    remedy: 'Whoever runs it has to start it again. Then send the same bytes: the answer will be the first one.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready yet',
    meaning: 'The server runs but cannot do all of its work; `params` says what is missing.',
    remedy: 'Wait, or look at the parts that are named.',
  },

  // Commands that are not recorded at all.
  'unknown-actor': {
    status: 403,
    title: 'Nobody known by that name',
    meaning: 'The actor is not registered in this deployment.',
    remedy: 'Register the actor first. Nothing was recorded.',
  },
  'unknown-key': {
    status: 403,
    title: 'Not a known key',
    meaning: 'The envelope is signed with a key that nobody has bound.',
    remedy: 'Sign with a bound key. Nothing was recorded.',
  },
  'key-of-another': {
    status: 403,
    title: 'The key of somebody else',
    meaning: 'The envelope is signed with a key that another actor has bound.',
    remedy: 'Sign with a key of the actor that the command names. Nothing was recorded.',
  },
  'key-expired': {
    status: 403,
    title: 'The key has expired',
    meaning: 'The time for which the key was bound is over; it signs nothing any more.',
    remedy: 'Bind a new key with the wallet and sign again. Nothing was recorded.',
  },
  'key-revoked': {
    status: 403,
    title: 'The key was revoked',
    meaning: 'The key was taken back; it signs nothing any more.',
    remedy: 'Bind a new key with the wallet and sign again. Nothing was recorded.',
  },
  'signature-invalid': {
    status: 403,
    title: 'The signature does not hold',
    meaning: 'The signature is not one of this key over these bytes, or not strictly encoded.',
    remedy: 'Sign the DSSE pre-authentication encoding of exactly this payload. Nothing was recorded.',
  },
  'other-deployment': {
    status: 409,
    title: 'Meant for another deployment',
    meaning: 'The command names a deployment that this is not.',
    remedy: 'Take the deployment id from /v1/deployment and sign again. Nothing was recorded.',
  },
  'deployment-not-founded': {
    status: 409,
    title: 'Not founded yet',
    meaning: 'The ledger is empty: the founder’s genesis command comes first.',
    remedy: 'Wait until the deployment is founded. Nothing was recorded.',
  },
  'deployment-already-founded': {
    status: 409,
    title: 'Founded already',
    meaning: 'A ledger has one genesis entry, and this one has it.',
    remedy: 'Found another deployment with a folder of its own. Nothing was recorded.',
  },
  refused: {
    status: 422,
    title: 'Not taken in',
    meaning: 'It is well-formed, but it is not taken in; the code says why.',
    remedy: CORRECT,
  },

  // What is brought for the chain.
  'epoch-not-closed': {
    status: 409,
    title: 'That epoch is not closed',
    meaning: 'Only a closed epoch has a commitment that can be signed.',
    remedy: 'Wait for the entry that closes it.',
  },
  'commitment-differs': {
    status: 409,
    title: 'Another commitment',
    meaning: 'What was signed is not the commitment that this ledger holds for the epoch.',
    remedy: 'Replay the entries of the epoch. If yours is right, this ledger is not: say so publicly.',
  },
  'member-has-no-valid-key': {
    status: 403,
    title: 'No valid key for that member',
    meaning: 'The registry on chain holds no key of that member, or only an expired or revoked one.',
    remedy: 'Register a key on chain; it counts once its block is final.',
  },
  'share-invalid': {
    status: 403,
    title: 'The share does not hold',
    meaning: 'The signature is not one of that member over the commitment of that epoch.',
    remedy: 'Sign the message of spec 5.6 with the registered key.',
  },
  'approval-already-relayed': {
    status: 409,
    title: 'Relayed already',
    meaning: 'A decision of this approver on this state of the mission is on its way.',
    remedy: 'Follow it under /v1/approvals. Nothing has to be sent again.',
  },
  'approval-signed-by-another': {
    status: 403,
    title: 'Signed by another wallet',
    meaning: 'The signature recovers to another address than the approver that the text names.',
    remedy: 'Sign with the approver’s own wallet.',
  },
  'mission-digest-unknown': {
    status: 404,
    title: 'No mission in that state',
    meaning: 'No mission stands, or ever stood, at the final gate with that digest.',
    remedy: 'Load the mission again: it may have changed since it was opened.',
  },

  'gate-would-refuse': {
    status: 409,
    title: 'The contract would refuse it',
    meaning: 'The final gate, asked beforehand, would not take this decision; `params.reason` is its own word.',
    remedy: 'Load the mission again: it may have been decided, or the approval may have run out. Nothing was sent.',
  },
  'chain-unreachable': {
    status: 503,
    title: 'The chain does not answer',
    meaning: 'Whether this signature holds only the chain can say, and it cannot be asked now.',
    remedy: 'Keep the signature and send it again later: it stays as good as it is.',
  },

  'artifact-missing': {
    status: 422,
    title: 'Bytes are missing',
    meaning: 'The command names an artifact whose bytes are not in the store.',
    remedy: 'PUT the bytes to /v1/artifacts/<digest>, then send the same command. Nothing was recorded.',
  },

  // Artifacts.
  'artifact-unknown': {
    status: 404,
    title: 'No such artifact',
    meaning: 'No bytes with that digest are in the store.',
    remedy: 'Check the digest, or put the bytes there.',
  },
  'artifact-digest-differs': {
    status: 422,
    title: 'Not the bytes that were promised',
    meaning: 'The SHA-256 of the body is not the digest in the address.',
    remedy: 'Send the right bytes, or the right digest. Nothing was stored.',
  },
  'artifact-too-large': {
    status: 413,
    title: 'The artifact is too large',
    meaning: 'A single artifact may have at most `params.max` bytes.',
    remedy: 'Split or compress it. Nothing was stored.',
  },
  'artifact-store-full': {
    status: 507,
    title: 'The artifact store is full',
    meaning: 'There is no room for these bytes on disk or within the limit of the store.',
    remedy: 'Whoever runs the server has to make room. Nothing was stored.',
  },

  // The archive.
  'archive-file-unknown': {
    status: 404,
    title: 'No such file in the archive',
    meaning: 'The manifest names no file of that path, or none of that digest any more.',
    remedy: 'Fetch manifest.json again and follow what it names.',
  },

  // Reading what was sent.
  malformed: {
    status: 400,
    title: 'It cannot be read',
    meaning: 'What was sent does not have the form that it must have.',
    remedy: CORRECT,
  },
  'json-malformed': {
    status: 400,
    title: 'Not JSON',
    meaning: 'The text is not JSON (RFC 8259).',
    remedy: CORRECT,
  },
  'json-duplicate-key': {
    status: 400,
    title: 'A key stands twice',
    meaning: 'One object has the same key twice, so that two readers could read two things.',
    remedy: CORRECT,
  },
  'json-too-deep': {
    status: 400,
    title: 'Nested too deeply',
    meaning: 'Objects and arrays may stand 64 deep in each other.',
    remedy: CORRECT,
  },
  'json-too-large': {
    status: 413,
    title: 'The record is too large',
    meaning: 'A record may have at most a mebibyte.',
    remedy: 'Put large content into an artifact and name its digest.',
  },
  'json-surrogate': {
    status: 400,
    title: 'Half a character',
    meaning: 'A string holds a lone surrogate, which has no UTF-8 form.',
    remedy: CORRECT,
  },
  'json-number': {
    status: 400,
    title: 'A number that records do not hold',
    meaning: 'Records hold safe integers only; fractions travel as integers of a stated unit or as strings.',
    remedy: CORRECT,
  },
  'json-not-canonical': {
    status: 400,
    title: 'Not in canonical form',
    meaning: 'Writing the value again does not give the same text.',
    remedy: FIX_SENDER,
  },
  'json-utf8': {
    status: 400,
    title: 'Not UTF-8',
    meaning: 'The bytes are not well-formed UTF-8.',
    remedy: CORRECT,
  },
  'text-not-utf8': {
    status: 400,
    title: 'Not UTF-8',
    meaning: 'A text inside is not well-formed UTF-8.',
    remedy: CORRECT,
  },
  'hex-malformed': {
    status: 400,
    title: 'Not hex',
    meaning: 'Hex is lower-case and has an even number of digits.',
    remedy: CORRECT,
  },
  'base64-malformed': {
    status: 400,
    title: 'Not base64',
    meaning: 'Base64 is of the standard alphabet, padded, without bits left over.',
    remedy: CORRECT,
  },
  'digest-malformed': {
    status: 400,
    title: 'Not a digest',
    meaning: 'A digest is `sha256:` and 64 lower-case hex digits.',
    remedy: CORRECT,
  },
  'time-malformed': {
    status: 400,
    title: 'Not a time',
    meaning: 'Times are of the form 2026-02-13T09:05:07.042Z.',
    remedy: CORRECT,
  },
  'field-missing': {
    status: 400,
    title: 'A field is missing',
    meaning: 'The field at `path` must be there.',
    remedy: CORRECT,
  },
  'field-unknown': {
    status: 400,
    title: 'A field too many',
    meaning: 'There is no field of the name at `path`; what is not understood is not passed over.',
    remedy: CORRECT,
  },
  'field-type': {
    status: 400,
    title: 'Of the wrong type',
    meaning: 'The value at `path` is of another JSON type than it must be.',
    remedy: CORRECT,
  },
  'field-pattern': {
    status: 400,
    title: 'Of the wrong form',
    meaning: 'The string at `path` is not of the form that it must have.',
    remedy: CORRECT,
  },
  'field-range': {
    status: 400,
    title: 'Too little or too much',
    meaning: 'The number, length or count at `path` is out of the range in `params`.',
    remedy: CORRECT,
  },
  'field-blank': {
    status: 400,
    title: 'Nothing to see',
    meaning: 'The text at `path` must have a visible character.',
    remedy: CORRECT,
  },
  'field-value': {
    status: 400,
    title: 'Not one of the allowed values',
    meaning: 'The value at `path` is none of those that are allowed there.',
    remedy: CORRECT,
  },
  'field-repeated': {
    status: 400,
    title: 'Said twice',
    meaning: 'The list at `path` must not repeat itself.',
    remedy: CORRECT,
  },
  'payload-type-unknown': {
    status: 400,
    title: 'Not a command',
    meaning: 'The payloadType of the envelope is not the one of commands.',
    remedy: 'Commands are signed under the type that `params.required` names.',
  },
  'command-type-unknown': {
    status: 400,
    title: 'No such command',
    meaning: 'There is no command of that type.',
    remedy: 'GET /v1/actions lists every command that exists for a subject.',
  },
  'deployment-missing': {
    status: 400,
    title: 'For which deployment?',
    meaning: 'Every command but the genesis command names its deployment.',
    remedy: 'Take the deployment id from /v1/deployment and sign again.',
  },
  'genesis-names-a-deployment': {
    status: 400,
    title: 'Genesis names no deployment',
    meaning: 'The deployment’s id is the hash of the genesis entry, so the command cannot hold it.',
    remedy: CORRECT,
  },
  'envelope-signature-length': {
    status: 400,
    title: 'A signature of the wrong length',
    meaning: 'An Ed25519 signature has 64 bytes.',
    remedy: CORRECT,
  },
} as const satisfies { readonly [code: string]: Problem }

export type ProblemCode = keyof typeof PROBLEMS

/** The entry of a code; `undefined` for a code that is not in the catalogue. */
export function problemOf(code: string): Problem | undefined {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : undefined
}
