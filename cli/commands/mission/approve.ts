/**
 * `genesis mission approve`: a human's decision at the final gate. The words are shown, the three acknowledgements are
 * asked for one by one, the wallet signs; a signature made elsewhere (a hardware wallet) is taken as well.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bytes32Of, bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import {
  approvalDigest,
  approvalDomain,
  approvalTypedData,
  parseApproval,
  type Approval,
} from '../../../protocol/wire/approval.ts'
import { fromHex, utf8 } from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { digestBytes, hash, parseDigest } from '../../../protocol/wire/sha256.ts'
import { parseTimestamp } from '../../../protocol/wire/time.ts'
import { addressOf, sign } from '../../../protocol/wire/wallet.ts'
import type { Client } from '../../../runtime/client/client.ts'
import { readSecretFile } from '../../../runtime/keys/secret-file.ts'
import { EXIT, type Io } from '../../lib/command.ts'
import { clientFor, dataFolder, STACK_HELP, STACK_OPTIONS } from '../../lib/stack.ts'
import { readArgs, usage } from '../../lib/usage.ts'
import { follow, missionOf, type MissionView } from './follow.ts'

export const APPROVE_HELP = `Usage: genesis mission approve ID [options]

Decides at the final gate: one EIP-712 signature by a human's wallet, carried to the chain by the deployment's relay.
The mission is completed only when the decision lies in a finalized block.

  --as HUMAN                      whose development wallet signs (default noor)
  --reject                        reject instead of approving; needs --reason
  --reason TEXT                   why; kept as an artifact, its hash is signed
  --i-understand-it               the three acknowledgements, each one needed
  --i-commit-it
  --i-accept-its-consequences
  --deadline HOURS                the decision must be final by then (default 24)
  --print                         print the typed data and stop: sign it elsewhere
  --approver ADDRESS              the wallet that signs elsewhere (with --print or --signature)
  --until UNIX                    the deadline printed before, in unix seconds (with --signature)
  --signature HEX                 a signature made elsewhere
  --detach                        do not wait for finality
${STACK_HELP}

Examples:
  genesis mission approve mission-high-risk --i-understand-it --i-commit-it --i-accept-its-consequences
  genesis mission approve mission-high-risk --reject --reason "plant 047 is counted twice" \\
    --i-understand-it --i-commit-it --i-accept-its-consequences
  genesis mission approve mission-high-risk --print --approver 0x…

Exit codes: 0 decided, 1 refused, 2 the input could not be used.
`

const ZERO = bytes32Of(new Uint8Array(32))

export async function approve(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...STACK_OPTIONS,
      as: { type: 'string', default: 'noor' },
      reject: { type: 'boolean', default: false },
      reason: { type: 'string' },
      'i-understand-it': { type: 'boolean', default: false },
      'i-commit-it': { type: 'boolean', default: false },
      'i-accept-its-consequences': { type: 'boolean', default: false },
      deadline: { type: 'string', default: '24' },
      until: { type: 'string' },
      print: { type: 'boolean', default: false },
      approver: { type: 'string' },
      signature: { type: 'string' },
      detach: { type: 'boolean', default: false },
    },
  })
  const [id] = positionals
  if (id === undefined || positionals.length > 1) throw usage('name one mission')
  const acknowledged = values['i-understand-it'] && values['i-commit-it'] && values['i-accept-its-consequences']
  const decision = values.reject ? 'reject' : 'approve'
  if (values.reject && (values.reason ?? '').trim() === '') throw usage('a rejection needs --reason')

  const client = clientFor(values)
  const mission = await missionOf(client, id)
  if (mission.gate === null || mission.state !== 'FinalHumanGate') {
    throw new Fault('mission-not-at-its-gate', { mission: id, state: mission.state })
  }
  if (!values.json) io.err(`${mission.gate.texts[decision]}\n`)
  if (!acknowledged)
    throw usage('all three acknowledgements are needed: --i-understand-it --i-commit-it --i-accept-its-consequences')

  const wallet = values.approver === undefined ? walletIn(dataFolder(values.data), values.as) : undefined
  const reasonHash = await reasonOf(client, values.reason)
  const approval = approvalOf(mission, {
    approver: (values.approver ?? wallet?.address ?? '').toLowerCase(),
    decision,
    reasonHash,
    deadline: deadlineOf(mission, values.deadline, values.until),
  })
  const domain = approvalDomain(...(await gateOf(client)))
  if (values.print) {
    io.out(`${JSON.stringify(approvalTypedData(domain, approval))}\n`)
    return EXIT.yes
  }
  const signature =
    values.signature ?? (wallet === undefined ? undefined : sign(approvalDigest(domain, approval), wallet.secret))
  if (signature === undefined) throw usage('--signature is missing, or use --print')
  const relayed = await client.post('/v1/approvals', { approval: { ...approval }, signature })
  if (!relayed.ok) throw new Fault('command-withheld', { mission: id, code: relayed.problem.code })
  if (values.detach) {
    io.out(values.json ? `${JSON.stringify(relayed.value)}\n` : 'Signed and given to the relay.\n')
    return EXIT.yes
  }
  const done = await follow(client, id, decided, 120_000, io)
  io.out(
    values.json ? `${JSON.stringify({ mission: id, state: done.mission.state })}\n` : `${id}: ${done.mission.state}\n`,
  )
  return EXIT.yes
}

function decided(mission: MissionView): number | undefined {
  return mission.state === 'Completed' || mission.state === 'Rejected' ? EXIT.yes : undefined
}

type Choice = {
  readonly approver: string
  readonly decision: 'approve' | 'reject'
  readonly reasonHash: string
  readonly deadline: number
}

function approvalOf(mission: MissionView, choice: Choice): Approval {
  const { gate } = mission
  const digest = parseDigest(gate?.mission_digest)
  if (gate === null || !digest.ok) throw new Fault('mission-not-at-its-gate', { mission: mission.id })
  const approval = parseApproval({
    missionDigest: bytes32OfDigest(digest.value),
    attempt: gate.attempt,
    approver: choice.approver,
    decision: choice.decision,
    reasonHash: choice.reasonHash,
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    textHash: bytes32Of(hash(utf8(gate.texts[choice.decision]))),
    attentionHash: ZERO,
    deadline: choice.deadline,
  })
  if (!approval.ok) throw usage(`${approval.error.code} at ${approval.error.path ?? '/'}`)
  return approval.value
}

async function reasonOf(client: Client, reason: string | undefined): Promise<string> {
  if (reason === undefined) return ZERO
  const stored = await client.upload(utf8(reason))
  if (!stored.ok) throw new Fault('artifact-not-stored', { name: 'reason', code: stored.problem.code })
  return bytes32Of(digestBytes(stored.value))
}

function deadlineOf(mission: MissionView, hours: string, until: string | undefined): number {
  if (until !== undefined) {
    if (!/^\d+$/.test(until)) throw usage('--until is a time in unix seconds')
    return Number(until)
  }
  const wanted = Number(hours)
  if (!Number.isFinite(wanted) || wanted <= 0) throw usage('--deadline is a number of hours')
  const latest = parseTimestamp(mission.gate?.decide_by)
  const end = Math.floor(Date.now() / 1000 + wanted * 3600)
  return latest.ok ? Math.min(end, Math.floor(latest.value / 1000)) : end
}

async function gateOf(client: Client): Promise<[number, string]> {
  const reply = await client.get('/v1/deployment')
  if (!reply.ok) throw new Fault('runtime-answered-no', { code: reply.problem.code })
  const { chains, contracts } = reply.value as unknown as {
    chains: readonly { role: string; chain_id: number }[]
    contracts: { final_gate: { chain: string; address: string } }
  }
  const chain = chains.find(({ role }) => role === contracts.final_gate.chain)
  return [chain?.chain_id ?? 0, contracts.final_gate.address]
}

function walletIn(data: string, id: string): { address: string; secret: Uint8Array } {
  const file = join(data, 'keys', 'wallets.json')
  if (!existsSync(file)) throw new Fault('no-development-wallet', { file })
  const wallets = JSON.parse(readSecretFile(file)) as { readonly [id: string]: string }
  const secret = fromHex(Object.hasOwn(wallets, id) ? (wallets[id] ?? '') : '')
  if (!secret.ok || secret.value.length !== 32) throw new Fault('no-development-wallet', { id })
  return { address: addressOf(secret.value), secret: secret.value }
}
