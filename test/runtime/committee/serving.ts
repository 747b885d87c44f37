/** Members of a committee in this process, each with a checkpoint, an API to read and a clock that the test moves. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import { millis } from '../../../protocol/wire/time.ts'
import type { ChainReader } from '../../../verifier/chain/reader.ts'
import { serve, type Note } from '../../../runtime/committee/member.ts'
import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { MEMBERS, type World } from '../../support/runtime/desk-bench.ts'
import type { EntryServer } from '../../support/runtime/entry-server.ts'

export type Serving = {
  readonly notes: Note[]
  readonly checkpointFile: string
  stop(): Promise<void>
  /** Waits until it says this, and answers the note's code (or `signed`). */
  until(wanted: (note: Note) => boolean): Promise<void>
  /** Codes of what it said, without repetitions. */
  said(): string[]
}

export type Choices = {
  readonly index?: number
  readonly checkpointFile?: string
  readonly now?: () => number
  readonly deployment?: string
  readonly chain?: ChainReader
}

export function startMember(t: TestContext, world: World, server: EntryServer, choices: Choices = {}): Serving {
  const { index = 0, now = world.bench.now, chain = world.chain.chain } = choices
  const checkpointFile = choices.checkpointFile ?? join(temporaryFolder(t), 'checkpoint.json')
  const notes: Note[] = []
  const stopping = new AbortController()
  const secret = MEMBERS[index]?.secret
  assert.ok(secret !== undefined)
  const done = serve(
    {
      index,
      secret,
      deployment: choices.deployment ?? world.bench.state.founded?.deployment.id ?? '',
      url: server.url,
      checkpointFile,
      chain,
      clock: { now: () => millis(now()) },
      verify: verifyWithSodium,
      onNote: (note) => notes.push(note),
    },
    stopping.signal,
  )
  done.catch(() => {})
  const stop = async (): Promise<void> => {
    stopping.abort()
    await done
  }
  t.after(() => stop().catch(() => {}))
  return {
    notes,
    checkpointFile,
    stop,
    until: async (wanted) => {
      for (let i = 0; i < 1500 && !notes.some(wanted); i++) await after(10)
      assert.ok(notes.some(wanted), JSON.stringify(notes))
    },
    said: () => [...new Set(notes.map((note) => (note.kind === 'signed' ? 'signed' : `${note.kind} ${note.code}`)))],
  }
}

export const signed = (note: Note): boolean => note.kind === 'signed'
export const refused = (note: Note): boolean => note.kind === 'refused'
export const waitsFor =
  (code: string) =>
  (note: Note): boolean =>
    note.kind === 'waiting' && note.code === code

/** Long enough that whoever wanted to do something has done it twice. */
export async function aWhile(): Promise<void> {
  await after(2_200)
}
