/**
 * What a reviewer made up its mind to, between sealing and revealing. A model asked twice may answer twice; the law
 * takes only what was sealed (spec 3.4).
 *
 * Contract: what `keep` has returned from is there for every later `recall`, in a folder also after a restart. The
 * decision is nobody's business before it is revealed: files are readable by their owner alone.
 *
 * A lost opinion cannot be made again: the seat then stays unrevealed, which the law counts as a minor failure.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { digest } from '../../protocol/wire/sha256.ts'
import type { ReviewDecision } from '../../protocol/law/review/event.ts'
import { readSecretFile, writeSecretFile } from '../keys/keys.ts'

export type KeptOpinion = {
  readonly decision: ReviewDecision
  readonly transcript?: Uint8Array
}

export type Opinions = {
  recall(place: string): KeptOpinion | undefined
  keep(place: string, opinion: KeptOpinion): void
}

export function opinionsInMemory(): Opinions {
  const kept = new Map<string, KeptOpinion>()
  return { recall: (place) => kept.get(place), keep: (place, opinion) => void kept.set(place, opinion) }
}

export function opinionsInFolder(folder: string): Opinions {
  const fileOf = (place: string): string => join(folder, `${digest(place).slice(7)}.json`)
  return {
    recall: (place) => {
      const file = fileOf(place)
      if (!existsSync(file)) return undefined
      const { decision, transcript } = JSON.parse(readSecretFile(file)) as {
        decision: ReviewDecision
        transcript?: string
      }
      return transcript === undefined
        ? { decision }
        : { decision, transcript: Uint8Array.from(Buffer.from(transcript, 'base64')) }
    },
    keep: (place, { decision, transcript }) => {
      const more = transcript === undefined ? {} : { transcript: Buffer.from(transcript).toString('base64') }
      writeSecretFile(fileOf(place), JSON.stringify({ decision, ...more }))
    },
  }
}
