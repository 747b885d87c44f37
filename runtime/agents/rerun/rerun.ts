/**
 * Does a mission again from its records alone: the declared commands run in the sandbox and must make the same outputs,
 * and every reviewing agent must come to the verdict it signed.
 *
 *     record ─▶ artifacts, by digest ─▶ command in the sandbox ─▶ outputs, byte for byte
 *                                    └▶ each reviewing agent   ─▶ verdict, as revealed
 *
 * The answer names the first difference. What cannot be done here (no sandbox; a reviewer who is no built-in agent) is
 * `not-run`, and that is said: it is neither a difference nor a confirmation.
 *
 * Without `commands` no stranger's command is run: then reviews alone are made again, and what needs a command is
 * `not-run` with the reason commands-not-wanted.
 *
 * Codes of differences: those of record.ts and of the sandbox, exit-code-differs, output-missing, output-differs,
 * verdict-differs. Reasons for not running: sandbox-unavailable,
 * no-built-in-agent, commands-not-wanted.
 *
 * Source: spec 7 (step 7), 11.4 (M-07, M-08).
 */
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Malformed } from '../../../protocol/wire/malformed.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { runInSandbox } from '../sandbox/sandbox.ts'
import type { ReviewJob } from '../skill.ts'
import { reviewerFor } from '../skills.ts'
import { jobFromRecord, type GetArtifact, type MissionRecord, type TaskRecord } from './record.ts'

export type Check = {
  readonly id: 'artifacts' | 'outputs' | 'review'
  readonly task: string
  /** Of reviews. */
  readonly reviewer?: string
  readonly status: 'same' | 'differs' | 'not-run'
  /** Figures of what was found; the difference or the reason where it is not the same. */
  readonly facts: { readonly [name: string]: string | number }
  readonly cause?: Malformed
}

export type Rerun = {
  readonly mission: string
  /** `reproduced` only where everything was run and everything is the same. */
  readonly verdict: 'reproduced' | 'differs' | 'not-run'
  readonly checks: readonly Check[]
  readonly difference: Check | undefined
}

export type Wanted = { readonly commands: boolean }

export async function rerunFromEvidence(
  record: MissionRecord,
  getArtifact: GetArtifact,
  wanted: Wanted = { commands: true },
): Promise<Rerun> {
  const checks: Check[] = []
  for (const task of record.tasks) checks.push(...(await rerunTask(record, task, getArtifact, wanted)))
  const difference = checks.find((check) => check.status === 'differs')
  const isWhole = checks.every((check) => check.status === 'same')
  const verdict = difference !== undefined ? 'differs' : isWhole ? 'reproduced' : 'not-run'
  return { mission: record.mission, verdict, checks, difference }
}

async function rerunTask(
  record: MissionRecord,
  task: TaskRecord,
  getArtifact: GetArtifact,
  wanted: Wanted,
): Promise<readonly Check[]> {
  const place = { task: task.task }
  const job = await jobFromRecord(record, task, getArtifact)
  if (!job.ok) return [{ id: 'artifacts', ...place, status: 'differs', facts: {}, cause: job.error }]
  const { inputs, artifacts, intermediate } = job.value
  const count = inputs.length + artifacts.length + intermediate.length
  const checks: Check[] = [{ id: 'artifacts', ...place, status: 'same', facts: { artifacts: count } }]
  checks.push(wanted.commands ? await runAgain(job.value, place) : { id: 'outputs', ...place, facts: {}, ...UNWANTED })
  for (const { seat, decision } of task.reviews) {
    const agent = agentOf(seat.model_family)
    const facts = { agent, verdict: decision.verdict }
    const needsCommand = agent === 'rerun' && !wanted.commands
    const found = needsCommand ? UNWANTED : await reviewAgain(record.missionClass, agent, job.value, decision.verdict)
    checks.push({ id: 'review', ...place, reviewer: seat.id, facts, ...found })
  }
  return checks
}

const UNWANTED = { status: 'not-run', cause: { code: 'commands-not-wanted' } } as const

async function runAgain(job: ReviewJob, place: { readonly task: string }): Promise<Check> {
  const { command, inputs, outputs, environment } = job.reproduction
  const facts = { command: command.join(' '), outputs: outputs.length }
  const differs = (code: string, params: NonNullable<Malformed['params']>): Check => ({
    id: 'outputs',
    ...place,
    status: 'differs',
    facts,
    cause: { code, params },
  })
  const names = outputs.map(({ name }) => name)
  const run = await runInSandbox({ command, inputs: inputs.map(withDigest), outputs: names, environment })
  if (!run.ok) {
    if (run.error.code !== 'sandbox-unavailable') return differs(run.error.code, run.error.params ?? {})
    return { id: 'outputs', ...place, status: 'not-run', facts, cause: run.error }
  }
  if (run.value.exitCode !== 0) return differs('exit-code-differs', { exit: run.value.exitCode })
  for (const { name, digest: declared } of outputs) {
    const made = run.value.outputs.get(name)
    if (made === undefined) return differs('output-missing', { name })
    if (digest(made) !== declared) return differs('output-differs', { name, declared, made: digest(made) })
  }
  return { id: 'outputs', ...place, status: 'same', facts }
}

function withDigest({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) {
  return { name, bytes, digest: digest(bytes) }
}

async function reviewAgain(
  missionClass: string,
  agent: string,
  job: ReviewJob,
  signed: string,
): Promise<Pick<Check, 'status' | 'cause'>> {
  const reviewer = reviewerFor(missionClass, agent)
  if (reviewer === undefined) return { status: 'not-run', cause: { code: 'no-built-in-agent', params: { agent } } }
  try {
    const { verdict } = await reviewer(job)
    if (verdict === signed) return { status: 'same' }
    return { status: 'differs', cause: { code: 'verdict-differs', params: { signed, found: verdict } } }
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    const status = cause.code === 'sandbox-unavailable' ? 'not-run' : 'differs'
    return { status, cause: { code: cause.code, params: cause.params } }
  }
}

/** Families of built-in agents are named after them. */
export function agentOf(modelFamily: string): string {
  return modelFamily.replace(/^genesis-/, '')
}
